package proof

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzWords holds the words of texts to those that a loop over characters finds.
func FuzzWords(f *testing.F) {
	f.Add("One two, three. (four) “five”—six", "")
	f.Add("a\u00adb\u200bc\ufe0f d\x00e\x7ff\u0085g\u00a0h", "日本 語")
	f.Add("\xff\xfe a\xffb \ufffd\xff", "\xff")
	f.Fuzz(func(t *testing.T, one, two string) {
		var s sight
		w := record(&s)
		w.words(one)
		w.part(space)
		w.words(two)
		var got []string
		for i, th := range s.things {
			word := string(s.of(th.span))
			if th.lettered != strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
				t.Errorf("word %d, %q, is lettered: %t", i, word, th.lettered)
			}
			got = append(got, word)
		}
		if want := slices.Concat(wordsOf(one), wordsOf(two)); !slices.Equal(got, want) {
			t.Errorf("%q of %q and %q, want %q", got, one, two, want)
		}
	})
}

// wordsOf returns the words of a text, character by character.
func wordsOf(text string) (all []string) {
	word := ""
	end := func() {
		if word != "" {
			all = append(all, word)
		}
		word = ""
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsSpace(r) && r != 0x85:
			end()
		case r < utf8.RuneSelf && unicode.IsControl(r), unseen(r) && r >= utf8.RuneSelf:
		case r == utf8.RuneError && strings.HasSuffix(word, "\uFFFD"):
		case r == utf8.RuneError:
			word += "\uFFFD"
		default:
			word += text[i : i+n]
		}
		i += n
	}
	end()
	return all
}
