package proof

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// survey learns what stands behind what refers to it: the footnotes, and where links
// within the post lead.
func (r *reader) survey(body *html.Node) {
	wanted := map[string]bool{}
	for n := range dom.Below(body) {
		switch n.Data {
		case "replant-note":
			r.notes.add(n)
		case "replant-note-ref":
			if r.notes.marked == nil {
				r.notes.marked, r.notes.number = map[string]bool{}, map[string]int{}
			}
			r.notes.marked[dom.Attr(n, "name")] = true
		case "a":
			if id, ok := strings.CutPrefix(strings.TrimSpace(dom.Attr(n, "href")), "#"); ok {
				wanted[address(id)] = true
			}
		}
	}
	if len(wanted) > 0 {
		r.findPlaces(body, wanted)
	}
}

// notes are the footnotes of a post.
type notes struct {
	first  map[string]*html.Node // by name
	marked map[string]bool
	list   []*html.Node   // in the order of the source
	number map[string]int // of those whose mark was met
	order  []string       // by number
}

// noteRef reads the mark of a footnote; of one that the post does not have, it is text.
func (r *reader) noteRef(name string) {
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
func (r *reader) footnotes() {
	r.part(newBlock)
	for _, n := range r.notes.list {
		name := dom.Attr(n, "name")
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

func (s *notes) add(n *html.Node) {
	if s.first == nil {
		s.first = map[string]*html.Node{}
	}
	if name := dom.Attr(n, "name"); s.first[name] == nil {
		s.first[name] = n
	}
	s.list = append(s.list, n)
}

// findPlaces finds the headings that ids stand for. Markdown has ids on headings alone:
// an id belongs to the heading around it or right behind it, any other to the heading
// above.
func (r *reader) findPlaces(body *html.Node, wanted map[string]bool) {
	r.places = map[string]string{}
	var waiting []string
	var above *string  // what the last heading says
	var end *html.Node // the first node behind it
	inside := false
	lead := func() {
		for _, id := range waiting {
			if _, known := r.places[id]; !known && above != nil {
				r.places[id] = *above
			}
		}
		waiting = waiting[:0]
	}
	for n := range dom.Below(body) {
		inside = inside && n != end
		if n.Type == html.TextNode && !inside && strings.TrimSpace(n.Data) != "" {
			lead()
		}
		for _, key := range []string{"id", "name"} {
			if id := address(dom.Attr(n, key)); id != "" && wanted[id] {
				waiting = append(waiting, id)
			}
		}
		if isHeading(n) {
			says := letters(n)
			above, end, inside = &says, behind(n, body), true
		}
		if inside {
			lead()
		}
	}
	lead()
}

func isHeading(n *html.Node) bool {
	return n.Type == html.ElementNode && len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
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
		for _, c := range text {
			if lettered(c) {
				b.WriteRune(c)
			}
		}
	}
	const beginning = 48
	all := b.String()
	if len(all) <= beginning {
		return all
	}
	return strings.ToValidUTF8(all[:beginning], "") + strconv.Itoa(len(all))
}

// behind returns the first node behind d and all that is in it, in the tree of root.
func behind(d, root *html.Node) *html.Node {
	for d != root && d.NextSibling == nil {
		d = d.Parent
	}
	if d == root {
		return nil
	}
	return d.NextSibling
}
