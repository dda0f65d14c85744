package source

import (
	"html"
	"iter"
	"strings"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// bodyOf returns an item's body as HTML: its content, else its description.
func bodyOf(e *feedscan.Entry) string {
	if blog.IsBlank(e.Content) && blog.IsBlank(e.Description) && e.JSON == nil {
		return described(e)
	}
	switch {
	case e.JSON != nil && blog.IsBlank(e.JSON.ContentHTML) && !blog.IsBlank(e.JSON.ContentText):
		return clean.Paragraphs(e.JSON.ContentText)
	case !blog.IsBlank(e.Content):
		if e.Atom != nil && plainText(e.Atom.Content.Type, e.Content) {
			return clean.Paragraphs(e.Content)
		}
		return contentOf(e)
	case e.Atom != nil:
		if text := plainHTML(e, e.Description); markup().MatchString(text) {
			return text
		}
		return clean.Paragraphs(e.Description)
	case e.JSON != nil:
		return clean.Paragraphs(e.Description)
	}
	return e.Description
}

// markup distinguishes HTML from plain text: an end tag, or a tag that needs none.
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

// onlyExcerpt is the loss of a post of which the feed has only the beginning.
const onlyExcerpt = blog.OnlyPart + "an excerpt of it"

// onlyAddress is the loss of an Atom entry whose text lies elsewhere.
const onlyAddress = blog.OnlyPart + "the address of its text"

// dotted reports whether a text ends in three dots, which may be the author's.
func dotted(text string) bool {
	text = strings.TrimRight(text, " \t\n\f\r")
	return strings.HasSuffix(text, "…") || strings.HasSuffix(text, "...")
}

// excerptMost is how many bytes an excerpt has at the most: WordPress cuts after 55
// words, Hugo after 70.
const excerptMost = 1500

// excerpt reports whether a feed has only the beginning of a post: it has one text for
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
		(clean.Continues(text) || dotted(text) && (!markup().MatchString(e.Description) || cutOff(text)))
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
	return summaryOf(contentOf(e), plainHTML(e, e.Description))
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

// title returns an item's title as plain text on one line. Short notes and photos have
// none; see [titleOf].
func title(e *feedscan.Entry) string { return blog.PlainTitle(plainHTML(e, e.Title)) }

// titleMost is about how long a title may get that is made of a text, in letters.
const titleMost = 60

// titleOf returns a title for a post that has none, since the lists of every theme show a
// post by its title alone: how its first paragraph begins, else what its first picture
// is said to show.
func titleOf(body string) string {
	var said string
	for _, p := range textBlocks(body, 8*titleMost) {
		if said == "" {
			said = blog.OneLine(p)
		}
	}
	if said == "" {
		said = firstAlt(body)
	}
	letters := []rune(said)
	if len(letters) <= titleMost {
		return said
	}
	short := string(letters[:titleMost])
	if i := strings.LastIndexByte(short, ' '); i > len(short)/2 { // Chinese has no spaces
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:.-–—") + "…"
}

// firstAlt returns what the first picture that says anything says that it shows.
func firstAlt(source string) string {
	z := dom.NewTokens(source)
	for tag := z.Next(); tag != xhtml.ErrorToken; tag = z.Next() {
		if tag != xhtml.StartTagToken && tag != xhtml.SelfClosingTagToken || z.Tag() != "img" {
			continue
		}
		for key, value, ok := z.Attr(); ok; key, value, ok = z.Attr() {
			if alt := blog.OneLine(value); key == "alt" && alt != "" {
				return alt
			}
		}
	}
	return ""
}

// opening returns the beginning of a piece of HTML as plain text on one line, of about
// most bytes; it reads no further.
func opening(source string, most int) string {
	var b strings.Builder
	b.Grow(min(most, len(source)))
	block := 0 // bytes of the present one
	for text, begins := range textRuns(source, most) {
		if begins && block > 0 {
			b.WriteByte(' ')
			block = 0
		}
		b.WriteString(text)
		block += len(text)
	}
	return blog.OneLine(b.String())
}

// textBlocks returns the text of a piece of HTML up to about most bytes, one of a block.
func textBlocks(source string, most int) (all []string) {
	var block strings.Builder
	for text, begins := range textRuns(source, most) {
		if begins && block.Len() > 0 {
			all = append(all, block.String())
			block.Reset()
		}
		block.WriteString(text)
	}
	return append(all, block.String())
}

// textRuns returns the texts between the tags of a piece of HTML up to about most bytes,
// and of each whether a block begins between it and the one before.
func textRuns(source string, most int) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		z := dom.NewTokens(source)
		begins := false
		for size := 0; size < most; {
			switch tag := z.Next(); tag {
			case xhtml.ErrorToken:
				return
			case xhtml.TextToken:
				text := html.UnescapeString(z.Raw())
				size += len(text)
				if !yield(text, begins) {
					return
				}
				begins = false
			case xhtml.StartTagToken, xhtml.EndTagToken, xhtml.SelfClosingTagToken:
				switch name := z.Tag(); {
				case tag == xhtml.StartTagToken && (name == "script" || name == "style"):
					z.Next() // what is in it, or its end
				case !inlineTag[name]:
					begins = true
				}
			}
		}
	}
}

// inlineTag are the elements that part no words.
var inlineTag = blog.WordSet("a abbr b big bdi bdo cite code data del dfn em font i ins kbd label mark q ruby s samp small span strike strong sub sup time tt u var wbr")
