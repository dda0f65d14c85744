package review

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/spf13/afero"

	"replant/migrate"
	"replant/migrate/tree"
)

// garden is a blog of a few posts, and the site that it is carried to.
type garden struct {
	*testing.T
	site     afero.Fs
	posts    []string // items of the feed, the newest first
	beside   fstest.MapFS
	settings migrate.Settings
}

func newGarden(t *testing.T) *garden {
	return &garden{T: t, site: afero.NewMemMapFs(), beside: fstest.MapFS{
		"pictures/bed.png": {Data: picture(t, color.RGBA{0x3c, 0x8d, 0x5a, 0xff})},
	}}
}

func picture(t *testing.T, c color.Color) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 96, 64))
	for x := range 96 {
		for y := range 64 {
			m.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// write adds a post to the front of the blog.
func (g *garden) write(slug, title, body string) {
	day := 1 + len(g.posts)
	g.posts = append([]string{fmt.Sprintf(`<item><title>%s</title><link>https://garden.example/%s</link><guid>https://garden.example/%s</guid><pubDate>%02d Mar 2026 08:00:00 GMT</pubDate><description>%s</description></item>`,
		html.EscapeString(title), slug, slug, day%28+1, html.EscapeString(body))}, g.posts...)
}

// revise changes the posts at the source.
func (g *garden) revise(was, is string) {
	g.Helper()
	n := 0
	for i, p := range g.posts {
		if strings.Contains(p, was) {
			g.posts[i] = strings.ReplaceAll(p, was, is)
			n++
		}
	}
	if n == 0 {
		g.Fatalf("no post says %q", was)
	}
}

// edit changes a page of the site.
func (g *garden) edit(page, was, is string) {
	g.Helper()
	text := g.page(page)
	if !strings.Contains(text, was) {
		g.Fatalf("%s does not say %q", page, was)
	}
	if err := afero.WriteFile(g.site, page, []byte(strings.ReplaceAll(text, was, is)), 0o644); err != nil {
		g.Fatal(err)
	}
}

func (g *garden) page(page string) string {
	g.Helper()
	b, err := afero.ReadFile(g.site, page)
	if err != nil {
		g.Fatal(err)
	}
	return string(b)
}

// migration is one run on the site.
func (g *garden) migration() *migrate.Migration {
	g.Helper()
	scratch, err := os.Create(filepath.Join(g.TempDir(), "scratch"))
	if err != nil {
		g.Fatal(err)
	}
	g.Cleanup(func() { _ = scratch.Close() })
	home, err := url.Parse("https://garden.example/feed.xml")
	if err != nil {
		g.Fatal(err)
	}
	feed := `<rss version="2.0"><channel><title>Garden</title><link>https://garden.example/</link>` + strings.Join(g.posts, "\n") + `</channel></rss>`
	return &migrate.Migration{
		Site: afero.NewReadOnlyFs(g.site), Scratch: scratch, Jobs: 2, Web: nowhere{},
		Feeds: []migrate.Feed{{
			Address: home.String(), Beside: g.beside, Settings: g.settings,
			Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(feed)), nil },
		}},
	}
}

// run brings the site to what the blog says.
func (g *garden) run() {
	g.Helper()
	out, err := g.migration().Plan(context.Background())
	if err != nil {
		g.Fatal(err)
	}
	g.apply(out)
}

func (g *garden) apply(out *migrate.Outcome) {
	g.Helper()
	if err := out.Plan.Apply(context.Background(), g.site, tree.Put, tree.Sync); err != nil {
		g.Fatal(err)
	}
}

// book is the review of what a run would do.
func (g *garden) book() *Book {
	g.Helper()
	m := g.migration()
	m.Review = true
	out, err := m.Plan(context.Background())
	if err != nil {
		g.Fatal(err)
	}
	return &Book{
		Review: out.Review, Site: "blog", Summary: out.Plan.Summary(migrate.Show{}), Command: "replant blog",
		Settle: func(_ context.Context, page, choice string) error {
			settle := g.migration()
			out, err := settle.Settle(migrate.Choice(choice), []string{page})
			if err != nil {
				return err
			}
			return out.Plan.Apply(context.Background(), g.site, tree.Put, tree.Sync)
		},
	}
}

// serve serves a book until the test ends.
func (g *garden) serve(b *Book) *Server {
	g.Helper()
	s, err := b.Listen(0)
	if err != nil {
		g.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx) }()
	g.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			g.Error(err)
		}
	})
	return s
}

// nowhere is a web that nobody can reach.
type nowhere struct{}

func (nowhere) Page(context.Context, *url.URL, string) (*migrate.Reply, error) {
	return nil, errNowhere
}

func (nowhere) Found(context.Context, *url.URL, string) (*migrate.Reply, error) {
	return nil, errNowhere
}

func (nowhere) Same(*url.URL, func() (io.ReadCloser, error), string) (bool, error) { return false, nil }

func (nowhere) Remember(*url.URL, string) error { return nil }

func (nowhere) Fetch(context.Context, *url.URL, int64, func([]byte) error) (string, int64, error) {
	return "", 0, errNowhere
}

var errNowhere = fmt.Errorf("no such host")

// planted is a garden that has all that a review can show: a new post, one that changed, one
// that merges, a conflict, one that loses an embed and lacks a picture, one that stays.
func planted(t *testing.T) *garden {
	g := newGarden(t)
	g.settings.Embeds = "html" // which Hugo leaves out
	g.write("hello", "Hello, bed", `<p>Four planks and a spade.</p>`)
	g.write("numbers", "Watering by numbers", `<p>A script decides.</p><p>The can is mine.</p><p><img src="pictures/bed.png" alt="The bed"></p>`)
	g.write("compost", "Compost", `<p>Worms want shade.</p><p>They get a bucket.</p>`)
	g.write("film", "A film of the seedlings", `<p>Ten days on the sill.</p><iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>`+
		`<p>Then the peas overtake <b>everything</b>.</p><p><img src="https://pictures.example/peas.png" alt="Peas"></p><script>track()</script>`)
	g.write("still", "Still life", `<p>Nothing moves.</p>`)
	g.run()
	g.edit("content/posts/compost/index.md", "a bucket", "a wooden box")
	g.revise("a bucket", "a clay pot")
	g.run()
	g.edit("content/posts/numbers/index.md", "A script decides.", "A script decides now.")
	g.revise("The can is mine.", "The can is still mine.")
	g.revise("Four planks", "Five planks")
	g.write("slugs", "Slugs: a treaty", `<p>They keep the left.</p>`)
	return g
}

// number returns the number of the post with a title.
func number(t *testing.T, b *Book, title string) int {
	t.Helper()
	for i, p := range b.Review.Posts {
		if p.Title == title {
			return i
		}
	}
	t.Fatalf("no post %q", title)
	return 0
}

// shows returns what is shown of the post with a title.
func shows(t *testing.T, b *Book, title string) *detail {
	t.Helper()
	d, err := b.detail(b.Review.Posts[number(t, b, title)], func(file string) string { return "/pictures/" + file })
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestReviewShowsWhatARunWouldDo(t *testing.T) {
	t.Parallel()
	g := planted(t)
	before := g.page(".replant/ledger.json")
	b := g.book()
	verdicts := map[string]string{}
	for _, p := range b.Review.Posts {
		verdicts[p.Title] = p.Verdict
	}
	for title, want := range map[string]string{
		"Slugs: a treaty": "create", "Hello, bed": "update", "Watering by numbers": "merge", "Compost": "conflict",
		"A film of the seedlings": "unchanged", "Still life": "unchanged",
	} {
		if verdicts[title] != want {
			t.Errorf("%s: %s, want %s", title, verdicts[title], want)
		}
	}
	if g.page(".replant/ledger.json") != before {
		t.Error("a review has changed the ledger")
	}
	film := shows(t, b, "A film of the seedlings")
	for what, text := range map[string]string{
		`<span class="box loss" data-at="https://www.youtube.com/embed/dQw4w9WgXcQ" id="loss-1">`: film.Source,
		`Ten days on the sill.<ins class="gap" id="loss-1">embed lost here</ins>`:                 film.Page,
		`<b>Picture missing: no such host</b><em>Peas</em>`:                                       film.Page,
		`<strong>everything</strong>`:                                                             film.Page,
		`never shown`:                                                                             fmt.Sprint(film.Removed),
		`the markup of an embed that stays`:                                                       fmt.Sprint(film.Removed),
		`embed lost: https://www.youtube.com/watch?v=dQw4w9WgXcQ`:                                 fmt.Sprint(film.Findings),
		`https://pictures.example/peas.png no such host`:                                          fmt.Sprint(film.Missing),
	} {
		if !strings.Contains(text, what) {
			t.Errorf("no %s in\n%s", what, text)
		}
	}
	numbers := shows(t, b, "Watering by numbers")
	if !strings.Contains(numbers.Source, `<img src="/pictures/content/posts/numbers/bed.png"`) || !strings.Contains(numbers.Page, `<img src="/pictures/content/posts/numbers/bed.png"`) {
		t.Errorf("the picture is in neither\n%s\nnor\n%s", numbers.Source, numbers.Page)
	}
	if !strings.Contains(numbers.Diff, "+The can is still mine.") || !strings.Contains(numbers.Page, "decides now") {
		t.Errorf("a merge shows\n%s\n%s", numbers.Diff, numbers.Page)
	}
	compost := shows(t, b, "Compost")
	if !strings.Contains(compost.Mine, "wooden box") || !strings.Contains(compost.Incoming, "clay pot") || !strings.Contains(compost.Base, "a bucket") || !compost.Settles {
		t.Errorf("a conflict shows %+v", compost)
	}
}

// After a run, without any feed, a review shows what the site remembers.
func TestReviewWithoutFeeds(t *testing.T) {
	t.Parallel()
	g := planted(t)
	m := g.migration()
	m.Review, m.Offline = true, true
	m.Feeds[0].Open, m.Feeds[0].Err = nil, errNowhere
	out, err := m.Plan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	b := &Book{Review: out.Review}
	if n := len(b.Review.Posts); n != 5 {
		t.Errorf("%d posts, want those of the ledger", n)
	}
	film := shows(t, b, "A film of the seedlings")
	if film.Source != "" || !strings.Contains(film.Note, "not at hand") || !strings.Contains(film.Page, "Ten days on the sill.") {
		t.Errorf("%+v", film)
	}
	if len(film.Losses) != 1 || len(film.Missing) != 1 {
		t.Errorf("lost %q, missing %q", film.Losses, film.Missing)
	}
	if compost := shows(t, b, "Compost"); compost.Verdict != "conflict" || !strings.Contains(compost.Incoming, "clay pot") || !compost.Settles {
		t.Errorf("%+v", compost)
	}
}

// A review plans what a run without one does.
func TestReviewPlansTheSame(t *testing.T) {
	t.Parallel()
	g := planted(t)
	var patches [2]bytes.Buffer
	for i := range patches {
		m := g.migration()
		m.Review = i == 1
		out, err := m.Plan(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if err := out.Plan.WritePatch(&patches[i]); err != nil {
			t.Fatal(err)
		}
	}
	if patches[0].Len() == 0 || patches[0].String() != patches[1].String() {
		t.Errorf("without a review\n%s\nwith one\n%s", patches[0].String(), patches[1].String())
	}
}

// What a feed lost before replant read it, and what was lost on the way, are told apart.
func TestFeedsOwnLosses(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	g.write("cast", "Cast", `<p>See:</p><div class="ltag_asciinema"></div><p>and on.</p>`)
	g.posts[0] = strings.ReplaceAll(g.posts[0], "https://garden.example/", "https://dev.to/ann/")
	b := g.book()
	d := shows(t, b, "Cast")
	if len(d.Losses) > 0 || len(d.Feed) != 1 || !strings.Contains(d.Feed[0], "asciinema") {
		t.Errorf("lost %q, in the feed %q", d.Losses, d.Feed)
	}
	if r := rowOf(b.Review.Posts[0], nil); r[5] != 1 {
		t.Errorf("the list says %v", r)
	}
}
