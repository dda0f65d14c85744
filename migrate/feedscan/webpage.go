package feedscan

import (
	"bytes"
	"errors"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// webPage returns the error that the bytes are a web page, with the feed that it names.
func webPage(w *window) error {
	for w.fill() { // the head of the page, at most headMost
	}
	page := new(pieces).decode(w.buf[w.from:])
	h := pageHeadOf(page)
	e := &NotFeedError{What: "this is a web page, not a feed", Page: true, Alternate: h.feed, Generator: h.generator, base: h.base}
	if who := challenger(page); who != "" && h.feed == "" {
		e.What, e.Challenge = "this is a challenge by "+who+" for browsers, not a feed", true
	}
	return e
}

// challenges are what pages hold that are shown in the place of others until a browser
// has passed a test. Cloudflare puts its script into other pages too.
var challenges = []struct{ mark, who string }{
	{"<title>Just a moment...", "Cloudflare"},
	{"/cdn-cgi/challenge-platform/", "Cloudflare"},
	{"<title>Attention Required! | Cloudflare", "Cloudflare"},
	{"/.within.website/x/cmd/anubis/", "Anubis"},
	{"captcha-delivery.com", "DataDome"},
	{"_Incapsula_Resource", "Imperva"},
	{"sucuri_cloudproxy_js", "Sucuri"},
	{"<title>Vercel Security Checkpoint", "Vercel"},
}

func challenger(page []byte) string {
	for _, c := range challenges {
		if bytes.Contains(page, []byte(c.mark)) {
			return c.who
		}
	}
	return ""
}

// pageHead is what the head of a web page says.
type pageHead struct {
	feed      string // the best of the feeds that it names, as it stands there
	rank      int    // of that feed; 0 without one
	base      string // what addresses start from, as it stands there; may be empty
	generator string // the program that made it; may be empty
}

func pageHeadOf(page []byte) (h pageHead) {
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return h
		case html.StartTagToken, html.SelfClosingTagToken:
			h.element(z.Token())
		}
	}
}

func (h *pageHead) element(t html.Token) {
	n := &html.Node{Attr: t.Attr}
	switch t.Data {
	case "base":
		if h.base == "" {
			h.base = dom.Attr(n, "href")
		}
	case "meta":
		if strings.EqualFold(dom.Attr(n, "name"), "generator") && h.generator == "" {
			h.generator = dom.Attr(n, "content")
		}
	case "link":
		if r := rank(n); r > h.rank {
			h.feed, h.rank = dom.Attr(n, "href"), r
		}
	}
}

// ofComments names a feed of what readers say.
var ofComments = regex.Lazy(`(?i)comm?ent|kommentar|reply|replies`)

// rank returns how likely a link leads to the feed of a page's posts, or 0 for none, and for
// what readers say of them. Of equals the first is the blog's own. WordPress names its
// API as JSON, which is no feed.
func rank(link *html.Node) int {
	href := dom.Attr(link, "href")
	if href == "" || !slices.Contains(strings.Fields(strings.ToLower(dom.Attr(link, "rel"))), "alternate") {
		return 0
	}
	kind, _, _ := strings.Cut(strings.ToLower(dom.Attr(link, "type")), ";")
	switch strings.TrimSpace(kind) {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json":
		if ofComments().MatchString(href) || ofComments().MatchString(dom.Attr(link, "title")) {
			return 0
		}
		return 2
	case "application/json", "application/xml", "text/xml":
		if strings.Contains(strings.ToLower(href), "feed") {
			return 1
		}
	}
	return 0
}

// located resolves the feed that a page names, where it is known where the page is.
func located(err error, page *url.URL) error {
	var not *NotFeedError
	if !errors.As(err, &not) || not.Alternate == "" {
		return err
	}
	switch u := blog.ParseURL(not.Alternate); {
	case u == nil || u.Scheme != "" && !blog.IsWeb(not.Alternate): // file: and the like lead to no feed
		not.Alternate = ""
	case page != nil:
		if u := blog.Resolve(blog.Rebase(page, not.base), not.Alternate); u != nil {
			not.Alternate = u.String()
		} else {
			not.Alternate = ""
		}
	}
	return err
}
