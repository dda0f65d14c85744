package wptext

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// noteNames are the shortcodes by which plug-ins have a footnote where its mark is to be:
// Modern Footnotes, Easy Footnotes, Simple Footnotes and their like.
var noteNames = strings.Fields("mfn modern_footnote efn_note ref footnote fn sidenote")

// noteLists are the shortcodes that say where footnotes are to be listed.
var noteLists = strings.Fields("footnotes footnote_list footnotes_list references reflist efn_list mfn_list")

// note puts a mark where the text of a footnote stands. One that refers to a note of the same
// name has no text.
func (w *writer) note(c shortcode) (string, bool) {
	name := c.attr("name", "referencename", "reference", "id")
	if strings.TrimSpace(c.inner) == "" {
		at, known := w.made.named[name]
		if !known {
			return "", false
		}
		return w.made.mark(at), true
	}
	at := len(w.made.all)
	w.made.all = append(w.made.all, pluginNote{})
	if _, known := w.made.named[name]; !known && name != "" {
		w.made.named[name] = at
	}
	mark := w.made.mark(at)
	text := w.shortcodes(strings.TrimSpace(c.inner)) // which may hold notes itself
	if strings.Contains(text, "\n") {
		text = Paragraphs(text)
	}
	w.made.all[at].text = text
	return mark, true
}

// noteInLine is a note where it stands behind words; elsewhere the name is that of a box.
func (w *writer) noteInLine(c shortcode) (string, bool) {
	if !behindWord(c.before) || strings.Contains(c.inner, "\n") || len(c.attrs) > 0 {
		return "", false
	}
	return w.note(c)
}

// noteList is where the list of notes was, which the target has at the end.
func (w *writer) noteList(c shortcode) (string, bool) { return "", len(w.made.all) > 0 && !c.enclosed }

// pluginNotes are the footnotes that plug-ins make.
type pluginNotes struct {
	all   []pluginNote
	named map[string]int
}

type pluginNote struct {
	text  string
	marks int
}

// mark returns another mark of a footnote.
func (p *pluginNotes) mark(i int) string {
	p.all[i].marks++
	note := strconv.Itoa(i + 1)
	return `<sup><a href="#plugin-note-` + note + `" id="plugin-mark-` + note + "-" + strconv.Itoa(p.all[i].marks) + `">` + note + "</a></sup>"
}

// list returns the list of the footnotes, each with ways back to its marks.
func (p *pluginNotes) list() string {
	if len(p.all) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n\n<ol>")
	for i, n := range p.all {
		note := strconv.Itoa(i + 1)
		b.WriteString(`<li id="plugin-note-` + note + `">` + n.text)
		for mark := range n.marks {
			b.WriteString(` <a href="#plugin-mark-` + note + "-" + strconv.Itoa(mark+1) + `">↩︎</a>`)
		}
		b.WriteString("</li>")
	}
	return b.String() + "</ol>"
}

// markedNotes makes shortcodes of the other ways to write a footnote where its mark is to be:
// an element of MediaWiki's name, and two parentheses.
func markedNotes(text string) string {
	if hasTag(text, "ref", "fn>") {
		text = noteElement().ReplaceAllString(text, "[ref$1]$2[/ref]")
	}
	if notes := doubled(text); notes != nil {
		text = noteAt(text, notes)
	}
	if notes := counted(text); notes != nil {
		text = noteAt(text, notes)
	}
	return text
}

// countedNote matches a footnote of FD Footnotes: a number, a point and its text, in brackets.
var countedNote = regex.Lazy(`\[(\d{1,3})\.\s([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]`)

// counted returns the places of the notes of FD Footnotes, from the bracket to behind its text and
// the last bracket. They count from one, and stand behind words; else none is a note.
func counted(text string) (notes []noted) {
	if !strings.Contains(text, "[1. ") && !strings.Contains(text, "[1.\u00A0") {
		return nil
	}
	code := verbatimPlaces(text)
	for _, at := range countedNote().FindAllStringSubmatchIndex(text, -1) {
		if slices.ContainsFunc(code, func(c [2]int) bool { return at[0] >= c[0] && at[0] < c[1] }) {
			continue
		}
		inner := text[at[4]:at[5]]
		if text[at[2]:at[3]] != strconv.Itoa(len(notes)+1) || !strings.ContainsFunc(plain(inner), unicode.IsLetter) || strings.Contains(inner, "\n\n") || !behindWord(text[max(0, at[0]-beforeMost):at[0]]) {
			continue
		}
		notes = append(notes, noted{at[0], at[1], inner})
	}
	return notes
}

// verbatimPlaces lists where the elements of a text lie in which nothing is a call.
func verbatimPlaces(text string) (places [][2]int) {
	unclosed := open{}
	for at := 0; at < len(text); {
		t := next(text[at:])
		end := at + len(t.text)
		if !t.close && isLiteral(t.name) {
			end = at + len(unclosed.whole(text[at:], t))
			places = append(places, [2]int{at, end})
		}
		at = end
	}
	return places
}

// noteElement matches <ref>…</ref>, which no browser knows.
var noteElement = regex.Lazy(`(?is)<(?:ref|fn)((?:\s+name\s*=\s*(?:"[^"<>\[\]]*"|'[^'<>\[\]]*'|[\w-]+))?)\s*>(.*?)</(?:ref|fn)>`)

// doubledMost bounds how long a note in two parentheses may be.
const doubledMost = 4000

// noted is a note that is typed in a text: from its first sign to behind its last.
type noted struct {
	from, to int
	inner    string
}

// doubled returns the notes in two parentheses (WP-Footnotes, Footnotes Made Easy, Civil
// Footnotes). Where anything else in the text is written so, none is a note.
func doubled(text string) (notes []noted) {
	if !strings.Contains(text, "((") {
		return nil
	}
	unclosed := open{}
	sure := false
	for at := 0; at < len(text); {
		t := next(text[at:])
		end := at + len(t.text)
		switch {
		case !t.close && isLiteral(t.name):
			end = at + len(unclosed.whole(text[at:], t))
		case t.plain:
			for {
				i := strings.Index(text[at:end], "((")
				if i < 0 {
					break
				}
				from := at + i
				note, plainly := noteFrom(text, from)
				if note == 0 {
					return nil
				}
				notes, sure = append(notes, noted{from, note, text[from+2 : note-2]}), sure || plainly
				if at = note; at > end {
					end = at
				}
			}
		}
		at = max(at, end)
	}
	if !sure {
		return nil
	}
	return notes
}

// noteFrom returns where the note ends that begins at two parentheses, 0 where there is none, and
// whether it is plainly one: a sentence, or a reference with a link.
func noteFrom(text string, from int) (end int, plainly bool) {
	window := text[from+2 : min(len(text), from+doubledMost)]
	size := strings.Index(window, "))")
	if size < 0 || from > 0 && strings.ContainsRune("$(=+*/<", rune(text[from-1])) {
		return 0, false
	}
	inner := window[:size]
	if size+2 < len(window) && window[size+2] == ')' && strings.Count(inner, "(") == strings.Count(inner, ")")+1 {
		inner = window[:size+1] // a parenthesis ends the note
		size++
	}
	words := plain(inner)
	last, _ := utf8.DecodeLastRuneInString(words)
	switch {
	case strings.Count(inner, "(") != strings.Count(inner, ")"), strings.Contains(inner, "\n\n"), len(strings.Fields(words)) < 2,
		strings.ContainsAny(words, "=+;{}$|"):
		return 0, false
	}
	plainly = strings.Contains(inner, "<a ") || strings.Contains(inner, "://") || strings.ContainsRune(".!?…。”\"", last) || len(strings.Fields(words)) >= 6 && unicode.IsUpper([]rune(words)[0])
	return from + 2 + size + 2, plainly
}

// noteAt makes shortcodes of the notes at places.
func noteAt(text string, notes []noted) string {
	var b strings.Builder
	done := 0
	for _, n := range notes {
		b.WriteString(strings.TrimRight(text[done:n.from], " "))
		b.WriteString("[ref]" + n.inner + "[/ref]")
		done = n.to
	}
	return b.String() + text[done:]
}

// behindWord reports whether a place in a line comes behind a word.
func behindWord(before string) bool {
	before = strings.TrimRight(before, " ")
	for strings.HasSuffix(before, ">") { // an inline element
		i := strings.LastIndexByte(before, '<')
		if i < 0 || isBlock(strings.ToLower(strings.TrimRight(strings.TrimLeft(before[i:], "</"), "> /"))) || strings.HasPrefix(before[i:], "<br") {
			return false
		}
		before = strings.TrimRight(before[:i], " ")
	}
	r, size := utf8.DecodeLastRuneInString(before)
	return size > 0 && (blog.IsAlphanumeric(r) || unicode.IsPunct(r) && r != '[' && r != ']')
}
