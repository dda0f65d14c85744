package proof

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// holdings are what a source holds, read tag by tag, or a tree of nodes.
type holdings struct {
	tree      *holdings // that a source is held against; nil for a tree
	words     words
	addresses addresses
	languages languages
	embeds    embeds
	spent     bool // what is read was the markup of an embed
	inMark    bool // what is read is a mark of the source's form
}

func newHoldings(tree *holdings) *holdings {
	return &holdings{
		tree:      tree,
		addresses: addresses{known: map[string]bool{}},
		languages: languages{spoken: map[string]bool{}},
		embeds:    embeds{shown: map[string]bool{}, played: map[string]bool{}, ids: map[string]bool{}},
	}
}

// addresses are all that lead, or load, from a source or a tree.
type addresses struct {
	known map[string]bool // as they are spelled; of a source, without those of its tree
	order []reference     // those of a source, in its order
	links []string        // where links lead
}

// reference is an address of a source.
type reference struct {
	spelled string
	link    bool
	marked  bool // it stands in a mark of the source's form
}

// embeds are the elements that show something from elsewhere.
type embeds struct {
	list   []embedding
	shown  map[string]bool // their addresses, by key
	played map[string]bool // of those, what is more than a link
	ids    map[string]bool // of embeds of the neutral DOM
	made   []string        // the pages of those that no frame shows
	quoted bool            // one was made of a quote, which stays too
	nested bool            // the last is an element that is still open
}

// embedding is one of them.
type embedding struct {
	plays []string // addresses in the variables of a Flash player
	names []string // its addresses, or what stands for them
	flash bool
}

// readSource reads a source as it came.
func (h *holdings) readSource(s blog.Source) { h.readTags(h.unmarked(s)) }

// readTags reads HTML as it came. What stands for readers without scripts is one text to a
// tokenizer, and HTML to such readers.
func (h *holdings) readTags(source string) {
	z := dom.NewTokens(source)
	var attrs []html.Attribute
	tag := ""
	muted := false // no reader sees the next text
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			switch text := z.Text(); {
			case muted:
			case tag == "noscript" && strings.Contains(text, "<"):
				h.readTags(text)
			default:
				h.words.meet(text, &h.tree.words)
				if !blog.IsBlank(text) {
					h.languages.endBlock()
				}
			}
			muted, tag = false, ""
		case html.StartTagToken, html.SelfClosingTagToken:
			tag = z.Tag()
			attrs = attrs[:0]
			if !formats(tag) || mayCount(z.Raw()) {
				attrs = attributes(attrs, z)
			}
			h.open(tag, attrs)
			muted = mute(tag)
		case html.EndTagToken:
			tag = ""
			h.languages.endBlock()
			if h.embeds.nested {
				h.embeds.nested = !closes(z.Tag())
			}
		}
	}
}

// formats reports whether a tag is only there for the form of its text, so that its
// attributes do not count, but for those that [mayCount] looks for. Most tags are.
func formats(tag string) bool {
	switch tag {
	case "p", "span", "div", "br", "li", "ul", "ol", "strong", "em", "b", "i", "h1", "h2", "h3", "h4", "h5", "h6", "td", "tr", "table", "figure", "font":
		return true
	}
	return false
}

// mayCount reports whether a tag may have an address on the web, or name a language of code.
func mayCount(tag string) bool {
	return strings.Contains(tag, "//") || strings.Contains(tag, "lang") || strings.Contains(tag, "code") || strings.Contains(tag, "ighlight")
}

// attributes adds those of a tag that count.
func attributes(all []html.Attribute, z *dom.Tokens) []html.Attribute {
	for {
		switch key, val, ok := z.Attr(); {
		case !ok:
			return all
		case discounted(key):
		default:
			all = append(all, html.Attribute{Key: key, Val: val})
		}
	}
}

// discounted reports whether an attribute neither leads anywhere nor names a language.
func discounted(key string) bool {
	switch key {
	case "style", "width", "height", "alt", "rel", "target", "title", "sizes", "align", "loading":
		return true
	}
	return false
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
		h.embeds.quoted = h.embeds.quoted || h.spent && n.Data == "blockquote"
		h.words.keep(dom.Attr(n, "tex"))
		h.embeds.nested = n.Parent != nil && closes(n.Parent.Data)
		h.open(n.Data, n.Attr)
	}
}

// readEmbed reads an embed of the neutral DOM. Its title may be words of the source.
func (h *holdings) readEmbed(n *html.Node) {
	h.words.keep(dom.Attr(n, "title"))
	e := &h.embeds
	if !dom.HasAttr(n, "frame") {
		e.made = append(e.made, dom.Attr(n, "url"))
	}
	for _, name := range []string{dom.Attr(n, "url"), dom.Attr(n, "frame")} {
		if !leads(name) {
			continue
		}
		h.addAddress(name, false)
		key := keyOf(name)
		e.shown[key] = true
		e.played[key] = e.played[key] || dom.Attr(n, "kind") != "link"
	}
	if id := path.Base(dom.Attr(n, "id")); len(id) > 1 {
		e.ids[id] = true
	}
}

// mute reports whether no reader sees the text in an element.
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
			h.addAddress(a.Val, true)
			if !h.spent {
				h.addresses.links = append(h.addresses.links, a.Val)
			}
		case strings.HasSuffix(a.Key, "srcset"):
			for _, c := range strings.Split(a.Val, ", ") {
				src, _, _ := strings.Cut(strings.TrimSpace(c), " ")
				h.addAddress(src, false)
			}
		case a.Key == "src", a.Key == "poster", a.Key == "data", a.Key == "href", located(a.Val) && a.Key != "xmlns":
			h.addAddress(a.Val, false)
		case !h.spent && (a.Key == "value" || a.Key == "flashvars"):
			for _, inner := range inners().FindAllString(a.Val, -1) {
				h.addAddress(inner, false)
			}
		}
	}
	if h.tree != nil {
		h.languages.openSource(tag, attrs)
	} else {
		h.languages.openTree(tag, attrs)
	}
	switch {
	case tag == "amp-img", tag == "amp-anim": // pictures
	case tag == "iframe", closes(tag), tag == "script", strings.Contains(tag, "-") && !dom.Own(tag):
		h.embeds.add(attrs, h.spent)
		h.embeds.nested = closes(tag)
	case tag == "param", tag == "source", tag == "embed":
		h.embeds.add(attrs, h.spent)
	}
}

// inners are addresses in the variables of a Flash player.
var inners = regex.Lazy(`https?(?:://|%3[Aa]%2[Ff]%2[Ff])[^\s&"'|,;]+`)

// located reports whether a value is an address of its own.
func located(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "//")
}

// addAddress notes an address. Those of a source are nearly always spelled as in its tree.
func (h *holdings) addAddress(s string, link bool) {
	a := &h.addresses
	if h.tree != nil && h.tree.addresses.known[s] || a.known[s] && !link {
		return
	}
	a.known[s] = true
	if h.tree != nil {
		a.order = append(a.order, reference{spelled: s, link: link, marked: h.inMark})
	}
}

// leads reports whether an address leads anywhere.
func leads(s string) bool {
	key := keyOf(s)
	return key != "" && key[0] != '#' && !runs(s) && !strings.HasPrefix(key, "about:")
}

// pages counts the links to each page, whatever their queries.
func (a *addresses) pages() map[string]int {
	n := map[string]int{}
	for _, href := range a.links {
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

// add notes an element by its attributes, or adds them to the one that it stands in. What was
// spent shows nothing.
func (m *embeds) add(attrs []html.Attribute, spent bool) {
	var e embedding
	for _, a := range attrs {
		switch {
		case a.Key == "type":
			e.flash = strings.Contains(a.Val, "shockwave-flash")
		case a.Key == "value" && !located(a.Val), a.Key == "flashvars":
			for _, inner := range inners().FindAllString(a.Val, -1) {
				if plain, err := url.QueryUnescape(inner); err == nil {
					e.plays = append(e.plays, plain)
				}
			}
		case a.Key == "poster", a.Key == "id", a.Key == "class", strings.HasPrefix(a.Val, "about:"), runs(a.Val):
		case located(a.Val), strings.HasSuffix(a.Key, "src"), strings.HasSuffix(a.Key, "id"), a.Key == "data":
			if key := keyOf(a.Val); key != "" {
				e.names = append(e.names, strings.TrimSpace(a.Val))
				if !spent {
					m.shown[key] = true
				}
			}
		}
	}
	if last := len(m.list) - 1; m.nested && last >= 0 {
		m.list[last].names = append(m.list[last].names, e.names...)
		m.list[last].plays = append(m.list[last].plays, e.plays...)
		m.list[last].flash = m.list[last].flash || e.flash
		return
	}
	m.list = append(m.list, e)
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
			return thingID().MatchString(name)
		}
		return strings.Contains(u.Path, "/embed") || thingID().MatchString(name)
	}
	return false
}

// thingID is a number, or a long name of hexadecimal digits.
var thingID = regex.Lazy(`^(?:\d+|[0-9a-f]{16,})$`)

// marksOf finds the marks of texts that are not HTML alone: shortcodes and the comments of
// WordPress' blocks, and in Markdown Liquid tags, the targets of links and what stands behind a
// fence. Their addresses count, their names are no words.
var marksOf = map[blog.Form][]func(text string) [][]int{
	blog.WordPress: {embedComments, shortcodes},
	blog.Markdown:  {markdownMarks},
}

var (
	embedComment = regex.Lazy(`<!--\s*wp:(?:core-)?embed\b.*?-->`)
	markdownMark = regex.Lazy("(?m)\\{%.*?%\\}|\\]\\([^)\\s]*|https?://[^\\s)>\\]]+|^\\s*(?:```|~~~).*$|\\[\\^[^\\]]+\\]|^\\s*\\d+[.)] ")
	addressIn    = regex.Lazy(`https?://[^\s"'<>)\]|]+`)
)

func embedComments(text string) [][]int {
	if !strings.Contains(text, ":embed") && !strings.Contains(text, "-embed") {
		return nil
	}
	return embedComment().FindAllStringIndex(text, -1)
}

func markdownMarks(text string) [][]int { return markdownMark().FindAllStringIndex(text, -1) }

// shortcodes finds what looks like a shortcode of WordPress or of one of its plugins.
func shortcodes(text string) (all [][]int) {
	for from := strings.IndexByte(text, '['); from >= 0; {
		n := strings.IndexAny(text[from+1:], "[]")
		if n < 0 {
			break
		}
		to := from + 1 + n
		if text[to] == '[' {
			from = to
			continue
		}
		if isShortcode(text[from+1 : to]) {
			all = append(all, []int{from, to + 1})
		}
		next := strings.IndexByte(text[to:], '[')
		if next < 0 {
			break
		}
		from = to + next
	}
	return all
}

// isShortcode reports whether what stands between brackets is a name alone, or one with a
// parameter or an address behind it, or one with "_" in it as plugins have.
func isShortcode(s string) bool {
	name := strings.TrimPrefix(s, "/")
	if name == "" || name[0] < 'a' || name[0] > 'z' {
		return false
	}
	end := 0
	for end < len(name) && (alnum[name[end]] || name[end] == '_' || name[end] == '-') {
		end++
	}
	rest := name[end:]
	if rest == "" || rest == "/" {
		return true
	}
	if strings.IndexByte(" \t\n\f\r", rest[0]) < 0 {
		return false
	}
	return strings.IndexByte(rest, '=') >= 0 || strings.Contains(rest, "://") || name == s && isPluginName(name[:end])
}

// isPluginName reports whether the name of a shortcode is the name of a plugin in small letters,
// "_" and more.
func isPluginName(s string) bool {
	plugin := strings.IndexByte(s, '_')
	return plugin > 0 && plugin < len(s)-1 && strings.IndexByte(s, '-') < 0 &&
		strings.Trim(s[:plugin], "abcdefghijklmnopqrstuvwxyz") == ""
}

// unmarked returns a source as HTML, and notes the addresses in the marks that it leaves
// out.
func (h *holdings) unmarked(s blog.Source) string {
	text := s.Text
	h.inMark = true
	defer func() { h.inMark = false }()
	for _, marks := range marksOf[s.Form] {
		text = h.without(marks(text), text)
	}
	return text
}

// without returns a text without marks of it, and notes their addresses.
func (h *holdings) without(marks [][]int, text string) string {
	if len(marks) == 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	end := 0
	for _, at := range marks {
		h.readMark(text[at[0]:at[1]])
		b.WriteString(text[end:at[0]])
		b.WriteByte(' ')
		end = at[1]
	}
	b.WriteString(text[end:])
	return b.String()
}

// readMark notes the addresses in a mark.
func (h *holdings) readMark(mark string) {
	if !strings.Contains(mark, "://") {
		return
	}
	for _, addr := range addressIn().FindAllString(mark, -1) {
		addr, _, _ = strings.Cut(addr, "%22") // a quotation mark, as Divi spells it
		h.addAddress(html.UnescapeString(addr), false)
	}
}
