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
	for i := 1; i < len(s); i++ {
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
