package likeness

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/renderer/html"
	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/regex"
)

// sourceMost is how much of a source is read, in bytes.
const sourceMost = 1 << 20

// HTML returns what a post's HTML says to its reader: text, and what stands for pictures.
func HTML(source string) *Text {
	source = source[:min(len(source), sourceMost)]
	r := reader{words: make([]uint64, 0, len(source)/6)}
	r.html(source)
	t := textOf(r.words)
	return &t
}

// Markdown returns what a page's Markdown says to its reader, as [HTML] does of its
// source. What shortcodes show is not known here and left out.
func Markdown(source []byte) *Text {
	source = shortcode().ReplaceAll(source[:min(len(source), sourceMost)], []byte(" "))
	var b bytes.Buffer
	if err := shown.Convert(source, &b); err != nil {
		return &Text{}
	}
	return HTML(b.String())
}

var (
	shown     = goldmark.New(goldmark.WithRendererOptions(html.WithUnsafe()))
	shortcode = regex.Lazy(`\{\{.*?\}\}|\{%.*?%\}`)
)

// reader takes words from a text as their hashes.
type reader struct {
	words []uint64
	word  uint64 // the hash of what has been read of a word; 0 between words
}

func (r *reader) html(source string) {
	z := nethtml.NewTokenizer(strings.NewReader(source))
	for hidden := atom.Atom(0); len(r.words) < wordsMost; {
		switch z.Next() {
		case nethtml.ErrorToken:
			r.end()
			return
		case nethtml.TextToken:
			if hidden == 0 {
				r.text(z.Text())
			}
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			hidden = r.tag(z)
		case nethtml.EndTagToken:
			hidden = 0
			r.tag(z)
		}
	}
}

// tag reads a tag, which ends a word unless it is of letters within one. It returns the
// element whose text follows and that no reader sees; 0 for any other.
func (r *reader) tag(z *nethtml.Tokenizer) (hidden atom.Atom) {
	name, more := z.TagName()
	tag := atom.Lookup(name)
	if !within[tag] {
		r.end()
	}
	for tag == atom.Img && more {
		var key, value []byte
		if key, value, more = z.TagAttr(); string(key) == "alt" {
			r.text(value)
			r.end()
		}
	}
	switch tag {
	case atom.Script, atom.Style, atom.Iframe, atom.Noscript, atom.Template, atom.Textarea:
		return tag
	}
	return 0
}

// within are elements that may stand in the middle of a word.
var within = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Cite: true, atom.Code: true, atom.Del: true, atom.Em: true,
	atom.Font: true, atom.I: true, atom.Ins: true, atom.Kbd: true, atom.Mark: true, atom.S: true, atom.Small: true,
	atom.Span: true, atom.Strong: true, atom.U: true, atom.Wbr: true,
}

// text reads words, whatever their case and the marks between them.
func (r *reader) text(text []byte) {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			switch a := ascii[c]; a {
			case ends:
				r.end()
			case joins:
			default:
				r.add(rune(a))
			}
			i++
			continue
		}
		other, size := utf8.DecodeRune(text[i:])
		r.beyond(other)
		i += size
	}
}

// What ascii holds of a character that is no letter and no digit.
const (
	ends  = 0 // a word ends here
	joins = 1 // a mark that Markdown or typography puts within words
)

// ascii holds letters in lower case, and digits.
var ascii = func() (table [utf8.RuneSelf]byte) {
	for c := range byte(utf8.RuneSelf) {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			table[c] = c
		case 'A' <= c && c <= 'Z':
			table[c] = c - 'A' + 'a'
		case strings.IndexByte("'*_`~\\", c) >= 0:
			table[c] = joins
		}
	}
	return table
}()

// beyond reads a character that is not ASCII.
func (r *reader) beyond(c rune) {
	switch {
	case c == '’', unicode.Is(unicode.Cf, c), unicode.Is(unicode.Variation_Selector, c): // of typography, within words
	case c >= '\u0e00' && unicode.In(c, unspaced...):
		r.end()
		r.add(c)
		r.end()
	case unicode.IsLetter(c), unicode.IsDigit(c), unicode.IsMark(c):
		r.add(unicode.ToLower(c))
	default:
		r.end()
	}
}

// unspaced are scripts that put no space between words. The first of them is Thai.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
}

// add reads a letter: FNV-1a.
func (r *reader) add(c rune) {
	if r.word == 0 {
		r.word = 14695981039346656037
	}
	r.word = (r.word ^ uint64(c)) * 1099511628211 //nolint:gosec // no rune is negative
}

// end ends a word.
func (r *reader) end() {
	if r.word != 0 {
		r.words = append(r.words, r.word)
		r.word = 0
	}
}
