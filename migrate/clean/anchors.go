package clean

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// anchors leaves an id to those headings alone that links within the body lead to, and
// lets the links lead there: the ids that Hugo and Zola make by themselves differ. A link to
// what is gone leads nowhere.
func anchors(body *html.Node) {
	links := linksWithin(body)
	s := anchorage{body: body, wanted: map[string]bool{}, names: map[*html.Node]string{}, leads: map[string]string{}, taken: map[string]int{}}
	for _, id := range links {
		s.wanted[id] = true
	}
	if len(links) > 0 {
		s.find()
	}
	for _, h := range dom.Find(body, dom.Heading) {
		dom.DelAttr(h, "id")
		if name := s.names[h]; name != "" {
			dom.SetAttr(h, "id", name)
		}
	}
	for a, id := range links {
		if name := s.leads[id]; name != "" {
			dom.SetAttr(a, "href", "#"+name)
		} else {
			dom.DelAttr(a, "href")
		}
	}
}

// linksWithin returns the links of a body that lead to places in it, with the ids of these.
func linksWithin(body *html.Node) map[*html.Node]string {
	links := map[*html.Node]string{}
	for _, a := range dom.Find(body, dom.Named(atom.A)) {
		if id, ok := strings.CutPrefix(strings.Trim(dom.Attr(a, "href"), whitespace), "#"); ok {
			links[a] = blog.Unescaped(id)
		}
	}
	return links
}

// anchorage finds the headings that the ids of a body stand for.
type anchorage struct {
	body   *html.Node
	wanted map[string]bool       // the ids that links lead to
	names  map[*html.Node]string // what the headings are called that they stand for
	leads  map[string]string     // the same names by id
	taken  map[string]int        // see unused
}

// find looks through the body. An id belongs to the heading that it stands in, or right in
// front of, with no text between; any other, to the heading above it, since Markdown has ids
// nowhere else.
func (s *anchorage) find() {
	var waiting []string
	var inside, above *html.Node
	for n := range dom.Below(s.body) {
		switch {
		case inside != nil && !dom.Under(n, inside):
			inside = nil
		case n.Type == html.TextNode && inside == nil && strings.Trim(n.Data, whitespace) != "":
			s.lead(waiting, above)
			waiting = nil
		}
		for _, key := range []string{"id", "name"} {
			if id := dom.Attr(n, key); id != "" && s.wanted[id] && n.Type == html.ElementNode {
				waiting = append(waiting, id)
			}
		}
		if dom.Heading(n) {
			inside, above = n, n
		}
		if inside == nil || len(waiting) == 0 {
			continue
		}
		s.lead(waiting, inside)
		waiting = nil
	}
	s.lead(waiting, above)
}

// lead lets ids lead to a heading, which may be nil.
func (s *anchorage) lead(ids []string, heading *html.Node) {
	if heading == nil || len(ids) == 0 {
		return
	}
	if s.names[heading] == "" {
		s.names[heading] = unused(asciiName(ids[0], "section"), s.taken)
	}
	for _, id := range ids {
		if s.leads[id] == "" {
			s.leads[id] = s.names[heading]
		}
	}
}

// noteNames renames each footnote so that Markdown can spell it and no other has its name, and makes
// text of the marks that lead to none.
func noteNames(body *html.Node) {
	type note struct {
		marks, texts []*html.Node
	}
	notes := map[string]*note{}
	var order []string
	for n := range dom.Below(body) {
		name, isMark := dom.NoteRefOf(n)
		_, isNote := dom.NoteOf(n)
		if !isMark && !isNote {
			continue
		}
		if notes[name] == nil {
			notes[name] = new(note)
			order = append(order, name)
		}
		if isMark {
			notes[name].marks = append(notes[name].marks, n)
		} else {
			notes[name].texts = append(notes[name].texts, n)
		}
	}
	taken := map[string]int{}
	for _, name := range order {
		n := notes[name]
		label := unused(noteLabel(name, func(other string) bool { return notes[other] != nil }), taken)
		if len(n.texts) == 0 {
			for _, mark := range n.marks {
				dom.Replace(mark, dom.TextNode("["+name+"]"))
			}
			continue
		}
		for _, x := range append(n.marks, n.texts...) {
			dom.SetAttr(x, "name", label)
		}
	}
}

// noteLabel returns what a footnote is called in a page. One that has only a number is called
// by it, unless that is the name of another.
func noteLabel(name string, named func(string) bool) string {
	if number, ok := strings.CutPrefix(name, numbered); ok && !named(number) {
		return number
	}
	return asciiName(name, "note")
}

// asciiName makes a name of [a-z0-9_-] that begins with a letter or a digit; when
// nothing is left of it, it is other.
func asciiName(name, other string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r < 0x80 && blog.IsAlphanumeric(r) || r == '_' || r == '-':
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

// handleSigns are what the link of a heading to itself shows.
var handleSigns = regex.Lazy(`^[\s\x{200b}\x{feff}¶#§∞🔗⚓︎\x{fe0f}]*$`)

// handles removes the links by which headings let themselves be linked to: in them, and right
// behind them (Starlight). A heading that is such a link as a whole stays without it, but for one
// of class anchor: those were written around headings, for readers to take their addresses from.
func handles(body *html.Node, page *url.URL) {
	for _, heading := range dom.Find(body, dom.Named(atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)) {
		for _, a := range dom.Find(heading, dom.Named(atom.A)) {
			id := within(dom.Attr(a, "href"), page)
			if id == "" || dom.First(a, dom.Named(atom.Img)) != nil {
				continue
			}
			own := dom.Attr(heading, "id") == id
			switch {
			case dom.HasClass(a, "headerlink", "hash-link", "anchor-link", "heading-anchor", "header-anchor") && len([]rune(dom.Words(a))) < 3,
				handleSigns().MatchString(dom.Text(a)),
				own && handleWords[strings.ToLower(dom.Words(a))] && dom.Words(a) != dom.Words(heading):
				keepID(heading, a)
				Drop(a, Handle)
			case !dom.HasClass(a, "anchor") && dom.Words(a) == dom.Words(heading) && own:
				Unwrap(a, Handle)
			}
		}
		if a := nextShown(heading); dom.Is(a, atom.A) && handleBehind(a, heading, page) {
			Remove(a, Handle)
		}
	}
}

// handleWords are what the link of a heading to itself says in words: those of platforms, and the
// name of an icon.
var handleWords = blog.WordSet("link permalink anchor insert_link")

// handleBehind reports whether a link behind a heading is its handle: it leads there and shows no
// words but the heading's.
func handleBehind(a, heading *html.Node, page *url.URL) bool {
	if id := dom.Attr(heading, "id"); id == "" || within(dom.Attr(a, "href"), page) != id {
		return false
	}
	words := dom.Words(a)
	return handleSigns().MatchString(words) || handleWords[strings.ToLower(words)] || len(words) < 2*len(dom.Words(heading))+30 && strings.Contains(words, dom.Words(heading))
}

// within returns the fragment of a link that leads to a place on a page itself, or "".
func within(href string, page *url.URL) string {
	addr, id, _ := strings.Cut(strings.TrimSpace(href), "#")
	if id == "" || addr != "" && (page == nil || !SamePage(addr, page)) {
		return ""
	}
	return id
}

// keepID lets a heading have the id of a link that goes.
func keepID(heading, a *html.Node) {
	for _, key := range []string{"id", "name"} {
		if id := dom.Attr(a, key); id != "" && dom.Attr(heading, "id") == "" {
			dom.SetAttr(heading, "id", id)
		}
	}
}
