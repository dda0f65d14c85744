package markdown

import (
	"slices"
	"strings"
)

// tickRuns counts the runs of backticks of a paragraph by their length, those in addresses and
// titles too: a run begins code that the next one of its length ends, if that is within a link.
func tickRuns(tokens []token) map[int]int {
	if !slices.ContainsFunc(tokens, func(k token) bool { return k.kind == text && strings.IndexByte(k.text, '`') >= 0 }) {
		return nil
	}
	runs := map[int]int{}
	for i, k := range tokens {
		if i > 0 && touch(tokens[i-1], k) {
			runs[anyLength]++
		}
		countTicks(k.text, runs)
		switch {
		case k.kind == code:
			runs[longestRun(k.text, '`')+1] += 2
		case k.kind == closing && k.mark.kind == link:
			countTicks(k.mark.dest, runs)
			runs[1] += strings.Count(k.mark.title, "`") // each has an escape
		}
	}
	for _, k := range tokens {
		if k.kind == text {
			runs[1] += escapedTicks(k.text, runs)
		}
	}
	return runs
}

// anyLength stands, among the lengths of runs, for one that touches those of code: all runs of
// the paragraph act then.
const anyLength = 0

// touch reports whether backticks of a text stand right beside those of code.
func touch(a, b token) bool {
	return a.kind == code && b.kind == text && strings.HasPrefix(b.text, "`") ||
		a.kind == text && b.kind == code && strings.HasSuffix(a.text, "`")
}

// escapedTicks counts the backticks of a text that get an escape, in runs of several. Code that
// one alone begins would end at the next of them.
func escapedTicks(s string, runs map[int]int) (count int) {
	for i := strings.IndexByte(s, '`'); i >= 0; i = strings.IndexByte(s, '`') {
		n := runLength(s[i:])
		if n > 1 && runs[n] > 1 || n > 2 { // three may begin a line
			count += n
		}
		s = s[i+n:]
	}
	return count
}

func countTicks(s string, runs map[int]int) {
	for i := strings.IndexByte(s, '`'); i >= 0; i = strings.IndexByte(s, '`') {
		n := runLength(s[i:])
		runs[n]++
		s = s[i+n:]
	}
}
