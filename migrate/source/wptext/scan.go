package wptext

import "strings"

// token is a tag, a comment, or the text between them.
type token struct {
	text  string
	name  string // of a tag, in lower case; empty for text and comments
	close bool   // of a tag: </name>
	plain bool   // text
}

// next returns the token that s begins with; s is not empty. A '<' that opens nothing is
// text, as browsers have it.
func next(s string) token {
	switch {
	case strings.HasPrefix(s, "<!--"):
		return token{text: upTo(s, "-->")}
	case s[0] == '<':
		if t, ok := tagOf(s); ok {
			return t
		}
	}
	end := strings.IndexByte(s[1:], '<') + 1
	if end == 0 {
		end = len(s)
	}
	return token{text: s[:end], plain: true}
}

// upTo cuts s behind the first end; the whole of s where there is none.
func upTo(s, end string) string {
	if i := strings.Index(s, end); i >= 0 {
		return s[:i+len(end)]
	}
	return s
}

// tagOf reads the tag that s begins with.
func tagOf(s string) (token, bool) {
	name := strings.TrimPrefix(s[1:], "/")
	t := token{close: len(name) < len(s)-1}
	end := 0
	for end < len(name) && alphanumeric(name[end]) {
		end++
	}
	if end == 0 || name[0] >= '0' && name[0] <= '9' {
		return t, false
	}
	t.name = strings.ToLower(name[:end])
	quote := byte(0)
	for i := len(s) - len(name) + end; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\'') && s[i-1] == '=':
			quote = c
		case quote == 0 && c == '<':
			return t, false
		case quote == 0 && c == '>':
			t.text = s[:i+1]
			return t, true
		}
	}
	return t, false
}

// hasTag reports whether any of the texts stands behind a '<'. No text is empty.
func hasTag(s string, begins ...string) bool {
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			return false
		}
		s = s[i+1:]
		for _, begin := range begins {
			if s != "" && s[0] == begin[0] && strings.HasPrefix(s, begin) {
				return true
			}
		}
	}
}

// begins reports whether a text begins with a lower-case name, letter case ignored.
func begins(s, name string) bool {
	return len(s) >= len(name) && strings.EqualFold(s[:len(name)], name)
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' && c != '\v' }

// trimSpace returns a text without the white space of ASCII that it begins with.
func trimSpace(s string) string {
	for s != "" && isSpace(s[0]) {
		s = s[1:]
	}
	return s
}

// edited is a text on its way to another one: what changes stands in its place, and nothing is
// copied where nothing does.
type edited struct {
	text string
	out  strings.Builder
	done int // how much of the text is in out, or was replaced
}

// replace puts another text in the place of what stands from one offset to another.
func (e *edited) replace(from, to int, with string) {
	if e.out.Cap() == 0 {
		e.out.Grow(len(e.text) + len(e.text)/8)
	}
	e.out.WriteString(e.text[e.done:from])
	e.out.WriteString(with)
	e.done = to
}

// all returns the text as it has become, with an end.
func (e *edited) all(end string) string {
	if e.done == 0 && e.out.Len() == 0 {
		return e.text + end
	}
	e.out.WriteString(e.text[e.done:])
	e.out.WriteString(end)
	return e.out.String()
}

// before returns the last bytes that stand before an offset, which was not replaced: at most n of
// what came before the token that begins at another offset, and as many of the token.
func (e *edited) before(token, at, n int) string {
	tail := e.out.String()
	if e.done < token {
		tail += e.text[max(e.done, token-n):token]
	}
	return tail[max(0, len(tail)-n):] + e.text[max(e.done, token, at-n):at]
}

func alphanumeric(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-'
}

// open notes the elements whose end tag is missing from here on, so that each is looked
// for once.
type open map[string]bool

// whole returns the element whose start tag s begins with, up to its end tag; only the
// start tag where the end tag is missing.
func (o open) whole(s string, t token) string {
	end := "</" + t.name
	for i := len(t.text); i < len(s) && !o[t.name]; {
		j := strings.IndexByte(s[i:], '<')
		if j < 0 {
			break
		}
		i += j
		if len(s)-i > len(end) && strings.EqualFold(s[i:i+len(end)], end) && !alphanumeric(s[i+len(end)]) {
			return s[:i+len(upTo(s[i:], ">"))]
		}
		i++
	}
	o[t.name] = true
	return t.text
}
