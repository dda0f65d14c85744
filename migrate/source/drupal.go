package source

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
)

// drupal is Drupal, from version 7 on. Its feeds show a post as its template does: the title, the
// author and the date as fields before the text, the tags as one behind it.
var drupal = &Dialect{
	Name:   "drupal",
	Match:  signs{guid: `^\d+ at https?://`, body: drupalMarkup}.match(),
	Look:   lookAtDrupal,
	Clean:  cleanDrupal,
	Markup: drupalMarkup,
}

var drupalMarkup = []string{"field--name-", "field-name-body"}

// lookAtDrupal reads the tags, which the feed has in the text alone.
func lookAtDrupal(body *html.Node, p *blog.Post) {
	var found []string
	for _, field := range dom.Find(body, drupalTags) {
		for _, a := range dom.Find(field, dom.Named(atom.A)) {
			found = append(found, dom.Words(a))
		}
	}
	p.Tags = tags(slices.Concat(p.Tags, found))
}

func cleanDrupal(body *html.Node, p *blog.Post) {
	for _, n := range dom.Find(body, dom.Class("field--name-title")) {
		if strings.EqualFold(dom.Words(n), p.Title) {
			clean.Drop(n, clean.Title)
		}
	}
	for _, n := range dom.Find(body, dom.Class("field--name-uid", "field--name-created")) {
		clean.Drop(n, clean.Facts)
	}
	for _, n := range dom.Find(body, drupalTags) {
		clean.Drop(n, clean.Facts)
	}
	for _, n := range dom.Find(body, dom.Class("node__links")) {
		clean.Drop(n, clean.Widget)
	}
}

// drupalTags reports whether n is a field of tags: it refers to nothing but pages of terms.
func drupalTags(n *html.Node) bool {
	if !dom.HasClass(n, "field--type-entity-reference", "field-type-taxonomy-term-reference") {
		return false
	}
	links := dom.Find(n, dom.Named(atom.A))
	return len(links) > 0 && !slices.ContainsFunc(links, func(a *html.Node) bool { return !drupalTerm(dom.Attr(a, "href")) })
}

func drupalTerm(addr string) bool {
	return strings.Contains(addr, "/taxonomy/term/") || strings.Contains(addr, "/tags/") || strings.Contains(addr, "/category/") || strings.Contains(addr, "/categories/")
}
