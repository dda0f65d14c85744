package clean

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// Lift moves blocks, given in document order, out of the paragraphs and the inline
// elements that hold them, which it parts. It begins with the last one: thus what
// stands between two blocks is moved once, not once for every block before it.
func Lift(blocks ...*html.Node) {
	for _, n := range slices.Backward(blocks) {
		liftOne(n)
	}
}

func liftOne(n *html.Node) {
	for p := n.Parent; p != nil && p.Parent != nil && (p.DataAtom == atom.P || !dom.IsBlock(p)); p = n.Parent {
		rest := &html.Node{Type: p.Type, DataAtom: p.DataAtom, Data: p.Data, Attr: slices.Clone(p.Attr)}
		for c := n.NextSibling; c != nil; c = n.NextSibling {
			p.RemoveChild(c)
			rest.AppendChild(c)
		}
		p.RemoveChild(n)
		p.Parent.InsertBefore(n, p.NextSibling)
		p.Parent.InsertBefore(rest, n.NextSibling)
		if TrimText(rest); dom.Empty(rest) {
			removeBlank(rest)
		}
		if TrimText(p); dom.Vacant(p, p.LastChild, nil) { // from the end, where the block before stands
			removeBlank(p)
		}
	}
}

// removeBlank removes what shows nothing. Most of it carries no address either.
func removeBlank(n *html.Node) {
	if link := dom.Named(atom.A); link(n) || dom.First(n, link) != nil {
		Remove(n, Blank)
		return
	}
	dom.Detach(n)
}

// WrapRuns puts the inline content that stands bare in a container beside blocks into
// paragraphs.
func WrapRuns(container *html.Node) {
	var run []*html.Node
	flush := func(before *html.Node) {
		if run = trimRun(run); len(run) > 0 {
			for _, n := range run {
				container.RemoveChild(n)
			}
			p := dom.Elem(atom.P, run...)
			TrimText(p)
			container.InsertBefore(p, before)
		}
		run = nil
	}
	for n := container.FirstChild; n != nil; n = n.NextSibling {
		if dom.IsBlock(n) {
			flush(n)
			continue
		}
		run = append(run, n)
	}
	flush(nil)
}

// trimRun removes breaks and white space from both ends of a run of siblings.
func trimRun(run []*html.Node) []*html.Node {
	for len(run) > 0 && dom.Gap(run[0]) {
		dom.Detach(run[0])
		run = run[1:]
	}
	for len(run) > 0 && dom.Gap(run[len(run)-1]) {
		dom.Detach(run[len(run)-1])
		run = run[:len(run)-1]
	}
	return run
}

// TrimEdges removes the breaks at the edges of a block and beside the blocks in it,
// where they would only make empty lines.
func TrimEdges(block *html.Node) {
	for n := block.FirstChild; n != nil; {
		if !dom.Gap(n) {
			n = n.NextSibling
			continue
		}
		before, gaps := n.PrevSibling, []*html.Node(nil)
		for ; n != nil && dom.Gap(n); n = n.NextSibling {
			gaps = append(gaps, n)
		}
		if before == nil || n == nil || dom.IsBlock(before) || dom.IsBlock(n) {
			removeBreaks(gaps)
		}
	}
}

func removeBreaks(nodes []*html.Node) {
	for _, n := range nodes {
		if dom.Is(n, atom.Br) {
			dom.Detach(n)
		}
	}
}

// TrimText takes white space off both ends of a block.
func TrimText(n *html.Node) {
	for c := n.FirstChild; c != nil && c.Type == html.TextNode; c = n.FirstChild {
		if c.Data = strings.TrimLeft(c.Data, " \t\r\n"); c.Data != "" {
			break
		}
		n.RemoveChild(c)
	}
	for c := n.LastChild; c != nil && c.Type == html.TextNode; c = n.LastChild {
		if c.Data = strings.TrimRight(c.Data, " \t\r\n"); c.Data != "" {
			break
		}
		n.RemoveChild(c)
	}
}

// blankLines parts paragraphs where empty lines do, in a body that has no other mark of
// them: the text of an editor that leaves that to the blog's own pages (podcasts on
// WordPress).
func blankLines(body *html.Node) {
	if dom.First(body, dom.Named(atom.P, atom.Br)) != nil {
		return
	}
	for _, n := range dom.Children(body) {
		if n.Type != html.TextNode || !emptyLines().MatchString(n.Data) {
			continue
		}
		var parts []*html.Node
		for i, part := range emptyLines().Split(n.Data, -1) {
			if i > 0 {
				parts = append(parts, dom.Elem(atom.Br), dom.Elem(atom.Br))
			}
			parts = append(parts, dom.TextNode(part))
		}
		dom.Replace(n, parts...)
	}
}

var emptyLines = regex.Lazy(`\n[ \t]*\n\s*`)

// Paragraphs makes HTML of plain text: empty lines part paragraphs.
func Paragraphs(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if text == "" {
		return ""
	}
	var b strings.Builder
	for _, p := range emptyLines().Split(text, -1) {
		b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(p), "\n", "<br>\n") + "</p>\n")
	}
	return b.String()
}

// nextShown returns the first sibling behind n that is more than a break or white space, or nil.
func nextShown(n *html.Node) *html.Node {
	next := n.NextSibling
	for next != nil && dom.Gap(next) {
		next = next.NextSibling
	}
	return next
}
