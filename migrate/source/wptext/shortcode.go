package wptext

import (
	"strings"

	"replant/migrate/blog"
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
	ends, tags := w.ends, w.tags
	w.ends, w.tags = endTags(text), openTags{count: map[string]int{}}
	defer func() { w.ends, w.tags = ends, tags }()
	unclosed := open{}
	var b strings.Builder
	b.Grow(len(text))
	for text != "" {
		t := next(text)
		n := len(t.text)
		switch {
		case t.plain:
			n = w.plain(&b, text, n)
		case !t.close && literal[t.name]:
			n = len(unclosed.whole(text, t))
			b.WriteString(escaped().ReplaceAllStringFunc(text[:n], unescape))
		default:
			b.WriteString(t.text)
		}
		text = text[n:]
	}
	b.WriteString(w.tags.rest())
	return b.String()
}

// literal are the elements in which nothing is a call.
var literal = blog.WordSet("pre code script style textarea")

// plain writes the text that s begins with, up to the next tag, its calls translated; it
// returns how much of s that was: a call may go on behind tags.
func (w *writer) plain(b *strings.Builder, s string, end int) int {
	done := 0
	for i := 0; i < end; i++ {
		bracket := strings.IndexByte(s[i:end], '[')
		if bracket < 0 {
			break
		}
		i += bracket
		html, n := w.builderTag(s[:i], s[i:])
		if n == 0 {
			before := ""
			if strings.HasPrefix(s[i:], "[note") {
				before = b.String()[max(0, b.Len()-beforeMost):] + s[max(done, i-beforeMost):i]
			}
			html, n = w.call(s[i:], before, i == 0 || s[i-1] == '\n')
		}
		if strings.HasPrefix(s[i:end], "[[") {
			if m := escapedStart().FindString(s[i:end]); m != "" {
				html, n = unescape(m), len(m)
			}
		}
		if n > 0 {
			b.WriteString(s[done:i])
			b.WriteString(html)
			done = i + n
			i = done - 1
		}
	}
	if done < end {
		b.WriteString(s[done:end])
	}
	return max(done, end)
}

// beforeMost is how much of a text before a call matters.
const beforeMost = 200

var (
	callStart = regex.Lazy(`^\[([A-Za-z][\w-]*)((?:[\s=:][^\[\]]*?)?)\s*(/?)\]`)
	endTag    = regex.Lazy(`\[/([A-Za-z][\w-]*)\]`)
	escaped   = regex.Lazy(escapedCall)

	escapedStart = regex.Lazy(`^(?:` + escapedCall + `)`)
)

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

// call translates the call that s begins with and returns how long it is; 0 where there is
// none, or none that is known. Before is what stands before a note; begins says that a line
// begins with it.
func (w *writer) call(s, before string, begins bool) (html string, n int) {
	m := callStart().FindStringSubmatch(s)
	if m == nil {
		return "", 0
	}
	c := shortcode{name: strings.ToLower(m[1]), before: before}
	c.attrs, c.args = attributes(m[2])
	n = len(m[0])
	if end := w.ends.next(s[n:], m[1]); m[3] == "" && end >= 0 && !again(s[n:n+end], m[1]) {
		c.inner, c.enclosed = s[n:n+end], true
		n += end + len("[/"+m[1]+"]")
	}
	translate := translations[c.name]
	if isCode(m[1]) {
		w.unknown(c, len(c.args) > 0) // without an end: see Readable
		return "", 0
	}
	if translate == nil {
		rest := strings.TrimLeft(s[len(m[0]):], " \t\r")
		w.unknown(c, begins && (rest == "" || rest[0] == '\n' || rest[0] == '<'))
		return "", 0
	}
	html, ok := translate(w, c)
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
	for _, at := range endTag().FindAllStringSubmatchIndex(text, -1) {
		name := text[at[2]:at[3]]
		all[name] = append(all[name], len(text)-at[0])
	}
	return all
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
	s = strings.TrimSpace(straight.Replace(s))
	if rest, ok := strings.CutPrefix(s, "="); ok {
		return named, []string{strings.Trim(rest, `"' `)} // [youtube=https://…], of wordpress.com
	}
	if strings.HasPrefix(s, "://") || strings.HasPrefix(s, ":") {
		return named, nil
	}
	for _, m := range attribute().FindAllStringSubmatch(s, -1) {
		switch {
		case m[1] != "":
			named[strings.ToLower(m[1])] = m[2] + m[3] + m[4]
		default:
			args = append(args, m[5]+m[6]+m[7])
		}
	}
	return named, args
}
