package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// quotes are the classes of block quotes that a platform's script replaces by a post,
// and the attributes that name the post; without one its last link does.
var quotes = []struct{ class, address string }{
	{"twitter-tweet", ""}, {"twitter-video", ""}, {"bluesky-embed", ""},
	{"instagram-media", "data-instgrm-permalink"},
	{"tiktok-embed", "cite"},
	{"mastodon-embed", "data-embed-url"},
	{"text-post-media", "data-text-post-permalink"}, // Threads
}

// quoteEmbed reads a block quote that a script of its platform would have replaced.
func quoteEmbed(n *html.Node) *dom.Embed {
	if dom.HasClass(n, "imgur-embed-pub") {
		if e := widget("https://imgur.com/", dom.Attr(n, "data-id"), ""); e != nil {
			return e
		}
	}
	for _, q := range quotes {
		if !dom.HasClass(n, q.class) {
			continue
		}
		if e := EmbedAt(dom.Attr(n, q.address)); e != nil {
			return &dom.Embed{Kind: e.Kind, ID: e.ID, URL: e.URL}
		}
		return lastLink(n)
	}
	return nil
}

// lastLink returns the embed that the last link of a quote leads to: the post's own date
// is its link.
func lastLink(n *html.Node) *dom.Embed {
	links := dom.Find(n, dom.Named(atom.A))
	for i := len(links) - 1; i >= 0; i-- {
		if e := EmbedAt(dom.Attr(links[i], "href")); e != nil && e.Kind != "link" {
			return &dom.Embed{Kind: e.Kind, ID: e.ID, URL: e.URL}
		}
	}
	return nil
}

// quoted returns what stands for an embedded element: the post that it quotes, where that
// has words, else the embed.
func quoted(n *html.Node, e *dom.Embed, embed *html.Node) []*html.Node {
	from := n
	if n.DataAtom != atom.Blockquote {
		from = dom.First(n, dom.Named(atom.Blockquote))
	}
	switch {
	case from == nil && isLate(n):
		if words := ownWords(n, e); words != nil {
			return []*html.Node{embed, words}
		}
		return []*html.Node{embed}
	case from == nil, dom.Empty(from):
		return []*html.Node{embed}
	}
	for line := range dom.Standing(from, platformWords) {
		Drop(line, Frame)
	}
	if attribution, only := soleAttribution(from, e); only {
		if attribution != "" {
			dom.SetAttr(embed, "title", attribution)
		}
		return []*html.Node{embed}
	}
	respell(from, *e)
	return Quoted(dom.Elem(atom.Blockquote, dom.Take(from)...), *e)
}

// respell lets the links of a quote be those that people share, without what counts readers.
func respell(quote *html.Node, e dom.Embed) {
	for _, a := range dom.Find(quote, dom.Named(atom.A)) {
		href := dom.Attr(a, "href")
		to := uncounted(href)
		if leadsTo(a, e) {
			to = e.URL
		}
		if to != href {
			Relink(a, "href", to, Respelled)
		}
	}
}

// wordsOfPlatforms are what platforms write into a quote for those whose browser runs no
// script.
var wordsOfPlatforms = regex.Lazy(`^(?:View (?:this )?(?:post|profile|photo|video)?\s*on [A-Za-z][a-z.]+|\[image or embed\]|♬ .*)$`)

// platformWords reports whether an element of a quote has nothing but words of its platform.
func platformWords(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.Div, atom.P:
		words := dom.Words(n)
		return len(words) < 80 && wordsOfPlatforms().MatchString(words)
	}
	return false
}

// attributions are the words by which platforms say whose a post is.
var attributions = regex.Lazy(`^(?:A (?:post|photo|video|reel) (?:shared|posted) by .*|Post by @\S+|@[\w.]+)$`)

// soleAttribution reports whether a quote says no more than whose post it is, and returns that:
// empty where it does not say even this.
func soleAttribution(n *html.Node, e *dom.Embed) (says string, only bool) {
	words := dom.Words(n)
	if words == "" || attributions().MatchString(words) {
		return words, true
	}
	rest := len(words)
	for _, a := range dom.Find(n, dom.Named(atom.A)) {
		if leadsTo(a, *e) {
			rest -= len(dom.Words(a))
		}
	}
	if rest > 1 || e.Kind == "instagram" { // whose captions are links to the post
		return "", false
	}
	if blog.IsWeb(words) {
		words = ""
	}
	return words, true
}

// leadsTo reports whether a link leads to an embedded post.
func leadsTo(a *html.Node, e dom.Embed) bool {
	at := EmbedAt(dom.Attr(a, "href"))
	return at != nil && (at.Kind == e.Kind && at.ID == e.ID && at.ID != "" || at.URL == e.URL)
}

// Quoted returns the quote of a post elsewhere, which leads to it, as one thing: by a link that
// it has, else by one around the words that say whose post it is, or below the others.
func Quoted(quote *html.Node, e dom.Embed) []*html.Node {
	if dom.First(quote, func(n *html.Node) bool { return n.DataAtom == atom.A && leadsTo(n, e) }) != nil {
		return []*html.Node{quote}
	}
	if whose := quote.LastChild; e.Title == "" && dom.Is(whose, atom.P) && whose.FirstChild != nil && dom.First(whose, dom.Named(atom.A)) == nil {
		if name, dashed := strings.CutPrefix(dom.Words(whose), "— "); dashed {
			dom.Replace(whose, dom.Elem(atom.P, dom.TextNode("— "), dom.Anchor(e.URL, name)))
			return []*html.Node{quote}
		}
	}
	quote.AppendChild(dom.Elem(atom.P, dom.TextNode("— "), dom.Anchor(e.URL, called(e))))
	return []*html.Node{quote}
}

// called names a post elsewhere by its title, else by its platform.
func called(e dom.Embed) string {
	names := map[string]string{"tweet": "Twitter", "instagram": "Instagram", "tiktok": "TikTok", "facebook": "Facebook", "bluesky": "Bluesky"}
	switch {
	case e.Title != "":
		return e.Title
	case names[e.Kind] != "":
		return names[e.Kind]
	}
	if u := blog.ParseURL(e.URL); u != nil && u.Host != "" {
		return strings.TrimPrefix(u.Hostname(), "www.")
	}
	return e.URL
}

// counting are the parameters by which platforms count who comes from where.
var counting = regex.Lazy(`[?&](?:ref_src|ref_url|igsh|igshid|refer|utm_\w+)=[^&#]*`)

// uncounted returns a link of a quote without what counts its readers.
func uncounted(href string) string {
	bare := counting().ReplaceAllString(href, "")
	if len(bare) < len(href) && !strings.Contains(bare, "?") {
		bare = strings.Replace(bare, "&", "?", 1)
	}
	return bare
}

// repeats removes links to a post that stand right behind its quote, alone: what the
// platform's own link became before its script ran.
func repeats(quote *html.Node, e *dom.Embed) {
	next := nextShown(quote)
	for box := quote.Parent; next == nil && dom.Is(box, atom.Div); box = box.Parent {
		next = nextShown(box)
	}
	if !dom.Is(next, atom.P) && !dom.Is(next, atom.A) {
		return
	}
	a := next
	if next.DataAtom == atom.P {
		a = dom.First(next, dom.Named(atom.A))
	}
	if a != nil && dom.Words(a) == dom.Words(next) && leadsTo(a, *e) && (blog.IsWeb(dom.Words(a)) || dom.Words(a) == "") {
		Remove(next, Twin)
	}
}
