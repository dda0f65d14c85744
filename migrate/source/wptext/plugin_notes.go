package wptext

import (
	"strconv"
	"strings"
	"unicode"

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
		for i, n := range w.made {
			if name != "" && n.name == name {
				return w.noteMark(i), true
			}
		}
		return "", false
	}
	at := len(w.made)
	w.made = append(w.made, madeNote{name: name})
	mark := w.noteMark(at)
	text := w.shortcodes(strings.TrimSpace(c.inner)) // which may hold notes itself
	if strings.Contains(text, "\n") {
		text = Paragraphs(text)
	}
	w.made[at].text = text
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
func (w *writer) noteList(c shortcode) (string, bool) { return "", len(w.made) > 0 && !c.enclosed }

// madeNote is a footnote that a plug-in makes.
type madeNote struct {
	name, text string
	marks      int
}

// noteMark returns another mark of a footnote.
func (w *writer) noteMark(i int) string {
	w.made[i].marks++
	note := strconv.Itoa(i + 1)
	return `<sup><a href="#plugin-note-` + note + `" id="plugin-mark-` + note + "-" + strconv.Itoa(w.made[i].marks) + `">` + note + "</a></sup>"
}

// madeNotes returns the list of the footnotes that plug-ins make, each with ways back to its
// marks.
func (w *writer) madeNotes() string {
	if len(w.made) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n\n<ol>")
	for i, n := range w.made {
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
	if strings.Contains(text, "<ref") || strings.Contains(text, "<fn>") {
		text = noteElement().ReplaceAllString(text, "[ref$1]$2[/ref]")
	}
	if notes := doubled(text); notes != nil {
		text = noteAt(text, notes)
	}
	return text
}

// noteElement matches <ref>…</ref>, which no browser knows.
var noteElement = regex.Lazy(`(?is)<(?:ref|fn)((?:\s+name\s*=\s*(?:"[^"<>\[\]]*"|'[^'<>\[\]]*'|[\w-]+))?)\s*>(.*?)</(?:ref|fn)>`)

// doubledMost bounds how long a note in two parentheses may be.
const doubledMost = 4000

// doubled returns the places of the notes in two parentheses (WP-Footnotes, Footnotes Made Easy,
// Civil Footnotes), from the first parenthesis to behind the last. Where anything else in the text
// is written so, none is a note.
func doubled(text string) (notes [][2]int) {
	if !strings.Contains(text, "((") {
		return nil
	}
	unclosed := open{}
	sure := false
	for at := 0; at < len(text); {
		t := next(text[at:])
		end := at + len(t.text)
		switch {
		case !t.close && literal[t.name]:
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
				notes, sure = append(notes, [2]int{from, note}), sure || plainly
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
	last, _ := lastRune(words)
	switch {
	case strings.Count(inner, "(") != strings.Count(inner, ")"), strings.Contains(inner, "\n\n"), len(strings.Fields(words)) < 2,
		strings.ContainsAny(words, "=+;{}$|"):
		return 0, false
	}
	plainly = strings.Contains(inner, "<a ") || strings.Contains(inner, "://") || strings.ContainsRune(".!?…。”\"", last) || len(strings.Fields(words)) >= 6 && unicode.IsUpper([]rune(words)[0])
	return from + 2 + size + 2, plainly
}

func lastRune(s string) (last rune, ok bool) {
	for _, r := range s {
		last, ok = r, true
	}
	return last, ok
}

// noteAt makes shortcodes of the notes at places.
func noteAt(text string, notes [][2]int) string {
	var b strings.Builder
	done := 0
	for _, n := range notes {
		b.WriteString(strings.TrimRight(text[done:n[0]], " "))
		b.WriteString("[ref]" + text[n[0]+2:n[1]-2] + "[/ref]")
		done = n[1]
	}
	return b.String() + text[done:]
}

// behindWord reports whether a place in a line comes behind a word.
func behindWord(before string) bool {
	before = strings.TrimRight(before, " ")
	for strings.HasSuffix(before, ">") { // an inline element
		i := strings.LastIndexByte(before, '<')
		if i < 0 || blocks[strings.ToLower(strings.TrimRight(strings.TrimLeft(before[i:], "</"), "> /"))] || strings.HasPrefix(before[i:], "<br") {
			return false
		}
		before = strings.TrimRight(before[:i], " ")
	}
	r, ok := lastRune(before[max(0, len(before)-8):])
	return ok && (blog.IsAlphanumeric(r) || unicode.IsPunct(r) && r != '[' && r != ']')
}
