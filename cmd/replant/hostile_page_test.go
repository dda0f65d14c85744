package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	xhtml "golang.org/x/net/html"
)

// is gives a pattern that a whole value has to match.
func is(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?s:` + pattern + `)$`) }

var (
	anything = is(`.*`)
	number   = is(`\d+`)
	name     = is(`[^\s"'<>=]*`)
	// look is what generators themselves style: the columns of tables, and code in colour.
	look = is(`(?:(?:text-align|color|background-color|font-weight|font-style|-moz-tab-size|-o-tab-size|tab-size|-webkit-text-size-adjust): ?[#\w]+;? ?)*`)
)

// harmless are the elements that a page may hold, with the attributes of each: those that
// replant and the generators write, and those of the layouts of the test.
var harmless = map[string]map[string]*regexp.Regexp{
	"a": {"href": schemes, "title": anything, "rel": is(`external|noopener external|noopener`), "target": is("_blank"),
		"class": is("footnote-ref|footnote-backref|author"), "role": is("doc-noteref|doc-backlink")},
	"img": {"src": pictures, "alt": anything, "title": anything, "width": is(`\d+%?`), "height": is(`\d+%?`), "loading": is("lazy"), "decoding": is("async")},
	"h1":  {"id": name}, "h2": {"id": name}, "h3": {"id": name}, "h4": {"id": name}, "h5": {"id": name}, "h6": {"id": name},
	"code": {"class": is(`language-[a-z0-9+#._-]+`), "data-lang": is(`[a-z0-9+#._-]+`)},
	"pre":  {"tabindex": number, "style": look}, "span": {"style": look},
	"th": {"style": look}, "td": {"style": look}, "ol": {"start": number, "class": is("footnotes-list")}, "li": {"id": is(`fn[:-][a-z0-9-]+`)},
	"sup":  {"id": is(`fnref\d*:[a-z0-9-]+|fr-[a-z0-9-]+`), "class": is("footnote-reference|footnote-definition-label")},
	"abbr": {"title": anything}, "kbd": {"title": anything}, "sub": {"title": anything}, "mark": {"title": anything}, "details": {"open": is("")}, "input": {"type": is("checkbox"), "disabled": is(""), "checked": is("")},
	"section": {"class": is("footnotes")}, "meta": {"charset": is("utf-8"), "name": is("generator"), "content": is(`Hugo [0-9.]+`)},
	"article": {"data-date": anything, "data-lastmod": anything, "data-url": anything},
	"div":     {"class": is("highlight|footnotes|comment|sum|footnote-definition"), "role": is("doc-endnotes"), "id": is(`[a-z0-9-]+`)},
	"p":       {"class": is("tags")},
	"iframe":  {"src": is(`https?://.*`), "title": anything, "loading": is("lazy"), "allowfullscreen": is("")},
	"html":    {}, "head": {}, "title": {}, "body": {}, "br": {}, "hr": {}, "em": {}, "strong": {}, "del": {}, "ul": {}, "blockquote": {}, "figure": {},
	"table": {}, "thead": {}, "tbody": {}, "tr": {}, "u": {"title": anything}, "summary": {}, "dl": {}, "dt": {}, "dd": {},
}

// schemes are those of addresses that a page may hold.
var schemes = is(schemesPattern)

const schemesPattern = `(?:https?|mailto):.*|[^a-z].*|[a-z][a-z0-9+.-]*(?:[^a-z0-9+.:-].*)?|`

// pictures are the addresses of pictures, in which nothing runs.
var pictures = is(`data:image/.*|` + schemesPattern)

// harm tells what a page holds beside what it may; nothing of a page as it should be.
func harm(page string) (found []string) {
	doc, err := xhtml.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	for n := range doc.Descendants() {
		if n.Type != xhtml.ElementNode {
			continue
		}
		allowed, ok := harmless[n.Data]
		if !ok || n.Namespace != "" {
			found = append(found, "<"+n.Data+">")
		}
		for _, a := range n.Attr {
			pattern, ok := allowed[a.Key]
			if pattern == schemes || pattern == pictures {
				a.Val = strings.ToLower(strings.Map(printed, a.Val))
			}
			if !ok || !pattern.MatchString(a.Val) {
				found = append(found, fmt.Sprintf("<%s %s=%q>", n.Data, a.Key, a.Val))
			}
		}
	}
	return found
}

// printed drops what browsers overlook in an address.
func printed(r rune) rune {
	if r <= ' ' {
		return -1
	}
	return r
}

// sees gives what a reader of HTML sees: its text without any space, the titles of its
// links, and the texts of its pictures.
func sees(t *testing.T, page string) (text string, titles, alts []string) {
	t.Helper()
	doc, err := xhtml.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		switch {
		case n.Type == xhtml.TextNode:
			b.WriteString(n.Data)
		case n.Data == "a":
			titles = appendValue(titles, n, "title")
		case n.Data == "img":
			alts = appendValue(alts, n, "alt")
		}
	}
	return strings.Map(visibleRune, b.String()), titles, alts
}

func appendValue(all []string, n *xhtml.Node, key string) []string {
	for _, a := range n.Attr {
		if says := strings.Join(strings.Fields(a.Val), " "); a.Key == key && says != "" {
			return append(all, says)
		}
	}
	return all
}

// shown drops what takes no place or only that.
func visibleRune(r rune) rune {
	if strings.ContainsRune(" \t\n\r\f\u00a0\u200b\u2028\u2060", r) {
		return -1
	}
	return r
}
