package source

import (
	"html"
	"iter"
	"strings"

	xhtml "golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
)

// title returns an item's title as plain text on one line. Short notes and photos have
// none; see [titleOf].
func title(e *feedscan.Entry) string { return blog.PlainTitle(e.Title) }

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
	z := xhtml.NewTokenizer(strings.NewReader(source))
	for tag := z.Next(); tag != xhtml.ErrorToken; tag = z.Next() {
		if tag != xhtml.StartTagToken && tag != xhtml.SelfClosingTagToken {
			continue
		}
		if t := z.Token(); t.Data == "img" {
			if alt := blog.OneLine(dom.Attr(&xhtml.Node{Attr: t.Attr}, "alt")); alt != "" {
				return alt
			}
		}
	}
	return ""
}

// opening returns the beginning of a piece of HTML as plain text on one line, of about
// most bytes; it reads no further.
func opening(source string, most int) string {
	return blog.OneLine(strings.Join(textBlocks(source, most), " "))
}

// textBlocks returns the text of a piece of HTML up to about most bytes, one of a block.
func textBlocks(source string, most int) (all []string) {
	all = []string{""}
	for text, begins := range textRuns(source, most) {
		if begins && all[len(all)-1] != "" {
			all = append(all, "")
		}
		all[len(all)-1] += text
	}
	return all
}

// textRuns returns the texts between the tags of a piece of HTML up to about most bytes,
// and of each whether a block begins between it and the one before.
func textRuns(source string, most int) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		z := xhtml.NewTokenizer(strings.NewReader(source))
		begins := false
		for size := 0; size < most; {
			switch tag := z.Next(); tag {
			case xhtml.ErrorToken:
				return
			case xhtml.TextToken:
				text := html.UnescapeString(string(z.Raw()))
				size += len(text)
				if !yield(text, begins) {
					return
				}
				begins = false
			case xhtml.StartTagToken, xhtml.EndTagToken, xhtml.SelfClosingTagToken:
				switch name, _ := z.TagName(); {
				case tag == xhtml.StartTagToken && (string(name) == "script" || string(name) == "style"):
					z.Next() // what is in it, or its end
				case !inlineTag[string(name)]:
					begins = true
				}
			}
		}
	}
}

// inlineTag are the elements that part no words.
var inlineTag = func() map[string]bool {
	m := map[string]bool{}
	for name := range strings.SplitSeq("a abbr b big bdi bdo cite code data del dfn em font i ins kbd label mark q ruby s samp small span strike strong sub sup time tt u var wbr", " ") {
		m[name] = true
	}
	return m
}()
