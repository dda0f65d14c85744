package source

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// tumblr is Tumblr. Its feed holds twenty posts a page, at /page/N/rss.
var tumblr = &Dialect{
	Name:    "tumblr",
	Match:   signs{generator: `^Tumblr`, guid: `^https?://[\w-]+\.tumblr\.com/post/\d+`, body: tumblrMarkup}.match(),
	Fill:    fillTumblr,
	Clean:   cleanTumblr,
	Markup:  tumblrMarkup,
	Older:   olderTumblr,
	Servers: tumblrServers,
	Window:  20,
}

// fillTumblr reads the post's number, and knows that a post without a title is called
// by its kind.
func fillTumblr(p *blog.Post, _ *feedscan.Entry) {
	p.Names = knownAs(p.Names, "tumblr", tumblrNumber(p.URL))
	switch p.Title {
	case "Photo", "Photoset", "Video", "Audio", "Untitled":
		p.Title = ""
	}
}

var tumblrPage = regex.Lazy(`^(?:/page/(\d+))?/rss/?$`)

// olderTumblr counts the page of a feed up; behind the last one it has no items.
func olderTumblr(page *url.URL, _ *feedscan.Head) *url.URL {
	m := tumblrPage().FindStringSubmatch(page.Path)
	if m == nil {
		return nil
	}
	return withPath(page, "/page/"+after(m[1])+"/rss")
}

// tumblrServers ask for the largest copy that Tumblr keeps of a picture.
var tumblrServers = []server{
	{hosts: hosts{"media.tumblr.com"}, path: regex.Lazy(`_(?:75sq|100|250|400|500|540|640)(\.(?:jpe?g|png|gifv?|webp|pnj))$`), to: "_1280$1"},
	{hosts: hosts{"media.tumblr.com"}, path: regex.Lazy(`/s\d+x\d+(?:_c1)?/`), to: "/s2048x3072/"},
}

var (
	tumblrMarkup = []string{"tmblr-full", "tumblr_blog", "npf_row", "tumblr_audio_player", "npf_link"}
	// tumblrPost is the number of a post, in its address of old and in today's.
	tumblrPost = regex.Lazy(`^/post/(\d+)|^/[\w-]+/(\d{9,})(?:/|$)`)
)

// tumblrNumber returns the number that a post keeps for life, or "".
func tumblrNumber(u *url.URL) string {
	if u == nil {
		return ""
	}
	m := tumblrPost().FindStringSubmatch(u.Path)
	if m == nil {
		return ""
	}
	return m[1] + m[2]
}

// cleanTumblr undoes what Tumblr makes of a post's parts (its Neue Post Format).
func cleanTumblr(body *html.Node, _ *blog.Post) {
	for _, a := range dom.Find(body, dom.Named(atom.A)) {
		if u := tumblrTarget(blog.ParseURL(dom.Attr(a, "href"))); u != nil {
			clean.Relink(a, "href", u.String(), clean.Detour)
		}
	}
	for _, n := range dom.Find(body, dom.Class("npf_quote")) {
		if dom.Is(n, atom.P) && n.Parent != nil {
			q := dom.Elem(atom.Blockquote)
			dom.Replace(n, q)
			dom.DelAttr(n, "class")
			q.AppendChild(n)
		}
	}
	for _, n := range dom.Find(body, dom.Class("tmblr-embed")) {
		addr, err := url.QueryUnescape(dom.Attr(n, "data-url"))
		if u := blog.Resolve(nil, addr); err == nil && u != nil && dom.Empty(n) {
			embedInstead(n, u.String())
		}
	}
	for _, n := range dom.Find(body, dom.Class("tumblr_audio_player")) {
		tumblrAudio(n)
	}
}

// tumblrTarget returns where a link leads that Tumblr counts or hides, or nil for others.
func tumblrTarget(u *url.URL) *url.URL {
	if u == nil {
		return nil
	}
	switch u.Hostname() {
	case "href.li":
		return blog.Resolve(nil, u.RawQuery)
	case "t.umblr.com":
		return blog.Resolve(nil, u.Query().Get("z"))
	}
	return nil
}

// tumblrAudio puts the recording where a frame stands that only plays it.
func tumblrAudio(n *html.Node) {
	u := blog.ParseURL(dom.Attr(n, "src"))
	if u == nil {
		return
	}
	file := blog.Resolve(nil, strings.TrimSpace(u.Query().Get("audio_file")))
	if file == nil {
		return
	}
	audio := dom.Elem(atom.Audio)
	dom.SetAttr(audio, "src", file.String())
	clean.Replace(n, clean.Frame, audio)
}
