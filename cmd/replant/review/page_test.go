package review

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"replant/migrate"
)

// usable runs axe-core on what is shown, and reports what keeps anyone from using it.
func usable(b *browser, axe, what string) {
	b.t.Helper()
	b.run("window.axe ? 0 : (0, eval)("+quote(axe)+")", nil)
	var found []struct {
		ID, Help string
		Nodes    []struct{ HTML, FailureSummary string }
	}
	b.run(`axe.run(document, { iframes: false, resultTypes: ["violations"] }).then(r => r.violations.map(v => ({ ID: v.id, Help: v.help, Nodes: v.nodes.slice(0, 2).map(n => ({ HTML: n.html, FailureSummary: n.failureSummary })) })))`, &found)
	for _, v := range found {
		b.t.Errorf("%s: %s: %s", what, v.ID, v.Help)
		for _, n := range v.Nodes {
			b.t.Logf("  %s\n  %s", brief(n.HTML), n.FailureSummary)
		}
	}
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\u2028", `\u2028`, "\u2029", `\u2029`).Replace(s) + `"`
}

// openPlanted opens the review of a planted garden in a browser.
func openPlanted(t *testing.T) (*browser, *garden, *Book) {
	t.Helper()
	b := startBrowser(t)
	g := planted(t)
	book := g.book()
	b.screen(1280, 860, "light")
	b.open(g.serve(book).Address())
	return b, g, book
}

// inFile writes a book as a file, and returns its address.
func inFile(t *testing.T, book *Book) string {
	t.Helper()
	var out bytes.Buffer
	if left, err := book.Write(&out); err != nil || left != 0 {
		t.Fatalf("%d left, %v", left, err)
	}
	name := filepath.Join(t.TempDir(), "review.html")
	if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return "file://" + name
}

// headed waits until what is shown has a heading.
func (b *browser) headed(heading string) {
	b.t.Helper()
	b.until("document.querySelector('#detail h2').textContent === " + quote(heading))
}

// lists waits until so many posts are in the list.
func (b *browser) lists(n int) {
	b.t.Helper()
	b.until(fmt.Sprintf("document.querySelectorAll('#posts li').length === %d", n))
}

// search types a word into the search.
func (b *browser) search(word string) {
	b.t.Helper()
	b.press("/")
	for _, key := range word {
		b.press(string(key))
	}
}

// goTo opens a post.
func (b *browser) goTo(book *Book, title string) {
	b.t.Helper()
	b.run(fmt.Sprintf("location.hash = '#%d'", number(b.t, book, title)), nil)
	b.headed(title)
	b.until("[...document.querySelectorAll('iframe')].every(f => f.dataset.ready)")
}

// The page pleases whoever uses it: by eye, in light and dark and on a telephone; by keys; by
// what reads it aloud.
func TestPage(t *testing.T) {
	t.Parallel()
	source := axe(t)
	b := startBrowser(t)
	g := planted(t)
	book := g.book()
	book.Notices = []string{"https://garden.example/old.xml: 503 Service Unavailable"}
	s := g.serve(book)
	screens := []struct {
		name          string
		width, height int
		scheme        string
	}{{"", 1280, 860, "light"}, {"360-dark-", 360, 740, "dark"}, {"dark-", 1280, 860, "dark"}, {"360-", 360, 740, "light"}}
	if testing.Short() {
		screens = screens[:2]
	}
	for _, c := range screens {
		b.screen(c.width, c.height, c.scheme)
		b.open(s.Address())
		usable(b, source, c.name+"list")
		b.shot("review-" + c.name + "list")
		for view, title := range map[string]string{"loss": "A film of the seedlings", "conflict": "Compost", "merge": "Watering by numbers"} {
			b.goTo(book, title)
			tabs := 1
			if c.name == "" {
				tabs = strings.Count(b.text("[...document.querySelectorAll('.tabs button')].map(x => 'x')"), "x")
			}
			for i := range tabs {
				b.run(fmt.Sprintf("document.querySelectorAll('.tabs button')[%d].click()", i), nil)
				usable(b, source, c.name+view)
				if wide := b.text("document.documentElement.scrollWidth"); wide != fmt.Sprint(c.width) {
					t.Errorf("%s%s: %s pixels wide", c.name, view, wide)
				}
			}
			b.run("document.querySelector('.tabs button').click()", nil)
			b.shot("review-" + c.name + view)
		}
	}
	b.noComplaints()
}

func TestKeys(t *testing.T) {
	t.Parallel()
	b, _, book := openPlanted(t)
	focus := "document.activeElement.querySelector('.title')?.textContent"
	titles := make([]string, 0, len(book.Review.Posts))
	for _, p := range book.Review.Posts {
		titles = append(titles, p.Title)
	}
	b.press("j")
	b.press("j")
	if got := b.text(focus); got != titles[1] {
		t.Errorf("j j leads to %s", got)
	}
	b.press("k")
	b.press("Enter")
	b.headed(titles[0])
	b.press("j")
	b.headed(titles[1])
	b.press("Escape")
	b.headed("6 posts")
	b.search("worm")
	b.lists(0)
	b.press("Escape")
	b.lists(6)
	b.search("slug")
	b.lists(1)
	b.press("Enter")
	b.headed("Slugs: a treaty")
}

func TestFilters(t *testing.T) {
	t.Parallel()
	b, _, _ := openPlanted(t)
	for name, want := range map[string]string{
		"New": "Slugs: a treaty", "Changed": "Hello, bed", "Merged": "Watering by numbers", "Conflict": "Compost", "Needs you": "Compost",
		"Lost something": "A film of the seedlings", "Picture missing": "A film of the seedlings",
	} {
		b.run("[...document.querySelectorAll('#filters button')].find(x => x.textContent.startsWith("+quote(name)+")).click()", nil)
		if got := b.text("[...document.querySelectorAll('#posts .title')].map(x => x.textContent).join('|')"); got != want {
			t.Errorf("%s shows %s, want %s", name, got, want)
		}
	}
}

// A button settles a conflict as replant settle does.
func TestButtonsSettle(t *testing.T) {
	t.Parallel()
	b, g, book := openPlanted(t)
	b.goTo(book, "Compost")
	if got := b.text("[...document.querySelectorAll('.three pre .add, .three pre .del')].map(x => x.textContent).join('|')"); got != "They get a wooden box.|They get a clay pot.|They get a bucket." {
		t.Errorf("it shows %s", got)
	}
	b.run("document.querySelector('.go.second').click()", nil)
	b.until("document.querySelector('.chip.settled') !== null")
	if !strings.Contains(g.page("content/posts/compost/index.md"), "clay pot") {
		t.Error("the page is not the source's")
	}
	g.run()
	if ok, _ := g.site.Stat(".replant/conflict/content/posts/compost/index.md"); ok != nil {
		t.Error("it still waits")
	}
}

// A click on a loss leads to its marks in both frames, though these are strangers to the page.
func TestLossLeadsToItsMarks(t *testing.T) {
	t.Parallel()
	b, _, book := openPlanted(t)
	b.goTo(book, "A film of the seedlings")
	b.run("document.querySelector('.told button').click()", nil)
	var all struct{ TargetInfos []struct{ Type, URL string } }
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		b.do("Target.getTargets", nil, &all)
		n := 0
		for _, target := range all.TargetInfos {
			if target.Type == "iframe" && target.URL == "about:srcdoc#loss-1" {
				n++
			}
		}
		if n == 2 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("the frames are at %+v", all)
		}
	}
}

// A file holds all that the page does.
func TestFile(t *testing.T) {
	t.Parallel()
	b := startBrowser(t)
	g := planted(t)
	book := g.book()
	b.open(inFile(t, book))
	if got := b.text("document.querySelector('#posts img')?.src.slice(0, 22)"); got != "data:image/png;base64," {
		t.Errorf("the list's picture is %s", got)
	}
	b.goTo(book, "Watering by numbers")
	if got := b.text("document.querySelectorAll('iframe')[1].srcdoc.includes('<img src=\"data:image/png;base64,')"); got != "true" {
		t.Error("the page lacks its picture")
	}
	b.goTo(book, "Compost")
	if got := b.text("document.querySelector('.go').disabled + document.querySelector('.buttons').textContent"); !strings.HasPrefix(got, "true") || !strings.Contains(got, "replant settle mine content/posts/compost/index.md") {
		t.Errorf("settling in a file: %s", got)
	}
	b.noComplaints()
}

// A list of ten thousand posts is there at once.
func TestTenThousandPosts(t *testing.T) {
	t.Parallel()
	b := startBrowser(t)
	g := newGarden(t)
	book := &Book{Review: &migrate.Review{}, Site: "blog"}
	for i := range 10_000 {
		book.Review.Posts = append(book.Review.Posts, &migrate.Reviewed{
			Path: fmt.Sprintf("content/posts/what-grows-in-week-%d/index.md", i), Title: fmt.Sprintf("What grows in week %d, and what does not", i),
			Verdict: []string{"create", "update", "unchanged"}[i%3], Published: time.Date(2001, 1, 1+i%9000, 0, 0, 0, 0, time.UTC), Losses: make([]string, i%7/6),
		})
	}
	s := g.serve(book)
	b.screen(1280, 860, "light")
	b.open(s.Address())
	b.open(s.Address())
	b.until("performance.getEntriesByName('first-contentful-paint').length")
	var paint float64
	b.run("performance.getEntriesByName('first-contentful-paint')[0].startTime", &paint)
	t.Logf("first paint after %.0f ms", paint)
	if paint > 3000 { // a second, on a machine that does nothing else
		t.Errorf("first paint after %.0f ms", paint)
	}
	for range 3 { // it grows as it is scrolled
		b.run("document.getElementById('posts').scrollTop = 1e9", nil)
		time.Sleep(100 * time.Millisecond)
	}
	b.until("document.querySelectorAll('#posts li').length > 200")
	start := time.Now()
	b.run("document.getElementById('search').value = 'week 9999'; document.getElementById('search').dispatchEvent(new Event('input'))", nil)
	b.lists(1)
	t.Logf("a search takes %v", time.Since(start).Round(time.Millisecond))
}
