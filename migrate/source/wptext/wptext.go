// Package wptext makes HTML of the text that WordPress keeps of a post, as WordPress
// makes it when it shows the post: an export holds the text as the author's editor left
// it. Start at [HTML].
//
// The order is WordPress's own: blocks, then shortcodes and addresses that stand alone,
// then paragraphs. A text with blocks has its paragraphs already.
package wptext

import (
	"strings"

	"replant/migrate/regex"
)

// Library is what a text refers to and does not hold. Its functions are not nil.
type Library struct {
	// File returns a file of the media library by its number.
	File func(id string) (File, bool)
	// Attached lists the pictures that were uploaded for the post itself, in order.
	Attached func() []string
	// Block returns the text of a block that several posts share.
	Block func(id string) (string, bool)
	// Notes are the post's footnotes, in order.
	Notes []Note
}

// File is a file of the media library.
type File struct{ URL, Alt, Caption string }

// Note is a footnote: its mark in the text names its ID.
type Note struct{ ID, Content string }

// HTML returns a text as WordPress shows it, and what of it could not be shown: a line for
// each kind of loss.
func HTML(text string, lib Library) (html string, losses []string) {
	w := newWriter(lib)
	html = w.html(markedNotes(strings.ReplaceAll(text, "\r\n", "\n"))) + w.made.list()
	return html, w.told.all()
}

// writer is one translation.
type writer struct {
	lib      Library
	told     losses
	made     pluginNotes
	depth    int     // of shared blocks within shared blocks
	expanded int     // bytes that calls have put in their place so far
	present  string  // the text whose calls are being translated
	ends     endings // its end tags; nil until asked for
	tags     openTags
}

func newWriter(lib Library) *writer {
	return &writer{lib: lib, told: losses{known: map[string]bool{}}, made: pluginNotes{named: map[string]int{}}}
}

func (w *writer) html(text string) string {
	if hasComment(text, "wp:divi/") || hasComment(text, "/wp:divi/") {
		text = diviShell().ReplaceAllString(text, "\n\n")
	}
	if hasBlocks(text) {
		return w.shortcodes(w.blocks(more(text)))
	}
	return Paragraphs(w.shortcodes(more(text)))
}

// expandedMost bounds what a text may call for from outside itself. A few bytes name a
// shared block, all footnotes or all pictures of a post, as often as they stand there.
const expandedMost = 4 << 20

// expand returns what a call puts in its place, or nothing when the text has called for
// too much.
func (w *writer) expand(html string) string {
	if w.expanded += len(html); w.full() {
		return ""
	}
	return html
}

// full reports whether the text has called for too much, which is a loss.
func (w *writer) full() bool {
	full := w.expanded > expandedMost
	if full {
		w.told.lose("shared blocks, galleries and footnotes beyond %d MB", expandedMost>>20)
	}
	return full
}

var (
	moreComment = regex.Lazy(`<!--\s*more\b[^\n]*?-->`)
	pageComment = regex.Lazy(`<!--\s*(?:nextpage|noteaser)\s*-->`)
)

// more puts WordPress's own mark where the part for lists of posts ends. The pages of a
// post that has several become one.
func more(text string) string {
	if hasComment(text, "more") {
		text = moreComment().ReplaceAllString(text, "\n\n"+`<div id="more-0"></div>`+"\n\n")
	}
	if hasComment(text, "nextpage") || hasComment(text, "noteaser") {
		text = pageComment().ReplaceAllString(text, "\n\n")
	}
	return text
}

// hasComment reports whether a comment of a text begins with a word, or with one that the word
// begins.
func hasComment(text, word string) bool {
	const begin = "!--" // whose sign is rarer than the one before it
	for {
		i := strings.Index(text, begin)
		if i < 0 {
			return false
		}
		text = text[i+len(begin):]
		if strings.HasPrefix(trimSpace(text), word) {
			return true
		}
	}
}

// Expand is [HTML] for a text that is HTML already, but for its shortcodes and the addresses
// that stand alone.
func Expand(source string, lib Library) (html string, losses []string) {
	w := newWriter(lib)
	html = w.shortcodes(standing(more(markedNotes(source)))) + w.made.list()
	return html, w.told.all()
}
