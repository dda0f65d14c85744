package proof

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"replant/migrate/blog"
)

// recorder writes down what a reader sees, one thing after another.
type recorder struct {
	sight *sight
	lead  lead  // what stands before the next thing
	where block // what the next thing stands in
	is    marks // what the next thing is marked as
	may   marks // what it may be marked as or not
	link  int   // 1-based; 0 for none
}

// record begins a sight anew.
func record(s *sight) *recorder {
	s.empty()
	return &recorder{sight: s, lead: newBlock}
}

// part makes what comes next stand apart, at least so far.
func (w *recorder) part(by lead) { w.lead = max(w.lead, by) }

// breakLine ends a line; two in a row end the paragraph, as they look.
func (w *recorder) breakLine() {
	switch w.lead {
	case newBlock:
	case line:
		w.lead = newBlock
	default:
		w.lead = line
	}
}

// put adds a thing with its text.
func (w *recorder) put(k kind, text string) *thing {
	return w.add(thing{span: w.sight.keep(text), kind: k})
}

func (w *recorder) add(t thing) *thing {
	if w.lead == newBlock || len(w.sight.blocks) == 0 {
		w.sight.blocks = append(w.sight.blocks, w.where)
	}
	t.lead, t.is, t.may, t.link, t.block = w.lead, w.is, w.may, int32(w.link), int32(len(w.sight.blocks)-1)
	w.lead = glued
	w.sight.things = append(w.sight.things, t)
	return &w.sight.things[len(w.sight.things)-1]
}

// alone adds a thing as a block of its own.
func (w *recorder) alone(k kind, text string) *thing {
	w.part(newBlock)
	t := w.put(k, text)
	w.part(newBlock)
	return t
}

// note keeps a text for a thing that has two.
func (w *recorder) note(text string) int32 {
	w.sight.extras = append(w.sight.extras, w.sight.keep(text))
	return int32(len(w.sight.extras))
}

// leads begins a link and reports true, unless one is open. Who began it ends it.
func (w *recorder) leads(to, title string) bool {
	if w.link != 0 {
		return false
	}
	w.sight.links = append(w.sight.links, destination{w.sight.keep(address(to)), w.sight.keep(title)})
	w.link = len(w.sight.links)
	return true
}

// mark marks what f adds.
func (w *recorder) mark(is, may marks, f func()) {
	wasIs, wasMay := w.is, w.may
	w.is, w.may = w.is|is, w.may|may
	f()
	w.is, w.may = wasIs, wasMay
}

// words adds the words of a text as a reader sees it.
func (w *recorder) words(text string) {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c <= ' ' || c == 0x7f {
				w.white(c)
				i++
				continue
			}
			from := i
			for i < len(text) && text[i] > ' ' && text[i] < 0x7f {
				i++
			}
			w.letters(text[from:i])
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		w.rune(r, text[i:i+n])
		i += n
	}
}

// white is what stands between words; other control characters are no text.
func (w *recorder) white(c byte) {
	if strings.IndexByte(" \t\n\f\r\v", c) >= 0 {
		w.part(space)
	}
}

func (w *recorder) rune(r rune, spelled string) {
	switch {
	case unicode.IsSpace(r) && r != 0x85:
		w.part(space)
	case unseen(r):
	case r == utf8.RuneError:
		if w.lead != glued || len(w.sight.text) < 3 || string(w.sight.text[len(w.sight.text)-3:]) != "\uFFFD" {
			w.letters("\uFFFD") // one for each run of broken bytes
		}
	default:
		w.letters(spelled)
	}
}

// unseen reports whether a character shows nothing: controls, joiners and marks of
// direction, what chooses a form of a letter, what is no character.
func unseen(r rune) bool {
	return r < 0xa0 || unicode.In(r, unicode.Cf, unicode.Variation_Selector) || r >= 0xfdd0 && r <= 0xfdef || r == 0xfffe || r == 0xffff
}

// letters adds to the word that was begun, or begins one. Code ends a word, and so does a
// link, but for the punctuation around it.
func (w *recorder) letters(text string) {
	n := len(w.sight.things)
	if n == 0 || w.lead != glued {
		w.begin(text)
		return
	}
	t := &w.sight.things[n-1]
	switch {
	case t.kind != word || t.is&code != w.is&code || int(t.to) != len(w.sight.text):
		w.begin(text)
	case t.link == int32(w.link):
		w.join(t, text)
	case t.link == 0 && !t.lettered:
		t.link = int32(w.link)
		w.join(t, text)
	case w.link == 0:
		rest := strings.TrimLeftFunc(text, func(r rune) bool { return !blog.IsAlphanumeric(r) })
		w.join(t, text[:len(text)-len(rest)])
		if rest != "" {
			w.begin(rest)
		}
	default:
		w.begin(text)
	}
}

func (w *recorder) begin(text string) {
	w.add(thing{span: w.sight.keep(text), kind: word})
	t := &w.sight.things[len(w.sight.things)-1]
	t.lettered = hasLetter(text)
	if !t.lettered {
		t.is &^= strong | em | struck
	}
}

func (w *recorder) join(t *thing, text string) {
	w.sight.text = append(w.sight.text, text...)
	t.to = int32(len(w.sight.text))
	t.may |= w.may
	if hasLetter(text) {
		t.is, t.lettered = t.is|w.is, true
	} else {
		t.is |= w.is &^ (strong | em | struck)
	}
}
