package proof

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// The elements of the neutral DOM, as package blog makes them: a leaf cannot ask it.
const (
	embedTag   = "replant-embed"
	mathTag    = "replant-math"
	noteRefTag = "replant-note-ref"
	noteTag    = "replant-note"
	moreTag    = "replant-more"
)

// notes are the footnotes of a post.
type notes struct {
	first  map[string]*html.Node // by name
	marked map[string]bool
	list   []*html.Node   // in the order of the source
	number map[string]int // of those whose mark was met
	order  []string       // by number
}

// survey learns what a reader meets before what it belongs to: where links within the
// post lead, and the footnotes.
func (r *source) survey(body *html.Node) {
	wanted := false
	for n := range below(body) {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case noteTag:
			r.notes.add(n)
		case noteRefTag:
			r.notes.mark(attr(n, "name"))
		case "a":
			wanted = wanted || strings.HasPrefix(strings.TrimSpace(attr(n, "href")), "#")
		}
	}
	if wanted {
		r.anchors(body)
	}
}

func (s *notes) add(n *html.Node) {
	if s.first == nil {
		s.first = map[string]*html.Node{}
	}
	if name := attr(n, "name"); s.first[name] == nil {
		s.first[name] = n
	}
	s.list = append(s.list, n)
}

func (s *notes) mark(name string) {
	if s.marked == nil {
		s.marked, s.number = map[string]bool{}, map[string]int{}
	}
	s.marked[name] = true
}

// anchors finds the ids of places in the post. A link can lead to one when there is a
// heading in front of it, around it or right behind: Markdown has ids nowhere else.
func (r *source) anchors(body *html.Node) {
	r.ids = map[string]bool{}
	var waiting []string
	above := false
	for n := range below(body) {
		if n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			waiting = waiting[:0]
		}
		if n.Type != html.ElementNode {
			continue
		}
		for _, key := range []string{"id", "name"} {
			if id := attr(n, key); id != "" {
				waiting = append(waiting, id)
			}
		}
		above = above || len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
		if !above {
			continue
		}
		for _, id := range waiting {
			r.ids[id] = true
		}
		waiting = waiting[:0]
	}
}

// own reads the elements of the neutral DOM.
func (r *source) own(n *html.Node) bool {
	switch n.Data {
	case embedTag:
		r.embedded(attr(n, "url"), address(attr(n, "frame")), attr(n, "kind")+" "+attr(n, "id"))
	case mathTag:
		r.math(strings.TrimSpace(attr(n, "tex")), has(n, "block"))
	case noteRefTag:
		r.noteRef(attr(n, "name"))
	case noteTag: // read last
	case moreTag: // the first stands between two blocks
		if !r.divided && !r.line {
			r.part(newBlock)
		}
		r.divided = true
	default:
		return false
	}
	return true
}

// math reads a formula, which stands as its TeX between dollars. Emphasis around it
// changes no formula.
func (r *source) math(tex string, block bool) {
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
				r.breakLine()
			}
			r.words(l)
		}
		r.words("$$")
		r.part(newBlock)
	})
}

// noteRef reads the mark of a footnote; of one that the post does not have, it is text.
func (r *source) noteRef(name string) {
	s := &r.notes
	if s.first[name] == nil {
		r.words("[" + name + "]")
		return
	}
	if s.number[name] == 0 {
		s.order = append(s.order, name)
		s.number[name] = len(s.order)
	}
	r.put(noteMark, strconv.Itoa(s.number[name]))
}

// footnotes reads the notes, which stand at the end: first those that nothing refers
// to, as text, then the others by number.
func (r *source) footnotes() {
	r.part(newBlock)
	for _, n := range r.notes.list {
		name := attr(n, "name")
		if !r.notes.marked[name] || r.notes.first[name] != n {
			r.children(n)
			r.part(newBlock)
		}
	}
	for i := 0; i < len(r.notes.order); i++ {
		n := r.notes.first[r.notes.order[i]]
		r.within(func() { r.where.note = int32(i + 1) }, func() { r.children(n) })
	}
}

// below gives all nodes below n in the order of the document.
func below(n *html.Node) func(yield func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		for d := n.FirstChild; d != nil; {
			if !yield(d) {
				return
			}
			if d.FirstChild != nil {
				d = d.FirstChild
				continue
			}
			for d != n && d.NextSibling == nil {
				d = d.Parent
			}
			if d == n {
				return
			}
			d = d.NextSibling
		}
	}
}
