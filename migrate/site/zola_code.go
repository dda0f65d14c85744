package site

import (
	"slices"
	"sort"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// zolaPage makes shortcodes inside code inert: a plain call by the marks that Zola takes
// away again, anything else by writing its code as raw HTML. The whole page is looked
// at, since a quoted argument may begin in one piece of code and end in another.
func zolaPage(page []blog.Piece) []byte {
	z := &zolaText{pieces: withoutPlaceholder(page)}
	for range patience {
		wrapped, acting := z.wrap()
		if len(acting) == 0 {
			return []byte(wrapped)
		}
		z.html(acting)
	}
	z.htmlAll()
	wrapped, _ := z.wrap()
	return []byte(wrapped)
}

// zolaPlaceholder is what Zola puts in the place of a shortcode while it reads Markdown. It
// does not escape the text of a picture that holds one, with lazy_async_image on
// (render_shortcodes in components/markdown/src/markdown.rs).
const zolaPlaceholder = "@@ZOLA_SC_PLACEHOLDER@@"

// withoutPlaceholder spells the placeholder so that it is none. In code it is harmless.
func withoutPlaceholder(page []blog.Piece) []blog.Piece {
	page = slices.Clone(page)
	for i, p := range page {
		if p.HTML == nil {
			page[i].Text = strings.ReplaceAll(p.Text, zolaPlaceholder, "@&#64;"+zolaPlaceholder[2:])
		}
	}
	return page
}

// patience is how often a page is looked at before all code that could matter is
// written as raw HTML. One or two looks are enough for what people write.
const patience = 8

// zolaText is a page on its way. Code that has become raw HTML counts as prose.
type zolaText struct{ pieces []blog.Piece }

// zolaUnwrap is what Zola takes a mark away from, where it first stands in a wrapped
// call: that must be the end of it.
const zolaUnwrap = "*/}}"

// wrap returns the page with each plain call in code wrapped, and the pieces that need
// another spelling; the page is no good while there are any.
func (z *zolaText) wrap() (page string, acting []int) {
	text, starts := joined(z.pieces)
	wraps := make([]int, len(z.pieces))
	edits := make([][]int, len(z.pieces))
	for _, m := range zolaScan(text) {
		i := at(starts, m.start)
		switch {
		case z.pieces[i].HTML == nil: // a shortcode that shows an embed
		case m.kind != zolaCall, m.end > starts[i+1], strings.Contains(text[m.start:m.end], zolaUnwrap):
			acting = append(acting, i)
		default:
			wraps[i]++
			edits[i] = append(edits[i], m.start+2-starts[i], m.end-2-starts[i])
		}
	}
	if len(acting) > 0 {
		return "", acting
	}
	return z.check(edits, wraps)
}

// check puts the marks in and looks again: each wrap must be read as one, and nothing
// else may have come to life.
func (z *zolaText) check(edits [][]int, wraps []int) (page string, acting []int) {
	inert := append([]blog.Piece(nil), z.pieces...)
	for i, places := range edits {
		inert[i].Text = commented(inert[i].Text, places)
	}
	text, starts := joined(inert)
	for _, m := range zolaScan(text) {
		i := at(starts, m.start)
		switch {
		case inert[i].HTML == nil:
		case m.kind == zolaShown && m.end <= starts[i+1]:
			wraps[i]--
		default:
			acting = append(acting, i)
		}
	}
	for i, left := range wraps {
		if left != 0 {
			acting = append(acting, i)
		}
	}
	return text, acting
}

// commented puts /* and */ into a text at places that take turns.
func commented(text string, places []int) string {
	var b strings.Builder
	done := 0
	for i, place := range places {
		b.WriteString(text[done:place])
		b.WriteString([...]string{"/*", "*/"}[i%2])
		done = place
	}
	b.WriteString(text[done:])
	return b.String()
}

// html writes some pieces of code as raw HTML.
func (z *zolaText) html(pieces []int) {
	for _, i := range pieces {
		if p := &z.pieces[i]; p.HTML != nil {
			*p = blog.Piece{Text: p.HTML()}
		}
	}
}

// htmlAll does so with all code that a template could begin in.
func (z *zolaText) htmlAll() {
	for i, p := range z.pieces {
		if strings.Contains(p.Text, "{{") || strings.Contains(p.Text, "{%") {
			z.html([]int{i})
		}
	}
}

// joined returns the text of pieces, and where each begins in it, the end for the last.
func joined(pieces []blog.Piece) (text string, starts []int) {
	var b strings.Builder
	for _, p := range pieces {
		starts = append(starts, b.Len())
		b.WriteString(p.Text)
	}
	return b.String(), append(starts, b.Len())
}

// at returns the piece that holds a place.
func at(starts []int, place int) int {
	return sort.Search(len(starts), func(i int) bool { return starts[i] > place }) - 1
}

// zolaKind is what Zola does with a match of its shortcode grammar.
type zolaKind uint8

const (
	zolaCall  zolaKind = iota // a shortcode: {{ name() }}
	zolaShown                 // one that is shown without the marks in it: {{/* name() */}}
	zolaHalf                  // a half of a pair, {% name() %} or {% end %}, live or shown
)

// zolaMatch is a stretch of a page that Zola takes for a template.
type zolaMatch struct {
	kind       zolaKind
	start, end int
}

// zolaScan finds all that Zola takes for a template, wherever it stands: the grammar is
// matched before Markdown is read. (components/markdown/src/content.pest of Zola 0.22)
func zolaScan(page string) (found []zolaMatch) {
	s := newZolaScanner(page)
	for i := 0; ; {
		next := strings.IndexByte(page[i:], '{')
		if next < 0 || i+next+1 == len(page) {
			return found
		}
		i += next
		m, ok := s.match(i)
		if !ok {
			i++
			continue
		}
		found = append(found, m)
		i = m.end
	}
}

// zolaScanner reads a page from the place at.
type zolaScanner struct {
	page string
	at   int
	deep bool         // arrays lie deeper than nestedMost
	last map[byte]int // where each kind of quote stands last
}

// nestedMost is how deep arrays are read. One that is deeper is taken for a match: Zola
// itself might not live through it.
const nestedMost = 64

func newZolaScanner(page string) *zolaScanner {
	s := &zolaScanner{page: page, last: map[byte]int{}}
	for _, quote := range []byte("\"'`") {
		s.last[quote] = strings.LastIndexByte(page, quote)
	}
	return s
}

// forms are the ways a template is written, keyed by its first characters.
var forms = []struct {
	open, close string
	kind        zolaKind
	end         bool // it may hold the word end in the place of a call
}{
	{"{{/*", "*/}}", zolaShown, false},
	{"{{", "}}", zolaCall, false},
	{"{%/*", "*/%}", zolaHalf, true},
	{"{%", "%}", zolaHalf, true},
}

// match tries all forms at a place.
func (s *zolaScanner) match(start int) (zolaMatch, bool) {
	for _, f := range forms {
		if !strings.HasPrefix(s.page[start:], f.open) {
			continue
		}
		s.at, s.deep = start+len(f.open), false
		inside := s.at
		if s.call() && s.token(f.close) {
			return zolaMatch{f.kind, start, s.at}, true
		}
		if s.deep {
			return zolaMatch{zolaHalf, start, s.at}, true
		}
		s.at = inside
		if f.end && s.token("end") && s.token(f.close) {
			return zolaMatch{f.kind, start, s.at}, true
		}
	}
	return zolaMatch{}, false
}

// call reads name(arguments).
func (s *zolaScanner) call() bool {
	if !s.name() || !s.token("(") {
		return false
	}
	comma := false
	for s.argument() {
		comma = s.token(",")
	}
	return !comma && s.token(")")
}

// argument reads name = literal. Commas between arguments may be left out.
func (s *zolaScanner) argument() bool {
	at := s.at
	if s.name() && s.token("=") && s.literal() {
		return true
	}
	s.at = at
	return false
}

// token reads a fixed text and the white space before it.
func (s *zolaScanner) token(text string) bool {
	s.space()
	if !strings.HasPrefix(s.page[s.at:], text) {
		return false
	}
	s.at += len(text)
	return true
}

func (s *zolaScanner) space() {
	for s.at < len(s.page) && strings.IndexByte(" \t\r\n", s.page[s.at]) >= 0 {
		s.at++
	}
}

func (s *zolaScanner) name() bool {
	s.space()
	start := s.at
	for s.at < len(s.page) && wordByte(s.page[s.at]) {
		s.at++
	}
	if start < s.at && s.page[start] <= '9' {
		s.at = start
	}
	return start < s.at
}

func wordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// literal reads a truth value, a text, a number or an array.
func (s *zolaScanner) literal() bool {
	if s.token("[") {
		return s.array()
	}
	return s.token("true") || s.token("false") || s.quoted() || s.number()
}

// array reads what follows an opening bracket, arrays within it included; a comma may
// stand behind the last element.
func (s *zolaScanner) array() bool {
	for depth := 1; depth > 0; {
		switch {
		case s.token("["):
			if depth++; depth > nestedMost {
				s.deep = true
				return false
			}
			continue
		case s.token("]"):
			depth--
		case s.literal():
		default:
			return false
		}
		if depth > 0 && !s.token(",") && !s.closes() {
			return false
		}
	}
	return true
}

// closes reports whether the next token closes an array.
func (s *zolaScanner) closes() bool {
	s.space()
	return strings.HasPrefix(s.page[s.at:], "]")
}

// quoted reads a text. It knows no escapes and may span lines.
func (s *zolaScanner) quoted() bool {
	s.space()
	if s.at >= len(s.page) {
		return false
	}
	quote := s.page[s.at]
	if last, ok := s.last[quote]; !ok || last <= s.at {
		return false
	}
	s.at += 2 + strings.IndexByte(s.page[s.at+1:], quote)
	return true
}

var number = regex.Lazy(`^-?(?:(?:0|[1-9][0-9]*)\.[0-9]+|0|[1-9][0-9]*)`)

func (s *zolaScanner) number() bool {
	s.space()
	n := len(number().FindString(s.page[s.at:]))
	s.at += n
	return n > 0
}
