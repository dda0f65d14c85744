package markdown

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// FuzzGaps holds the byte by byte reading of gaps to the one by characters.
func FuzzGaps(f *testing.F) {
	for _, s := range []string{"", " ", "a", " a  b\n", "\u00a0a\u00a0", "5\u00a0km", "a\u00a0 b", "\u00a0\u00a0x", "É\u00c2 \u00a0", "a\t\fb", "\u00c2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = printable(s)
		before, words, after := trimGaps(s)
		rest := strings.TrimLeftFunc(s, isGap)
		if want := strings.TrimRightFunc(rest, isGap); words != want || before != s[:len(s)-len(rest)] || after != rest[len(want):] {
			t.Errorf("%q: %q, %q, %q", s, before, words, after)
		}
		if got, want := string(folded(nil, s)), slowlyFolded(s); got != want || !gapsIn(s) && got != s {
			t.Errorf("%q is folded to %q, want %q", s, got, want)
		}
		if plain, single := survey(s); plain && single == gapsIn(s) {
			t.Errorf("%q: gaps are single spaces: %t", s, single)
		}
		if got, want := signsOf(s)&linking != 0, mayLink(s); got != want {
			t.Errorf("%q: there may be an address: %t", s, got)
		}
		if got, want := oneLineOf(s), strings.Join(strings.Fields(s), " "); got != want {
			t.Errorf("%q on one line is %q", s, got)
		}
		if got, want := isGaps(s), strings.Trim(s, whitespace) == ""; got != want {
			t.Errorf("%q: white space alone: %t, want %t", s, got, want)
		}
	})
}

func slowlyFolded(s string) string {
	var b strings.Builder
	for s != "" {
		word := s
		if end := strings.IndexFunc(s, isGap); end >= 0 {
			word = s[:end]
		}
		b.WriteString(word)
		rest := strings.TrimLeftFunc(s[len(word):], isGap)
		switch gap := s[len(word) : len(s)-len(rest)]; {
		case gap == "":
		case gap == noBreak && keepsNoBreak(word, rest):
			b.WriteString(noBreak)
		default:
			b.WriteByte(' ')
		}
		s = rest
	}
	return b.String()
}

// TestPlainMarksNeedNothing holds the look that most paragraphs get to all that the others get.
func TestPlainMarksNeedNothing(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 1))
	texts := []string{"a", " ", "b c", ",", "(d", "e)", " f ", "", "é", "…", "\u00a0", "+", "*"}
	found := 0
	for range tries(200_000) {
		var tokens []token
		var open []*mark
		for range 1 + r.IntN(7) {
			switch r.IntN(4) {
			case 0:
				m := &mark{kind: markKind(r.IntN(int(link) + 1))}
				open = append(open, m)
				tokens = append(tokens, token{kind: opening, mark: m})
			case 1:
				if n := len(open) - 1; n >= 0 {
					tokens = append(tokens, token{kind: closing, mark: open[n]})
					open = open[:n]
				}
			case 2:
				tokens = append(tokens, token{kind: []tokenKind{code, raw, lineBreak, passed}[r.IntN(4)], text: "x"})
			default:
				tokens = append(tokens, token{kind: text, text: texts[r.IntN(len(texts))]})
			}
		}
		for _, m := range slices.Backward(open) {
			tokens = append(tokens, token{kind: closing, mark: m})
		}
		for _, k := range tokens {
			if k.emphasis() {
				k.mark.delimiter = delimiters[k.mark.kind]
			}
		}
		if !plain(tokens) {
			continue
		}
		found++
		was := slices.Clone(tokens)
		if loose := loosen(tokens); !slices.Equal(loose, was) || len(misread(loose)) > 0 {
			t.Fatalf("seed %d: %+v becomes %+v", seed, was, loose)
		}
	}
	if found < 1000 {
		t.Errorf("only %d are plain", found)
	}
}
