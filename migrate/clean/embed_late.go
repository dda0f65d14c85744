package clean

import (
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

// isLate reports whether an element is one that [lateEmbed] reads, and may show words.
func isLate(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.Span, atom.Figure, atom.Section, atom.Button:
		return true
	}
	return false
}

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

// ownWords returns what a box says beside its buttons and the name of its film, or nil; it takes
// that out of the box.
func ownWords(n *html.Node, e *dom.Embed) *html.Node {
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
	val := withScheme(strings.TrimSpace(a.Val))
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
	case strings.HasPrefix(val, "{") && (strings.Contains(val, "youtu") || strings.Contains(val, "vimeo")):
		return settings(n, val)
	case strings.HasSuffix(a.Key, "id") || strings.HasSuffix(a.Key, "video") || strings.Contains(a.Key, "youtube") || strings.Contains(a.Key, "vimeo"):
		return filmOf(hostNamed(n, a.Key), val)
	}
	return nil
}

// settings returns the film that the settings of an empty box name (Elementor, Video.js).
func settings(n *html.Node, val string) *dom.Embed {
	if dom.Words(n) != "" {
		return nil
	}
	for _, addr := range filmIn().FindAllString(strings.ReplaceAll(val, `\/`, "/"), -1) {
		if e := EmbedAt(addr); e != nil && (e.Kind == "youtube" || e.Kind == "vimeo") {
			return e
		}
	}
	return nil
}

var filmIn = regex.Lazy(`https?://[\w./?=&%#-]+`)

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
	names := strings.ToLower(key + " " + dom.Attr(n, "class") + " " + dom.Attr(n, "id") + " " + firstAttr(n, "data-provider", "data-plyr-provider", "data-type", "data-service", "data-source", "data-host"))
	switch {
	case strings.Contains(names, "youtube"), strings.Contains(names, "ytid"), strings.Contains(names, "yt-"), strings.Contains(names, "yt_"):
		return "youtube"
	case strings.Contains(names, "vimeo"):
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
