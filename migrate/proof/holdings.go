package proof

import (
	"bytes"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// holdings are what a source holds, read tag by tag, or a tree of nodes.
type holdings struct {
	words     words
	addresses map[string]bool // as they are spelled; of a source, without those of its tree
	order     []reference     // those of a source, in its order
	hrefs     []string        // where links lead
	languages []string        // that code is declared to be in, each once
	spoken    map[string]bool
	embeds    []embedding

	tree   *holdings       // that a source is held against
	shown  map[string]bool // the addresses of embeds, by key
	played map[string]bool // of those, what is more than a link
	ids    map[string]bool // of embeds of the neutral DOM
	made   []string        // the pages of those that no frame shows
	quoted bool            // an embed was made of a quote, which stays too

	nested bool // the last embed is an element that is still open
	spent  bool // what is read was the markup of an embed
}

// reference is an address of a source.
type reference struct {
	spelled string
	link    bool
}

// embedding is an element that shows something from elsewhere.
type embedding struct {
	names []string // its addresses, or what stands for them
	flash bool
}

func newHoldings(tree *holdings) *holdings {
	return &holdings{tree: tree, addresses: map[string]bool{}, spoken: map[string]bool{},
		shown: map[string]bool{}, played: map[string]bool{}, ids: map[string]bool{}}
}

// readSource reads a source as it came.
func (h *holdings) readSource(s blog.Source) {
	z := html.NewTokenizer(strings.NewReader(h.unmarked(s)))
	var attrs []html.Attribute
	muted := false // the text that comes is none
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			if !muted {
				h.words.meet(z.Text(), &h.tree.words)
			}
			muted = false
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := atom.String(name)
			if more && formats(tag) {
				more = bytes.Contains(z.Raw(), []byte("//"))
			}
			attrs = attributes(attrs[:0], z, more)
			h.open(tag, attrs)
			muted = mute(tag)
		case html.EndTagToken:
			if h.nested {
				name, _ := z.TagName()
				h.nested = !closes(string(name))
			}
		}
	}
}

// formats reports whether a tag is only there for the form of its text, so that its
// attributes tell nothing here but addresses on the web. Most tags are.
func formats(tag string) bool {
	switch tag {
	case "p", "span", "div", "br", "li", "ul", "ol", "strong", "em", "b", "i", "h1", "h2", "h3", "h4", "h5", "h6", "td", "tr", "table", "figure", "font":
		return true
	}
	return false
}

// attributes adds those of a tag that may tell something.
func attributes(all []html.Attribute, z *html.Tokenizer, more bool) []html.Attribute {
	for more {
		var key, val []byte
		key, val, more = z.TagAttr()
		switch string(key) {
		case "style", "width", "height", "alt", "rel", "target", "title", "sizes", "align", "loading":
		default:
			all = append(all, html.Attribute{Key: atom.String(key), Val: string(val)})
		}
	}
	return all
}

// readTree reads a body, or what was removed of one.
func (h *holdings) readTree(n *html.Node) {
	if n == nil {
		return
	}
	h.readNode(n)
	for d := range dom.Below(n) {
		h.readNode(d)
	}
}

func (h *holdings) readNode(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		if n.Parent == nil || !mute(n.Parent.Data) {
			h.words.keep(n.Data)
		}
	case n.Type != html.ElementNode:
	case n.Data == "replant-embed":
		h.readEmbed(n)
	default:
		h.quoted = h.quoted || h.spent && n.Data == "blockquote"
		h.words.keep(dom.Attr(n, "tex"))
		h.nested = n.Parent != nil && closes(n.Parent.Data)
		h.open(n.Data, n.Attr)
	}
}

// readEmbed reads an embed of the neutral DOM. Its title may be words of the source.
func (h *holdings) readEmbed(n *html.Node) {
	h.words.keep(dom.Attr(n, "title"))
	if !has(n, "frame") {
		h.made = append(h.made, dom.Attr(n, "url"))
	}
	for _, name := range []string{dom.Attr(n, "url"), dom.Attr(n, "frame")} {
		if !leads(name) {
			continue
		}
		h.address(name, false)
		key := keyOf(name)
		h.shown[key] = true
		h.played[key] = h.played[key] || dom.Attr(n, "kind") != "link"
	}
	if id := path.Base(dom.Attr(n, "id")); len(id) > 3 {
		h.ids[id] = true
	}
}

// mute reports whether the text in an element is none that a reader sees.
func mute(tag string) bool {
	switch tag {
	case "script", "style", "iframe", "noembed", "noframes":
		return true
	}
	return false
}

// closes reports whether an element holds others that say what it shows.
func closes(tag string) bool { return tag == "object" || tag == "video" || tag == "audio" }

// open reads the tag of an element.
func (h *holdings) open(tag string, attrs []html.Attribute) {
	if tag == "script" && !draws(attrs) { // its program shows nothing itself
		return
	}
	for _, a := range attrs {
		switch {
		case a.Key == "href" && (tag == "a" || tag == "area"):
			h.address(a.Val, true)
			h.hrefs = append(h.hrefs, a.Val)
		case strings.HasSuffix(a.Key, "srcset"):
			for _, c := range strings.Split(a.Val, ", ") {
				src, _, _ := strings.Cut(strings.TrimSpace(c), " ")
				h.address(src, false)
			}
		case a.Key == "src", a.Key == "poster", a.Key == "data", a.Key == "href", located(a.Val) && a.Key != "xmlns":
			h.address(a.Val, false)
		case !h.spent && (a.Key == "value" || a.Key == "flashvars"):
			for _, inner := range inners.FindAllString(a.Val, -1) {
				h.address(inner, false)
			}
		}
	}
	switch {
	case tag == "pre", tag == "code":
		for _, l := range strings.Fields(declared(&html.Node{Data: tag, Attr: attrs})) {
			if !h.spoken[l] {
				h.spoken[l] = true
				h.languages = append(h.languages, l)
			}
		}
	case tag == "iframe", closes(tag), tag == "script", strings.Contains(tag, "-") && !dom.Own(tag):
		h.embed(attrs)
		h.nested = closes(tag)
	case tag == "param", tag == "source", tag == "embed":
		h.embed(attrs)
	}
}

// inners are addresses in the variables of a Flash player.
var inners = regexp.MustCompile(`https?(?:://|%3[Aa]%2[Ff]%2[Ff])[^\s&"'|,;]+`)

// located reports whether a value is an address of its own.
func located(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "//")
}

// address notes an address. Those of a source are nearly always spelled as in its tree.
func (h *holdings) address(s string, link bool) {
	if h.tree != nil && h.tree.addresses[s] || h.addresses[s] && !link {
		return
	}
	h.addresses[s] = true
	if h.tree != nil {
		h.order = append(h.order, reference{s, link})
	}
}

// leads reports whether an address leads anywhere.
func leads(s string) bool {
	key := keyOf(s)
	return key != "" && key[0] != '#' && !runs(s) && !strings.HasPrefix(key, "about:")
}

// pages counts the links to each page, whatever their queries.
func (h *holdings) pages() map[string]int {
	n := map[string]int{}
	for _, href := range h.hrefs {
		n[bare(href)]++
	}
	return n
}

// keyOf returns what the spellings of an address have in common.
func keyOf(s string) string {
	s = address(s)
	if rest, ok := strings.CutPrefix(s, "http"); ok {
		s = strings.TrimPrefix(strings.TrimPrefix(rest, "s"), ":")
	}
	return strings.TrimSuffix(strings.TrimPrefix(s, "//"), "/")
}

// bare returns the key of an address without its query.
func bare(s string) string {
	if i := strings.IndexAny(s, "?#"); i > 0 {
		s = s[:i]
	}
	return keyOf(s)
}

// embed notes an element that shows something from elsewhere, or adds to the one that it
// stands in.
func (h *holdings) embed(attrs []html.Attribute) {
	var e embedding
	for _, a := range attrs {
		switch {
		case a.Key == "type":
			e.flash = strings.Contains(a.Val, "shockwave-flash")
		case a.Key == "poster", a.Key == "id", a.Key == "class", strings.HasPrefix(a.Val, "about:"), runs(a.Val):
		case located(a.Val), strings.HasSuffix(a.Key, "src"), strings.HasSuffix(a.Key, "id"), a.Key == "data":
			if key := keyOf(a.Val); key != "" {
				e.names = append(e.names, strings.TrimSpace(a.Val))
				if !h.spent {
					h.shown[key] = true
				}
			}
		}
	}
	if last := len(h.embeds) - 1; h.nested && last >= 0 {
		h.embeds[last].names = append(h.embeds[last].names, e.names...)
		h.embeds[last].flash = h.embeds[last].flash || e.flash
		return
	}
	h.embeds = append(h.embeds, e)
}

// draws reports whether a script would show one thing in its place, and is no program for a
// whole page: its address has the thing's own name in it.
func draws(attrs []html.Attribute) bool {
	for _, a := range attrs {
		u, err := url.Parse(a.Val)
		if a.Key != "src" || err != nil {
			continue
		}
		name, program := strings.CutSuffix(path.Base(u.Path), ".js")
		if program {
			return thingID.MatchString(name)
		}
		return strings.Contains(u.Path, "/embed") || thingID.MatchString(name)
	}
	return false
}

// thingID is a number, or a long name of hexadecimal digits.
var thingID = regexp.MustCompile(`^(?:\d+|[0-9a-f]{16,})$`)

// Marks of texts that are not HTML alone: shortcodes and the comments of WordPress'
// blocks, and in Markdown Liquid tags, the targets of links and what stands behind a
// fence. Their addresses count, their names are no words.
var (
	marksOf = map[blog.Form][]*regexp.Regexp{
		blog.WordPress: {
			regexp.MustCompile(`<!--\s*wp:(?:core-)?embed\b.*?-->`),
			regexp.MustCompile(`\[/?[a-z][\w-]*(?:\s[^\[\]]*(?:=|://)[^\[\]]*)?/?\]`),
		},
		blog.Markdown: {regexp.MustCompile("(?m)\\{%.*?%\\}|\\]\\([^)\\s]*|https?://[^\\s)>\\]]+|^\\s*(?:```|~~~).*$|\\[\\^[^\\]]+\\]|^\\s*\\d+[.)] ")},
	}
	addressIn = regexp.MustCompile(`https?://[^\s"'<>)\]]+`)
)

// unmarked returns a source as HTML, and notes the addresses in the marks that it leaves
// out.
func (h *holdings) unmarked(s blog.Source) string {
	text := s.Text
	for _, marks := range marksOf[s.Form] {
		text = marks.ReplaceAllStringFunc(text, func(mark string) string {
			for _, addr := range addressIn.FindAllString(mark, -1) {
				h.address(addr, false)
			}
			return " "
		})
	}
	return text
}
