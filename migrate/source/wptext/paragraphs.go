package wptext

import (
	"strings"

	"replant/migrate/regex"
)

// Paragraphs does what WordPress calls wpautop: empty lines part paragraphs, other line
// ends within one become breaks, block elements stay as they are. What stands right
// behind a block's start tag, without an empty line, gets no paragraph of its own, but
// in a quote; an address that stands on a line by itself becomes an embed.
func Paragraphs(text string) string {
	hasBreaks := hasBreak(text)
	if hasBreaks {
		text = breaks().ReplaceAllString(text, "\n\n")
	}
	p := &paragraphs{source: text, breaks: hasBreaks, open: open{}}
	p.out.Grow(len(text) + len(text)/8)
	for at := 0; at < len(text); {
		t := next(text[at:])
		end := at + len(t.text)
		switch {
		case t.plain:
			p.text(at, end)
		case !t.close && isVerbatim(t.name):
			end = at + len(p.open.whole(text[at:], t))
			p.element(t.name, at, end)
		case isBlock(t.name):
			p.block(t)
		default:
			p.keep(at, end)
		}
		at = end
	}
	p.flush()
	return p.out.String()
}

// breaks are two breaks in a row, by which authors part paragraphs.
var breaks = regex.Lazy(`(?i)<br\s*/?>\s*<br\s*/?>`)

// isBlock reports whether WordPress keeps an element out of paragraphs.
func isBlock(name string) bool {
	switch name {
	case "table", "thead", "tfoot", "caption", "col", "colgroup", "tbody", "tr", "td", "th", "div", "dl", "dd", "dt", "ul", "ol",
		"li", "pre", "form", "map", "area", "blockquote", "address", "style", "p", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "fieldset",
		"legend", "section", "article", "aside", "hgroup", "header", "footer", "nav", "figure", "figcaption", "details", "menu",
		"summary":
		return true
	}
	return false
}

// isVerbatim reports whether the inside of an element is left alone.
func isVerbatim(name string) bool {
	switch name {
	case "pre", "script", "style", "svg", "math", "textarea", "object", "audio", "video", "select":
		return true
	}
	return false
}

// paragraphs is HTML on its way into paragraphs.
type paragraphs struct {
	source   string
	breaks   bool // the source has some
	out      strings.Builder
	from, to int    // where the present paragraph stands in the source
	run      []byte // the present paragraph where it has line ends that are no breaks; else empty
	bare     bool   // which gets no tag of its own
	in       string // the block that it stands right behind the start tag of
	open     open
}

// held stands for a line end that is no break. Control characters are in no export.
const held = '\x00'

// text takes the text from one offset to another.
func (p *paragraphs) text(at, end int) {
	for {
		from, to := emptyLine(p.source[at:end])
		if from < 0 {
			break
		}
		p.add(at, at+from)
		p.flush()
		p.bare = false
		at += to
	}
	p.add(at, end)
}

// add adds a piece to the present paragraph.
func (p *paragraphs) add(at, end int) {
	switch {
	case len(p.run) > 0:
		p.run = append(p.run, p.source[at:end]...)
	case p.from == p.to:
		p.from, p.to = at, end
	default:
		p.to = end
	}
}

// emptyLine returns where the first line ends that empty lines follow, and where the next
// one begins that is not empty; -1 where there are none.
func emptyLine(s string) (from, to int) {
	for from := strings.IndexByte(s, '\n'); from >= 0; {
		end := len(s) - len(trimSpace(s[from:]))
		if last := strings.LastIndexByte(s[from+1:end], '\n'); last >= 0 {
			return from, from + 1 + last + 1
		}
		next := strings.IndexByte(s[end:], '\n')
		if next < 0 {
			break
		}
		from = end + next
	}
	return -1, -1
}

// keep takes a piece of a paragraph whose line ends are no breaks.
func (p *paragraphs) keep(at, end int) {
	piece := p.source[at:end]
	if strings.IndexByte(piece, '\n') < 0 {
		p.add(at, end)
		return
	}
	if len(p.run) == 0 {
		p.run = append(p.run, p.source[p.from:p.to]...)
	}
	for i := range len(piece) {
		c := piece[i]
		if c == '\n' {
			c = held
		}
		p.run = append(p.run, c)
	}
}

// element takes an element that is left alone.
func (p *paragraphs) element(name string, at, end int) {
	if !isBlock(name) {
		p.keep(at, end)
		return
	}
	p.flush()
	p.out.WriteString(p.source[at:end])
	p.bare = false
}

func (p *paragraphs) block(t token) {
	p.flush()
	p.out.WriteString(t.text)
	p.in = t.name
	switch t.name {
	case "blockquote", "hr":
		p.bare = false
	case "figcaption":
		p.bare = true // nothing around a caption is a paragraph
	default:
		p.bare = !t.close
	}
}

// The expressions cost most of the time that a text takes; each is asked only where what it
// needs is there.
var (
	outerBreaks = regex.Lazy(`(?i)^(?:\s*<br\s*/?>)+|(?:<br\s*/?>\s*)+$`)
	lineEnd     = regex.Lazy(`(?i)(?:<br\s*/?>)?\s*\n\s*`)
	invisible   = regex.Lazy(`^(?:\s|<!--[\s\S]*?-->)*$`)
	address     = regex.Lazy(`(?m)^[ \t]*(https?://[^\s<>"\x00]+)[ \t]*$`)
)

// flush ends the present paragraph.
func (p *paragraphs) flush() {
	run := p.source[p.from:p.to]
	if len(p.run) > 0 {
		run = string(p.run)
	}
	p.run, p.from, p.to = p.run[:0], 0, 0
	if p.bare && p.in != "p" {
		p.line(run)
		return
	}
	for run != "" && mayStandAlone(run) {
		at := address().FindStringSubmatchIndex(run)
		if at == nil {
			break
		}
		p.line(run[:at[0]])
		p.out.WriteString(embed(run[at[2]:at[3]]))
		run = run[at[1]:]
	}
	p.line(run)
}

func (p *paragraphs) line(run string) {
	run = strings.TrimSpace(run)
	if p.breaks {
		run = withoutOuterBreaks(run)
	}
	if run == "" {
		return
	}
	bare := p.bare || unseen(run)
	if strings.IndexByte(run, '\n') >= 0 {
		run = withBreaks(run, p.breaks)
	}
	run = strings.ReplaceAll(run, string(held), "\n")
	if bare {
		p.out.WriteString(run)
		return
	}
	p.out.WriteString("<p>")
	p.out.WriteString(run)
	p.out.WriteString("</p>\n")
}

// hasBreak reports whether a text holds a break's tag, or the like of it.
func hasBreak(s string) bool {
	for i := strings.IndexByte(s, '<'); i >= 0 && i+3 <= len(s); {
		if strings.EqualFold(s[i:i+3], "<br") {
			return true
		}
		next := strings.IndexByte(s[i+1:], '<')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return false
}

// mayStandAlone reports whether an address begins a line.
func mayStandAlone(run string) bool {
	const begin = "http"
	for rest := run; ; {
		i := strings.Index(rest, begin)
		if i < 0 {
			return false
		}
		before := strings.TrimRight(run[:len(run)-len(rest)+i], " \t")
		if before == "" || strings.HasSuffix(before, "\n") {
			return true
		}
		rest = rest[i+len(begin):]
	}
}

// withoutOuterBreaks takes the breaks off both ends of a text without space around it.
func withoutOuterBreaks(run string) string {
	if !hasBreak(run) {
		return run
	}
	return strings.TrimSpace(outerBreaks().ReplaceAllString(run, ""))
}

// unseen reports whether a text without space around it has comments alone.
func unseen(run string) bool {
	return strings.HasPrefix(run, "<!--") && invisible().MatchString(run)
}

// withBreaks makes breaks of the line ends of a text without space around it. Its own breaks are
// looked for where it may have some.
func withBreaks(run string, some bool) string {
	if some && hasBreak(run) {
		return lineEnd().ReplaceAllString(run, "<br />\n")
	}
	var b strings.Builder
	b.Grow(len(run) + len("<br />")*strings.Count(run, "\n"))
	for line := range strings.SplitSeq(run, "\n") {
		if line = strings.Trim(line, " \t\f\r"); line == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("<br />\n")
		}
		b.WriteString(line)
	}
	return b.String()
}
