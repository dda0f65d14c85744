package source

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// linkTo gives the embed of a page; its title alone where the address is missing.
func linkTo(href, title string) []*html.Node {
	title = oneLine(title)
	switch {
	case href != "":
		return []*html.Node{blog.Embed{Kind: "link", URL: href, Title: title}.Node()}
	case title != "":
		return []*html.Node{elem(atom.P, text(title))}
	}
	return nil
}

// words gives the text of the first element that matches; "" without one.
func words(n *html.Node, match func(*html.Node) bool) string {
	if found := first(n, match); found != nil {
		return blog.Words(found)
	}
	return ""
}

// hrefs gives where the links below n lead, in document order.
func hrefs(n *html.Node) (all []string) {
	for _, a := range find(n, named(atom.A)) {
		if href := strings.TrimSpace(blog.Attr(a, "href")); href != "" && href[0] != '#' {
			all = append(all, href)
		}
	}
	return all
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
	content := first(n, class("ltag__link__content"))
	title := words(content, headings)
	if content == nil {
		return linkTo("", words(n, headings)) // "Article No Longer Available"
	}
	for p := content; p != nil && p != n; p = p.Parent {
		if is(p, atom.A) {
			return linkTo(blog.Attr(p, "href"), title)
		}
	}
	return linkTo(lastOf(hrefs(n)), title)
}

// storyCard reads the newer card of another post.
func storyCard(n *html.Node) []*html.Node {
	heading := first(n, class("crayons-story__title"))
	title := words(n, class("crayons-story__title"))
	if a := first(n, class("crayons-story__hidden-navigation-link")); a != nil {
		if title == "" {
			title = blog.Words(a)
		}
		return linkTo(blog.Attr(a, "href"), title)
	}
	if title == "" {
		title = blog.Words(n) // "Post not found or has been removed."
	}
	return linkTo(lastOf(hrefs(heading)), title)
}

// titled gives where the heading of a card leads and what it says; without one, the
// same of the card's last link.
func titled(n *html.Node) (href, title string) {
	if links := find(first(n, headings), named(atom.A)); len(links) > 0 {
		return blog.Attr(links[len(links)-1], "href"), words(n, headings)
	}
	links := find(n, named(atom.A))
	if len(links) == 0 {
		return "", blog.Words(n)
	}
	last := links[len(links)-1]
	if heading := words(n, headings); heading != "" {
		return blog.Attr(last, "href"), heading
	}
	return blog.Attr(last, "href"), blog.Words(last)
}

// pageCard reads the card of any page. Without the page's own words it is a link that
// shows a host; the same box is also put around other things.
func pageCard(n *html.Node) []*html.Node {
	if body := first(n, class("c-embed__body")); body != nil {
		return linkTo(titled(body))
	}
	links := hrefs(n)
	if len(links) == 1 && blog.Words(n) == words(n, named(atom.A)) && first(n, named(atom.Img)) == nil {
		return linkTo(links[0], blog.Words(n))
	}
	wrapRuns(n)
	return take(n)
}

// repositoryCard reads the card of a GitHub repository: its name, and what it says of
// itself. The README that follows is another page.
func repositoryCard(n *html.Node) []*html.Node {
	overview := first(n, class("readme-overview"))
	href := lastOf(hrefs(first(overview, headings)))
	if href == "" {
		href = lastOf(hrefs(n))
	}
	name := strings.Trim(strings.ReplaceAll(words(overview, headings), " / ", "/"), "/ ")
	blocks := linkTo(href, name)
	if about := words(overview, named(atom.H3)); about != "" {
		blocks = append(blocks, elem(atom.P, text(about)))
	}
	return blocks
}
