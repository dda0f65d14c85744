package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/clean"
	"replant/migrate/dom"
)

// issueCard reads the card of an issue, pull request or comment on GitHub.
func issueCard(n *html.Node) []*html.Node {
	heading := dom.First(n, dom.Heading)
	blocks := linkTo(lastOf(dom.Hrefs(heading)), dom.WordsOf(n, dom.Heading))
	return append(blocks, quote(dom.First(n, dom.Class("ltag-github-body")))...)
}

// quote gives a block quote of what stands in n, which may be nil.
func quote(n *html.Node) []*html.Node {
	if n == nil || dom.Empty(n) {
		return nil
	}
	q := dom.Elem(atom.Blockquote, dom.Take(n)...)
	clean.WrapRuns(q)
	return []*html.Node{q}
}

// quoteCard reads a card that quotes a page: a heading with its link, and the words.
func quoteCard(body string) card {
	return func(n *html.Node) []*html.Node {
		quoted := quote(dom.First(n, dom.Class(body)))
		return append(quoted, linkTo(titled(n))...)
	}
}

var inReplyTo = regexp.MustCompile(`in_reply_to=(\d+)|/status/(\d+)|tweet_id=(\d+)`)

// tweetCard reads the older card of a tweet, whose number only the links to answer it
// know.
func tweetCard(n *html.Node) []*html.Node {
	id := ""
	for _, href := range dom.Hrefs(n) {
		if m := inReplyTo.FindStringSubmatch(href); m != nil && id == "" {
			id = m[1] + m[2] + m[3]
		}
	}
	title := dom.WordsOf(n, dom.Class("ltag__twitter-tweet__full-name"))
	blocks := quote(dom.First(n, dom.Class("ltag__twitter-tweet__body")))
	if id == "" {
		return append(blocks, linkTo(lastOf(dom.Hrefs(n)), title)...)
	}
	e := dom.Embed{Kind: "tweet", ID: id, URL: "https://twitter.com/i/status/" + id, Title: title}
	return append(blocks, e.Node())
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
