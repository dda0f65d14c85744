package markdown

import "slices"

// settle chooses the delimiters of emphasis so that CommonMark reads them as they
// are meant (0.31, 6.2). Emphasis that it would not read is left out: the words
// stay, and no delimiter ever shows.
func settle(tokens []token) []token {
	marked := false
	for i := range tokens {
		if k := &tokens[i]; k.emphasis() {
			k.mark.delimiter = delimiters[k.mark.kind]
			marked = true
		}
	}
	if !marked || plain(tokens) {
		return tokens
	}
	tokens = loosen(tokens)
	for try := range patience {
		unread := misread(tokens)
		switch {
		case len(unread) == 0:
			return slices.DeleteFunc(tokens, func(k token) bool { return k.omitted() })
		case try == 0 && part(tokens):
		default:
			weaken(unread)
		}
	}
	return slices.DeleteFunc(tokens, func(k token) bool { return k.emphasis() })
}

// plain reports whether each delimiter stands by itself, one closes what the one before it
// opens, and CommonMark reads all of them: then there is nothing to loosen and nothing misread.
// So are most paragraphs.
func plain(tokens []token) bool {
	open := false
	for i := range tokens {
		k := &tokens[i]
		if k.kind == text && k.text == "" {
			return false
		}
		if !k.emphasis() {
			continue
		}
		if i+1 < len(tokens) && tokens[i+1].emphasis() {
			return false
		}
		r := run{char: k.mark.delimiter[0]}
		r.flank(lastRune(tokens[:i]), firstRune(tokens[i+1:]))
		if closes := k.kind == closing; closes != open || closes && !r.canClose || !closes && !r.canOpen {
			return false
		}
		open = !open
	}
	return !open
}

// patience is how often a paragraph is tried. People's writing needs three tries
// at most; without a limit, text made for it could need one for each mark.
const patience = 8

// emphasis reports whether a token opens or closes emphasis.
func (k *token) emphasis() bool {
	return (k.kind == opening || k.kind == closing) && k.mark.kind != link
}

// omitted reports whether a token stands for emphasis that is left out.
func (k *token) omitted() bool { return k.emphasis() && k.mark.delimiter == "" }

// part returns em the other delimiter where it touches what ends or begins on its
// other side, and reports whether there was any.
func part(tokens []token) (found bool) {
	for _, r := range runsOf(tokens) {
		if len(r.openings) == 0 || len(r.closings) == 0 {
			continue
		}
		for _, m := range slices.Concat(r.openings, r.closings) {
			if m.kind == em {
				m.delimiter = "_"
				found = true
			}
		}
	}
	return found
}

// weaken takes the next step with marks that would not be read: em is tried with
// the other delimiter and then left out, and only when all em is well the rest is.
func weaken(unread []*mark) {
	ems := slices.DeleteFunc(slices.Clone(unread), func(m *mark) bool { return m.kind != em })
	for _, m := range ems {
		if m.delimiter == "*" {
			m.delimiter = "_"
		} else {
			m.delimiter = ""
		}
	}
	if len(ems) > 0 {
		return
	}
	for _, m := range unread {
		m.delimiter = ""
	}
}

// run is delimiters that touch and are made of the same character.
type run struct {
	char               byte
	length             int // as written
	left               int // not yet used up
	canOpen, canClose  bool
	openings, closings []*mark
}

// misread returns the marks that CommonMark would not read as they are meant.
func misread(tokens []token) (unread []*mark) {
	runs := runsOf(tokens)
	if simple(runs) {
		return nil
	}
	from, to := map[*mark]int{}, map[*mark]int{}
	for i, r := range runs {
		for _, m := range r.openings {
			from[m] = i
		}
		for _, m := range r.closings {
			to[m] = i
		}
	}
	read := pairs(runs)
	for _, r := range runs {
		for _, m := range r.openings {
			p := pair{from[m], to[m], len(m.delimiter)}
			if read[p] == 0 {
				unread = append(unread, m)
				continue
			}
			read[p]--
		}
	}
	return unread
}

// simple reports whether each mark stands by itself and can be read. It is all that
// most paragraphs need.
func simple(runs []run) bool {
	for i := 0; i < len(runs); i += 2 {
		if i+1 == len(runs) || !runs[i].canOpen || !runs[i+1].canClose {
			return false
		}
		from, to := runs[i], runs[i+1]
		if len(from.openings) != 1 || len(from.closings) != 0 || len(to.closings) != 1 || len(to.openings) != 0 {
			return false
		}
	}
	return true
}

// runsOf finds the runs of delimiters and what CommonMark allows each to do.
func runsOf(tokens []token) (runs []run) {
	for i := 0; i < len(tokens); {
		if !tokens[i].emphasis() || tokens[i].omitted() {
			i++
			continue
		}
		r := run{char: tokens[i].mark.delimiter[0]}
		before := lastRune(tokens[:i])
		for ; i < len(tokens) && tokens[i].emphasis() && (tokens[i].omitted() || tokens[i].mark.delimiter[0] == r.char); i++ {
			r.add(tokens[i])
		}
		r.left = r.length
		r.flank(before, firstRune(tokens[i:]))
		runs = append(runs, r)
	}
	return runs
}

func (r *run) add(k token) {
	switch {
	case k.omitted():
		return
	case k.kind == opening:
		r.openings = append(r.openings, k.mark)
	default:
		r.closings = append(r.closings, k.mark)
	}
	r.length += len(k.mark.delimiter)
}

// flank says what a run can do between two characters.
func (r *run) flank(before, after rune) {
	opens, closes := opens(before, after), closes(before, after)
	r.canOpen, r.canClose = opens, closes
	if r.char == '_' { // never within a word
		r.canOpen = opens && (!closes || classOf(before) == punctuation)
		r.canClose = closes && (!opens || classOf(after) == punctuation)
	}
}

// pair is emphasis as CommonMark reads it: two runs and how many characters of each.
type pair struct{ from, to, width int }

// pairs reads runs as CommonMark does ("process emphasis" in its appendix).
func pairs(runs []run) map[pair]int {
	read := map[pair]int{}
	var open []int // the runs that may still open something
	for i := range runs {
		closer := &runs[i]
		for closer.canClose && closer.left > 0 {
			at := closer.opener(runs, open)
			if at < 0 {
				break
			}
			opener := &runs[open[at]]
			width := 1
			if opener.left > 1 && closer.left > 1 {
				width = 2
			}
			read[pair{open[at], i, width}]++
			opener.left -= width
			closer.left -= width
			open = open[:at+1]
			if opener.left == 0 {
				open = open[:at]
			}
		}
		if closer.canOpen && closer.left > 0 {
			open = append(open, i)
		}
	}
	return read
}

// opener finds the run that r closes: its place among the open ones, or -1. What
// opens stands near in all that people write; reach bounds what is made for it.
func (r *run) opener(runs []run, open []int) int {
	const reach = 64
	for at := len(open) - 1; at >= 0 && at >= len(open)-reach; at-- {
		o := runs[open[at]]
		both := o.canClose || r.canOpen
		odd := both && (o.length+r.length)%3 == 0 && (o.length%3 != 0 || r.length%3 != 0)
		if o.char == r.char && !odd {
			return at
		}
	}
	return -1
}
