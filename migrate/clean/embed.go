package clean

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// embeds makes embeds of frames, and of the quotes and scripts by which platforms let
// others embed their posts. An embed is a block: it leaves its paragraph.
func embeds(body *html.Node) {
	var blocks, late []*html.Node // late are those that a script would load
	for _, n := range dom.Descendants(body) {
		if n.Type != html.ElementNode {
			continue
		}
		if e := embedOf(n); e != nil && dom.Under(n, body) {
			node := e.Node()
			stands := quoted(n, e, node)
			if isLate(n) {
				late = append(late, node)
			}
			Replace(n, Frame, stands...)
			if blocks = append(blocks, node); stands[0] != node {
				repeats(stands[0], e)
			}
		} else if sound := soundOf(n); sound != nil {
			Replace(n, Arrangement, sound) // a player of before HTML5: what it plays stays
		}
	}
	blocks = slices.DeleteFunc(blocks, func(n *html.Node) bool { return n.Parent == nil })
	Lift(blocks...)
	dropTwins(blocks, late)
	for _, n := range dom.Find(body, dom.Named(atom.Script)) {
		Remove(n, Unseen)
	}
}

// embedOf returns the embed that an element stands for, or nil for an ordinary element.
func embedOf(n *html.Node) *dom.Embed {
	if soundOf(n) != nil {
		return nil
	}
	switch n.DataAtom {
	case atom.Iframe, atom.Embed:
		return frameEmbed(n)
	case atom.Object:
		return objectEmbed(n)
	case atom.Script:
		return scriptEmbed(n)
	case atom.Blockquote:
		return quoteEmbed(n)
	case atom.Div, atom.Span, atom.Figure, atom.Section, atom.Button:
		if e := classEmbed(n); e != nil {
			return e
		}
		return lateEmbed(n)
	case 0:
		return customEmbed(n)
	}
	return nil
}

// customEmbed reads an element that a page defines itself, such as lite-youtube
// (https://github.com/paulirish/lite-youtube-embed): its name says whose the video is.
func customEmbed(n *html.Node) *dom.Embed {
	if !strings.Contains(n.Data, "-") || dom.Own(n.Data) {
		return nil
	}
	id := firstAttr(n, "videoid", "video-id", "data-videoid", "data-video-id", "video", "v", "id")
	address := firstAttr(n, "src", "data-src", "href", "data-href", "url", "data-url")
	var e *dom.Embed
	switch host, film, _ := strings.Cut(address, "/"); {
	case id != "" && strings.Contains(n.Data, "youtube"):
		e = filmOf("youtube", id)
	case id != "" && strings.Contains(n.Data, "vimeo"):
		e = filmOf("vimeo", id)
	case n.Data == "amp-twitter" && IsNumber(dom.Attr(n, "data-tweetid")):
		e = EmbedAt("https://twitter.com/i/status/" + dom.Attr(n, "data-tweetid"))
	case n.Data == "amp-instagram" && LanguageName().MatchString(dom.Attr(n, "data-shortcode")):
		e = EmbedAt("https://www.instagram.com/p/" + dom.Attr(n, "data-shortcode") + "/")
	case host == "youtube" || host == "vimeo": // Vidstack
		e = filmOf(host, film)
	case dom.Empty(n), n.Data == "amp-iframe":
		e = EmbedAt(address)
	}
	if e == nil && dom.Empty(n) {
		e = EmbedAt(address)
	}
	if e != nil {
		e.Frame, e.Title = "", blog.OneLine(firstAttr(n, "playlabel", "videotitle", "title"))
	}
	return e
}

// classEmbed reads an element that a script of its platform fills, by its class.
func classEmbed(n *html.Node) *dom.Embed {
	switch {
	case dom.HasClass(n, "fb-post", "fb-video"):
		if e := EmbedAt(dom.Attr(n, "data-href")); e != nil {
			return &dom.Embed{Kind: "facebook", URL: e.URL}
		}
	case dom.HasClass(n, "flourish-embed"):
		return widget("https://public.flourish.studio/", dom.Attr(n, "data-src"), "/")
	case dom.HasClass(n, "infogram-embed"):
		return widget("https://infogram.com/", dom.Attr(n, "data-id"), "")
	case dom.HasClass(n, "strava-embed-placeholder") && dom.Attr(n, "data-embed-type") == "activity":
		return widget("https://www.strava.com/activities/", dom.Attr(n, "data-embed-id"), "")
	case dom.HasClass(n, "tumblr-post"):
		return EmbedAt(dom.Attr(n, "data-href"))
	case dom.HasAttr(n, "data-tf-live"), dom.HasAttr(n, "data-tf-widget"):
		return widget("https://form.typeform.com/to/", firstAttr(n, "data-tf-live", "data-tf-widget"), "")
	case dom.HasAttr(n, "data-gist-id"):
		return widget("https://gist.github.com/", dom.Attr(n, "data-gist-id"), "")
	case dom.HasClass(n, "wistia_embed"):
		for class := range strings.FieldsSeq(dom.Attr(n, "class")) {
			if id, ok := strings.CutPrefix(class, "wistia_async_"); ok {
				return &dom.Embed{Kind: "link", URL: "https://fast.wistia.net/embed/iframe/" + url.PathEscape(id)}
			}
		}
	}
	return nil
}

// widget returns the embed that a box names by a path on its host, or nil where it names none.
func widget(host, path, end string) *dom.Embed {
	if path = strings.Trim(path, "/ "); !widgetPath().MatchString(path) {
		return nil
	}
	return &dom.Embed{Kind: "link", URL: host + path + end}
}

var widgetPath = regex.Lazy(`^[\w-]+(?:/[\w-]+)*$`)

// firstAttr returns the first of some attributes that says something, or "".
func firstAttr(n *html.Node, keys ...string) string {
	for _, key := range keys {
		if s := strings.TrimSpace(dom.Attr(n, key)); s != "" && s != "about:blank" {
			return s
		}
	}
	return ""
}

// frameEmbed reads an iframe. Pages that load lazily keep its address elsewhere.
func frameEmbed(n *html.Node) *dom.Embed {
	src := frameAddress(n)
	if src == "" {
		return hidden(n)
	}
	e := EmbedAt(src)
	if e == nil {
		return nil
	}
	e.Title = blog.OneLine(dom.Attr(n, "title"))
	if at, title := fallback(n); at != "" && e.Kind == "link" {
		e.URL = at
		if e.Title == "" {
			e.Title = title
		}
	}
	return e
}

// frameAddress returns the address of a frame: its own, the one that a script would load (data-src
// and what plug-ins for consent call it), or the one that its stand-in document leads to
// (https://css-tricks.com/lazy-load-embedded-youtube-videos/).
func frameAddress(n *html.Node) string {
	if src := firstAttr(n, "src", "data-src", "data-lazy-src", "data-litespeed-src"); src != "" {
		return src
	}
	for _, a := range n.Attr {
		if val := strings.TrimSpace(a.Val); strings.Contains(a.Key, "src") && (blog.IsWeb(val) || strings.HasPrefix(val, "//")) {
			return val
		}
	}
	inner := Fragment(dom.Attr(n, "srcdoc"))
	for _, addr := range dom.Hrefs(inner) {
		if e := EmbedAt(addr); e != nil && e.Kind != "link" {
			return addr
		}
	}
	if frame := dom.First(inner, dom.Named(atom.Iframe)); frame != nil {
		return firstAttr(frame, "src", "data-src")
	}
	return ""
}

// fallback returns the one link that a frame has for those who see no frames (Bandcamp), and
// what it says.
func fallback(n *html.Node) (address, title string) {
	if !strings.Contains(dom.Text(n), "<a") {
		return "", ""
	}
	links := dom.Find(Fragment(dom.Text(n)), dom.Named(atom.A))
	if len(links) != 1 {
		return "", ""
	}
	u := blog.Resolve(nil, dom.Attr(links[0], "href"))
	if u == nil || !blog.IsWeb(u.String()) {
		return "", ""
	}
	return u.String(), blog.OneLine(dom.Text(links[0]))
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
	for _, key := range []string{"movie", "src"} {
		if src == "" {
			src = param(n, key)
		}
	}
	return EmbedAt(src)
}

// param returns what a parameter of an object says.
func param(n *html.Node, name string) string {
	for _, p := range dom.Find(n, dom.Named(atom.Param)) {
		if strings.EqualFold(dom.Attr(p, "name"), name) {
			return strings.TrimSpace(dom.Attr(p, "value"))
		}
	}
	return ""
}

// soundVars are the names by which players of before HTML5 were told what to play.
var soundVars = []string{"soundFile", "audio_file", "mp3", "file", "audioUrl", "playlist_url"}

// soundOf returns the sound or film that a Flash player would play; nil for any other
// element.
func soundOf(n *html.Node) *html.Node {
	vars := ""
	switch n.DataAtom {
	case atom.Object:
		vars = param(n, "FlashVars")
	case atom.Embed:
		vars = dom.Attr(n, "flashvars")
	}
	all, err := url.ParseQuery(vars)
	if vars == "" || err != nil {
		return nil
	}
	for _, key := range soundVars {
		u := blog.Resolve(nil, all.Get(key))
		if u == nil || !blog.IsWeb(u.String()) {
			continue
		}
		player := dom.Elem(atom.Audio)
		switch path.Ext(strings.ToLower(u.Path)) {
		case ".mp4", ".m4v", ".webm", ".flv", ".mov":
			player = dom.Elem(atom.Video)
		}
		dom.SetAttr(player, "src", u.String())
		dom.SetAttr(player, "controls", "")
		return player
	}
	return nil
}

// EmbedAt returns the embed that a frame's address shows, or nil for no address.
func EmbedAt(src string) *dom.Embed {
	u := blog.Resolve(nil, withScheme(strings.TrimSpace(src)))
	if u == nil {
		return nil
	}
	e := ThingAt(u)
	e.Frame = u.String()
	return e
}

// withScheme returns an address with the scheme that those of embeds may leave out.
func withScheme(addr string) string {
	if strings.HasPrefix(addr, "//") {
		return "https:" + addr
	}
	return addr
}

// mastodonPath is that of the frame of a post on Mastodon, on whatever host.
var mastodonPath = regex.Lazy(`^/@[\w.@-]+/\d+/embed$`)

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
	if to, ok := strings.CutSuffix(u.String(), "/embed"); ok && mastodonPath().MatchString(u.Path) {
		return &dom.Embed{Kind: "mastodon", URL: to}
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
	u := blog.Resolve(nil, withScheme(dom.Attr(n, "src")))
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
	case "telegram.org":
		if post := dom.Attr(n, "data-telegram-post"); post != "" {
			return &dom.Embed{Kind: "link", URL: "https://t.me/" + post}
		}
	default:
		if e := ThingAt(u); e.URL != u.String() || e.ID != "" {
			return e
		}
	}
	return nil
}
