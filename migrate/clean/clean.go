// Package clean makes the neutral DOM of a post's body, as far as that is the same for
// all platforms. A body is parsed once ([Parse]), freed of what no author wrote
// ([Prepare], [Code]), cleaned by the dialect of its platform (package source), which uses
// the helpers of this package too, and brought into its final form ([Finish]). A pass that
// looks for what few posts have asks a [census] of the body before it walks through it.
//
// Nothing goes unseen: [Remove] and its kin record what they take out of a body, and why.
package clean

import (
	"net/url"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// Prepare removes from a body what no reader sees and what feeds and plug-ins have added,
// and puts characters where pictures of them stand.
func Prepare(body *html.Node, p *blog.Post) { prepare(takeCensus(body, ofLitter), p) }

func prepare(c *census, p *blog.Post) {
	c.strip()
	c.after(c.may(holdStyles|holdBoxes), attributed)
	c.after(c.may(holdStyles), styles)
	emoji(c)
	c.after(dom.First(c.body, dom.Named(atom.P, atom.Br)) == nil, blankLines)
	litter(c)
	c.after(c.may(holdFragments), func(body *html.Node) { handles(body, p.URL) })
	c.after(c.has(atom.Button, atom.I) || c.may(holdHidden|holdStyles) || c.classIn(unseenClasses), unseen)
	Farewell(c.body, p)
}

// Finish makes neutral elements of footnotes and embeds, makes the links of a body
// absolute (see [addresses]) and decides the rest (see [Decide]). It returns what was removed
// since [Parse].
func Finish(body *html.Node, base *url.URL, rebased bool) []blog.Removal {
	return finish(takeCensus(body, ofTyped), base, rebased)
}

func finish(c *census, base *url.URL, rebased bool) []blog.Removal {
	c.after(c.may(holdForeign) || c.has(atom.Button) || c.classNamed("note", "margin-toggle"), foreignNotes)
	c.after(c.may(holdFragments), linkedNotes)
	c.after(c.may(holdItemIDs), notes)
	c.after(c.may(holdBrackets|holdRaised) || c.has(atom.Sup), typedNotes)
	c.after(c.may(holdFragments), orphanMarks)
	noteHeadings(c.body)
	c.after(c.has(atom.Form), forms)
	c.after(c.may(holdEmbeds), embeds)
	c.after(c.may(holdPixels), pixels)
	c.after(c.may(holdHollow), emptyLinks)
	addresses(c.body, base, rebased)
	c.after(c.may(holdMarks|holdStrong), typed)
	endRules(c.body)
	decide(c)
	return removed(c.body)
}

// Comment cleans what a reader says of a post.
func Comment(body *html.Node, base *url.URL) {
	Strip(body)
	embeds(body)
	addresses(body, base, false)
	Decide(body)
	removed(body)
}
