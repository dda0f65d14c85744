package source

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

// lastBlock gives the last paragraph of a body that shows anything, be it called one or a
// box of mere words; nil where the body ends in something else, and for no body.
func lastBlock(body *html.Node) *html.Node {
	for n := body; n != nil; {
		last := n.LastChild
		for last != nil && (last.Type != html.ElementNode && dom.Gap(last) || last.Type == html.ElementNode && dom.Empty(last)) {
			last = last.PrevSibling
		}
		switch {
		case last == nil:
			return nil
		case dom.Is(last, atom.P):
			return last
		case !dom.IsBlock(last):
			if dom.Is(n, atom.Div) && dom.First(n, dom.IsBlock) == nil {
				return n
			}
			return nil
		}
		n = last
	}
	return nil
}

// removeEnd removes a last paragraph, and the rule that parts it from the post.
func removeEnd(p *html.Node) {
	before := p.PrevSibling
	for before != nil && (dom.Gap(before) || before.Type == html.ElementNode && before.DataAtom != atom.Hr && dom.Empty(before)) {
		before = before.PrevSibling
	}
	if dom.Is(before, atom.Hr) {
		dom.Detach(before)
	}
	drop(p)
}
