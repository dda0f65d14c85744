package source

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	"replant/migrate/dom"

	xhtml "golang.org/x/net/html"
)

// title gives an item's title as plain text on one line. Short notes and photos have
// none; see [titleOf].
func title(e *Entry) string { return plainTitle(e.Title) }

var (
	entity = regexp.MustCompile(`&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);`)
	voids  = regexp.MustCompile(`(?i)<(?:br|wbr|img\s[^<>]*)\s*/?>`)
	marks  = regexp.MustCompile(`(?i)<(/?)(a|abbr|b|big|cite|code|del|div|em|font|h[1-6]|i|ins|kbd|mark|p|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var)(?:\s[^<>]*)?>`)
)

// plainTitle takes markup and a second layer of escaping off a text, onto one line.
// What only looks like markup, such as the <T> of a title about generics, stays: only
// elements that have both their tags go.
func plainTitle(s string) string {
	s = unmarked(voids.ReplaceAllString(s, " "))
	return oneLine(entity.ReplaceAllStringFunc(s, html.UnescapeString))
}

// marksMost is how many tags a title may have to be taken for HTML.
const marksMost = 100

// unmarked takes both tags off all elements that have both.
func unmarked(s string) string {
	tags := marks.FindAllStringSubmatchIndex(s, marksMost)
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

// titleMost is about how long a title may get that is made of a text, in letters.
const titleMost = 60

// titleOf gives a title to a post that has none, since the lists of every theme show a
// post by its title alone: how its first paragraph begins, else what its first picture
// is said to show.
func titleOf(body string) string {
	var said string
	for _, p := range textBlocks(body, 8*titleMost) {
		if said == "" {
			said = oneLine(p)
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

// firstAlt gives what the first picture that says anything says that it shows.
func firstAlt(source string) string {
	z := xhtml.NewTokenizer(strings.NewReader(source))
	for tag := z.Next(); tag != xhtml.ErrorToken; tag = z.Next() {
		if tag != xhtml.StartTagToken && tag != xhtml.SelfClosingTagToken {
			continue
		}
		if t := z.Token(); t.Data == "img" {
			if alt := oneLine(dom.Attr(&xhtml.Node{Attr: t.Attr}, "alt")); alt != "" {
				return alt
			}
		}
	}
	return ""
}

// oneLine folds white space, and drops what a line of text cannot hold: control
// characters, and marks of direction, which would turn the text around them. Spaces
// of a width of their own, such as that between Japanese sentences, stay.
func oneLine(s string) string {
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

// opening gives the beginning of a piece of HTML as plain text on one line, of about
// most bytes; it reads no further.
func opening(source string, most int) string {
	return oneLine(strings.Join(textBlocks(source, most), " "))
}

// textBlocks gives the text of a piece of HTML up to about most bytes, one of a block.
func textBlocks(source string, most int) (all []string) {
	z := xhtml.NewTokenizer(strings.NewReader(source))
	all = []string{""}
	for size := 0; size < most; {
		switch tag := z.Next(); tag {
		case xhtml.ErrorToken:
			return all
		case xhtml.TextToken:
			text := html.UnescapeString(string(z.Raw()))
			size += len(text)
			all[len(all)-1] += text
		case xhtml.StartTagToken, xhtml.EndTagToken, xhtml.SelfClosingTagToken:
			switch name, _ := z.TagName(); {
			case tag == xhtml.StartTagToken && (string(name) == "script" || string(name) == "style"):
				z.Next() // what is in it, or its end
			case !inlineTag[string(name)] && all[len(all)-1] != "":
				all = append(all, "")
			}
		}
	}
	return all
}

// inlineTag are the elements that part no words.
var inlineTag = func() map[string]bool {
	m := map[string]bool{}
	for name := range strings.SplitSeq("a abbr b big bdi bdo cite code data del dfn em font i ins kbd label mark q ruby s samp small span strike strong sub sup time tt u var wbr", " ") {
		m[name] = true
	}
	return m
}()
