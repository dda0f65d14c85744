package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// issueCard reads the card of an issue, pull request or comment on GitHub.
func issueCard(n *html.Node) []*html.Node {
	heading := first(n, headings)
	blocks := linkTo(lastOf(hrefs(heading)), words(n, headings))
	return append(blocks, quote(first(n, class("ltag-github-body")))...)
}

// quote gives a block quote of what stands in n, which may be nil.
func quote(n *html.Node) []*html.Node {
	if n == nil || empty(n) {
		return nil
	}
	q := elem(atom.Blockquote, take(n)...)
	wrapRuns(q)
	return []*html.Node{q}
}

// quoteCard reads a card that quotes a page: a heading with its link, and the words.
func quoteCard(body string) card {
	return func(n *html.Node) []*html.Node {
		quoted := quote(first(n, class(body)))
		return append(quoted, linkTo(titled(n))...)
	}
}

var inReplyTo = regexp.MustCompile(`in_reply_to=(\d+)|/status/(\d+)|tweet_id=(\d+)`)

// tweetCard reads the older card of a tweet, whose number only the links to answer it
// know.
func tweetCard(n *html.Node) []*html.Node {
	id := ""
	for _, href := range hrefs(n) {
		if m := inReplyTo.FindStringSubmatch(href); m != nil && id == "" {
			id = m[1] + m[2] + m[3]
		}
	}
	title := words(n, class("ltag__twitter-tweet__full-name"))
	blocks := quote(first(n, class("ltag__twitter-tweet__body")))
	if id == "" {
		return append(blocks, linkTo(lastOf(hrefs(n)), title)...)
	}
	e := blog.Embed{Kind: "tweet", ID: id, URL: "https://twitter.com/i/status/" + id, Title: title}
	return append(blocks, e.Node())
}

// userCard reads the card of a person or an organisation: the name, beside a button.
func userCard(n *html.Node) []*html.Node {
	heading := first(n, headings)
	if heading == nil {
		heading = n
	}
	name := first(heading, named(atom.A))
	if name == nil {
		return linkTo("", blog.Words(heading))
	}
	return linkTo(blog.Attr(name, "href"), blog.Words(name))
}

// tagCard reads the card of a tag.
func tagCard(n *html.Node) []*html.Node {
	title := words(n, class("ltag__tag__link"))
	return linkTo(lastOf(hrefs(first(n, class("ltag__tag__content")))), "#"+strings.TrimPrefix(title, "#"))
}

// podcastCard reads the card of an episode; the player's own words stay out.
func podcastCard(n *html.Node) []*html.Node {
	title := words(n, class("podcastliquidtag__info__episodetitle"))
	if title == "" {
		title = words(n, headings)
	}
	links := hrefs(n)
	if len(links) == 0 {
		return linkTo("", title)
	}
	return linkTo(links[0], title)
}

// pollCard keeps the question and the answers of a poll, which nobody can vote in any
// more.
func pollCard(n *html.Node) []*html.Node {
	var blocks []*html.Node
	if question := words(n, headings); question != "" {
		blocks = append(blocks, elem(atom.P, elem(atom.Strong, text(question))))
	}
	answers := elem(atom.Ul)
	for _, li := range find(n, named(atom.Li)) {
		if w := blog.Words(li); w != "" && w != "Show results" {
			answers.AppendChild(elem(atom.Li, text(w)))
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
	return []*html.Node{elem(atom.P, anchor(blog.Attr(n, "href"), blog.Words(n)))}
}
