package proof

import (
	"cmp"
	"path"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// reader reads HTML as a person sees it. The neutral DOM of a post and the page that its
// generator shows are read by the same code, so that what it does not know, it does not
// know on either side.
type reader struct {
	*sight
	page   bool              // it reads a page, not a post
	shift  int               // how many levels headings move down
	plain  bool              // formulas are as a page has them that is passed through
	embeds map[string]string // what the post embeds, by every name that a page may call it

	notes   notes
	places  map[string]string // the headings that links within the post lead to, by id
	line    bool              // in a heading: all on one line
	depth   int               // of quotes, lists and tables
	item    int               // how many things there were when the item began; -1 outside of items
	divided bool              // the mark was met at which lists of posts stop
	after   []thing           // what a heading cannot hold and so follows it
}

func (r *reader) read(body *html.Node) {
	r.survey(body)
	r.item = -1
	r.children(body)
	r.footnotes()
}

func (r *reader) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
}

func (r *reader) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		r.words(n.Data)
	case n.Type == html.DocumentNode:
		r.children(n)
	case n.Type == html.ElementNode && !nothing(n.Data):
		r.element(n)
	}
}

// element reads an element. The page has the neutral DOM's embeds and footnotes too: see
// [pages].
func (r *reader) element(n *html.Node) {
	switch n.Data {
	case "br":
		r.lineBreak()
	case "img":
		r.picture(n)
	case "code", "kbd", "samp", "tt":
		r.code(n)
	case "a":
		r.anchor(n)
	case "input":
		r.checkbox(n)
	case "q": // browsers put the marks around it
		r.words("“")
		r.children(n)
		r.words("”")
	case "rt":
		r.reading(n)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		r.heading(n)
	case "blockquote":
		r.container(n, func() { r.where.quotes++; r.item = -1 })
	case "ul", "ol", "menu", "dir":
		r.list(n)
	case "pre", "listing", "xmp":
		r.codeBlock(n)
	case "table":
		r.table(n)
	case "hr":
		r.rule()
	case "dt":
		r.term(n)
	case "dd":
		r.definition(n)
	case "iframe", "video", "audio", "embed":
		r.shows(n, mediaAddress(n))
	case "object":
		r.player(n)
	case "replant-embed":
		r.embedded(dom.Attr(n, "url"), address(dom.Attr(n, "frame")), dom.Attr(n, "kind")+" "+dom.Attr(n, "id"))
	case "replant-math":
		r.math(strings.TrimSpace(dom.Attr(n, "tex")), has(n, "block"))
	case "replant-note-ref":
		r.noteRef(dom.Attr(n, "name"))
	case "replant-note": // read last
	case "replant-more": // the first stands between two blocks
		if !r.divided && !r.line {
			r.part(newBlock)
		}
		r.divided = true
	default:
		r.other(n)
	}
}

// other reads an element that is a box, something of a script's own, or the form of its
// text.
func (r *reader) other(n *html.Node) {
	if name := customName(n); name != "" {
		r.embedded(name)
	} else if box(n.Data) {
		r.box(n, newBlock)
	} else {
		r.marked(n)
	}
}

// marked reads an element with the look that it gives its text.
func (r *reader) marked(n *html.Node) {
	is, may := look(n.Data)
	if is|may == 0 {
		r.children(n)
		return
	}
	r.mark(is, may, func() { r.children(n) })
}

// box reads an element that stands apart from what is around it. In a heading, which is
// one line, a space stands there.
func (r *reader) box(n *html.Node, by lead) {
	r.apart(by)
	r.marked(n)
	r.apart(by)
}

func (r *reader) apart(by lead) {
	if r.line {
		by = space
	}
	r.part(by)
}

func (r *reader) lineBreak() {
	if r.line || r.link != 0 || r.is&code != 0 {
		r.part(space)
		return
	}
	r.breakLine()
}

// picture reads a picture; one without an address shows nothing.
func (r *reader) picture(n *html.Node) {
	src := strings.TrimSpace(dom.Attr(n, "src"))
	if src == "" || runs(src) && !strings.HasPrefix(strings.ToLower(src), "data:image/") {
		return
	}
	alt := r.note(oneLine(dom.Attr(n, "alt")))
	was := r.is
	r.is &^= code // a picture is none
	r.put(picture, address(src)).extra = alt
	r.is = was
}

// anchor reads a link. One that leads nowhere, or to a script, is its text.
func (r *reader) anchor(n *html.Node) {
	href := strings.TrimSpace(dom.Attr(n, "href"))
	if id, ok := strings.CutPrefix(href, "#"); ok {
		if place, leads := r.places[address(id)]; leads {
			href = "#" + place
		} else if !r.page {
			href = ""
		}
	}
	if href == "" || runs(href) {
		r.children(n)
		return
	}
	begun := r.leads(href, titleMarks.Replace(oneLine(dom.Attr(n, "title"))))
	r.children(n)
	if begun {
		r.link = 0
	}
}

// titleMarks makes quotation marks in titles alike: targets choose those that are safe.
var titleMarks = strings.NewReplacer("”", `"`, "“", `"`)

// checkbox reads the box of a task: that of an item where it begins with it, else the
// sign that it looks like.
func (r *reader) checkbox(n *html.Node) {
	checked := has(n, "checked")
	switch {
	case !strings.EqualFold(dom.Attr(n, "type"), "checkbox"):
	case r.item == len(r.things) && r.where.task == noTask && checked:
		r.where.task = done
	case r.item == len(r.things) && r.where.task == noTask:
		r.where.task = open
	case checked:
		r.words("☑")
	default:
		r.words("☐")
	}
}

// reading reads how a ruby character is read, in the parentheses that it has where
// ruby is not understood.
func (r *reader) reading(n *html.Node) {
	given := n.PrevSibling != nil && n.PrevSibling.Data == "rp"
	if !given {
		r.words("(")
	}
	r.children(n)
	if !given {
		r.words(")")
	}
}

// math reads a formula, which stands as its TeX between dollars. Emphasis around it
// changes no formula.
func (r *reader) math(tex string, block bool) {
	if r.plain {
		tex = dom.Plain(tex)
	}
	if tex == "" {
		return
	}
	r.mark(formula, formula|strong|em|struck, func() {
		if !block || r.line {
			r.words("$" + tex + "$")
			return
		}
		r.part(newBlock)
		r.words("$$")
		for i, l := range strings.Split(tex, "\n") {
			if i > 0 {
				r.lineBreak()
			}
			r.words(l)
		}
		r.words("$$")
		r.part(newBlock)
	})
}

// player reads an object, or what is in it where it shows nothing itself.
func (r *reader) player(n *html.Node) {
	addr := mediaAddress(n)
	if addr == "" && n.FirstChild == nil {
		addr = cmp.Or(dom.Attr(n, "id"), dom.Attr(n, "class"))
	}
	if addr == "" {
		r.children(n)
		return
	}
	r.shows(n, addr)
}

// shows reads an element that shows what lies at an address; the page names it, or leads
// to it from the picture that stands for it.
func (r *reader) shows(n *html.Node, addr string) {
	addr = strings.TrimSpace(addr)
	if addr == "" || runs(addr) || strings.HasPrefix(addr, "about:") {
		return
	}
	if poster := strings.TrimSpace(dom.Attr(n, "poster")); n.Data == "video" && poster != "" && !runs(poster) {
		begun := r.leads(addr, "")
		link := int32(r.link)
		if begun {
			r.link = 0
		}
		name := r.note(oneLine(cmp.Or(oneLine(dom.Attr(n, "title")), dom.Attr(n, "aria-label"))))
		r.object(thing{span: r.keep(address(poster)), kind: picture, link: link, extra: name})
		return
	}
	r.embedded(addr, path.Base(addr))
}

func mediaAddress(n *html.Node) string {
	for _, key := range []string{"src", "data", "data-src"} {
		if v := dom.Attr(n, key); v != "" {
			return v
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if v := dom.Attr(c, "src"); v != "" && c.Data == "source" {
			return v
		}
	}
	return ""
}

// customName returns what an empty element of a script's own (HTML, 4.13) says that it
// shows, such as the videoid of a lite-youtube.
func customName(n *html.Node) string {
	if strings.IndexByte(n.Data, '-') < 0 || n.FirstChild != nil {
		return ""
	}
	for _, a := range n.Attr {
		for _, end := range []string{"src", "url", "href", "id"} {
			if a.Key != "id" && a.Val != "" && strings.HasSuffix(a.Key, end) {
				return a.Val
			}
		}
	}
	return ""
}

// embedded adds an embed. The post's is known by any of its names; the page's is the one
// of the post that it names, else itself.
func (r *reader) embedded(addr string, names ...string) {
	key := address(addr)
	for _, name := range append(names, key) {
		switch known, ok := r.embeds[name]; {
		case name == "":
		case !r.page:
			r.embeds[name] = key
		case ok:
			key = known
		}
	}
	r.object(thing{span: r.keep(key), kind: embed})
}

// fold makes a block that is nothing but a link to what the post embeds that embed:
// a page shows it as a link where the generator has no shortcode for it.
func (s *sight) fold(embeds map[string]string) {
	if len(embeds) == 0 {
		return
	}
	kept := s.things[:0]
	for i := 0; i < len(s.things); {
		end := i + 1
		for end < len(s.things) && s.things[end].block == s.things[i].block {
			end++
		}
		all := s.things[i:end]
		i = end
		if key, ok := embeds[s.soleLink(all)]; ok {
			t := all[0]
			t.kind, t.span, t.link, t.is, t.may = embed, s.keep(key), 0, 0, 0
			kept = append(kept, t)
			continue
		}
		kept = append(kept, all...)
	}
	s.things = kept
}

// soleLink returns where the words of a block lead when all are of one link.
func (s *sight) soleLink(all []thing) string {
	for _, t := range all {
		if t.kind != word || t.link == 0 || t.link != all[0].link {
			return ""
		}
	}
	return string(s.of(s.links[all[0].link-1].to))
}
