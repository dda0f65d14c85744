package crawl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// pages is a server whose paths have what a line says: names of posts, of which "a@2024-05-01"
// has a date, and then "> /older" for a next page; or an error. "page /feed" is a web page that
// names a feed, and "cut a b" a feed that breaks off.
type pages map[string]string

const (
	host   = "https://blog.example"
	broken = "500"
	same   = "304" // nothing has changed
)

var errBroken = errors.New("500 Internal Server Error")

// answer returns the text of a path and whether it is unchanged.
func (p pages) answer(path string) (text string, done bool, err error) {
	line, ok := p[path]
	switch {
	case !ok:
		return "", false, fs.ErrNotExist
	case line == broken:
		return "", false, errBroken
	case line == same:
		return "", true, nil
	}
	if to, ok := strings.CutPrefix(line, "page "); ok {
		return `<!doctype html><html><head><link rel=alternate type="application/rss+xml" href="` + to + `"></head><body></body></html>`, false, nil
	}
	line, cut := strings.CutPrefix(line, "cut ")
	posts, next, _ := strings.Cut(line, ">")
	text = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title><link>` + host + `/</link>`
	if next != "" {
		text += `<atom:link rel="next" href="` + host + strings.TrimSpace(next) + `"/>`
	}
	for _, post := range strings.Fields(posts) {
		name, day, _ := strings.Cut(post, "@")
		text += `<item><title>` + name + `</title><link>` + host + "/" + name + `</link><description>` + name + `</description>`
		if day != "" {
			text += `<pubDate>` + day + `</pubDate>`
		}
		text += `</item>`
	}
	if cut {
		return text + `<item><title>half`, false, nil
	}
	return text + `</channel></rss>`, false, nil
}

// web is the network that a reader asks. It notes what it was asked for.
type web struct {
	pages
	asked []string
}

func (w *web) Page(_ context.Context, addr *url.URL, _ string) (*Reply, error) {
	return w.get(addr, addr.RequestURI())
}

func (w *web) Found(_ context.Context, addr *url.URL, _ string) (*Reply, error) {
	return w.get(addr, "found:"+addr.RequestURI())
}

func (w *web) Same(*url.URL, func() (io.ReadCloser, error), string) (bool, error) { return false, nil }

func (w *web) get(addr *url.URL, note string) (*Reply, error) {
	w.asked = append(w.asked, note)
	text, done, err := w.answer(addr.RequestURI())
	if err != nil {
		return nil, err
	}
	return &Reply{URL: addr, Done: done, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}, nil
}

// journey reads a feed as its caller does: what the run has had is known again, and what an
// earlier run had is no news.
func (w *web) journey(t *testing.T, f Feed, before string) (items []string, r *Reader) {
	t.Helper()
	f.URL, _ = url.Parse(host + "/feed")
	r = New(w, nil, f)
	for i, err := range r.Items(t.Context()) {
		if err != nil {
			items = append(items, "error")
			continue
		}
		whole, err := i.Item()
		if err != nil {
			t.Fatal(err)
		}
		name := whole.Post.Title
		i.Again = slices.Contains(items, name)
		i.News = !slices.Contains(strings.Fields(before), name)
		if i.TooOld {
			name += " (old)"
		}
		items = append(items, name)
	}
	return items, r
}

// told is a report in one line.
func told(r *Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d pages, %d posts", r.Extent.Pages, r.Extent.Posts)
	for _, flag := range []struct {
		is   bool
		name string
	}{
		{r.Err != nil, fmt.Sprint("failed: ", r.Err)}, {r.Unchanged, "unchanged"}, {r.Extent.Cut, "cut"}, {r.Extent.ToEnd, "to the end"},
		{r.Found != nil, fmt.Sprint("found ", r.Found)}, {len(r.Gaps) > 0, fmt.Sprint("gaps ", r.Gaps)},
		{r.Mark.Pages != 0, fmt.Sprint("mark ", r.Mark.Pages)},
	} {
		if flag.is {
			b.WriteString(", " + flag.name)
		}
	}
	if m := r.Mark.Resume; m != nil {
		fmt.Fprintf(&b, ", resume at %s (page %d)", strings.TrimPrefix(m.Address, host), m.Page)
	}
	return b.String()
}

func TestItems(t *testing.T) {
	t.Parallel()
	three := pages{"/feed": "f e > /2", "/2": "d c > /3", "/3": "b a"}
	for name, c := range map[string]struct {
		blog   pages
		feed   Feed
		before string // posts of earlier runs
		asked  string
		items  string
		report string
	}{
		"the first time": {
			blog: three, asked: "/feed /2 /3", items: "f e d c b a", report: "3 pages, 6 posts, to the end, mark -1",
		},
		"nothing new": {
			blog: three, feed: Feed{Last: &Mark{Pages: All}}, before: "f e d c b a",
			asked: "/feed", items: "f e", report: "1 pages, 2 posts, mark -1",
		},
		"news on the first page": {
			blog: three, feed: Feed{Last: &Mark{Pages: All}}, before: "e d c b a",
			asked: "/feed /2", items: "f e d c", report: "2 pages, 4 posts, mark -1",
		},
		"an awaited post": {
			blog: three, feed: Feed{Last: &Mark{Pages: All}, Awaits: func() bool { return true }}, before: "f e d c b a",
			asked: "/feed /2 /3", items: "f e d c b a", report: "3 pages, 6 posts, to the end, mark -1",
		},
		"every page again": {
			blog: three, feed: Feed{Last: &Mark{Pages: All}, Deep: true}, before: "f e d c b a",
			asked: "/feed /2 /3", items: "f e d c b a", report: "3 pages, 6 posts, to the end, mark -1",
		},
		"as many as were asked for": {
			blog: three, feed: Feed{Pages: 2}, asked: "/feed /2", items: "f e d c", report: "2 pages, 4 posts, cut, mark 2",
		},
		"more than the last time": {
			blog: three, feed: Feed{Pages: 3, Last: &Mark{Pages: 2}}, before: "f e d c",
			asked: "/feed /2 /3", items: "f e d c b a", report: "3 pages, 6 posts, to the end, mark -1",
		},
		"unchanged": {
			blog: pages{"/feed": same}, feed: Feed{Last: &Mark{Pages: All}}, asked: "/feed", report: "0 pages, 0 posts, unchanged",
		},
		"the last page is not there": {
			blog: pages{"/feed": "b > /2", "/2": "a > /3"}, asked: "/feed /2 /3", items: "b a", report: "2 pages, 2 posts, to the end, mark -1",
		},
		"pages in a ring": {
			blog: pages{"/feed": "b > /2", "/2": "a > /feed"}, asked: "/feed /2", items: "b a", report: "2 pages, 2 posts, to the end, mark -1",
		},
		"pages without a post that is new to the run": {
			blog:  pages{"/feed": "b a > /2", "/2": "b a > /3", "/3": "b a > /4", "/4": "c"},
			asked: "/feed /2 /3", items: "b a b a b a", report: "3 pages, 2 posts, to the end, mark -1",
		},
		"a post pushed onto the next page": {
			blog:  pages{"/feed": "c b > /2", "/2": "c b > /3", "/3": "a"},
			asked: "/feed /2 /3", items: "c b c b a", report: "3 pages, 3 posts, to the end, mark -1",
		},
		"the feed fails": {
			blog: pages{"/feed": broken}, asked: "/feed", report: "0 pages, 0 posts, failed: 500 Internal Server Error",
		},
		"the second page fails": {
			blog: pages{"/feed": "c > /2", "/2": broken}, asked: "/feed /2", items: "c",
			report: "1 pages, 1 posts, gaps [page 2: 500 Internal Server Error]",
		},
		"the third page fails": {
			blog: pages{"/feed": "c > /2", "/2": "b > /3", "/3": broken}, asked: "/feed /2 /3", items: "c b",
			report: "2 pages, 2 posts, gaps [page 3: 500 Internal Server Error], resume at /2 (page 2)",
		},
		"reading on behind a gap": {
			blog: pages{"/feed": "c > /2", "/2": "b > /3", "/3": "a"}, feed: Feed{Last: &Mark{Resume: &Bookmark{host + "/2", 2}}}, before: "c b",
			asked: "/feed /2 /3", items: "c b a", report: "3 pages, 3 posts, to the end, mark -1",
		},
		"a gap that is still there": {
			blog: pages{"/feed": "c > /2", "/2": "b > /3", "/3": broken}, feed: Feed{Last: &Mark{Resume: &Bookmark{host + "/2", 2}}}, before: "c b",
			asked: "/feed /2 /3", items: "c b", report: "2 pages, 2 posts, gaps [page 3: 500 Internal Server Error], resume at /2 (page 2)",
		},
		"addresses with secrets are not noted": {
			blog: pages{"/feed": "c > /2", "/2": "b > /3?token=hush", "/3?token=hush": "a > /4", "/4": broken}, asked: "/feed /2 /3?token=hush /4", items: "c b a",
			report: "3 pages, 3 posts, gaps [page 4: 500 Internal Server Error], resume at /2 (page 2)",
		},
		"nor those of a private feed": {
			blog: pages{"/feed": "c > /2", "/2": "b > /3", "/3": broken}, feed: Feed{Private: true}, asked: "/feed /2 /3", items: "c b",
			report: "2 pages, 2 posts, gaps [page 3: 500 Internal Server Error]",
		},
		"a feed that breaks off": {
			blog: pages{"/feed": "cut b a"}, asked: "/feed", items: "b a", report: "1 pages, 2 posts, gaps [the feed breaks off within item 3, which is left out]",
		},
		"posts before a day": {
			blog: pages{"/feed": "c@2024-05-03 b@2024-05-02 > /2", "/2": "a@2024-04-01 z@2024-03-01 > /3", "/3": "y@2024-02-01"}, feed: Feed{Since: "2024-05-01"},
			asked: "/feed /2", items: "c b a_(old) z_(old)", report: "2 pages, 4 posts, to the end, mark -1",
		},
		"posts before a day in no order": {
			blog: pages{"/feed": "c@2024-05-03 > /2", "/2": "z@2024-03-01 a@2024-04-01 > /3", "/3": "b@2024-05-02"}, feed: Feed{Since: "2024-05-01"},
			asked: "/feed /2 /3", items: "c z_(old) a_(old) b", report: "3 pages, 4 posts, to the end, mark -1",
		},
		"a web page that names its feed": {
			blog: pages{"/feed": "page /rss", "/rss": "b > /2", "/2": "a"}, asked: "/feed /rss /2", items: "b a",
			report: "2 pages, 2 posts, to the end, found https://blog.example/rss, mark -1",
		},
		"a web page with a scheme in capitals": {
			blog: pages{"/feed": "page HTTPS://blog.example/rss", "/rss": "a"}, asked: "/feed /rss", items: "a",
			report: "1 pages, 1 posts, to the end, found https://blog.example/rss, mark -1",
		},
		"a web page that names another host": {
			blog: pages{"/feed": "page https://feeds.example/rss", "/rss": "a"}, asked: "/feed found:/rss", items: "a",
			report: "1 pages, 1 posts, to the end, found https://feeds.example/rss, mark -1",
		},
		"a web page that names no feed of the web": {
			blog: pages{"/feed": "page file:///etc/passwd"}, asked: "/feed /feed/rss.xml /feed/feed.xml /feed/index.xml /feed/atom.xml",
			report: "0 pages, 0 posts, failed: this is a web page, not a feed; it names none, and there is none at /feed/rss.xml, /feed/feed.xml, /feed/index.xml, /feed/atom.xml",
		},
		"the feed that a page named the last time": {
			blog: pages{"/feed": "page /rss", "/rss": "a"}, feed: Feed{Last: &Mark{Found: host + "/rss", Pages: All}}, before: "a",
			asked: "/rss", items: "a", report: "1 pages, 1 posts, to the end, found https://blog.example/rss, mark -1",
		},
		"and that has moved": {
			blog: pages{"/feed": "page /atom", "/atom": "a"}, feed: Feed{Last: &Mark{Found: host + "/rss", Pages: All}}, before: "a",
			asked: "/rss /feed /atom", items: "a", report: "1 pages, 1 posts, to the end, found https://blog.example/atom, mark -1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &web{pages: c.blog}
			items, r := w.journey(t, c.feed, c.before)
			if got := strings.Join(w.asked, " "); got != c.asked {
				t.Errorf("asked for %s, want %s", got, c.asked)
			}
			if got := strings.Join(items, " "); got != strings.ReplaceAll(c.items, "_", " ") {
				t.Errorf("items are %s, want %s", got, c.items)
			}
			if got := told(r.Report()); got != c.report {
				t.Errorf("report\n\t%s\nwant\n\t%s", got, c.report)
			}
		})
	}
}

// A caller that wants no more items, or gives up, ends the reading without a report.
func TestItemsEndWithTheirCaller(t *testing.T) {
	t.Parallel()
	w := &web{pages: pages{"/feed": "b a > /2", "/2": "z"}}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for name, end := range map[string]func() bool{
		"break":  func() bool { return false },
		"cancel": func() bool { cancel(); return true },
	} {
		w.asked = nil
		u, _ := url.Parse(host + "/feed")
		r := New(w, nil, Feed{URL: u})
		for _, err := range r.Items(ctx) {
			if err != nil {
				t.Error(err)
			}
			if !end() {
				break
			}
		}
		if len(w.asked) != 1 || r.Report().Extent.ToEnd || r.Report().Mark.Pages != 0 {
			t.Errorf("%s: asked for %v, %s", name, w.asked, told(r.Report()))
		}
	}
}
