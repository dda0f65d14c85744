package clean

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// embeds makes embeds of frames, and of the quotes and scripts by which platforms let
// others embed their posts. An embed is a block: it leaves its paragraph.
func embeds(body *html.Node) {
	var blocks []*html.Node
	for _, n := range dom.Descendants(body) {
		if n.Type != html.ElementNode {
			continue
		}
		if e := embedOf(n); e != nil {
			node := e.Node()
			Replace(n, Frame, quoted(n, node)...)
			blocks = append(blocks, node)
		}
	}
	Lift(blocks...)
	for _, n := range dom.Find(body, dom.Named(atom.Script)) {
		Remove(n, Unseen)
	}
}

// quoted returns what stands for an embedded element: what it quotes, if anything, and
// the embed.
func quoted(n, embed *html.Node) []*html.Node {
	if n.DataAtom != atom.Blockquote || dom.Empty(n) {
		return []*html.Node{embed}
	}
	return []*html.Node{dom.Elem(atom.Blockquote, dom.Take(n)...), embed}
}

// embedOf returns the embed that an element stands for, or nil for an ordinary element.
func embedOf(n *html.Node) *dom.Embed {
	switch n.DataAtom {
	case atom.Iframe, atom.Embed:
		return frameEmbed(n)
	case atom.Object:
		return objectEmbed(n)
	case atom.Script:
		return scriptEmbed(n)
	case atom.Blockquote:
		return quoteEmbed(n)
	}
	return nil
}

// frameEmbed reads an iframe. Pages that load lazily keep its address elsewhere.
func frameEmbed(n *html.Node) *dom.Embed {
	src := ""
	for _, key := range []string{"src", "data-src", "data-lazy-src", "data-litespeed-src"} {
		if s := dom.Attr(n, key); src == "" && s != "about:blank" {
			src = s
		}
	}
	if src == "" {
		return hidden(n)
	}
	e := EmbedAt(src)
	if e != nil {
		e.Title = blog.OneLine(dom.Attr(n, "title"))
	}
	return e
}

// hidden reads a frame without an address that has a link for those who see no frames
// (Medium). Nothing says what such a frame would show, and any name for it would be
// words that no reader of the source sees.
func hidden(n *html.Node) *dom.Embed {
	links := dom.Hrefs(Fragment(dom.Text(n)))
	if len(links) != 1 || blog.Resolve(nil, links[0]) == nil {
		return nil
	}
	return &dom.Embed{Kind: "link", URL: links[0], Title: "…"}
}

// objectEmbed reads the older way of embedding a player.
func objectEmbed(n *html.Node) *dom.Embed {
	src := dom.Attr(n, "data")
	for _, p := range dom.Find(n, dom.Named(atom.Param)) {
		if src == "" && strings.EqualFold(dom.Attr(p, "name"), "movie") {
			src = dom.Attr(p, "value")
		}
	}
	return EmbedAt(src)
}

// EmbedAt returns the embed that a frame's address shows, or nil for no address.
func EmbedAt(src string) *dom.Embed {
	src = strings.TrimSpace(src)
	if strings.HasPrefix(src, "//") {
		src = "https:" + src
	}
	u := blog.Resolve(nil, src)
	if u == nil {
		return nil
	}
	e := ThingAt(u)
	e.Frame = u.String()
	return e
}

// ThingAt returns the embed of what an address shows.
func ThingAt(u *url.URL) *dom.Embed {
	kind := "link"
	if f, ok := frames[strings.ToLower(u.Hostname())]; ok {
		if inner := blog.Resolve(nil, u.Query().Get(f.param)); inner != nil {
			u, kind = inner, f.kind
		}
	}
	if read, ok := siteOf(u.Hostname()); ok {
		if e := read(u); e != nil {
			return e
		}
	}
	return &dom.Embed{Kind: kind, URL: u.String()}
}

// siteOf finds a host in the table of sites, by its own name or that of a parent.
func siteOf(host string) (site, bool) {
	for host = strings.ToLower(host); ; {
		if s, ok := sites[host]; ok {
			return s, true
		}
		_, parent, ok := strings.Cut(host, ".")
		if !ok {
			return nil, false
		}
		host = parent
	}
}

// scriptEmbed reads a script that would draw something in its place. It returns nil for
// any other.
func scriptEmbed(n *html.Node) *dom.Embed {
	src := dom.Attr(n, "src")
	if strings.HasPrefix(src, "//") {
		src = "https:" + src
	}
	u := blog.Resolve(nil, src)
	if u == nil {
		return nil
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	name := strings.TrimSuffix(parts[len(parts)-1], ".js")
	switch strings.ToLower(u.Hostname()) {
	case "gist.github.com":
		if len(parts) > 1 {
			return &dom.Embed{Kind: "gist", ID: parts[0] + "/" + name, URL: "https://gist.github.com/" + parts[0] + "/" + name}
		}
	case "asciinema.org":
		if len(parts) == 2 && parts[0] == "a" {
			return &dom.Embed{Kind: "asciinema", ID: name, URL: "https://asciinema.org/a/" + name}
		}
	case "speakerdeck.com":
		if id := dom.Attr(n, "data-id"); id != "" {
			return &dom.Embed{Kind: "speakerdeck", ID: id, URL: "https://speakerdeck.com/player/" + url.PathEscape(id)}
		}
	}
	return nil
}

// quotes are the classes of block quotes that a platform's script replaces by a post,
// and the attributes that name the post; without one its last link does.
var quotes = []struct{ class, address string }{
	{"twitter-tweet", ""}, {"twitter-video", ""}, {"bluesky-embed", ""},
	{"instagram-media", "data-instgrm-permalink"},
	{"tiktok-embed", "cite"},
	{"mastodon-embed", "data-embed-url"},
}

// quoteEmbed reads a block quote that a script of its platform would have replaced.
func quoteEmbed(n *html.Node) *dom.Embed {
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
