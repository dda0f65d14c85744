// Package clean makes the neutral DOM of a post's body, as far as that is the same for
// all platforms. A body is parsed once ([Parse]), freed of what no author wrote
// ([Prepare], [Code]), cleaned by the dialect of its platform (package source), which uses
// the helpers of this package too, and brought into its final form ([Finish]).
//
// Nothing goes unseen: [Remove] and its kin record what they take out of a body, and why.
package clean

import (
	"net/url"

	"golang.org/x/net/html"

	"replant/migrate/blog"
)

// Prepare removes from a body what no reader sees and what feeds and plug-ins have added,
// and puts characters where pictures of them stand.
func Prepare(body *html.Node, p *blog.Post) {
	Strip(body)
	attributed(body)
	styles(body)
	emoji(body)
	blankLines(body)
	litter(body)
	handles(body, p.URL)
	unseen(body)
	Farewell(body, p)
}

// Finish makes neutral elements of footnotes and embeds, makes the links of a body
// absolute (see [addresses]) and decides the rest (see [Decide]). It returns what was removed
// since [Parse].
func Finish(body *html.Node, base *url.URL, rebased bool) []blog.Removal {
	foreignNotes(body)
	linkedNotes(body)
	notes(body)
	typedNotes(body)
	orphanMarks(body)
	noteHeadings(body)
	forms(body)
	embeds(body)
	pixels(body)
	emptyLinks(body)
	addresses(body, base, rebased)
	typed(body)
	endRules(body)
	Decide(body)
	return removed(body)
}

// Comment cleans what a reader says of a post.
func Comment(body *html.Node, base *url.URL) {
	Strip(body)
	embeds(body)
	addresses(body, base, false)
	Decide(body)
	removed(body)
}
