package source

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/regex"
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
var plainBoxes = regex.Lazy(`^ltag(?:[_-]+(?:replit|codepen|github-code-tag|gist-liquid-tag|slides?|features?|quotes?|offers?|org|row|col|cta|details|youtube|vimeo|stackblitz|codesandbox|loom)|__user__id__\d+)`)

// foremCards puts something readable where an embed card stands.
func foremCards(body *html.Node, p *blog.Post) {
	var blocks []*html.Node
	for n := range dom.Standing(body, isCard) {
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

// foremBox reports whether a class names the outermost box of an embed.
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
	if !plainBoxes().MatchString(name) && dom.First(n, dom.Named(atom.Iframe)) == nil {
		p.Notes = append(p.Notes, "an embed of a form that is not known here ("+name+") is kept as its text")
	}
	clean.WrapRuns(n)
	return dom.Take(n)
}

// boxName returns the class that makes n the box of an embed.
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

// postCard reads the older card of another post, and of one on Medium: a link around
// the author's face, then one around the title.
func postCard(n *html.Node) []*html.Node {
	content := dom.First(n, dom.Class("ltag__link__content"))
	title := dom.WordsOf(content, dom.Heading)
	if content == nil {
		return linkTo("", dom.WordsOf(n, dom.Heading)) // "Article No Longer Available"
	}
	for p := content; p != nil && p != n; p = p.Parent {
		if dom.Is(p, atom.A) {
			return linkTo(dom.Attr(p, "href"), title)
		}
	}
	return linkTo(lastOf(dom.Hrefs(n)), title)
}

// storyCard reads the newer card of another post.
func storyCard(n *html.Node) []*html.Node {
	heading := dom.First(n, dom.Class("crayons-story__title"))
	title := dom.WordsOf(n, dom.Class("crayons-story__title"))
	if a := dom.First(n, dom.Class("crayons-story__hidden-navigation-link")); a != nil {
		if title == "" {
			title = dom.Words(a)
		}
		return linkTo(dom.Attr(a, "href"), title)
	}
	if title == "" {
		title = dom.Words(n) // "Post not found or has been removed."
	}
	return linkTo(lastOf(dom.Hrefs(heading)), title)
}

// titled returns where the heading of a card leads and what it says; without one, the
// same of the card's last link.
func titled(n *html.Node) (href, title string) {
	if links := dom.Find(dom.First(n, dom.Heading), dom.Named(atom.A)); len(links) > 0 {
		return dom.Attr(links[len(links)-1], "href"), dom.WordsOf(n, dom.Heading)
	}
	links := dom.Find(n, dom.Named(atom.A))
	if len(links) == 0 {
		return "", dom.Words(n)
	}
	last := links[len(links)-1]
	if heading := dom.WordsOf(n, dom.Heading); heading != "" {
		return dom.Attr(last, "href"), heading
	}
	return dom.Attr(last, "href"), dom.Words(last)
}

// pageCard reads the card of any page. Without the page's own words it is a link that
// shows a host; the same box is also put around other things.
func pageCard(n *html.Node) []*html.Node {
	if body := dom.First(n, dom.Class("c-embed__body")); body != nil {
		return linkTo(titled(body))
	}
	links := dom.Hrefs(n)
	if len(links) == 1 && dom.Words(n) == dom.WordsOf(n, dom.Named(atom.A)) && dom.First(n, dom.Named(atom.Img)) == nil {
		return linkTo(links[0], dom.Words(n))
	}
	clean.WrapRuns(n)
	return dom.Take(n)
}

// repositoryCard reads the card of a GitHub repository: its name, and what it says of
// itself. The README that follows is another page.
func repositoryCard(n *html.Node) []*html.Node {
	overview := dom.First(n, dom.Class("readme-overview"))
	href := lastOf(dom.Hrefs(dom.First(overview, dom.Heading)))
	if href == "" {
		href = lastOf(dom.Hrefs(n))
	}
	name := strings.Trim(strings.ReplaceAll(dom.WordsOf(overview, dom.Heading), " / ", "/"), "/ ")
	blocks := linkTo(href, name)
	if about := dom.WordsOf(overview, dom.Named(atom.H3)); about != "" {
		blocks = append(blocks, dom.Elem(atom.P, dom.TextNode(about)))
	}
	return blocks
}

// issueCard reads the card of an issue, pull request or comment on GitHub.
func issueCard(n *html.Node) []*html.Node {
	heading := dom.First(n, dom.Heading)
	blocks := linkTo(lastOf(dom.Hrefs(heading)), dom.WordsOf(n, dom.Heading))
	return append(blocks, quote(dom.First(n, dom.Class("ltag-github-body")))...)
}

// quoteCard reads a card that quotes a page: a heading with its link, and the words.
func quoteCard(body string) card {
	return func(n *html.Node) []*html.Node {
		quoted := quote(dom.First(n, dom.Class(body)))
		return append(quoted, linkTo(titled(n))...)
	}
}

var inReplyTo = regex.Lazy(`in_reply_to=(\d+)|/status/(\d+)|tweet_id=(\d+)`)

// tweetCard reads the older card of a tweet, whose number only the links to answer it
// know.
func tweetCard(n *html.Node) []*html.Node {
	id := ""
	for _, href := range dom.Hrefs(n) {
		if m := inReplyTo().FindStringSubmatch(href); m != nil && id == "" {
			id = m[1] + m[2] + m[3]
		}
	}
	title := dom.WordsOf(n, dom.Class("ltag__twitter-tweet__full-name"))
	blocks := quote(dom.First(n, dom.Class("ltag__twitter-tweet__body")))
	if id == "" {
		return append(blocks, linkTo(lastOf(dom.Hrefs(n)), title)...)
	}
	e := dom.Embed{Kind: "tweet", ID: id, URL: "https://twitter.com/i/status/" + id, Title: title}
	return quoting(blocks, e)
}

// userCard reads the card of a person or an organisation: the name, beside a button.
func userCard(n *html.Node) []*html.Node {
	heading := dom.First(n, dom.Heading)
	if heading == nil {
		heading = n
	}
	name := dom.First(heading, dom.Named(atom.A))
	if name == nil {
		return linkTo("", dom.Words(heading))
	}
	return linkTo(dom.Attr(name, "href"), dom.Words(name))
}

// tagCard reads the card of a tag.
func tagCard(n *html.Node) []*html.Node {
	title := dom.WordsOf(n, dom.Class("ltag__tag__link"))
	return linkTo(lastOf(dom.Hrefs(dom.First(n, dom.Class("ltag__tag__content")))), "#"+strings.TrimPrefix(title, "#"))
}

// podcastCard reads the card of an episode; the player's own words stay out.
func podcastCard(n *html.Node) []*html.Node {
	title := dom.WordsOf(n, dom.Class("podcastliquidtag__info__episodetitle"))
	if title == "" {
		title = dom.WordsOf(n, dom.Heading)
	}
	links := dom.Hrefs(n)
	if len(links) == 0 {
		return linkTo("", title)
	}
	return linkTo(links[0], title)
}

// pollCard keeps the question and the answers of a poll, which nobody can vote in any
// more.
func pollCard(n *html.Node) []*html.Node {
	var blocks []*html.Node
	if question := dom.WordsOf(n, dom.Heading); question != "" {
		blocks = append(blocks, dom.Elem(atom.P, dom.Elem(atom.Strong, dom.TextNode(question))))
	}
	answers := dom.Elem(atom.Ul)
	for _, li := range dom.Find(n, dom.Named(atom.Li)) {
		if w := dom.Words(li); w != "" && w != "Show results" {
			answers.AppendChild(dom.Elem(atom.Li, dom.TextNode(w)))
		}
	}
	if answers.FirstChild != nil {
		blocks = append(blocks, answers)
	}
	return blocks
}

// noCard drops a form to subscribe by.
func noCard(*html.Node) []*html.Node { return nil }

// actionCard makes a plain link of a button.
func actionCard(n *html.Node) []*html.Node {
	return []*html.Node{dom.Elem(atom.P, dom.Anchor(dom.Attr(n, "href"), dom.Words(n)))}
}
