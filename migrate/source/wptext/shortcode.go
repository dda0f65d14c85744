package wptext

import (
	"strings"
	"unicode/utf8"

	"replant/migrate/regex"
)

// shortcode is a call in brackets: [name attr="value" argument]inner[/name].
type shortcode struct {
	name     string
	attrs    map[string]string
	args     []string // those without a name
	inner    string
	enclosed bool   // has an end tag
	before   string // what stands before a note
}

// attr returns the first of the attributes that is there; "" without any.
func (c shortcode) attr(names ...string) string {
	for _, n := range names {
		if v := c.attrs[n]; v != "" {
			return v
		}
	}
	return ""
}

// arg returns the first argument without a name; "" without one.
func (c shortcode) arg() string {
	if len(c.args) == 0 {
		return ""
	}
	return c.args[0]
}

// shortcodes translates the calls in a text. Those in code are the author's examples;
// WordPress would run them, so that authors write [[name]] for what is to be read.
func (w *writer) shortcodes(text string) string {
	if !strings.Contains(text, "[") {
		return text
	}
	present, ends, tags := w.present, w.ends, w.tags
	w.present, w.ends, w.tags = text, nil, openTags{}
	defer func() { w.present, w.ends, w.tags = present, ends, tags }()
	e := &edited{text: text}
	unclosed := open{}
	for at := 0; at < len(text); {
		t := next(text[at:])
		end := at + len(t.text)
		switch {
		case t.plain:
			end = w.plain(e, at, end)
		case !t.close && isLiteral(t.name):
			source := unclosed.whole(text[at:], t)
			end = at + len(source)
			if strings.Contains(source, "[[") {
				e.replace(at, end, escaped().ReplaceAllStringFunc(source, unescape))
			}
		}
		at = end
	}
	return e.all(w.tags.rest())
}

// isLiteral reports whether nothing in an element is a call.
func isLiteral(name string) bool {
	switch name {
	case "pre", "code", "script", "style", "textarea":
		return true
	}
	return false
}

// plain translates the calls in the text from an offset up to the next tag, and returns where what
// it has read ends: a call may go on behind tags.
func (w *writer) plain(e *edited, from, end int) int {
	last := end
	for i := from; i < end; i++ {
		bracket := strings.IndexByte(e.text[i:end], '[')
		if bracket < 0 {
			break
		}
		i += bracket
		s := e.text[i:]
		html, n := w.builderTag(e.text[from:i], s)
		if n == 0 {
			before := ""
			if strings.HasPrefix(s, "[note") {
				before = e.before(from, i, beforeMost)
			}
			html, n = w.call(s, before, i == from || e.text[i-1] == '\n')
		}
		if size := escapedSize(e.text[i:end]); size > 0 {
			html, n = unescape(s[:size]), size
		}
		if n > 0 {
			e.replace(i, i+n, html)
			last = max(last, i+n)
			i += n - 1
		}
	}
	return last
}

// beforeMost is how much of a text before a call matters.
const beforeMost = 200

var (
	escaped      = regex.Lazy(escapedCall)
	escapedStart = regex.Lazy(`^(?:` + escapedCall + `)`)
)

// escapedSize returns how long the [[name]] is that s begins with; 0 where there is none.
func escapedSize(s string) int {
	if !strings.HasPrefix(s, "[[") {
		return 0
	}
	return len(escapedStart().FindString(s))
}

const escapedCall = `\[\[/?[A-Za-z][\w-]*(?:\s[^\[\]]*)?\]\]`

// unescape returns what [[name]] shows. Brackets around what is no call stay.
func unescape(s string) string {
	name := strings.TrimLeft(s, "[/")
	end := 0
	for end < len(name) && (alphanumeric(name[end]) || name[end] == '_') {
		end++
	}
	if !registered(name[:end]) {
		return s
	}
	return s[1 : len(s)-1]
}

// registered reports whether a name is that of a shortcode.
func registered(name string) bool {
	_, built := builders[name]
	return built || isCode(name) || translations[strings.ToLower(name)] != nil
}

// start is how a call begins.
type start struct {
	name, given string // given is what stands behind the name
	single      bool   // it ends in a slash
	size        int
}

// startOf reads the beginning of a call that s begins with: a name in brackets, and what is given
// behind a space, an equals sign or a colon.
func startOf(s string) (c start, ok bool) {
	if s == "" || s[0] != '[' {
		return c, false
	}
	n := 1 + wordSize(s[1:])
	end := n + strings.IndexAny(s[n:], "[]")
	if n == 1 || end < n || s[end] == '[' {
		return c, false
	}
	c.name, c.size = s[1:n], end+1
	c.given, c.single = strings.CutSuffix(s[n:end], "/")
	switch {
	case c.given == "":
		return c, true
	case !isSpace(c.given[0]) && c.given[0] != '=' && c.given[0] != ':':
		return c, false
	}
	c.given = c.given[:1] + strings.TrimRight(c.given[1:], " \t\n\f\r")
	return c, true
}

// wordSize returns how long the name of a shortcode is that s begins with; 0 without one.
func wordSize(s string) int {
	if s == "" || s[0]|0x20 < 'a' || s[0]|0x20 > 'z' {
		return 0
	}
	n := 1
	for n < len(s) && (alphanumeric(s[n]) || s[n] == '_') {
		n++
	}
	return n
}

// call translates the call that s begins with and returns how long it is; 0 where there is
// none, or none that is known. Before is what stands before a note; begins says that a line
// begins with it.
func (w *writer) call(s, before string, begins bool) (html string, n int) {
	m, ok := startOf(s)
	if !ok {
		return "", 0
	}
	c := shortcode{name: strings.ToLower(m.name), before: before}
	c.attrs, c.args = attributes(m.given)
	n = m.size
	if end := w.endOf(s[n:], m.name); !m.single && end >= 0 && !again(s[n:n+end], m.name) {
		c.inner, c.enclosed = s[n:n+end], true
		n += end + len("[/"+m.name+"]")
	}
	translate := translations[c.name]
	if isCode(m.name) {
		w.unknown(c, len(c.args) > 0) // without an end: see Readable
		return "", 0
	}
	if translate == nil {
		rest := strings.TrimLeft(s[m.size:], " \t\r")
		w.unknown(c, begins && (rest == "" || rest[0] == '\n' || rest[0] == '<'))
		return "", 0
	}
	html, ok = translate(w, c)
	if !ok {
		w.unknown(c, len(c.args) > 0)
		return "", 0
	}
	return html, n
}

// endings are the end tags of a text by name, each by how many bytes there are from it to the
// end of the text. They are listed once, since a text may call by a thousand names.
type endings map[string][]int

// next finds the next end tag of a name in s, the rest of the text; -1 without one.
func (e endings) next(s, name string) int {
	all := e[name]
	for len(all) > 0 && all[0] > len(s) {
		all = all[1:]
	}
	e[name] = all
	if len(all) == 0 {
		return -1
	}
	return len(s) - all[0]
}

// endTags lists the end tags of a text.
func endTags(text string) endings {
	all := endings{}
	for at := 0; ; {
		i := strings.Index(text[at:], "[/")
		if i < 0 {
			return all
		}
		at += i
		n := wordSize(text[at+2:])
		if end := at + 2 + n; n > 0 && end < len(text) && text[end] == ']' {
			name := text[at+2 : end]
			all[name] = append(all[name], len(text)-at)
		}
		at += 2
	}
}

// endOf finds the next end tag of a name in s, the rest of the text whose calls are translated.
func (w *writer) endOf(s, name string) int {
	if w.ends == nil {
		w.ends = endTags(w.present)
	}
	return w.ends.next(s, name)
}

// again reports whether a call of the same name begins in what looks like the inside of
// one: then the end tag is that one's. A caption has pictures inside, code has anything.
func again(inner, name string) bool {
	return !isCode(name) && strings.Contains(inner, "["+name)
}

// unknown reports a call that only a plugin could translate: one with attributes or an end,
// or a name of several words that has a line to itself. A word in brackets is nothing of the
// kind, nor are the key of an array and a part of a word.
func (w *writer) unknown(c shortcode, apart bool) {
	name := strings.Trim(c.name, "-_")
	if c.enclosed || len(c.attrs) > 0 || apart && (len(c.args) > 0 || strings.ContainsAny(name, "-_")) {
		w.told.unknown("[" + c.name + "]")
	}
}

var attribute = regex.Lazy(`([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s'"]+))|"([^"]*)"|'([^']*)'|(\S+)`)

// straight makes the quotation marks straight that editors have bent.
var straight = strings.NewReplacer("“", `"`, "”", `"`, "″", `"`, "&#8220;", `"`, "&#8221;", `"`, "&#8243;", `"`, "&quot;", `"`, "‘", "'", "’", "'", "&nbsp;", " ", "\u00A0", " ")

// attributes reads what stands in a call behind its name.
func attributes(s string) (named map[string]string, args []string) {
	named = map[string]string{}
	if strings.ContainsFunc(s, mayBeBent) {
		s = straight.Replace(s)
	}
	if s = strings.TrimSpace(s); pairs(s, named) {
		return named, nil
	}
	clear(named)
	if rest, ok := strings.CutPrefix(s, "="); ok {
		return named, []string{strings.Trim(rest, `"' `)} // [youtube=https://…], of wordpress.com
	}
	if strings.HasPrefix(s, "://") || strings.HasPrefix(s, ":") {
		return named, nil
	}
	return named, attributesIn(s, named)
}

// attributesIn reads attributes of any form, and returns those without a name.
func attributesIn(s string, named map[string]string) (args []string) {
	for _, m := range attribute().FindAllStringSubmatch(s, -1) {
		switch {
		case m[1] != "":
			named[strings.ToLower(m[1])] = m[2] + m[3] + m[4]
		default:
			args = append(args, m[5]+m[6]+m[7])
		}
	}
	return args
}

// mayBeBent reports whether [straight] may replace what begins with r.
func mayBeBent(r rune) bool { return r == '&' || r >= utf8.RuneSelf }

// pairs reads attributes as editors write them: names with values between quotes. It reports
// whether there are no others.
func pairs(s string, named map[string]string) bool {
	for s = trimSpace(s); s != ""; s = trimSpace(s) {
		n := 0
		for n < len(s) && (alphanumeric(s[n]) || s[n] == '_') {
			n++
		}
		if n == 0 || len(s) < n+2 || s[n] != '=' || s[n+1] != '"' && s[n+1] != '\'' {
			return false
		}
		value := s[n+2:]
		end := strings.IndexByte(value, s[n+1])
		if end < 0 {
			return false
		}
		named[strings.ToLower(s[:n])] = value[:end]
		s = value[end+1:]
	}
	return true
}
