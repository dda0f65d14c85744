package clean

import (
	"encoding/base64"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// facadeWords is how many words a box may show in place of the player that a script loads into
// it: a caption, a button.
const facadeWords = 25

// lateEmbed reads a box into which a script loads a player when a reader agrees or clicks
// (Embed Plus, WP Rocket, WP YouTube Lyte, Plyr). Its attributes name the player, each plug-in's
// by names of its own: an address of a film or a post, or the id of a film beside the name of
// its host. Nil for any other element.
func lateEmbed(n *html.Node) *dom.Embed {
	for _, a := range n.Attr {
		e := namedBy(n, a)
		if e == nil {
			continue
		}
		if !facade(n) {
			return nil
		}
		e.Frame, e.Title = "", blog.OneLine(firstAttr(n, "data-title", "data-alt", "data-video-title", "data-name", "title"))
		return e
	}
	return nil
}

// facade reports whether a box holds no more than what stands for a player: no block of text,
// no embed of its own, few words.
func facade(n *html.Node) bool {
	if n.DataAtom == atom.Span && dom.Words(n) != "" { // a count, a name
		return false
	}
	return len(strings.Fields(dom.Text(n))) <= facadeWords && dom.First(n, loadsNothing) == nil
}

// said returns what a box says in words of its own, but for its buttons and the name of its
// film.
func said(n *html.Node, e *dom.Embed) *html.Node {
	for part := range dom.Standing(n, dom.Named(atom.Button, atom.Noscript, atom.Svg, atom.Img)) {
		Remove(part, Frame)
	}
	if words := dom.Words(n); words == "" || words == e.Title || blog.Letters(words) == "" || blog.IsWeb(words) {
		return nil
	}
	return dom.Elem(atom.Div, dom.Take(n)...)
}

// loadsNothing matches what no box has into which a script loads a player.
func loadsNothing(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Iframe, atom.Object, atom.Embed, atom.Video, atom.Audio, atom.Pre, atom.Table, atom.Blockquote, atom.Ul, atom.Ol, atom.Form,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	case atom.Script:
		return dom.HasAttr(n, "src")
	}
	return n.DataAtom == 0 && customEmbed(n) != nil
}

// namedBy returns the player that an attribute of a box names, or nil.
func namedBy(n *html.Node, a html.Attribute) *dom.Embed {
	val := strings.TrimSpace(a.Val)
	if strings.HasPrefix(val, "//") {
		val = "https:" + val
	}
	switch {
	case !strings.HasPrefix(a.Key, "data-"):
		if id, ok := strings.CutPrefix(val, "lyte_"); ok && a.Key == "id" { // WP YouTube Lyte
			return filmOf("youtube", id)
		}
	case blog.IsWeb(val):
		u := blog.Resolve(nil, val)
		if u == nil || shared().MatchString(val) {
			return nil
		}
		if m := posterOf().FindStringSubmatch(val); m != nil {
			return filmOf("youtube", m[1])
		}
		if e := ThingAt(u); e.Kind != "link" && e.ID != "" || dom.Empty(n) && loaded(n) {
			return e
		}
	case strings.HasSuffix(a.Key, "id") || strings.HasSuffix(a.Key, "video") || strings.Contains(a.Key, "youtube") || strings.Contains(a.Key, "vimeo"):
		return filmOf(hostNamed(n, a.Key), val)
	}
	return nil
}

var (
	// posterOf matches the still of a film on YouTube.
	posterOf = regex.Lazy(`^https?://(?:i\d?\.ytimg|img\.youtube|i\.youtube)\.com/(?:vi|vi_webp|an_webp)/([\w-]{11})/`)
	// shared matches addresses by which readers share a page.
	shared = regex.Lazy(`^https?://[^/]+/(?:share|sharer|intent)\b`)
	// loads matches the names of boxes that a script fills.
	loads = regex.Lazy(`(?i)(?:^|[\s_-])(?:i?frame|embed|embedded|player|widget)(?:$|[\s_-])`)
)

// loaded reports whether a box is named as one that a script fills.
func loaded(n *html.Node) bool {
	return loads().MatchString(dom.Attr(n, "class")) || loads().MatchString(dom.Attr(n, "id"))
}

// hostNamed returns whose film a box names: by the name of an attribute, by its class and its
// other attributes.
func hostNamed(n *html.Node, key string) string {
	said := strings.ToLower(key + " " + dom.Attr(n, "class") + " " + dom.Attr(n, "id") + " " + firstAttr(n, "data-provider", "data-plyr-provider", "data-type", "data-service", "data-source", "data-host"))
	switch {
	case strings.Contains(said, "youtube"), strings.Contains(said, "ytid"), strings.Contains(said, "yt-"), strings.Contains(said, "yt_"):
		return "youtube"
	case strings.Contains(said, "vimeo"):
		return "vimeo"
	}
	return ""
}

var filmIDs = regex.Lazy(`^(?:[\w-]{11}|\d{6,12})$`)

// filmOf returns a film by its host's name and its id, or nil where either is none.
func filmOf(host, id string) *dom.Embed {
	if !filmIDs().MatchString(id) {
		return nil
	}
	switch {
	case host == "youtube" && len(id) == 11:
		return EmbedAt("https://www.youtube.com/watch?v=" + url.QueryEscape(id))
	case host == "vimeo" && IsNumber(id):
		return EmbedAt("https://vimeo.com/" + id)
	}
	return nil
}

// isLate reports whether an element is one that [lateEmbed] reads, and may show words.
func isLate(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.Span, atom.Figure, atom.Section, atom.Button:
		return true
	}
	return false
}

// dropTwins removes what a script would load where the same stands in the body for readers
// without scripts.
func dropTwins(blocks, late []*html.Node) {
	if len(late) == 0 {
		return
	}
	stands := map[string]int{}
	for _, n := range blocks {
		stands[dom.Attr(n, "kind")+" "+dom.Attr(n, "url")]++
	}
	for _, n := range late {
		if key := dom.Attr(n, "kind") + " " + dom.Attr(n, "url"); n.Parent != nil && stands[key] > 1 {
			stands[key]--
			Remove(n, Twin)
		}
	}
}

// packed returns the frames that a script, a template or an attribute keeps as text until a
// reader agrees to them (Borlabs Cookie, Embed Privacy): as HTML, escaped, or as base64. A
// program that writes frames into its page counts where it writes ones of players.
func packed(text string) []*html.Node {
	text = strings.TrimSpace(text)
	if plain, err := base64.StdEncoding.DecodeString(text); err == nil && len(plain) > 0 {
		text = string(plain)
	}
	if !strings.Contains(text, "iframe") {
		return nil
	}
	if strings.Contains(text, "&lt;iframe") {
		text = html.UnescapeString(text)
	}
	text = strings.NewReplacer(`\/`, `/`, `\"`, `"`).Replace(text)
	at, end := strings.Index(text, "<iframe"), strings.LastIndex(text, "</iframe>")
	if at < 0 || end < at {
		return nil
	}
	body := Fragment(text[at : end+len("</iframe>")])
	if body == nil {
		return nil
	}
	frames := dom.Find(body, dom.Named(atom.Iframe))
	for _, frame := range frames {
		if e := frameEmbed(frame); e == nil || e.Kind == "link" && e.ID == "" {
			return nil
		}
		dom.Detach(frame)
	}
	return frames
}

// unpack puts the frames that a script or a template keeps where it stands, and reports whether
// there were any.
func unpack(n *html.Node) bool {
	text := dom.Text(n)
	if n.DataAtom == atom.Template {
		text = dom.InnerHTML(n)
	}
	frames := packed(text)
	if len(frames) == 0 {
		return false
	}
	Replace(n, Frame, frames...)
	return true
}

// unpackBox puts the frames in the place of a box of which an attribute keeps them (Borlabs
// Cookie 3).
func unpackBox(n *html.Node) {
	if frames := packed(firstAttr(n, "data-borlabs-cookie-content", "data-brlbs-content")); len(frames) > 0 {
		Replace(n, Frame, frames...)
	}
}
