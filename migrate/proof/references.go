package proof

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// survey finds what stands behind what refers to it: the footnotes, and what the headings say
// that links lead to, by id. In a page a heading may have another id than in its source.
func survey(body *html.Node) (n notes, places map[string]string) {
	for d := range dom.Below(body) {
		if d.Type != html.ElementNode {
			continue
		}
		switch d.Data {
		case "replant-note":
			n.add(d)
		case "replant-note-ref":
			n.mark(dom.Attr(d, "name"))
		case "h1", "h2", "h3", "h4", "h5", "h6":
			if id := dom.Attr(d, "id"); id != "" && places[id] == "" {
				if places == nil {
					places = map[string]string{}
				}
				places[id] = letters(d)
			}
		}
	}
	return n, places
}

// notes are the footnotes of a post. Most posts have none.
type notes struct {
	first   map[string]*html.Node // by name
	marked  map[string]bool
	list    []*html.Node   // in the order of the source
	numbers map[string]int // of those whose mark was met
	order   []string       // by number
}

func (s *notes) add(n *html.Node) {
	if s.first == nil {
		s.first = map[string]*html.Node{}
	}
	if name := dom.Attr(n, "name"); s.first[name] == nil {
		s.first[name] = n
	}
	s.list = append(s.list, n)
}

func (s *notes) mark(name string) {
	if s.marked == nil {
		s.marked, s.numbers = map[string]bool{}, map[string]int{}
	}
	s.marked[name] = true
}

// numberOf returns the number of a footnote at one of its marks.
func (s *notes) numberOf(name string) int {
	if s.numbers[name] == 0 {
		s.order = append(s.order, name)
		s.numbers[name] = len(s.order)
	}
	return s.numbers[name]
}

// readNotes reads the footnotes, which stand at the end: first those that nothing refers
// to, as text, then the others by number.
func readNotes(r *reader) {
	r.to.part(newBlock)
	for _, n := range r.notes.list {
		name := dom.Attr(n, "name")
		if !r.notes.marked[name] || r.notes.first[name] != n {
			r.children(n)
			r.to.part(newBlock)
		}
	}
	for i := 0; i < len(r.notes.order); i++ {
		if n := r.notes.first[r.notes.order[i]]; n != nil {
			r.within(func() { r.to.where.note = int32(i + 1) }, func() { r.children(n) })
		}
	}
}

// letters returns what is written in n, without white space, punctuation and marks: the
// beginning of it, and how long all is.
func letters(n *html.Node) string {
	var b strings.Builder
	for d := range dom.Below(n) {
		text := dom.Attr(d, "tex")
		if d.Type == html.TextNode {
			text = raised.Replace(d.Data)
		}
		b.WriteString(blog.Letters(text))
	}
	const beginning = 48
	all := b.String()
	if len(all) <= beginning {
		return all
	}
	return strings.ToValidUTF8(all[:beginning], "") + strconv.Itoa(len(all))
}
