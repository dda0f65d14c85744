package migrate_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate"
	"replant/migrate/plan"
)

// notebook keeps notes in memory.
type notebook struct {
	pages map[string]string
	found int // so many times a note was opened
}

func (n *notebook) Note(of *url.URL) (migrate.Note, error) {
	text, ok := n.pages[of.String()]
	if !ok {
		return nil, fs.ErrNotExist
	}
	n.found++
	return file{strings.NewReader(text)}, nil
}

func (n *notebook) NewNote(of *url.URL) (migrate.NewNote, error) {
	return &newNote{book: n, of: of.String()}, nil
}

type newNote struct {
	bytes.Buffer
	book *notebook
	of   string
}

func (n *newNote) Keep() error {
	n.book.pages[n.of] = n.String()
	return nil
}

func (*newNote) Drop() {}

// noted lets a run go by notes.
func noted(in *notebook) option { return func(m *migrate.Migration) { m.Notes = in } }

// told is all that a run would do and say.
func told(out *migrate.Outcome, err error) string {
	var b strings.Builder
	if err != nil {
		return err.Error()
	}
	show := func(c plan.Change) {
		fmt.Fprintf(&b, "%s %s %q %d %s %s\n", c.Verdict, c.Path, c.Why, c.Group, c.Before.Hash(), c.After.Hash())
	}
	for c := range out.Plan.All() {
		show(c)
	}
	if out.Plan.Ledger != nil {
		show(*out.Plan.Ledger)
	}
	fmt.Fprintln(&b, out.Plan.Kept, out.Plan.Journal.Hash(), out.Plan.Leftover)
	for _, t := range out.Troubles {
		fmt.Fprintf(&b, "%s %s %v\n", t.Page, t.Text, t.Err)
	}
	fmt.Fprintln(&b, out.Conflicts, out.Shrunk, out.Losses, out.Proof, out.Removed, out.Warnings, out.Notes, out.Hints)
	fmt.Fprintln(&b, errors.Join(out.Failed...), out.Lasting, out.Ended, errors.Join(out.Unread...))
	return b.String()
}

// withAndWithout plans a run by notes, after one that has none, and compares them.
func (w *world) withAndWithout(in *notebook, options ...option) *migrate.Outcome {
	w.Helper()
	want := told(w.compute(options...))
	out, err := w.compute(append(options, noted(in))...)
	if got := told(out, err); got != want {
		w.Fatalf("by notes:\n%s\nwithout:\n%s", got, want)
	}
	if err != nil {
		w.Fatal(err)
	}
	return out
}

// An export, a file that others are edited into, is read by notes as without any, whatever
// becomes of it and of the site, and whatever the author asks for.
func TestNotesChangeNothing(t *testing.T) {
	t.Parallel()
	histories := 60
	if testing.Short() {
		histories = 4
	}
	for seed := range histories {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			e := &export{Rand: rand.New(rand.NewPCG(uint64(seed), 3)), world: newWorld(t), title: "A blog", name: "Ada"}
			for range 8 {
				e.add()
			}
			in := &notebook{pages: map[string]string{}}
			e.feeds = append(e.feeds, e.asFeed("/blog.xml", e.text), e.asFeed("/other.xml", e.asRSS))
			for range 14 {
				options := e.options()
				if err := e.apply(e.withAndWithout(in, options...)); err != nil {
					t.Fatal(err)
				}
				for range e.IntN(3) {
					e.change()
				}
				if e.IntN(5) == 0 {
					e.author()
				}
				if e.IntN(6) == 0 {
					e.damage(in)
				}
			}
			if in.found < 10 {
				t.Errorf("notes were found %d times", in.found)
			}
		})
	}
}

// export is an export of WordPress and what happens to it.
type export struct {
	*rand.Rand
	*world
	title string
	name  string // of the author
	items []*exported
	last  int
}

// exported is an item of an export.
type exported struct {
	id, kind, status, title, body, guid, cover, parent string
	comments                                           []string
}

func (e *export) asFeed(name string, text func() string) migrate.Feed {
	return migrate.Feed{
		Address: name, File: &url.URL{Scheme: "file", Path: name}, Settings: migrate.Settings{Images: migrate.Remote},
		Open: func() (io.ReadCloser, error) { return file{strings.NewReader(text())}, nil },
	}
}

func (e *export) add() {
	e.last++
	n := fmt.Sprint(e.last)
	i := &exported{id: n, kind: []string{"post", "post", "post", "page", "attachment"}[e.IntN(5)], status: "publish", title: "Post " + n, guid: "https://blog.example/?p=" + n}
	if some := e.pictures(); len(some) > 0 && e.IntN(2) == 0 {
		i.cover = some[e.IntN(len(some))].id
	}
	i.body = fmt.Sprintf("<p>This is what post %s says, number %d of all.</p>[gallery]", n, e.IntN(1000))
	e.items = slices.Insert(e.items, e.IntN(len(e.items)+1), i)
}

// pictures returns the items that posts may have for covers.
func (e *export) pictures() (all []*exported) {
	for _, i := range e.items {
		if i.kind == "attachment" {
			all = append(all, i)
		}
	}
	return all
}

// change lets something happen to the export.
func (e *export) change() {
	if len(e.items) == 0 {
		e.add()
	}
	k := e.IntN(len(e.items))
	i, other := e.items[k], e.items[e.IntN(len(e.items))]
	changes := []func(){
		e.add, func() { e.items = slices.Delete(e.items, k, k+1) },
		func() { i.body += fmt.Sprintf("<p>And %d more.</p>", e.IntN(1000)) },
		func() { i.title += " again" },
		func() { i.guid, other.guid = other.guid, i.guid },
		func() { i.guid = other.guid },
		func() { i.cover, i.parent = other.id, other.id },
		func() {
			for _, p := range e.pictures() { // which moves the covers of posts that stay as they are
				p.title += " moved"
			}
		},
		func() { e.name += " Lovelace" },
		func() { i.status = []string{"draft", "publish", "future", "trash"}[e.IntN(4)] },
		func() { i.comments = append(i.comments, fmt.Sprint("A comment ", e.IntN(100))) },
		func() { e.Shuffle(len(e.items), func(a, b int) { e.items[a], e.items[b] = e.items[b], e.items[a] }) },
		func() { e.items = append(e.items, i) },
		func() { e.title += "!" },
		func() { i.body += "\xe9" }, // in another encoding than the rest
		func() { i.body += "é" },
		func() { i.body = "<p>]]></item> broken" },
	}
	changes[e.IntN(len(changes))]()
}

// author changes a page of the site, or takes it away.
func (e *export) author() {
	pages, err := afero.Glob(e.site, "content/posts/*/index.md")
	if err != nil || len(pages) == 0 {
		return
	}
	name := pages[e.IntN(len(pages))]
	if e.IntN(2) == 0 {
		_ = e.site.Remove(name)
		return
	}
	text, _ := afero.ReadFile(e.site, name)
	if err := afero.WriteFile(e.site, name, append(text, "\nMine.\n"...), os.ModePerm); err != nil {
		e.Error(err)
	}
}

// damage does something to the notes that nobody should.
func (e *export) damage(in *notebook) {
	for _, name := range slices.Sorted(maps.Keys(in.pages)) {
		text := []byte(in.pages[name])
		switch at := e.IntN(len(text) + 1); e.IntN(3) {
		case 0:
			text = text[:at]
		case 1:
			if at < len(text) {
				text[at] ^= 1
			}
		default:
			text = nil
		}
		in.pages[name] = string(text)
	}
}

// options chooses what the author asks for.
func (e *export) options() (all []option) {
	all = []option{func(m *migrate.Migration) { m.Uploads = nil }}
	switch e.IntN(12) {
	case 0:
		all = append(all, refresh)
	case 1:
		all = append(all, restore)
	case 2:
		all = append(all, func(m *migrate.Migration) { m.Prune, m.PruneAll = true, true })
	case 3, 4:
		all = append(all, with(migrate.Settings{Comments: migrate.Data}))
	case 5:
		all = append(all, with(migrate.Settings{Since: "2024-01-03"}))
	case 6:
		all = append(all, with(migrate.Settings{FrontMatter: migrate.TOML}))
	}
	return all
}

// text writes the export.
func (e *export) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>%s</title><link>https://blog.example/</link><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>ada</wp:author_login><wp:author_display_name>%s</wp:author_display_name></wp:author>`, e.title, e.name)
	for _, i := range e.items {
		fmt.Fprintf(&b, "<item><title>%s</title><dc:creator>ada</dc:creator><link>https://blog.example/post-%s</link><guid isPermaLink=\"false\">%s</guid>", i.title, i.id, i.guid)
		fmt.Fprintf(&b, "<content:encoded><![CDATA[%s]]></content:encoded><wp:post_id>%s</wp:post_id><wp:post_date_gmt>2024-01-0%d 10:00:00</wp:post_date_gmt>", i.body, i.id, 1+len(i.id)*len(i.title)%9)
		fmt.Fprintf(&b, "<wp:post_parent>%s</wp:post_parent><wp:status>%s</wp:status><wp:post_type>%s</wp:post_type>", i.parent, i.status, i.kind)
		if i.kind == "attachment" {
			fmt.Fprintf(&b, "<wp:attachment_url>https://blog.example/%s.png</wp:attachment_url>", i.title)
		}
		if i.cover != "" {
			fmt.Fprintf(&b, "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>%s</wp:meta_value></wp:postmeta>", i.cover)
		}
		for n, text := range i.comments {
			fmt.Fprintf(&b, "<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_author>Ben</wp:comment_author><wp:comment_approved>1</wp:comment_approved><wp:comment_content>%s</wp:comment_content></wp:comment>", n, text)
		}
		b.WriteString("</item>\n")
	}
	return b.String() + "</channel></rss>"
}

// asRSS writes another blog's feed, which has posts of the same texts.
func (e *export) asRSS() string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>Other</title><link>https://other.example/</link>`)
	for _, i := range e.items[:len(e.items)/2] {
		fmt.Fprintf(&b, "<item><title>%s</title><link>https://other.example/%s</link><guid>%s</guid><description><![CDATA[%s]]></description></item>\n", i.title, i.id, i.guid, i.body)
	}
	return b.String() + "</channel></rss>"
}
