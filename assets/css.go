package assets

import (
	"strings"

	"replant/migrate/regex"
)

// cssFunctions are the functions of CSS and of transform lists that load nothing.
var cssFunctions = words(`
	rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark icc-color device-cmyk
	var env calc min max clamp round mod rem sin cos tan asin acos atan atan2 pow sqrt hypot
	log exp abs sign counter counters minmax repeat fit-content
	matrix matrix3d translate translatex translatey translatez translate3d scale scalex scaley
	scalez scale3d rotate rotatex rotatey rotatez rotate3d skew skewx skewy perspective
	cubic-bezier steps linear blur brightness contrast drop-shadow grayscale hue-rotate invert
	opacity saturate sepia linear-gradient radial-gradient conic-gradient
	repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient
	circle ellipse inset polygon path rect xywh ray
	not is where has host lang dir nth-child nth-last-child nth-of-type nth-last-of-type
	local format tech and or selector`)

// cssRules are the at-rules that load nothing by themselves.
var cssRules = words(`charset media supports keyframes -webkit-keyframes -moz-keyframes
	font-face layer container property page`)

// embeddedCSS is what a style may name: something in the file itself, a picture of pixels
// or a font in the address.
var embeddedCSS = regex.Lazy(`(?i)^(?:#|data:image/(?:png|jpe?g|gif|webp|avif|bmp)[;,]|data:(?:font/|application/(?:x-)?font|application/vnd\.ms-fontobject)[^,]*,)`)

// cleanCSS returns a style sheet, or the value of a property, without what it would load:
// an address becomes none, a rule such as @import goes. It says false for what cannot be
// told for sure: escaped names, and strings and addresses that do not end.
func cleanCSS(text string) (clean string, ok bool) {
	if !strings.ContainsAny(text, `(@\"'`) && !strings.Contains(text, "/*") {
		return text, true
	}
	s := cssScanner{in: text}
	for !s.bad && s.at < len(s.in) {
		s.token()
	}
	return s.out.String(), !s.bad
}

// cssScanner copies CSS token by token (CSS Syntax 3, section 4).
type cssScanner struct {
	in  string
	at  int
	out strings.Builder
	bad bool
}

func (s *cssScanner) token() {
	switch c := s.in[s.at]; {
	case c == '\\':
		s.bad = true
	case c == '"' || c == '\'':
		s.copy(s.stringEnd(s.at))
	case s.comment(s.at):
		s.copy(s.commentEnd(s.at))
	case c == '@':
		s.rule()
	case nameByte(c):
		s.word()
	default:
		s.copy(s.at + 1)
	}
}

// copy writes what stands before end, and goes on there.
func (s *cssScanner) copy(end int) {
	if !s.bad {
		s.out.WriteString(s.in[s.at:end])
		s.at = end
	}
}

// word copies a name. Where it is that of a function that may load something, none takes
// the place of the whole.
func (s *cssScanner) word() {
	end := s.nameEnd(s.at)
	if end == len(s.in) || s.in[end] != '(' {
		s.copy(end)
		return
	}
	switch name := strings.ToLower(s.in[s.at:end]); {
	case name == "url":
		s.address(end + 1)
	case cssFunctions[name]:
		s.copy(end + 1)
	default:
		s.replace(s.groupEnd(end))
	}
}

func (s *cssScanner) replace(end int) {
	s.out.WriteString("none")
	s.at = end
}

// address copies url(…), whose inside begins at a place, if it may stay.
func (s *cssScanner) address(inside int) {
	from := s.blanksEnd(inside)
	var addr string
	var end int
	if from < len(s.in) && (s.in[from] == '"' || s.in[from] == '\'') {
		if end = s.stringEnd(from); s.bad {
			return
		}
		addr = s.in[from+1 : end-1]
		end = s.blanksEnd(end)
	} else {
		length := strings.IndexByte(s.in[from:], ')')
		if length < 0 {
			s.bad = true
			return
		}
		end = from + length
		addr = strings.Trim(s.in[from:end], " \t\n\r\f")
	}
	switch {
	case end >= len(s.in) || s.in[end] != ')' || strings.ContainsAny(addr, "\"'(\\ \t\n\r\f"):
		s.bad = true
	case embeddedCSS().MatchString(addr):
		s.copy(end + 1)
	default:
		s.replace(end + 1)
	}
}

// rule copies the name of an at-rule, or leaves the rule out.
func (s *cssScanner) rule() {
	end := s.nameEnd(s.at + 1)
	if cssRules[strings.ToLower(s.in[s.at+1:end])] {
		s.copy(end)
		return
	}
	s.at = s.ruleEnd(end)
}

// ruleEnd finds the end of an at-rule: a semicolon, or the end of its block.
func (s *cssScanner) ruleEnd(i int) int {
	for i < len(s.in) && !s.bad {
		switch s.in[i] {
		case ';':
			return i + 1
		case '}':
			return i
		case '{':
			return s.groupEnd(i)
		case '(', '[':
			i = s.groupEnd(i)
			continue
		}
		i = s.next(i)
	}
	return i
}

// groupEnd finds the end of the brackets that open at i.
func (s *cssScanner) groupEnd(i int) int {
	depth := 0
	for i < len(s.in) && !s.bad {
		switch s.in[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
		i = s.next(i)
	}
	s.bad = true
	return i
}

// next returns what follows a string, a comment, a group or a single byte.
func (s *cssScanner) next(i int) int {
	switch c := s.in[i]; {
	case c == '\\':
		s.bad = true
	case c == '"' || c == '\'':
		return s.stringEnd(i)
	case s.comment(i):
		return s.commentEnd(i)
	}
	return i + 1
}

func (s *cssScanner) stringEnd(i int) int {
	quote := s.in[i]
	for i++; i < len(s.in); i++ {
		switch s.in[i] {
		case quote:
			return i + 1
		case '\\':
			i++
		case '\n', '\r', '\f':
			s.bad = true
			return i
		}
	}
	s.bad = true
	return len(s.in)
}

func (s *cssScanner) comment(i int) bool { return strings.HasPrefix(s.in[i:], "/*") }

func (s *cssScanner) commentEnd(i int) int {
	length := strings.Index(s.in[i+2:], "*/")
	if length < 0 {
		return len(s.in)
	}
	return i + 2 + length + 2
}

func (s *cssScanner) nameEnd(i int) int {
	for i < len(s.in) && nameByte(s.in[i]) {
		i++
	}
	return i
}

func (s *cssScanner) blanksEnd(i int) int {
	for i < len(s.in) && strings.IndexByte(" \t\n\r\f", s.in[i]) >= 0 {
		i++
	}
	return i
}

func nameByte(c byte) bool {
	return c >= 0x80 || c == '-' || c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
