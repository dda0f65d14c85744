package source

import (
	"slices"
	"strings"
	"unicode/utf8"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// bodyOf returns an item's body as HTML: its content, else its description.
func bodyOf(e *feedscan.Entry) string {
	switch {
	case e.JSON != nil && blog.IsBlank(e.JSON.ContentHTML) && !blog.IsBlank(e.JSON.ContentText):
		return clean.Paragraphs(e.JSON.ContentText)
	case !blog.IsBlank(e.Content):
		if e.Atom != nil && plainText(e.Atom.Content.Type, e.Content) {
			return clean.Paragraphs(e.Content)
		}
		return e.Content
	case e.Atom != nil && !markup().MatchString(e.Description), e.JSON != nil:
		return clean.Paragraphs(e.Description)
	}
	return e.Description
}

// markup tells HTML from plain text: an end tag, or a tag that needs none.
var markup = regex.Lazy(`(?i)</(?:p|div|a|b|i|em|strong|code|pre|span|h[1-6]|ul|ol|li|table|blockquote|figure|section)\s*>|<(?:br|hr|p|img\s[^>]*)\s*/?>`)

// plainText reports whether Atom content of a type is plain text. Text without a type is,
// by RFC 4287 section 3.1.1, but much HTML comes without one.
func plainText(kind, content string) bool {
	switch strings.ToLower(kind) {
	case "text", "text/plain":
		return true
	case "":
		return !markup().MatchString(content)
	}
	return false
}

// onlyExcerpt is what a post has lost of which the feed gives the beginning.
const onlyExcerpt = blog.OnlyPart + "an excerpt of it"

// goesOn is how a text ends that goes on elsewhere.
var goesOn = []string{
	"[…]", "[...]", "read more", "read the rest", "keep reading", "weiterlesen", "mehr lesen", "lire la suite", "leer más", "seguir leyendo",
	"leggi tutto", "continua a leggere", "ler mais", "continue lendo", "lees verder", "läs mer", "les mer", "czytaj dalej", "читать далее",
	"続きを読む", "阅读全文", "继续阅读", "閱讀更多",
}

// continues reports whether a text says at its end that it goes on elsewhere: "Continue
// reading" has the post's title behind it.
func continues(text string) bool {
	const reading, titleMost = "continue reading", 120
	const endMost = len(reading) + 4*titleMost
	text = strings.TrimRight(text, " \t\n\f\r»→>.")
	end := strings.ToLower(text[max(0, len(text)-endMost):])
	if slices.ContainsFunc(goesOn, func(s string) bool { return strings.HasSuffix(end, s) }) {
		return true
	}
	at := strings.LastIndex(end, reading)
	return at >= 0 && !strings.ContainsAny(end[at:], ".!?") && utf8.RuneCountInString(end[at+len(reading):]) <= titleMost
}

// dotted reports whether a text ends in three dots, which may be the author's.
func dotted(text string) bool {
	text = strings.TrimRight(text, " \t\n\f\r")
	return strings.HasSuffix(text, "…") || strings.HasSuffix(text, "...")
}

// excerptMost is how many bytes an excerpt has at the most: WordPress cuts after 55
// words, Hugo after 70.
const excerptMost = 1500

// excerpt reports whether a feed gives only the beginning of a post: it has one text for
// it, which Atom and JSON Feed call a summary, or which is short and ends as if it went
// on: in so many words, or with three dots where it is plain text or just as long as
// programs cut it.
func excerpt(e *feedscan.Entry) bool {
	if !blog.IsBlank(e.Content) || blog.IsBlank(e.Description) {
		return false
	}
	if e.Atom != nil || e.JSON != nil {
		return true // RFC 4287, section 4.2.13; JSON Feed 1.1, summary
	}
	text := opening(e.Description, excerptMost+1)
	return len(text) <= excerptMost &&
		(continues(text) || dotted(text) && (!markup().MatchString(e.Description) || cutOff(text)))
}

// cutOff reports whether a text has as many words as programs cut a post to: 50 (Pelican)
// or 55 (WordPress). An author's three dots rarely stand just there.
func cutOff(text string) bool {
	n := len(strings.Fields(text))
	return n >= 48 && n <= 57
}

// summary returns an item's description as plain text, where it is more than the
// beginning of the body.
func summary(e *feedscan.Entry) string {
	if blog.IsBlank(e.Content) || blog.IsBlank(e.Description) {
		return ""
	}
	return summaryOf(e.Content, e.Description)
}

func summaryOf(content, description string) string {
	s := opening(description, summaryMost)
	if s == "" || begins(content, s) {
		return ""
	}
	return s
}

// summaryMost bounds a summary, in bytes: nobody writes longer ones on purpose.
const summaryMost = 2000

var ellipsis = regex.Lazy(`\s*(?:\[?(?:…|\.\.\.)\]?)[\s\p{L}»→>]*$`)

// begins reports whether a summary is merely the beginning of the text of a piece of HTML,
// of which no more is read than that takes.
func begins(source, summary string) bool {
	if strings.Contains(summary, "…") || strings.Contains(summary, "...") {
		summary = ellipsis().ReplaceAllString(summary, "")
	}
	rest := blog.Letters(summary)
	for text := range textRuns(source, 2*summaryMost) {
		n := commonLetters(text, rest)
		if n < 0 {
			return false
		}
		if rest = rest[n:]; rest == "" {
			break
		}
	}
	return rest == ""
}

// commonLetters returns how many bytes of letters the letters of a text begin with, or -1
// where they differ before the end of either.
func commonLetters(text, letters string) (n int) {
	for _, r := range text {
		if !blog.IsAlphanumeric(r) {
			continue
		}
		if n == len(letters) {
			break
		}
		l, size := utf8.DecodeRuneInString(letters[n:])
		if l != r {
			return -1
		}
		n += size
	}
	return n
}
