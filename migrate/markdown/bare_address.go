package markdown

import (
	"slices"
	"strings"

	"replant/migrate/regex"
)

// bare are the addresses in a text that goldmark links as they stand (its extension linkify,
// on in Hugo), which is what a reader of the source has them for.
type bare struct {
	linked []stretch // they are written as they are: no mark is read in them
	cut    []int     // where a backslash ends one, or keeps one from being read that would reach too far
}

// stretch is a part of a text.
type stretch struct{ from, to int }

// The addresses that goldmark links (extension/linkify.go). Where it looks for them: behind a
// space, a parenthesis, and what is no text.
var (
	bareURL  = regex.Lazy(`^(?:https?|ftp)://[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?::\d+)?(?:[/#?][-a-zA-Z0-9@:%_+.~#$!?&/=();,'">^{}\[\]` + "`" + `]*)?`)
	bareHost = regex.Lazy(`^www\.[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?:[/#?][-a-zA-Z0-9@:%_+.~#!?&/=();,'">^{}\[\]` + "`" + `]*)?`)
)

// inAddress are the signs that an address may have beside letters and digits.
const inAddress = "-@:%_+.~#$!?&/=();,'\">^{}[]`"

// bareLinks finds the bare addresses in the texts of a paragraph, by their tokens.
func bareLinks(tokens []token) []bare {
	all := make([]bare, len(tokens))
	inLink, bracket := false, false
	for i, k := range tokens {
		switch {
		case k.kind == opening && k.mark.kind == link:
			inLink = true
		case k.kind == closing && k.mark.kind == link:
			inLink = false
		case k.kind == text && !inLink && mayLink(k.text):
			t := bareText{text: k.text, before: endOf(tokens[:i]), after: begin(tokens[i+1:]), begins: beginsWord(tokens[:i]), bracket: bracket}
			all[i] = t.bare()
		}
		bracket = bracket || k.kind == text && strings.IndexByte(k.text, '[') >= 0
	}
	return all
}

// mayLink reports whether a text may have a bare address.
func mayLink(s string) bool {
	return strings.Contains(s, "://") || strings.Contains(s, "www.") || strings.IndexByte(s, '@') >= 0
}

// beginsWord reports whether what stands behind tokens begins a word, but for the marks around
// it.
func beginsWord(tokens []token) bool {
	for _, k := range slices.Backward(tokens) {
		switch k.kind {
		case opening, closing:
			if k.mark.kind == link {
				return false
			}
		case text:
			return strings.HasSuffix(k.text, " ") || strings.HasSuffix(k.text, "(")
		default:
			return k.breaks()
		}
	}
	return true
}

// bareText is a text in which bare addresses are looked for.
type bareText struct {
	text          string
	before, after byte // what is written around it; 0 for nothing
	begins        bool // it begins a word
	bracket       bool // a bracket stands somewhere before it
}

// bare finds the bare addresses.
func (t bareText) bare() (b bare) {
	for i := 0; i < len(t.text); {
		at := strings.IndexAny(t.text[i:], ":.@")
		if at < 0 {
			break
		}
		at += i
		i = at + 1
		from, to := t.addressAt(at)
		switch {
		case from == to && t.text[at] == '@' && t.maybeMail(at):
			b.cut = append(b.cut, at)
		case from == to:
		case !t.looksAt(from):
			if strings.IndexByte("*_~`", t.behind(from)) >= 0 || t.text[at] == '@' && mailName(t.behind(from)) {
				b.cut = append(b.cut, at)
			}
		case strings.HasSuffix(t.text[:from], `\ `), // goldmark would take the sign behind the address for escaped
			from == 0 && !t.begins && strings.IndexByte(t.text[:to], '@') >= 0, // a mail address may have begun before
			to == len(t.text)-1 && t.text[to] == '\\' && t.after == '\\',       // it is written as a reference
			to == len(t.text) && (isAlnum(t.after) || t.after != 0 && strings.IndexByte(inAddress, t.after) >= 0) && !strings.ContainsAny(t.text[from:to], around):
			b.cut = append(b.cut, at)
		case t.bracket || strings.IndexByte(t.text[:from], '[') >= 0: // goldmark links nothing in what may become a link
		default:
			if end := strings.IndexAny(t.text[from:to], around); end > 0 {
				to = from + end
				b.cut = append(b.cut, to)
			}
			to = from + trimmed(t.text[from:to])
			b.linked = append(b.linked, stretch{from, to})
			i = max(i, to)
		}
	}
	return b
}

// around are the signs that goldmark takes for a part of an address, and people put around one.
const around = "\"[]{}`"

// behind returns the byte of the text in front of t.text[at], or 0.
func (t bareText) behind(at int) byte {
	if at == 0 {
		return 0
	}
	return t.text[at-1]
}

// looksAt reports whether goldmark looks for an address at t.text[at:].
func (t bareText) looksAt(at int) bool {
	if at == 0 {
		return t.before == 0 || strings.IndexByte(linked, t.before) >= 0
	}
	return t.behind(at) == ' ' || t.behind(at) == '('
}

// linked are what addresses are looked for behind, where it is no text: among them the ends of
// code, links and pictures.
const linked = "\n*_~)>" + string(chunkEnd)

// maybeMail reports whether goldmark may take the @ at t.text[at] for that of an address,
// whatever stands in front of it.
func (t bareText) maybeMail(at int) bool {
	before := t.before
	if at > 0 {
		before = t.text[at-1]
	}
	return mailName(before) && mailHost(t.text[at+1:])
}

// mailName reports whether c may end the first part of a mail address.
func mailName(c byte) bool {
	return isAlnum(c) || c != 0 && strings.IndexByte(".!#$%&'*+/=?^_`{|}~-", c) >= 0
}

// mailHost reports whether s begins with a host name that has a dot in it.
func mailHost(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.':
			return i > 0 && i+1 < len(s) && isAlnum(s[i+1])
		case !isAlnum(c) && c != '-':
			return false
		}
	}
	return false
}

// addressAt returns the bare address whose sign stands at t.text[at], as goldmark reads it
// before it takes punctuation off its end, or nothing.
func (t bareText) addressAt(at int) (from, to int) {
	s := t.text
	switch s[at] {
	case ':':
		for _, scheme := range []string{"https", "http", "ftp"} {
			if from = at - len(scheme); from >= 0 && s[from:at] == scheme && strings.HasPrefix(s[at:], "://") {
				return from, from + len(bareURL().FindString(s[from:]))
			}
		}
	case '.':
		if from = at - len("www"); from >= 0 && s[from:at] == "www" {
			return from, from + len(bareHost().FindString(s[from:]))
		}
	case '@':
		return mailAt(s, at)
	}
	return at, at
}

// mailAt returns the mail address around the sign at s[at], or nothing.
func mailAt(s string, at int) (from, to int) {
	const local, most = "-._+", 60
	from = at
	for from > 0 && at-from < most && (isAlnum(s[from-1]) || strings.IndexByte(local, s[from-1]) >= 0) {
		from--
	}
	host := len(s[at+1:]) - len(strings.TrimLeft(s[at+1:], alnums+"-."))
	name := strings.TrimRight(s[at+1:at+1+host], ".")
	if from == at || !isAlnum(s[from]) || !isHost(name) {
		return at, at
	}
	if rest := s[at+1+len(name):]; rest != "" && strings.IndexByte("_@", rest[0]) >= 0 {
		return at, at
	}
	return from, at + 1 + len(name)
}

// isHost reports whether a text is the name of a host with a dot in it.
func isHost(s string) bool {
	labels := 0
	for label := range strings.SplitSeq(s, ".") {
		const labelMost = 63
		if label == "" || len(label) > labelMost || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		labels++
	}
	return labels > 1 && len(s) < 250
}

// trimmed returns the length of an address without the punctuation of the sentence around it:
// marks at its end, and parentheses that it does not open.
func trimmed(s string) int {
	open, closing := strings.Count(s, "("), strings.Count(s, ")")
	for i := len(s); ; i-- {
		switch {
		case i <= 1, strings.IndexByte("?!.,:*_~);", s[i-1]) < 0:
			return i
		case s[i-1] == ')':
			if closing <= open {
				return i
			}
			closing--
		case s[i-1] == ';':
			name := strings.TrimRight(s[:i-1], alnums)
			if len(name) == i-1 || !strings.HasSuffix(name, "&") {
				return i
			}
			i = len(name) // before the &
		}
	}
}
