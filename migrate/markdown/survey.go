package markdown

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// survey is what the renderer must know of a whole post beforehand.
type survey struct {
	ids     map[*html.Node]string // of the headings that links of the post lead to
	anchors map[string]string     // where those links lead: id in the source -> id
	notes   map[string]*note      // by their name in the DOM
	order   []*note               // as they stand in the post
	divided bool                  // the mark of the summary's end is written: the first alone counts
}

// note is a footnote.
type note struct {
	node  *html.Node // nil when the post has only the mark
	label string
	marks int // how many there are in the text
}

// study surveys a post.
func study(body *html.Node) survey {
	s := survey{ids: map[*html.Node]string{}, anchors: map[string]string{}, notes: map[string]*note{}}
	wanted := map[string]bool{}
	for n := range body.Descendants() {
		if id, ok := strings.CutPrefix(dom.Attr(n, "href"), "#"); ok && id != "" && n.Data == "a" {
			wanted[unescape(id)] = true
		}
		s.note(n)
	}
	if len(wanted) > 0 {
		s.headings(body, wanted)
	}
	taken := map[string]int{}
	for _, n := range s.order {
		n.label = unused(n.label, taken)
	}
	return s
}

// note notes a footnote or a mark of one.
func (s *survey) note(n *html.Node) {
	name, isMark := dom.NoteRefOf(n)
	if !isMark {
		var ok bool
		if name, ok = dom.NoteOf(n); !ok {
			return
		}
	}
	known := s.notes[name]
	if known == nil {
		known = &note{label: asciiName(name, "note")}
		s.notes[name] = known
		s.order = append(s.order, known)
	}
	switch {
	case isMark:
		known.marks++
	case known.node == nil:
		known.node = n
	default: // two of one name: the marks lead to the first
		s.order = append(s.order, &note{node: n})
	}
}

// headings returns the headings that links lead to their ids. An id belongs to the
// heading that it stands in, or right in front of, with no text between; any other, to
// the heading above it, since Markdown has ids nowhere else.
func (s *survey) headings(body *html.Node, wanted map[string]bool) {
	taken := map[string]int{}
	var waiting []string
	var inside, above *html.Node
	for n := range body.Descendants() {
		switch {
		case inside != nil && !within(n, inside):
			inside = nil
		case n.Type == html.TextNode && inside == nil && strings.Trim(n.Data, whitespace) != "":
			s.lead(waiting, above, taken)
			waiting = nil
		}
		for _, key := range []string{"id", "name"} {
			if id := dom.Attr(n, key); wanted[id] && n.Type == html.ElementNode {
				waiting = append(waiting, id)
			}
		}
		if isHeading(n) {
			inside, above = n, n
		}
		if inside == nil || len(waiting) == 0 {
			continue
		}
		s.lead(waiting, inside, taken)
		waiting = nil
	}
	s.lead(waiting, above, taken)
}

// lead lets links to ids lead to a heading, which may be nil.
func (s *survey) lead(ids []string, heading *html.Node, taken map[string]int) {
	if heading == nil || len(ids) == 0 {
		return
	}
	if s.ids[heading] == "" {
		s.ids[heading] = unused(asciiName(ids[0], "section"), taken)
	}
	for _, id := range ids {
		if s.anchors[id] == "" {
			s.anchors[id] = s.ids[heading]
		}
	}
}

// resolve returns where a link leads: nowhere when its target within the post is gone.
func (s *survey) resolve(href string) string {
	id, ok := strings.CutPrefix(href, "#")
	if !ok {
		return href
	}
	if at := s.anchors[unescape(id)]; at != "" {
		return "#" + at
	}
	return ""
}

func within(n, parent *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == parent {
			return true
		}
	}
	return false
}

func isHeading(n *html.Node) bool {
	return n.Type == html.ElementNode && len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
}

func unescape(id string) string {
	if plain, err := url.PathUnescape(id); err == nil {
		return plain
	}
	return id
}

// asciiName makes a name of [a-z0-9_-] that begins with a letter or a digit; when
// nothing is left of it, it is other.
func asciiName(name, other string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r < 0x80 && isAlnum(byte(r)) || r == '_' || r == '-':
			return r
		case r == ' ' || r == ':' || r == '.':
			return '-'
		}
		return -1
	}, strings.ToLower(name)), "-_")
	if name == "" {
		return other
	}
	return name
}

// unused makes a name one that is not taken, and takes it. The map holds how often
// each name was asked for.
func unused(name string, taken map[string]int) string {
	free := name
	for taken[free] > 0 {
		taken[name]++
		free = name + "-" + strconv.Itoa(taken[name])
	}
	taken[free] = 1
	return free
}
