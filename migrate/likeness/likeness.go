// Package likeness measures how much of what two texts say is the same, whatever their
// markup. Start at [HTML] and [Markdown], which read a [Text]; a [Sketch] is the few bytes
// of it that a ledger keeps, and an [Index] finds the sketches that are like another.
//
// A text is the set of its shingles, runs of three words that follow one another (Broder,
// On the resemblance and containment of documents, 1997). A changed word changes three of
// them, a moved paragraph hardly any. Scripts that put no space between words count each
// character as a word.
package likeness

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/renderer/html"
	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// shingleWords is how many words a shingle has.
const shingleWords = 3

// wordsMost bounds how many words of a text count: a post of many megabytes is known by
// how it begins.
const wordsMost = 1 << 15

// Text is what a text says: hashes of its shingles.
type Text struct {
	shingles []uint64
	sorted   bool
}

// textOf makes a text of the hashes of its words, in their order, in their place. A text of
// fewer words than a shingle has is one shingle.
func textOf(words []uint64) Text {
	if len(words) == 0 {
		return Text{}
	}
	if len(words) < shingleWords {
		h := uint64(0)
		for _, w := range words {
			h = mix(h ^ w)
		}
		return Text{shingles: append(words[:0], h)}
	}
	shingles := words[:len(words)-shingleWords+1] // each takes the place of its own first word
	for i := range shingles {
		shingles[i] = mix(mix(mix(words[i])^words[i+1]) ^ words[i+2])
	}
	return Text{shingles: shingles}
}

// Len returns how many shingles the text has, some of which may be equal.
func (t *Text) Len() int { return len(t.shingles) }

// To returns how much of all that two texts say both say, from 0 to 1. It is 0 where one
// of them says nothing.
func (t *Text) To(o *Text) float64 {
	both, all := overlap(t, o)
	return share(both, all)
}

// Within returns how much of what t says o says too, from 0 to 1.
func (t *Text) Within(o *Text) float64 {
	both, _ := overlap(t, o)
	return share(both, len(t.set()))
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// overlap counts the shingles that two texts have both, and all that they have.
func overlap(a, b *Text) (both, all int) {
	x, y := a.set(), b.set()
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0] < y[0]:
			x = x[1:]
		case y[0] < x[0]:
			y = y[1:]
		default:
			both++
			x, y = x[1:], y[1:]
		}
	}
	return both, len(a.set()) + len(b.set()) - both
}

// set returns the shingles, sorted, each once.
func (t *Text) set() []uint64 {
	if !t.sorted {
		slices.Sort(t.shingles)
		t.shingles, t.sorted = slices.Compact(t.shingles), true
	}
	return t.shingles
}

// mix is the finalizer of MurmurHash3: every bit of the result depends on every bit of h.
// Sketches are written to ledgers, so it must never change.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

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
	z := dom.NewTokens(source)
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
func (r *reader) tag(z *dom.Tokens) (hidden atom.Atom) {
	switch tag := atom.Lookup([]byte(z.Tag())); tag {
	case atom.A, atom.Abbr, atom.B, atom.Cite, atom.Code, atom.Del, atom.Em, atom.Font, atom.I, atom.Ins, atom.Kbd,
		atom.Mark, atom.S, atom.Small, atom.Span, atom.Strong, atom.U, atom.Wbr: // these may stand in the middle of a word
		return 0
	case atom.Script, atom.Style, atom.Iframe, atom.Noscript, atom.Template, atom.Textarea:
		r.end()
		return tag
	case atom.Img:
		r.end()
		r.picture(z)
	default:
		r.end()
	}
	return 0
}

// picture reads what stands for a picture.
func (r *reader) picture(z *dom.Tokens) {
	for key, value, ok := z.Attr(); ok; key, value, ok = z.Attr() {
		if key == "alt" {
			r.text(value)
			r.end()
		}
	}
}

// text reads words, whatever their case and the marks between them.
func (r *reader) text(text string) {
	word := r.word
	for i := 0; i < len(text); {
		c := text[i]
		if c >= utf8.RuneSelf {
			other, size := utf8.DecodeRuneInString(text[i:])
			r.word = word
			r.beyond(other)
			word = r.word
			i += size
			continue
		}
		i++
		switch a := ascii[c]; a {
		case ends:
			if word != 0 {
				r.words = append(r.words, word)
				word = 0
			}
		case joins:
		default:
			word = with(word, uint64(a))
		}
	}
	r.word = word
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

// add reads a letter.
func (r *reader) add(c rune) { r.word = with(r.word, uint64(c)) } //nolint:gosec // no rune is negative

// with returns the hash of a word with one more letter: FNV-1a.
func with(word, letter uint64) uint64 {
	if word == 0 {
		word = 14695981039346656037
	}
	return (word ^ letter) * 1099511628211
}

// end ends a word.
func (r *reader) end() {
	if r.word != 0 {
		r.words = append(r.words, r.word)
		r.word = 0
	}
}
