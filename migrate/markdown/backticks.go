package markdown

import "strings"

// backticks are those of a paragraph, in runs. A run begins code that the next one of its length
// ends.
type backticks struct {
	runs    map[int]int // how many there are of each length
	touched bool        // one in a text stands right beside those of code: all act then
}

// act reports whether a run of n backticks in a text would be read as a mark.
func (b *backticks) act(n int) bool { return b.touched || b.runs[n] > 1 }

// backticksOf counts the backticks of a paragraph that has some in its texts: those in addresses
// and titles too, since code may end within a link.
func backticksOf(tokens []token) (b backticks) {
	b.runs = map[int]int{}
	for i, k := range tokens {
		b.touched = b.touched || i > 0 && touch(tokens[i-1], k)
		b.count(k.text)
		switch {
		case k.kind == code:
			b.runs[longestRun(k.text, '`')+1] += 2
		case k.kind == closing && k.mark.kind == link:
			b.count(k.mark.dest)
			b.runs[1] += strings.Count(k.mark.title, "`") // each has an escape
		}
	}
	for _, k := range tokens {
		if k.kind == text {
			b.runs[1] += b.escaped(k.text)
		}
	}
	return b
}

// touch reports whether backticks of a text stand right beside those of code.
func touch(a, b token) bool {
	return a.kind == code && b.kind == text && strings.HasPrefix(b.text, "`") ||
		a.kind == text && b.kind == code && strings.HasSuffix(a.text, "`")
}

// count counts the runs of a text.
func (b *backticks) count(s string) {
	for i := strings.IndexByte(s, '`'); i >= 0; i = strings.IndexByte(s, '`') {
		n := runLength(s[i:])
		b.runs[n]++
		s = s[i+n:]
	}
}

// escaped returns how many backticks of a text get an escape, in runs of several. Code that one
// alone begins would end at the next of them.
func (b *backticks) escaped(s string) (count int) {
	for i := strings.IndexByte(s, '`'); i >= 0; i = strings.IndexByte(s, '`') {
		n := runLength(s[i:])
		if n > 1 && b.runs[n] > 1 || n > 2 { // three may begin a line
			count += n
		}
		s = s[i+n:]
	}
	return count
}
