package feedscan

import (
	"errors"
	"io"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"

	"replant/migrate/blog"
)

func TestWhatIsNoFeedSaysWhatItIs(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"":           "this is empty",
		" \n\t":      "this is empty",
		"plain text": "this is text, not a feed",
		"<!DOCTYPE html><html><head><title>x</title></head></html>":             "this is a web page, not a feed",
		"<html><head><title>Just a moment...</title></head></html>":             "this is a challenge by Cloudflare for browsers, not a feed",
		"<opml version='2.0'><head/></opml>":                                    "this is a list of feeds (OPML), not a feed",
		"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></urlset>": "this is a sitemap, not a feed",
		"%PDF-1.4\n\x00\x01<</Type /Page>>":                                     "this is a binary file, not a feed",
		"\x89PNG\r\n\x00\x00":                                                   "this is a binary file, not a feed",
		"<note>hello</note>":                                                    "this is XML or HTML, not a feed",
		`{"error":"no such"}`:                                                   "this is JSON, but not a JSON Feed",
		`{"items`:                                                               "this is JSON, but not a JSON Feed",
		"\xFF\xFE<\x00a\x00>\x00":                                               "this is XML or HTML, not a feed",
	} {
		c, err := Open(strings.NewReader(source), nil, "")
		if err == nil {
			_, err = c.Head()
		}
		if !errors.Is(err, ErrNotFeed) || err.Error() != want {
			t.Errorf("%q: %v, want %s", source, err, want)
		}
	}
}

func TestWebPageNamesItsFeed(t *testing.T) {
	t.Parallel()
	page := `<!doctype html><html><head><link rel="stylesheet" href="a.css"><link rel="ALTERNATE home" type="application/rss+xml" href="/feed/ada"></head><body>` + strings.Repeat("x", 2<<20)
	_, err := Open(strings.NewReader(page), nil, "")
	var not *NotFeedError
	if !errors.As(err, &not) || not.Alternate != "/feed/ada" {
		t.Errorf("%v, want the alternate /feed/ada", err)
	}
	from := &url.URL{Scheme: "https", Host: "ada.example", Path: "/blog/"}
	for head, want := range map[string]string{
		`<link rel=alternate type="application/atom+xml" href=feed.xml>`:                                                                 "https://ada.example/blog/feed.xml",
		`<base href="https://b.example/x/"><link rel=alternate type="application/feed+json" href=feed.json>`:                             "https://b.example/x/feed.json",
		`<link rel=alternate type="application/rss+xml" href=/comments/feed><link rel=alternate type="application/rss+xml" href=/feed>`:  "https://ada.example/feed",
		`<link rel=alternate type="application/json" href=/wp-json/pages/1><link rel=alternate type="application/json" href=/feed.json>`: "https://ada.example/feed.json",
		`<link rel=alternate hreflang=de href=/de><link rel=stylesheet type="application/rss+xml" href=/feed>`:                           "",
	} {
		_, err := Open(strings.NewReader("<html><head>"+head), from, "")
		if !errors.As(err, &not) || not.Alternate != want {
			t.Errorf("%s: %q, want %q", head, not.Alternate, want)
		}
	}
}

func TestChallengeIsNoPage(t *testing.T) {
	t.Parallel()
	for page, want := range map[string]string{
		`<title>Just a moment...</title>`:                                          "this is a challenge by Cloudflare for browsers, not a feed",
		`<script src="/.within.website/x/cmd/anubis/static/js/main.mjs"></script>`: "this is a challenge by Anubis for browsers, not a feed",
		`<link rel=alternate type="application/rss+xml" href=/feed><script src="/cdn-cgi/challenge-platform/scripts/jsd.js"></script>`: "this is a web page, not a feed",
	} {
		_, err := Open(strings.NewReader("<html><head>"+page), nil, "")
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", page, err, want)
		}
	}
}

func TestReadErrorIsNoTruncatedFeed(t *testing.T) {
	t.Parallel()
	broken := errors.New("connection reset")
	if _, err := Open(iotest.ErrReader(broken), nil, ""); !errors.Is(err, broken) || errors.Is(err, ErrNotFeed) {
		t.Errorf("Open: %v", err)
	}
	half := io.MultiReader(strings.NewReader(`<rss><channel><item><title>a</title></item><item><title>b`), iotest.ErrReader(broken))
	titles, err := all(t, half)
	if titles != "a" || !errors.Is(err, ErrTruncated) || !errors.Is(err, broken) {
		t.Errorf("%q and %v", titles, err)
	}
}

func TestTruncatedFeedGivesWholeItems(t *testing.T) {
	t.Parallel()
	for source, want := range map[string][2]string{
		`<rss><channel><title>t`:                                                         {"", "the feed breaks off before its first item"},
		`<rss><channel><item><title>a</title></item>`:                                    {"a", "the feed breaks off after item 1"},
		`<rss><channel><item><title>a</title></item><item><title>b</title><li`:           {"a", `the feed breaks off within item 2 ("b"), which is left out`},
		`<rss><channel><item><title>a</title></item><item><title><![CDATA[b</item>`:      {"a", `the feed breaks off within item 2 ("b"), which is left out`},
		`{"version":"https://jsonfeed.org/version/1","items":[{"title":"a"},{"title":"b`: {"a", `the feed breaks off within item 2, which is left out`},
		`{"version":"https://jsonfeed.org/version/1","items":[{"title":"a"}`:             {"a", `the feed breaks off after item 1`},
	} {
		titles, err := all(t, strings.NewReader(source))
		if titles != want[0] || !errors.Is(err, ErrTruncated) || err.Error() != want[1] {
			t.Errorf("%s\n got %q, %v\nwant %q, %s", source, titles, err, want[0], want[1])
		}
	}
}

func TestHugeItemCostsItselfAlone(t *testing.T) {
	t.Parallel()
	huge := func() io.Reader { return io.LimitReader(iotest.DataErrReader(xs{}), ItemMost+100<<10) }
	for name, r := range map[string]io.Reader{
		"RSS": io.MultiReader(strings.NewReader(`<rss><channel><item><title>a</title></item><item><title>b</title><description>`), huge(),
			strings.NewReader(`</description></item><item><title>c</title></item></channel></rss>`)),
		"JSON": io.MultiReader(strings.NewReader(`{"items":[{"title":"a"},{"title":"b","content_html":"`), huge(),
			strings.NewReader(`"},{"title":"c"}]}`)),
	} {
		titles, err := all(t, r)
		if titles != "a c" || err == nil || err.Error() != "item 2: longer than 32 MB" {
			t.Errorf("%s: %q, %v", name, titles, err)
		}
	}
}

func TestBrokenItemsCostThemselvesAlone(t *testing.T) {
	t.Parallel()
	for source, want := range map[string][2]string{
		`{"items":[{"title":"a"},null,{"title":"c"}]}`:            {"a c", "item 2: it is null"},
		`{"items":[{"title":"a"},}:{"title":"c"}]}`:               {"a c", ""},
		`{"items":[{"title":"a"},7,{"title":"c"}]}`:               {"a c", "item 2: it is 7, and no object"},
		`{"items":[{"title":"a"},{"title":"b",,},{"title":"c"}]}`: {"a c", `item 2 ("b"): `},
		`<rss><channel><item><title>a</title></item><item><title>b</title><link/></oops></item><item><title>c</title></item></channel></rss>`: {"a b c", ""},
		`<feed><entry><title>a</title></entry><entry><title>b</title><content type="xhtml"><p></content></entry></feed>`:                      {"a b", ""},
	} {
		titles, err := all(t, strings.NewReader(source))
		if titles != want[0] || (err == nil) != (want[1] == "") || err != nil && !strings.HasPrefix(err.Error(), want[1]) {
			t.Errorf("%s\n got %q, %v\nwant %q, %s", source, titles, err, want[0], want[1])
		}
	}
}

// xs is endless text.
type xs struct{}

func (xs) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// all reads a feed and returns its titles and the last error.
func all(t *testing.T, r io.Reader) (titles string, last error) {
	t.Helper()
	return allNamed(t, r, "")
}

// allNamed is all for a feed that came with the name of its encoding.
func allNamed(t *testing.T, r io.Reader, encoding string) (titles string, last error) {
	t.Helper()
	c, err := Open(r, nil, encoding)
	if err == nil {
		_, err = c.Head()
	}
	if err != nil {
		t.Fatal(err)
	}
	var ok []string
	for {
		entry, err := c.Next()
		if broken := (*BrokenItem)(nil); errors.As(err, &broken) {
			last = err
			continue
		}
		if errors.Is(err, io.EOF) && !errors.Is(err, ErrTruncated) {
			return strings.Join(ok, " "), last
		}
		if err != nil {
			return strings.Join(ok, " "), err
		}
		ok = append(ok, blog.PlainTitle(entry.Title))
	}
}
