package proof

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
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

// address returns an address without its percent-encoding, which is spelled in many ways.
func address(s string) string {
	s = strings.Trim(s, " \t\n\f\r")
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// runs reports whether a browser would run an address. Most are of the web: none of those.
func runs(addr string) bool { return !blog.IsWeb(addr) && blog.Runs(addr) }
