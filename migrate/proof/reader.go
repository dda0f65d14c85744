package proof

import (
	"cmp"
	"path"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// reader reads HTML as a person sees it. The neutral DOM of a post and the page that its
// generator shows are read by the same code, so that what it does not know, it does not
// know on either side.
type reader struct {
	to     *recorder
	page   bool              // it reads a page, not a post
	shift  int               // how many levels headings move down
	plain  bool              // formulas are as a page has them that is passed through
	embeds map[string]string // what the post embeds, by every name that a page may call it

	notes   notes
	places  map[string]string // what the headings say that links lead to, by id
	line    bool              // in a heading: all on one line
	depth   int               // of quotes, lists and tables
	item    int               // how many things there were when the item began; -1 outside of items
	divided bool              // the mark was met at which lists of posts stop
	after   []thing           // what a heading cannot hold and so follows it
}

func (r *reader) read(body *html.Node) {
	r.notes, r.places = survey(body)
	r.item = -1
	r.children(body)
	readNotes(r)
}

func (r *reader) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
}

func (r *reader) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		r.to.words(n.Data)
	case n.Type == html.DocumentNode:
		r.children(n)
	case n.Type == html.ElementNode && !hidden(n.Data):
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
		r.to.words("“")
		r.children(n)
		r.to.words("”")
	case "rt":
		r.ruby(n)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		r.heading(n)
	case "blockquote":
		r.container(n, func() { r.to.where.quotes++; r.item = -1 })
	case "ul", "ol", "menu", "dir":
		readList(r, n)
	case "pre", "listing", "xmp":
		r.codeBlock(n)
	case "table":
		readTable(r, n)
	case "hr":
		if r.line {
			r.to.part(space)
		} else {
			r.object(thing{kind: rule})
		}
	case "dt":
		readTerm(r, n)
	case "dd":
		readDefinition(r, n)
	case "iframe", "video", "audio", "embed":
		r.shows(n, dom.MediaAddress(n))
	case "object":
		r.player(n)
	case "replant-embed":
		r.embedded(dom.Attr(n, "url"), address(dom.Attr(n, "frame")), dom.Attr(n, "kind")+" "+dom.Attr(n, "id"))
	case "replant-math":
		r.math(strings.TrimSpace(dom.Attr(n, "tex")), dom.HasAttr(n, "block"))
	case "replant-note-ref":
		r.to.put(noteMark, strconv.Itoa(r.notes.numberOf(dom.Attr(n, "name"))))
	case "replant-note": // read last
	case "replant-more": // the first stands between two blocks
		if !r.divided && !r.line {
			r.to.part(newBlock)
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
	} else if isBox(n.Data) {
		r.box(n, newBlock)
	} else {
		r.marked(n)
	}
}

// marked reads an element with the look of its text.
func (r *reader) marked(n *html.Node) {
	is, may := looksOf(n.Data)
	if is|may == 0 {
		r.children(n)
		return
	}
	r.to.mark(is, may, func() { r.children(n) })
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
	r.to.part(by)
}

func (r *reader) lineBreak() {
	if r.line || r.to.link != 0 || r.to.is&code != 0 {
		r.to.part(space)
		return
	}
	r.to.breakLine()
}

// picture reads a picture; one without an address shows nothing.
func (r *reader) picture(n *html.Node) {
	src := strings.TrimSpace(dom.Attr(n, "src"))
	if src == "" || runs(src) && !strings.HasPrefix(strings.ToLower(src), "data:image/") {
		return
	}
	alt := r.to.note(oneLine(dom.Attr(n, "alt")))
	was := r.to.is
	r.to.is &^= code // a picture is no code
	r.to.put(picture, address(src)).extra = alt
	r.to.is = was
}

// anchor reads a link. One that leads nowhere, or to a script, is its text.
func (r *reader) anchor(n *html.Node) {
	href := strings.TrimSpace(dom.Attr(n, "href"))
	if id, ok := strings.CutPrefix(href, "#"); ok {
		if says, leads := r.places[address(id)]; leads {
			href = "#" + says
		}
	}
	if href == "" || runs(href) {
		r.children(n)
		return
	}
	begun := r.to.leads(href, titleMarks.Replace(oneLine(dom.Attr(n, "title"))))
	if begun && r.page && dom.HasAttr(n, bareAttr) {
		r.to.bare()
	}
	r.children(n)
	if begun {
		r.to.link = 0
	}
}

// titleMarks makes quotation marks in titles alike: targets choose those that are safe.
var titleMarks = strings.NewReplacer("”", `"`, "“", `"`)

// checkbox reads the box of a task: that of an item where it begins with it, else the
// sign that it looks like.
func (r *reader) checkbox(n *html.Node) {
	checked := dom.HasAttr(n, "checked")
	switch {
	case !strings.EqualFold(dom.Attr(n, "type"), "checkbox"):
	case r.item == len(r.to.sight.things) && r.to.where.task == noTask && checked:
		r.to.where.task = done
	case r.item == len(r.to.sight.things) && r.to.where.task == noTask:
		r.to.where.task = open
	case checked:
		r.to.words("☑")
	default:
		r.to.words("☐")
	}
}

// ruby reads how a ruby character is read, in the parentheses that it has where
// ruby is not understood.
func (r *reader) ruby(n *html.Node) {
	given := n.PrevSibling != nil && n.PrevSibling.Data == "rp"
	if !given {
		r.to.words("(")
	}
	r.children(n)
	if !given {
		r.to.words(")")
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
	r.to.mark(formula, formula|strong|em|struck, func() {
		if !block || r.line {
			r.to.words("$" + tex + "$")
			return
		}
		r.to.part(newBlock)
		r.to.words("$$")
		for i, l := range strings.Split(tex, "\n") {
			if i > 0 {
				r.lineBreak()
			}
			r.to.words(l)
		}
		r.to.words("$$")
		r.to.part(newBlock)
	})
}

// player reads an object, or what is in it where it shows nothing itself.
func (r *reader) player(n *html.Node) {
	addr := dom.MediaAddress(n)
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
		begun := r.to.leads(addr, "")
		link := int32(r.to.link)
		if begun {
			r.to.link = 0
		}
		name := r.to.note(oneLine(cmp.Or(oneLine(dom.Attr(n, "title")), dom.Attr(n, "aria-label"))))
		r.object(thing{span: r.to.sight.keep(address(poster)), kind: picture, link: link, extra: name})
		return
	}
	r.embedded(addr, path.Base(addr))
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
	r.object(thing{span: r.to.sight.keep(key), kind: embed})
}
