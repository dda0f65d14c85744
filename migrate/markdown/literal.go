package markdown

import (
	"strings"
	"unicode/utf8"
)

// spot is a place in the tokens of a paragraph: a byte of a text.
type spot struct{ token, at int }

// literals finds the runs of * _ and ~ in the text of a paragraph that would be read as marks,
// beside the emphasis that is meant, which settle has made sure of. Others need no escape. It
// pairs them as CommonMark does (0.31, "process emphasis" in its appendix), but for the rule
// of three and the lengths of runs, by which fewer would pair.
func literals(tokens []token, links []bare) map[spot]bool {
	l := literalReader{tokens: tokens, acts: map[spot]bool{}}
	for i, k := range tokens {
		switch {
		case k.kind == text:
			var linked []stretch
			if links != nil {
				linked = links[i].linked
			}
			l.readText(i, linked)
		case k.kind == opening && k.emphasis():
			l.readOpening(i)
		case k.kind == closing && k.emphasis():
			l.readClosing(k.mark)
		}
	}
	return l.acts
}

// literalReader reads the runs of a paragraph in order.
type literalReader struct {
	tokens  []token
	acts    map[spot]bool
	openers [3][]opener // those of * _ and ~ that may still open something, the last one last
	order   int
}

// opener is a run that may open emphasis.
type opener struct {
	order int
	spot  spot
	mark  *mark // of emphasis that is meant; nil for text
}

// pairing are the characters of emphasis.
const pairing = "*_~"

// readText reads the runs in a text, but for those in bare addresses.
func (l *literalReader) readText(i int, linked []stretch) {
	s := l.tokens[i].text
	for at := strings.IndexAny(s, pairing); at >= 0 && at < len(s); {
		n := runLength(s[at:])
		if len(linked) > 0 && at >= linked[0].to {
			linked = linked[1:]
			continue
		}
		if len(linked) == 0 || at < linked[0].from {
			l.readRun(i, at, n)
		}
		at += n
		next := strings.IndexAny(s[at:], pairing)
		if next < 0 {
			return
		}
		at += next
	}
}

// readRun reads a run of n characters in a text.
func (l *literalReader) readRun(i, at, n int) {
	s, here := l.tokens[i].text, spot{i, at}
	char := s[at]
	before, after := lastRunes(l.tokens[:i], s[:at]), firstRunes(l.tokens[i+1:], s[at+n:])
	if before.joins(char) || after.joins(char) { // it would be one run with the emphasis beside it
		l.acts[here] = true
		return
	}
	mayOpen, mayClose := flanks(char, before, after)
	all := &l.openers[strings.IndexByte(pairing, char)]
	if last := len(*all) - 1; mayClose && last >= 0 {
		l.acts[here] = true
		if o := (*all)[last]; o.mark == nil {
			l.acts[o.spot] = true
			*all = (*all)[:last]
		}
		return
	}
	if mayOpen {
		l.order++
		*all = append(*all, opener{order: l.order, spot: here})
	}
}

// readOpening reads the delimiter that opens emphasis. Within a word it could close what a
// text opens.
func (l *literalReader) readOpening(i int) {
	m := l.tokens[i].mark
	all := &l.openers[strings.IndexByte(pairing, m.delimiter[0])]
	if classOf(lastRune(l.tokens[:i])) != blank {
		*all = l.escape(*all)
	}
	l.order++
	*all = append(*all, opener{order: l.order, mark: m})
}

// readClosing reads the delimiter that closes emphasis: what a text opens in there is not
// closed by it, and by nothing behind it.
func (l *literalReader) readClosing(m *mark) {
	all := &l.openers[strings.IndexByte(pairing, m.delimiter[0])]
	*all = l.escape(*all)
	last := len(*all) - 1
	if last < 0 {
		return
	}
	order := (*all)[last].order
	*all = (*all)[:last]
	for j, inner := range l.openers {
		for len(inner) > 0 && inner[len(inner)-1].order > order {
			inner = inner[:len(inner)-1]
		}
		l.openers[j] = inner
	}
}

// escape takes the runs of text off the end of openers: they would act.
func (l *literalReader) escape(all []opener) []opener {
	for len(all) > 0 && all[len(all)-1].mark == nil {
		l.acts[all[len(all)-1].spot] = true
		all = all[:len(all)-1]
	}
	return all
}

// edge is what stands beside a run: the character, what it may be taken for, and the
// delimiter that it is.
type edge struct {
	is        [2]class
	delimiter byte
}

// joins reports whether a run of c would go on in what stands there.
func (e edge) joins(c byte) bool { return e.delimiter == c }

// edgeOf returns what a character may be taken for: parsers differ in what a sign is.
func edgeOf(r rune) edge {
	c := classOf(r)
	if c == punctuation && r >= utf8.RuneSelf {
		return edge{is: [2]class{punctuation, letter}}
	}
	return edge{is: [2]class{c, c}}
}

// lastRunes returns what stands before a run: at the end of the text in front of it, or of
// the tokens before that.
func lastRunes(tokens []token, text string) edge {
	if text != "" {
		r, _ := utf8.DecodeLastRuneInString(text)
		return edgeOf(r)
	}
	return besides(tokens, len(tokens)-1, lastRune(tokens))
}

// firstRunes returns what stands behind a run.
func firstRunes(tokens []token, text string) edge {
	if text != "" {
		r, _ := utf8.DecodeRuneInString(text)
		return edgeOf(r)
	}
	return besides(tokens, 0, firstRune(tokens))
}

// besides returns what a neighbouring token shows beside a run.
func besides(tokens []token, i int, r rune) edge {
	if i < 0 || i >= len(tokens) {
		return edgeOf(0)
	}
	e := edgeOf(r)
	switch k := tokens[i]; {
	case k.emphasis() && !k.omitted():
		e.delimiter = k.mark.delimiter[0]
	case k.kind == text && strings.ContainsRune(pairing, r):
		e.delimiter = byte(r)
	case k.kind == lineBreak: // a backslash, and the end of the line
		e.is = [2]class{blank, punctuation}
	}
	return e
}

// flanks reports what a run may do between two characters, whatever these are taken for.
func flanks(char byte, before, after edge) (mayOpen, mayClose bool) {
	for _, b := range before.is {
		for _, a := range after.is {
			left, right := a != blank && (a != punctuation || b != letter), b != blank && (b != punctuation || a != letter)
			switch char {
			case '_':
				left, right = left && (!right || b == punctuation), right && (!left || a == punctuation)
			case '~': // pulldown-cmark lets two of them do more
				left, right = a != blank, b != blank
			}
			mayOpen, mayClose = mayOpen || left, mayClose || right
		}
	}
	return mayOpen, mayClose
}
