package source

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
)

// card makes of an embed card what a post says there, in blocks.
type card func(n *html.Node) []*html.Node

// foremCard are the cards of Forem by the class of their box (forem/forem,
// app/views/liquids and the views that they borrow).
var foremCard = map[string]card{
	"ltag__link":                     postCard,
	"ltag__link--embedded":           storyCard,
	"c-embed":                        pageCard,
	"ltag-github-readme-tag":         repositoryCard,
	"ltag_github-liquid-tag":         issueCard,
	"ltag__twitter-tweet":            tweetCard,
	"ltag__stackexchange--container": quoteCard("ltag__stackexchange--body"),
	"ltag__reddit--container":        quoteCard("ltag__reddit--body"),
	"ltag__wikipedia--container":     quoteCard("ltag__wikipedia--extract"),
	"liquid-comment":                 quoteCard("body"),
	"ltag__user":                     userCard,
	"ltag__tag":                      tagCard,
	"podcastliquidtag":               podcastCard,
	"ltag-poll":                      pollCard,
	"ltag__user-subscription-tag":    noCard,
	"ltag_cta":                       actionCard,
}

// plainBoxes are the classes of boxes that only arrange what is in them.
var plainBoxes = regexp.MustCompile(`^ltag(?:[_-]+(?:replit|codepen|github-code-tag|gist-liquid-tag|slides?|features?|quotes?|offers?|org|row|col|cta|details|youtube|vimeo|stackblitz|codesandbox|loom)|__user__id__\d+)`)

// foremCards puts something readable where an embed card stands.
func foremCards(body *html.Node, p *blog.Post) {
	var blocks []*html.Node
	for _, n := range dom.Find(body, isCard) {
		if !dom.Under(n, body) {
			continue // within a card
		}
		read := cardOf(n)
		if read == nil {
			read = func(n *html.Node) []*html.Node { return otherCard(n, p) }
		}
		made := read(n)
		why := clean.Card
		if len(made) == 0 {
			why = clean.Widget
		}
		clean.Replace(n, why, made...)
		blocks = append(blocks, made...)
	}
	clean.Lift(blocks...)
}

func isCard(n *html.Node) bool {
	return slices.ContainsFunc(strings.Fields(dom.Attr(n, "class")), func(c string) bool {
		return foremCard[c] != nil || foremBox(c)
	})
}

// foremBox tells whether a class names the outermost box of an embed.
func foremBox(class string) bool {
	return strings.HasPrefix(class, "ltag") && !strings.Contains(strings.TrimPrefix(class, "ltag__"), "__")
}

func cardOf(n *html.Node) card {
	for _, c := range strings.Fields(dom.Attr(n, "class")) {
		if foremCard[c] != nil && (c != "ltag_cta" || n.DataAtom == atom.A) {
			return foremCard[c]
		}
	}
	return nil
}

// otherCard keeps what is in a box that has no form of its own here. What the feed
// left empty, or what is new, is noted.
func otherCard(n *html.Node, p *blog.Post) []*html.Node {
	name := boxName(n)
	if dom.Empty(n) {
		thing := missing(name)
		p.Losses = append(p.Losses, "an embed that the feed left out ("+thing+")")
		return []*html.Node{dom.Elem(atom.P, dom.Anchor(postAddress(p), thing))}
	}
	if !plainBoxes.MatchString(name) && dom.First(n, dom.Named(atom.Iframe)) == nil {
		p.Notes = append(p.Notes, "an embed of a form that is not known here ("+name+") is kept as its text")
	}
	clean.WrapRuns(n)
	return dom.Take(n)
}

// boxName gives the class that makes n the box of an embed.
func boxName(n *html.Node) string {
	for _, c := range strings.Fields(dom.Attr(n, "class")) {
		if foremBox(c) {
			return c
		}
	}
	return ""
}

// missing names in one word what an empty box held.
func missing(class string) string {
	for _, thing := range []string{"gist", "asciinema", "codepen", "statickit", "tweet", "runkit"} {
		if strings.Contains(class, thing) {
			return thing
		}
	}
	return "embed"
}

func postAddress(p *blog.Post) string {
	if p.URL == nil {
		return ""
	}
	return p.URL.String()
}
