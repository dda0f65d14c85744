package proof

import (
	"iter"
	"strings"
	"unicode"

	"replant/migrate/blog"
)

// Text is what a reader sees of a page in reading order: its words, and the pictures and
// embeds between them. Two texts compare whatever their markup, letter case and
// punctuation.
type Text []Piece

// Piece is one word of a text, or one thing that a reader sees in its place.
type Piece struct {
	// Word is in small letters and without punctuation; of a picture or an embed it is
	// the address. Scripts without spaces have a word for each character.
	Word  string
	Thing bool // it is a picture or an embed
	Stop  bool // a sentence ends here
	Trail bool // three dots stand here: the text may go on elsewhere
	Last  bool // its block ends here
}

// Words returns the number of words.
func (t Text) Words() (n int) {
	for _, p := range t {
		if !p.Thing {
			n++
		}
	}
	return n
}

// Things returns the number of pictures and embeds.
func (t Text) Things() int { return len(t) - t.Words() }

// Seen returns the text of the page that was read last. It holds until the third text after
// it is asked for: more are not compared with each other.
func (p *Prover) Seen() Text {
	s := &p.page
	size := len(s.things)
	for i := range s.things {
		if t := &s.things[i]; t.kind == codeBlock {
			size += int(t.to-t.from) / codeWord
		}
	}
	text := p.room(size)
	p.small = small(append(p.small[:0], s.text...))
	all := string(p.small)
	for i := range s.things {
		t := &s.things[i]
		switch t.kind {
		case word:
			text = text.withWord(all[t.from:t.to])
		case codeBlock:
			text = text.with(word, all[t.from:t.to])
		case picture, embed:
			text = text.with(t.kind, string(s.of(t.span)))
		}
		if n := len(text); n > 0 && (i+1 == len(s.things) || s.things[i+1].block != t.block) {
			text[n-1].Last = true
		}
	}
	return text
}

// small makes the letters of ASCII small.
func small(b []byte) []byte {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return b
}

// room returns an empty text with room for so many pieces, in the place of the third last.
func (p *Prover) room(size int) Text {
	const most = 1 << 15 // a longer one is let go of
	last := len(p.texts) - 1
	text := p.texts[last][:0]
	copy(p.texts[1:], p.texts[:last])
	if cap(text) < size {
		text = make(Text, 0, size)
	}
	if p.texts[0] = text; size > most {
		p.texts[0] = nil
	}
	return text
}

// codeWord is how long a word of code is, with the space behind it, at the least in most.
const codeWord = 4

// Links iterates over the addresses that the links of the page lead to which was read last.
func (p *Prover) Links() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, l := range p.page.links {
			if !yield(string(p.page.of(l.to))) {
				return
			}
		}
	}
}

// Read returns the text of a page by its Markdown, without front matter.
func (p *Prover) Read(markdown []byte) Text {
	p.readPage(markdown)
	return p.Seen()
}

// Opening returns the first words of the page that was read last, as they stand there, and
// three dots where more follow.
func (p *Prover) Opening(words int) string {
	if len(p.page.things) <= words {
		return p.page.phrase(0, len(p.page.things))
	}
	return p.page.phrase(0, words) + " …"
}

// Plain returns the text of mere words.
func Plain(words string) Text { return Text(nil).with(word, words) }

// with adds a thing that a reader sees.
func (t Text) with(k kind, shown string) Text {
	switch k {
	case word:
		for w := range strings.FieldsSeq(shown) {
			t = t.withWord(w)
		}
	case picture, embed:
		t = append(t, Piece{Word: shown, Thing: true})
	}
	return t
}

// withWord adds a word, or those that it consists of in a script without spaces. What has
// no letter and no digit belongs to the word before it.
func (t Text) withWord(shown string) Text {
	n := 0
	for n < len(shown) && smallLetters[shown[n]] {
		n++
	}
	if n == len(shown) && n > 0 {
		return append(t, Piece{Word: shown})
	}
	return t.withMarked(shown)
}

// withMarked adds a word that has more than small letters and digits.
func (t Text) withMarked(shown string) Text {
	from, end := 0, 0 // of the letters and digits
	count, small := 0, true
	for i := range len(shown) {
		switch classes[shown[i]] {
		case letter:
			if count++; count == 1 {
				from = i
			}
			end = i + 1
			small = small && smallLetters[shown[i]]
		case beyond:
			return t.withRunes(shown)
		}
	}
	switch {
	case count == 0:
	case small && count == end-from:
		t = append(t, Piece{Word: shown[from:end]})
	default:
		t = append(t, Piece{Word: strings.Map(letterOrDigit, shown)})
	}
	if end < len(shown) {
		t.punctuate(shown[end:])
	}
	return t
}

// smallLetters are those of ASCII, and its digits.
var smallLetters = func() (is [256]bool) {
	for c := range is {
		is[c] = alnum[c] && (c < 'A' || c > 'Z')
	}
	return is
}()

func (t Text) withRunes(shown string) Text {
	var b strings.Builder
	end := func() {
		if b.Len() > 0 {
			t = append(t, Piece{Word: b.String()})
			b.Reset()
		}
	}
	for _, r := range shown {
		switch {
		case r >= firstUnspaced && unicode.In(r, unspaced...):
			end()
			t = append(t, Piece{Word: string(r)})
		case unicode.In(r, unicode.L, unicode.M, unicode.N):
			b.WriteRune(unicode.ToLower(r))
		case r == '。' || r == '！' || r == '？':
			end()
			t.punctuate(string(r))
		}
	}
	end()
	if cut := strings.LastIndexFunc(shown, blog.IsAlphanumeric); cut < len(shown)-1 {
		t.punctuate(shown[cut+1:])
	}
	return t
}

// letterOrDigit returns a letter of ASCII as a small one, and drops what is no letter and no
// digit.
func letterOrDigit(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return r
	}
	return -1
}

// punctuate notes the punctuation that stands behind the last word.
func (t Text) punctuate(punctuation string) {
	if len(t) == 0 {
		return
	}
	last := &t[len(t)-1]
	last.Trail = last.Trail || strings.Contains(punctuation, "…") || strings.Contains(punctuation, "...")
	last.Stop = last.Stop || !last.Trail && strings.ContainsAny(punctuation, ".!?:。！？।")
}

// firstUnspaced is the first character of any of the scripts in unspaced.
const firstUnspaced = '\u0E01'

// unspaced are scripts that write words without spaces between them.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}
