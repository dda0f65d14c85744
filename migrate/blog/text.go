package blog

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"replant/migrate/regex"
)

var (
	entity = regex.Lazy(`&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);`)
	voids  = regex.Lazy(`(?i)<(?:br|wbr|img\s[^<>]*)\s*/?>`)
	marks  = regex.Lazy(`(?i)<(/?)(a|abbr|b|big|cite|code|del|div|em|font|h[1-6]|i|ins|kbd|mark|p|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var)(?:\s[^<>]*)?>`)
)

// marksMost is how many tags a title may have to be taken for HTML.
const marksMost = 100

// PlainTitle takes markup and a second layer of escaping off a text, onto one line.
// What only looks like markup, such as the <T> of a title about generics, stays: only
// elements that have both their tags go.
func PlainTitle(s string) string {
	if strings.Contains(s, "<") {
		s = unmarked(voids().ReplaceAllString(s, " "))
	}
	if strings.Contains(s, "&") {
		s = entity().ReplaceAllStringFunc(s, html.UnescapeString)
	}
	return OneLine(s)
}

// unmarked takes both tags off all elements that have both.
func unmarked(s string) string {
	tags := marks().FindAllStringSubmatchIndex(s, marksMost)
	var open []int
	paired := map[int]bool{}
	for i, t := range tags {
		if t[2] == t[3] {
			open = append(open, i)
			continue
		}
		for k := len(open) - 1; k >= 0; k-- {
			if start := tags[open[k]]; strings.EqualFold(s[start[4]:start[5]], s[t[4]:t[5]]) {
				paired[i], paired[open[k]] = true, true
				open = open[:k]
				break
			}
		}
	}
	var b strings.Builder
	end := 0
	for i, t := range tags {
		if paired[i] {
			b.WriteString(s[end:t[0]])
			end = t[1]
		}
	}
	return b.String() + s[end:]
}

// OneLine folds white space, and drops what a line of text cannot hold: control
// characters, and marks of direction, which would turn the text around them. Spaces
// of a width of their own, such as that between Japanese sentences, stay.
func OneLine(s string) string {
	if line, ok := asciiLine(s); ok {
		return line
	}
	return foldedLine(s)
}

// foldedLine is OneLine for any text.
func foldedLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) && (r < 0x2000 || r == 0x2028 || r == 0x2029):
			return ' '
		case unicode.IsControl(r), r == unicode.ReplacementChar, r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069', r == '\uFEFF':
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " "))
}

// asciiLine is OneLine for a text of ASCII, as most are; not ok for any other.
func asciiLine(s string) (line string, ok bool) {
	if isLine(s) {
		return s, true
	}
	out := make([]byte, 0, len(s))
	space := false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			return "", false
		case c == ' ' || c >= '\t' && c <= '\r':
			space = true
		case c > ' ' && c < 0x7f:
			if space && len(out) > 0 {
				out = append(out, ' ')
			}
			out, space = append(out, c), false
		}
	}
	return string(out), true
}

// isLine reports whether a text is one line of words between single spaces, in ASCII.
func isLine(s string) bool {
	word := false // the byte before is part of one
	for i := range len(s) {
		c := s[i]
		part := c > ' ' && c < 0x7f
		if !part && (c != ' ' || !word) {
			return false
		}
		word = part
	}
	return word || s == ""
}

// Letters is what two spellings of a text have in common.
func Letters(s string) string {
	return strings.Map(func(r rune) rune {
		if IsAlphanumeric(r) {
			return r
		}
		return -1
	}, s)
}

// IsAlphanumeric reports whether r is a letter or a digit.
func IsAlphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// IsControl reports whether r has no place in a text: it is a control character, but for the
// tab and the end of a line, or no character at all.
func IsControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff
}

// IsBlank reports whether text has nothing to see.
func IsBlank(s string) bool { return strings.TrimSpace(s) == "" }

// Runs reports whether a browser that is sent to an address may run something instead of
// showing a page: a script, or a document whose text the address itself holds. The
// characters that browsers and text files leave out of an address are left out first.
func Runs(address string) bool {
	if strings.HasPrefix(address, "https:") || strings.HasPrefix(address, "http:") {
		return false
	}
	address = strings.ToLower(strings.Map(kept, address))
	for {
		scheme, rest, ok := strings.Cut(address, ":")
		switch {
		case !ok:
			return false
		case running[scheme]:
			return true
		case !wrapping[scheme]:
			return false
		}
		address = rest
	}
}

// running are the schemes of what runs. Browsers of today know the first three and the
// last two; older ones the others too.
var running = map[string]bool{
	"javascript": true, "vbscript": true, "data": true, "livescript": true, "mocha": true, "blob": true, "filesystem": true,
}

// wrapping are the schemes that stand in front of another address.
var wrapping = map[string]bool{"feed": true, "view-source": true, "jar": true}

// kept drops what does not show: white space, control and format characters, and the two
// that are no characters.
func kept(r rune) rune {
	if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == 0xfffe || r == 0xffff {
		return -1
	}
	return r
}

// LanguageAliases holds the name by which both Chroma (Hugo) and Zola's grammars know a
// language, for names that only one of them knows, or neither. All others stay as the
// author wrote them.
var LanguageAliases = map[string]string{
	"as3": "actionscript", "actionscript3": "actionscript",
	"batchfile": "bat", "dosbatch": "bat", "dos": "bat", "winbatch": "bat",
	"c#": "csharp", "c-sharp": "csharp", "f#": "fsharp", "c++": "cpp", "cxx": "cpp", "cplusplus": "cpp", "h++": "cpp",
	"conf": "ini", "cfg": "ini", "dosini": "ini",
	"golang": "go", "gradle": "groovy", "htm": "html", "xhtml": "html", "markup": "html",
	"jinja2": "jinja", "html+jinja": "jinja", "jscript": "javascript", "node": "javascript", "nodejs": "javascript", "ecmascript": "javascript",
	"javascriptreact": "jsx", "typescriptreact": "tsx",
	"mysql": "sql", "obj-c": "objective-c", "objc": "objective-c", "objectivec": "objective-c", "objective_c": "objective-c",
	"patch": "diff", "ps": "powershell", "ps1": "powershell", "pwsh": "powershell",
	"py3": "python", "python3": "python", "python2": "python", "pycon": "python",
	"ipython": "python", "ipython2": "python", "ipython3": "python",
	"rails": "ruby", "shellscript": "bash", "shell-script": "bash", "terminal": "console",
	"shell-session": "console", "shellsession": "console", "sh-session": "console",
	"vimscript": "vim",
	"yml":       "yaml", "mdown": "markdown", "gfm": "markdown",
}

// Languages are those that a class alone may name on code: highlight.js before its tenth
// version, Octopress. A theme's own classes are none of these.
var Languages = WordSet("actionscript apache applescript arduino asm bash c clojure cmake coffeescript cpp csharp css d dart delphi diff django " +
	"dockerfile elixir elm erlang fortran fsharp go golang groovy haskell html http ini java javascript js json julia kotlin latex less lisp lua " +
	"makefile markdown matlab nginx objc objectivec ocaml perl php powershell prolog python r ruby rust sass scala scheme scss sh shell sql " +
	"swift tcl tex toml ts typescript vbnet verilog vhdl vim xml yaml yml zsh")

// WordSet returns the set of the words of a list.
func WordSet(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}
