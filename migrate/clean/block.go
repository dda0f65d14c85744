package clean

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
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
