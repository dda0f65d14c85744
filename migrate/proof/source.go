package proof

import (
	"cmp"
	"path"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
)

// source reads a neutral DOM.
type source struct {
	*sight
	style  Style
	embeds map[string]string
	notes  notes
	ids    map[string]bool // that links of the post lead to
	line   bool            // a heading or a cell: all on one line
	depth  int             // of quotes, lists and tables
	item   int             // how many things there were when the item began; -1 outside of items
	// divided tells that the mark was met at which lists of posts stop.
	divided bool
	after   []thing // what a single line cannot hold and so follows it
}

func (r *source) read(body *html.Node) {
	r.survey(body)
	r.item = -1
	r.children(body)
	r.footnotes()
}

// children reads what is in an element; items that stand outside of a list are one.
func (r *source) children(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		if isTag(c, "li") && !isList(n) {
			c = r.strays(c)
			continue
		}
		r.node(c)
		c = c.NextSibling
	}
}

func (r *source) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		r.words(n.Data)
	case n.Type == html.DocumentNode:
		r.children(n)
	case n.Type != html.ElementNode || nothing(n.Data):
	case r.own(n), r.inline(n), r.block(n): // the first that knows n reads it
	case boxes[n.Data]:
		r.box(n, newBlock)
	default:
		r.marked(n)
	}
}

// marked reads an element with the look that it gives its text.
func (r *source) marked(n *html.Node) {
	look, ok := looks[n.Data]
	if !ok {
		r.children(n)
		return
	}
	r.mark(look.is, look.may, func() { r.children(n) })
}

// box reads an element that stands apart from what is around it.
func (r *source) box(n *html.Node, by lead) {
	r.apart(by)
	r.marked(n)
	r.apart(by)
}

// apart ends a block; on a single line, which holds one only, a space stands there, and
// in a cell that may hold tags, the end of a line.
func (r *source) apart(by lead) {
	switch {
	case !r.line:
		r.part(by)
	case by == newBlock && r.breaksInCell():
		r.part(line)
	default:
		r.part(space)
	}
}

func (r *source) breaksInCell() bool { return r.where.cell && r.style.HTML && r.link == 0 }

func (r *source) inline(n *html.Node) bool {
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
	default:
		return false
	}
	return true
}

func (r *source) lineBreak() {
	switch {
	case r.is&code != 0:
		r.part(space)
	case r.breaksInCell():
		r.apart(newBlock)
	case r.line, r.link != 0:
		r.part(space)
	default:
		r.breakLine()
	}
}

// picture reads a picture; one without an address shows nothing.
func (r *source) picture(n *html.Node) {
	src := strings.TrimSpace(attr(n, "src"))
	if src == "" || blog.Runs(src) && !strings.HasPrefix(strings.ToLower(src), "data:image/") {
		return
	}
	alt := r.note(oneLine(attr(n, "alt")))
	was := r.is
	r.is &^= code // a picture is none
	r.put(picture, address(src)).extra = alt
	r.is = was
}

// anchor reads a link. One that leads nowhere, or to a script, is its text.
func (r *source) anchor(n *html.Node) {
	href := strings.TrimSpace(attr(n, "href"))
	if id, ok := strings.CutPrefix(href, "#"); ok {
		href = ""
		if r.ids[address(id)] {
			href = "#"
		}
	}
	if href == "" || blog.Runs(href) {
		r.children(n)
		return
	}
	end := r.leads(href)
	r.children(n)
	end()
}

// checkbox reads the box of a task: that of an item where it begins with it, else the
// sign that it looks like.
func (r *source) checkbox(n *html.Node) {
	checked := has(n, "checked")
	switch {
	case !strings.EqualFold(attr(n, "type"), "checkbox"):
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
func (r *source) reading(n *html.Node) {
	given := n.PrevSibling != nil && n.PrevSibling.Data == "rp"
	if !given {
		r.words("(")
	}
	r.children(n)
	if !given {
		r.words(")")
	}
}

// embedded adds what a post shows from elsewhere. On the page it is called by any of
// the names.
func (r *source) embedded(addr string, names ...string) {
	key := address(addr)
	for _, name := range append(names, key) {
		if name != "" {
			r.embeds[name] = key
		}
	}
	r.object(thing{span: r.keep(key), kind: embed})
}

// object adds what no mark changes, as a block of its own: behind a line that cannot
// hold one.
func (r *source) object(t thing) {
	if r.line {
		r.after = append(r.after, t)
		return
	}
	r.part(newBlock)
	p := r.add(t)
	p.is, p.may, p.link = 0, 0, t.link
	r.part(newBlock)
}

// follow adds what a line could not hold.
func (r *source) follow() {
	for _, t := range r.after {
		r.object(t)
	}
	r.after = r.after[:0]
}

// media reads a frame, a film or a sound; the page names it, or leads to it from the
// picture that stands for it.
func (r *source) media(n *html.Node) {
	addr := strings.TrimSpace(mediaAddress(n))
	if addr == "" || blog.Runs(addr) || strings.HasPrefix(addr, "about:") {
		return
	}
	if poster := strings.TrimSpace(attr(n, "poster")); n.Data == "video" && poster != "" && !blog.Runs(poster) {
		to := r.keep(address(addr))
		r.links = append(r.links, to)
		name := r.note(oneLine(cmp.Or(oneLine(attr(n, "title")), attr(n, "aria-label"))))
		r.object(thing{span: r.keep(address(poster)), kind: picture, link: int32(len(r.links)), extra: name})
		return
	}
	r.embedded(addr, path.Base(addr))
}

func mediaAddress(n *html.Node) string {
	for _, key := range []string{"src", "data", "data-src"} {
		if v := attr(n, key); v != "" {
			return v
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if v := attr(c, "src"); v != "" && c.Data == "source" {
			return v
		}
	}
	return ""
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func isTag(n *html.Node, tag string) bool { return n.Type == html.ElementNode && n.Data == tag }

// oneLine folds white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
