package source

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
)

// linkTo gives the embed of a page; its title alone where the address is missing.
func linkTo(href, title string) []*html.Node {
	title = blog.OneLine(title)
	switch {
	case href != "":
		return []*html.Node{dom.Embed{Kind: "link", URL: href, Title: title}.Node()}
	case title != "":
		return []*html.Node{dom.Elem(atom.P, dom.TextNode(title))}
	}
	return nil
}

func lastOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
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

// titled gives where the heading of a card leads and what it says; without one, the
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
