package markdown

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"replant/migrate/blog"
)

// token is a piece of a paragraph.
type token struct {
	kind tokenKind
	text string
	mark *mark // of an opening and a closing
}

// breaks reports whether a token ends a line.
func (k token) breaks() bool { return k.kind == lineBreak || k.kind == softBreak }

type tokenKind uint8

const (
	text         tokenKind = iota // as the reader sees it, not yet escaped
	space                         // between words
	noBreakSpace                  // between words, where the source lets no line break
	lineBreak                     // that the source asks for
	softBreak                     // that only parts the lines of the page
	code                          // of a span, not yet between backticks
	raw                           // Markdown already
	dollar                        // around the TeX of a formula
	passed                        // a formula that the site passes through
	opening
	closing
)

// mark is what a stretch of a paragraph is marked as.
type mark struct {
	kind        markKind
	dest, title string // of a link
	delimiter   string // set by settle: what emphasis is written with
	same        *mark  // set by tidy: the mark that this one continues
}

type markKind uint8

const (
	strong markKind = iota
	em
	del
	link
)

// delimiters is what emphasis is written with where CommonMark reads it so.
var delimiters = [...]string{strong: "**", em: "*", del: "~~"}

// printable drops what no text file should hold: bytes that are not UTF-8, control
// characters but for white space, and the two that are no characters.
func printable(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.IndexFunc(s, illegal) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if illegal(r) {
			return -1
		}
		return r
	}, s)
}

// isPlain reports whether a text is of ASCII that is printable or folds, as most are.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && strings.IndexByte(whitespace, c) < 0 || c >= 0x7f {
			return false
		}
	}
	return true
}

func illegal(r rune) bool {
	return blog.IsControl(r) && !folds(r)
}

// visible reports whether a reader sees r: a paragraph of what nobody sees is a gap
// that an editor left.
func visible(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r)
}

// class sorts characters as the rule for emphasis does (CommonMark 0.31, 6.2).
type class uint8

const (
	blank class = iota // white space, and both ends of a paragraph
	punctuation
	letter
)

func classOf(r rune) class {
	switch {
	case r == 0 || unicode.IsSpace(r):
		return blank
	case unicode.IsPunct(r) || unicode.IsSymbol(r):
		return punctuation
	}
	return letter
}

// isPunct reports whether a backslash in front of c is taken as an escape.
func isPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isAlnum(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' }

// chunk is the code of one span or one block, as the reader sees it.
type chunk struct {
	code     string
	language string // of a block
	block    bool
}

// chunks remembers the code of a page while it is put together. Where a chunk's
// Markdown stands is marked by control characters, which no text of a page holds.
type chunks struct {
	all     []chunk
	over    bool   // the page has become longer than pageMost
	math    bool   // the page has formulas between dollars
	scratch []byte // in which paragraphs are written one after another
}

const (
	chunkBegin = '\x02' // then the chunk's number
	chunkText  = '\x1f' // then its Markdown
	chunkEnd   = '\x03'
)

// enclose returns the Markdown of a chunk between its marks.
func (c *chunks) enclose(k chunk, markdown string) string {
	c.all = append(c.all, k)
	return string(chunkBegin) + strconv.Itoa(len(c.all)-1) + string(chunkText) + markdown + string(chunkEnd)
}

// pieces takes a page apart at the marks, which are gone then.
func (c *chunks) pieces(page string) []blog.Piece {
	var all []blog.Piece
	for page != "" {
		prose, rest, found := strings.Cut(page, string(chunkBegin))
		if prose != "" {
			all = append(all, blog.Piece{Text: prose})
		}
		if !found {
			break
		}
		number, rest, _ := strings.Cut(rest, string(chunkText))
		text, rest, _ := strings.Cut(rest, string(chunkEnd))
		i, _ := strconv.Atoi(number)
		all = append(all, blog.Piece{Text: text, HTML: func() string { return c.all[i].html(text) }})
		page = rest
	}
	return all
}

// spell returns a page as a target wants its code, and the end of its last line.
func (c *chunks) spell(page string, code func([]blog.Piece) string) string {
	pieces := append(c.pieces(page), blog.Piece{Text: "\n"})
	if code != nil {
		return code(pieces)
	}
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}

// html returns a chunk as raw HTML in the place of its Markdown. Each line of a block
// keeps the prefix that its container gave it, to be read from the line of the fence
// that closes it; containers cut the prefix of an empty line short.
func (k chunk) html(markdown string) string {
	if !k.block {
		return "<code>" + spanHTML.Replace(onLine(k.code)) + "</code>"
	}
	class := ""
	if k.language != "" {
		class = ` class="language-` + k.language + `"`
	}
	prefix := strings.TrimRight(markdown[strings.LastIndexByte(markdown, '\n')+1:], "`")
	code := strings.ReplaceAll(blockHTML.Replace(k.code), "\n", "\n"+prefix)
	return "<pre><code" + class + ">" + code + "\n" + prefix + "</code></pre>"
}

var (
	// blockHTML writes what acts in HTML, and what begins a template, as references.
	// Markdown does not look into a pre element.
	blockHTML = strings.NewReplacer(references("&<>{")...)
	// spanHTML does so with all that acts in a paragraph, quotes and dashes included,
	// which a site may have made curly and long.
	spanHTML = strings.NewReplacer(references("&<>{%\\`*_[]~#|!$:\"'-.")...)
)

func references(chars string) (pairs []string) {
	for _, c := range chars {
		pairs = append(pairs, string(c), fmt.Sprintf("&#%d;", c))
	}
	return pairs
}

// tidy returns a paragraph's tokens in an order that Markdown can say: one space at
// most between two things and none at the edges, spaces outside the marks that
// they stood at the edge of, no mark without content, text in one piece, and
// marks that touch another of their kind made one.
func tidy(tokens []token) []token {
	t := tidier{out: make([]token, 0, len(tokens))}
	for _, k := range tokens {
		switch k.kind {
		case space, noBreakSpace:
			t.space = t.space || k.kind == space || t.noBreak
			t.noBreak = true
		case lineBreak:
			t.broken = true
		case opening:
			t.open(k)
		case closing:
			t.close(k)
		default:
			t.content(k)
		}
	}
	t.flush()
	return join(t.out)
}

type tidier struct {
	out     []token
	first   string  // text that is not yet in out
	text    []byte  // the same, where more was added to it
	waiting []token // openings that nothing follows so far
	space   bool    // one is due before the next content
	noBreak bool    // one is due, as which one that keeps the line from breaking will do
	broken  bool    // a line break is
}

func (t *tidier) open(k token) {
	if m := t.touching(k.mark); m != nil { // a space between the two stands within them then
		t.out = t.out[:len(t.out)-1]
		k.mark.same = m
		return
	}
	t.waiting = append(t.waiting, k)
}

// touching returns the mark of m's kind that ended right here, or before the space here, if
// there is one.
func (t *tidier) touching(m *mark) *mark {
	last := len(t.out) - 1
	if last < 0 || len(t.first)+len(t.text)+len(t.waiting) > 0 || t.broken || m.kind == link {
		return nil
	}
	if k := t.out[last]; k.kind == closing && k.mark.kind == m.kind {
		return k.mark
	}
	return nil
}

func (t *tidier) close(k token) {
	if last := len(t.waiting) - 1; last >= 0 {
		t.waiting = t.waiting[:last]
		return
	}
	t.flush()
	if k.mark.same != nil {
		k.mark = k.mark.same
	}
	t.out = append(t.out, k)
}

func (t *tidier) content(k token) {
	t.gap(k)
	if len(t.waiting) > 0 {
		t.flush()
		t.out = append(t.out, t.waiting...)
		t.waiting = t.waiting[:0]
	}
	if k.kind == text {
		t.add(k.text)
		return
	}
	t.flush()
	t.out = append(t.out, k)
}

// join makes spans of code that touch one, as they would read in Markdown.
func join(tokens []token) []token {
	out := tokens[:0]
	for i := 0; i < len(tokens); i++ {
		k := tokens[i]
		if k.kind == code && i+1 < len(tokens) && tokens[i+1].kind == code {
			var all strings.Builder
			for ; i < len(tokens) && tokens[i].kind == code; i++ {
				all.WriteString(tokens[i].text)
			}
			k.text = all.String()
			i--
		}
		out = append(out, k)
	}
	return out
}

// gap writes the space or the line break that is due before k.
func (t *tidier) gap(k token) {
	switch {
	case len(t.out)+len(t.first)+len(t.text) == 0:
	case t.broken:
		t.flush()
		t.out = append(t.out, token{kind: lineBreak})
	case t.noBreak && !t.space && k.kind == text && keepsNoBreak(t.before(), k.text):
		t.add(noBreak)
	case t.noBreak:
		t.add(" ")
	}
	t.space, t.noBreak, t.broken = false, false, false
}

// before returns the text that the next token stands behind, or "" for what is no text.
func (t *tidier) before() string {
	switch {
	case t.first != "":
		return t.first
	case len(t.text) > 0:
		return string(t.text[max(0, len(t.text)-16):])
	}
	for _, k := range slices.Backward(t.out) {
		switch k.kind {
		case opening, closing:
		case text:
			return k.text
		default:
			return ""
		}
	}
	return ""
}

// add adds to the text that is gathered. Most is one piece, and is not copied.
func (t *tidier) add(s string) {
	if t.first == "" && len(t.text) == 0 {
		t.first = s
		return
	}
	t.text = append(append(t.text, t.first...), s...)
	t.first = ""
}

func (t *tidier) flush() {
	switch {
	case len(t.text) > 0:
		t.out = append(t.out, token{kind: text, text: string(t.text)})
	case t.first != "":
		t.out = append(t.out, token{kind: text, text: t.first})
	}
	t.first, t.text = "", t.text[:0]
}
