package source

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// lastBlock gives the last paragraph of a body that shows anything, be it called one or a
// box of mere words; nil where the body ends in something else, and for no body.
func lastBlock(body *html.Node) *html.Node {
	for n := body; n != nil; {
		last := n.LastChild
		for last != nil && (last.Type != html.ElementNode && gap(last) || last.Type == html.ElementNode && empty(last)) {
			last = last.PrevSibling
		}
		switch {
		case last == nil:
			return nil
		case is(last, atom.P):
			return last
		case !isBlock(last):
			if is(n, atom.Div) && first(n, isBlock) == nil {
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
	for before != nil && (gap(before) || before.Type == html.ElementNode && before.DataAtom != atom.Hr && empty(before)) {
		before = before.PrevSibling
	}
	if is(before, atom.Hr) {
		blog.Remove(before)
	}
	drop(p)
}
