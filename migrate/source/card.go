package source

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
)

// linkTo returns the embed of a page; its title alone where the address is missing.
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

// quote returns a block quote of what stands in n, which may be nil.
func quote(n *html.Node) []*html.Node {
	if n == nil || dom.Empty(n) {
		return nil
	}
	q := dom.Elem(atom.Blockquote, dom.Take(n)...)
	clean.WrapRuns(q)
	return []*html.Node{q}
}

// quoting returns blocks that quote a post elsewhere: the quote at their beginning leads to
// it, or else an embed stands behind them.
func quoting(blocks []*html.Node, e dom.Embed) []*html.Node {
	if len(blocks) > 0 && dom.Is(blocks[0], atom.Blockquote) {
		return append(clean.Quoted(blocks[0], e), blocks[1:]...)
	}
	return append(blocks, e.Node())
}

func postAddress(p *blog.Post) string {
	if p.URL == nil {
		return ""
	}
	return p.URL.String()
}

// callout makes a quote of a box that stands out, its sign in front of its text.
func callout(n *html.Node, sign, body func(*html.Node) bool) {
	said := dom.First(n, body)
	if said == nil {
		return
	}
	mark := dom.WordsOf(n, sign)
	dom.Detach(said)
	q := dom.Elem(atom.Blockquote, dom.Take(said)...)
	clean.WrapRuns(q)
	if mark != "" {
		lead(q, mark+" ")
	}
	clean.Replace(n, clean.Arrangement, q)
}

// lead puts a text in front of what a quote says.
func lead(q *html.Node, mark string) {
	if p := q.FirstChild; dom.Is(p, atom.P) {
		p.InsertBefore(dom.TextNode(mark), p.FirstChild)
		return
	}
	q.InsertBefore(dom.Elem(atom.P, dom.TextNode(mark)), q.FirstChild)
}

// embedInstead puts the embed of an address where a block stands.
func embedInstead(n *html.Node, addr string) {
	if u := blog.Resolve(nil, addr); u != nil && n.Parent != nil {
		e := clean.ThingAt(u).Node()
		clean.Replace(n, clean.Frame, e)
		clean.Lift(e)
	}
}

// picture returns a picture as a block of its own.
func picture(src, alt string) *html.Node {
	img := dom.Elem(atom.Img)
	dom.SetAttr(img, "src", src)
	if alt = blog.OneLine(alt); alt != "" {
		dom.SetAttr(img, "alt", alt)
	}
	return dom.Elem(atom.Figure, img)
}
