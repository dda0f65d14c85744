package proof

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// words are those of texts, one behind the other, that were not met yet. Those of a tree
// are read as they are wanted.
type words struct {
	text  []byte
	spans []span
	rest  []string // the texts that were not read
	apart bool     // words differ from here on
}

func (w *words) word(i int) []byte { return w.text[w.spans[i].from:w.spans[i].to] }

// keep adds a text to those of a tree.
func (w *words) keep(s string) {
	if strings.TrimSpace(s) != "" {
		w.rest = append(w.rest, s)
	}
}

// readAll reads the texts that are left.
func (w *words) readAll() {
	for ; len(w.rest) > 0; w.rest = w.rest[1:] {
		addWords(w, w.rest[0])
	}
}

// meet adds a text of a source and takes away, on both sides, the words that it has in
// common with its tree: most often all, in the same text.
func (w *words) meet(s []byte, tree *words) {
	if w.apart {
		addWords(w, s)
		return
	}
	if len(tree.rest) > 0 && len(w.spans) == 0 && len(tree.spans) == 0 && string(s) == tree.rest[0] {
		tree.rest = tree.rest[1:]
		return
	}
	addWords(w, s)
	for {
		n := 0
		for n < len(w.spans) && n < len(tree.spans) && bytes.Equal(w.word(n), tree.word(n)) {
			n++
		}
		w.drop(n)
		tree.drop(n)
		if len(w.spans) == 0 || len(tree.spans) > 0 || len(tree.rest) == 0 {
			break
		}
		addWords(tree, tree.rest[0])
		tree.rest = tree.rest[1:]
	}
	w.apart = len(w.spans) > 0
}

// drop forgets the first words.
func (w *words) drop(n int) {
	if n == len(w.spans) {
		w.spans, w.text = w.spans[:0], w.text[:0]
		return
	}
	w.spans = w.spans[n:]
}

// add adds the word whose text was added last.
func (w *words) add(from int) {
	if to := len(w.text); to > from {
		w.spans = append(w.spans, span{int32(from), int32(to)})
	}
}

// addWords adds the words of a text: runs of letters and digits.
func addWords[T string | []byte](w *words, s T) {
	from := len(w.text)
	for i := 0; i < len(s); {
		if alnum[s[i]] {
			start := i
			for i++; i < len(s) && alnum[s[i]]; i++ {
			}
			w.text = append(w.text, s[start:i]...)
			continue
		}
		if s[i] < utf8.RuneSelf {
			w.add(from)
			from = len(w.text)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
		switch {
		case lettered(r), unicode.IsMark(r) && !unseen(r):
			w.text = append(w.text, s[i:i+n]...)
		case !unseen(r):
			w.add(from)
			from = len(w.text)
		}
		i += n
	}
	w.add(from)
}

// alnum are the letters and digits of ASCII.
var alnum = func() (is [256]bool) {
	for c := range utf8.RuneSelf {
		is[c] = lettered(rune(c))
	}
	return is
}()
