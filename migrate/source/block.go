package source

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

var blockTags = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true, atom.Caption: true, atom.Center: true,
	atom.Dd: true, atom.Details: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true,
	atom.Figure: true, atom.Footer: true, atom.Form: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true,
	atom.H6: true, atom.Header: true, atom.Hr: true, atom.Li: true, atom.Main: true, atom.Nav: true, atom.Ol: true, atom.P: true,
	atom.Pre: true, atom.Section: true, atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true,
	atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true,
}

// isBlock tells whether n stands on lines of its own.
func isBlock(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	if _, ok := blog.EmbedOf(n); ok {
		return true
	}
	if _, ok := blog.NoteOf(n); ok || blog.IsMore(n) {
		return true
	}
	m, ok := blog.MathOf(n)
	return ok && m.Block || blockTags[n.DataAtom]
}

// lift moves blocks, given in document order, out of the paragraphs and the inline
// elements that hold them, which it parts. It begins with the last one: thus what
// stands between two blocks is moved once, not once for every block before it.
func lift(blocks ...*html.Node) {
	for _, n := range slices.Backward(blocks) {
		liftOne(n)
	}
}

func liftOne(n *html.Node) {
	for p := n.Parent; p != nil && p.Parent != nil && (p.DataAtom == atom.P || !isBlock(p)); p = n.Parent {
		rest := &html.Node{Type: p.Type, DataAtom: p.DataAtom, Data: p.Data, Attr: slices.Clone(p.Attr)}
		for c := n.NextSibling; c != nil; c = n.NextSibling {
			p.RemoveChild(c)
			rest.AppendChild(c)
		}
		p.RemoveChild(n)
		p.Parent.InsertBefore(n, p.NextSibling)
		if !empty(rest) {
			trimText(rest)
			p.Parent.InsertBefore(rest, n.NextSibling)
		}
		trimText(p)
		if vacant(p, p.LastChild, nil) { // from the end, where the block before stands
			blog.Remove(p)
		}
	}
}

// wrapRuns puts the inline content that stands bare in a container beside blocks into
// paragraphs.
func wrapRuns(container *html.Node) {
	var run []*html.Node
	flush := func(before *html.Node) {
		if run = trimRun(run); len(run) > 0 {
			for _, n := range run {
				container.RemoveChild(n)
			}
			p := elem(atom.P, run...)
			trimText(p)
			container.InsertBefore(p, before)
		}
		run = nil
	}
	for n := container.FirstChild; n != nil; n = n.NextSibling {
		if isBlock(n) {
			flush(n)
			continue
		}
		run = append(run, n)
	}
	flush(nil)
}

// trimRun removes breaks and white space from both ends of a run of siblings.
func trimRun(run []*html.Node) []*html.Node {
	for len(run) > 0 && gap(run[0]) {
		blog.Remove(run[0])
		run = run[1:]
	}
	for len(run) > 0 && gap(run[len(run)-1]) {
		blog.Remove(run[len(run)-1])
		run = run[:len(run)-1]
	}
	return run
}

// gap tells whether n is a break or white space.
func gap(n *html.Node) bool {
	return is(n, atom.Br) || n.Type == html.TextNode && strings.TrimSpace(n.Data) == ""
}

// trimEdges removes the breaks at the edges of a block and beside the blocks in it,
// where they would only make empty lines.
func trimEdges(block *html.Node) {
	for n := block.FirstChild; n != nil; {
		if !gap(n) {
			n = n.NextSibling
			continue
		}
		before, gaps := n.PrevSibling, []*html.Node(nil)
		for ; n != nil && gap(n); n = n.NextSibling {
			gaps = append(gaps, n)
		}
		if before == nil || n == nil || isBlock(before) || isBlock(n) {
			removeBreaks(gaps)
		}
	}
}

func removeBreaks(nodes []*html.Node) {
	for _, n := range nodes {
		if is(n, atom.Br) {
			blog.Remove(n)
		}
	}
}

// trimText takes white space off both ends of a block.
func trimText(n *html.Node) {
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
