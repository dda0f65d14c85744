package review

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate"
	"replant/migrate/blog"
	"replant/migrate/dom"
)

// sheet is a tamed body on which places are found and marked. It knows the text by its letters
// and digits alone: how words are spaced, cut by tags and ended differs between a source and
// what was read of it.
type sheet struct {
	body    *html.Node
	letters string // in small ones, of all text
	runs    []run  // the text nodes, in order
	marks   []mark
	taken   map[*html.Node]bool // elements that are marked
}

// run is a text node whose letters begin at a place.
type run struct {
	node *html.Node
	from int
}

// mark is a stretch of letters to be marked; an empty one is a place where something is
// missing.
type mark struct {
	from, to, id int
	label        string // of a place where something is missing
	why          string // the stretch was left out on purpose; else empty
}

func newSheet(body *html.Node) *sheet {
	s := &sheet{body: body, taken: map[*html.Node]bool{}}
	var b strings.Builder
	for n := range dom.Below(body) {
		if n.Type != html.TextNode {
			continue
		}
		s.runs = append(s.runs, run{n, b.Len()})
		b.WriteString(lettersOf(n.Data))
	}
	s.letters = b.String()
	return s
}

// lettersOf returns the small letters and digits of a text.
func lettersOf(s string) string { return strings.ToLower(blog.Letters(s)) }

// find marks a place by a number: the element with an address, or the text, or where it would
// stand. It reports whether there is such a place.
func (s *sheet) find(p migrate.Place, embeds bool, id int, label string) bool {
	if p == (migrate.Place{}) {
		return false
	}
	n := s.element(p.Text)
	if n == nil && embeds {
		n = s.embed(p.Text)
	}
	if n != nil {
		s.taken[n] = true
		dom.SetAttr(n, "class", strings.TrimSpace(dom.Attr(n, "class")+" loss"))
		dom.SetAttr(n, "id", markID(id))
		return true
	}
	text, before, behind := lettersOf(p.Text), lettersOf(p.Before), lettersOf(p.Behind)
	if text != "" {
		if at := s.best(text, before, behind); at >= 0 {
			s.marks = append(s.marks, mark{from: at, to: at + len(text), id: id})
			return true
		}
	}
	at := s.gap(before, behind)
	if at >= 0 {
		s.marks = append(s.marks, mark{from: at, to: at, id: id, label: label})
	}
	return at >= 0
}

// markID is the id of a mark.
func markID(id int) string { return "loss-" + strconv.Itoa(id) }

// element returns the element that has an address and is not marked yet.
func (s *sheet) element(address string) *html.Node {
	address = strings.TrimSpace(address)
	if address == "" || strings.ContainsAny(address, " \n") {
		return nil
	}
	key, name := addressKey(address), path.Base(address)
	return s.first(func(whole, file string) bool { return addressKey(whole) == key || file != "" && file == name })
}

// embed returns the element that an embed's address means, which is spelled in many ways: by the
// last part of it that looks like an id.
func (s *sheet) embed(address string) *html.Node {
	parts := strings.FieldsFunc(address, func(r rune) bool { return !blog.IsAlphanumeric(r) && r != '-' && r != '_' })
	const idLeast = 5
	if len(parts) < 2 || len(parts[len(parts)-1]) < idLeast {
		return nil
	}
	return s.first(func(whole, _ string) bool { return strings.Contains(whole, parts[len(parts)-1]) })
}

// first returns the first element that is not marked yet of whose addresses something is true:
// the whole one, and the name of its file.
func (s *sheet) first(is func(whole, file string) bool) *html.Node {
	for n := range dom.Below(s.body) {
		if at := dom.Attr(n, atMark); at != "" && !s.taken[n] {
			if is(cut(at)) {
				return n
			}
		}
	}
	return nil
}

func cut(at string) (whole, file string) {
	whole, file, _ = strings.Cut(at, "\n")
	return whole, file
}

// addressKey returns an address without its percent-encoding and its scheme.
func addressKey(address string) string {
	if plain, err := url.PathUnescape(address); err == nil {
		address = plain
	}
	_, rest, _ := strings.Cut(address, "//")
	return cmp.Or(rest, address)
}

// best returns where a text stands whose surroundings are the likest, or -1.
func (s *sheet) best(text, before, behind string) int {
	best, most := -1, -1
	for from := 0; ; {
		i := strings.Index(s.letters[from:], text)
		if i < 0 {
			return best
		}
		at := from + i
		if score := commonEnd(s.letters[:at], before) + commonStart(s.letters[at+len(text):], behind); score > most {
			best, most = at, score
		}
		_, size := utf8.DecodeRuneInString(s.letters[at:])
		from = at + size
	}
}

// leave marks a part of the source that was left out on purpose, where it is sure that this is
// the part and that the page shows nothing of it: text that stands there once, or an address.
func (s *sheet) leave(part, why string, page *sheet) {
	body, err := dom.ParseBody(part)
	if err != nil {
		return
	}
	for n := range dom.Below(body) {
		address := dom.Attr(n, "src")
		if address == "" || page.element(address) != nil {
			continue
		}
		if at := s.element(address); at != nil {
			s.taken[at] = true
			dom.SetAttr(at, "class", strings.TrimSpace(dom.Attr(at, "class")+" left"))
			dom.SetAttr(at, "title", "left out: "+why)
		}
	}
	const lettersLeast = 4
	text := newSheet(body).letters
	if len(text) < lettersLeast || strings.Count(s.letters, text) != 1 || strings.Contains(page.letters, text) {
		return
	}
	at := strings.Index(s.letters, text)
	s.marks = append(s.marks, mark{from: at, to: at + len(text), why: why})
}

// leftOut are the attributes of what was left out on purpose.
func leftOut(why string) []html.Attribute {
	return []html.Attribute{{Key: "class", Val: "left"}, {Key: "title", Val: "left out: " + why}}
}

// gap returns the place between two texts, or -1 where neither is there.
func (s *sheet) gap(before, behind string) int {
	for n := len(before); n >= 4; n = n * 2 / 3 {
		tail := strings.ToValidUTF8(before[len(before)-n:], "")
		if at := s.best(tail, "", behind); at >= 0 {
			return at + len(tail)
		}
	}
	for n := len(behind); n >= 4; n = n * 2 / 3 {
		head := strings.ToValidUTF8(behind[:n], "")
		if at := s.best(head, before, ""); at >= 0 {
			return at
		}
	}
	if before == "" && behind != "" || s.letters == "" {
		return 0
	}
	return -1
}

func commonEnd(a, b string) (n int) {
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

func commonStart(a, b string) (n int) {
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// write puts the marks into the body. Of marks that overlap the first one stands.
func (s *sheet) write() {
	slices.SortStableFunc(s.marks, func(a, b mark) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	last := 0
	for _, m := range s.marks {
		if m.from < last {
			m.from = min(last, m.to)
		}
		last = max(last, m.to)
		s.put(m)
	}
}

// put puts a mark into the text nodes that it covers: the last one first, so that the others
// stay where they are.
func (s *sheet) put(m mark) {
	begins := m.from + 1
	if m.to == m.from {
		begins = max(1, m.from) // behind the letter before
	}
	i, _ := slices.BinarySearchFunc(s.runs, begins, func(r run, at int) int { return cmp.Compare(r.from, at) })
	for i--; i >= 0 && i < len(s.runs); i++ {
		r := &s.runs[i]
		if r.from >= m.to && m.to > m.from {
			return
		}
		end := len(s.letters)
		if i+1 < len(s.runs) {
			end = s.runs[i+1].from
		}
		from, to := max(m.from, r.from), min(m.to, end)
		if m.to == m.from {
			s.point(r, m)
			return
		}
		if from < to {
			s.cover(r, from, to, &m)
		}
	}
	if len(s.runs) == 0 && m.to == m.from {
		s.body.AppendChild(missing(m))
	}
}

// cover marks a stretch of a text node. The run goes on with what is behind it.
func (s *sheet) cover(r *run, from, to int, m *mark) {
	a, b := offset(r.node.Data, from-r.from), offset(r.node.Data, to-r.from)
	a += strings.IndexFunc(r.node.Data[a:]+"x", blog.IsAlphanumeric)
	marked := text(atom.Mark, r.node.Data[a:b])
	marked.Attr = []html.Attribute{{Key: "class", Val: "loss"}}
	if m.why != "" {
		marked.Attr = leftOut(m.why)
	} else if m.id > 0 {
		marked.Attr = append(marked.Attr, html.Attribute{Key: "id", Val: markID(m.id)})
		m.id = 0 // its other parts have none
	}
	s.split(r, a, b, marked, to)
}

// point marks a place in a text node.
func (s *sheet) point(r *run, m mark) {
	at := offset(r.node.Data, m.from-r.from)
	if at > 0 { // and what ends its word
		rest := r.node.Data[at:]
		if i := strings.IndexFunc(rest, func(c rune) bool { return unicode.IsSpace(c) || blog.IsAlphanumeric(c) }); i >= 0 {
			rest = rest[:i]
		}
		at += len(rest)
	}
	s.split(r, at, at, missing(m), m.from)
}

// split puts a node in the place of a stretch of a text node, whose rest begins at some
// letter.
func (s *sheet) split(r *run, a, b int, with *html.Node, at int) {
	rest := &html.Node{Type: html.TextNode, Data: r.node.Data[b:]}
	r.node.Parent.InsertBefore(with, r.node.NextSibling)
	r.node.Parent.InsertBefore(rest, with.NextSibling)
	r.node.Data = r.node.Data[:a]
	*r = run{rest, at}
}

// missing is the sign of what is missing at a place.
func missing(m mark) *html.Node {
	n := text(atom.Ins, m.label)
	n.Attr = []html.Attribute{{Key: "class", Val: "gap"}, {Key: "id", Val: markID(m.id)}}
	return n
}

// offset returns where in a text its n-th byte of letters ends.
func offset(s string, n int) int {
	if n == 0 {
		return 0
	}
	for i, r := range s {
		if !blog.IsAlphanumeric(r) {
			continue
		}
		if n -= utf8.RuneLen(unicode.ToLower(r)); n <= 0 {
			return i + utf8.RuneLen(r)
		}
	}
	return len(s)
}
