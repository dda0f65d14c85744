package clean

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
)

func TestRemovalsAreRecorded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		source, body, removed string
		change                func(a *html.Node)
	}{
		"removed": {`<p>See <a href="/x">this</a>.</p>`, `<p>See .</p>`, `a counter: <a href="/x">this</a>`,
			func(a *html.Node) { Remove(a, Counter) }},
		"removed twice": {`<p><a href="/x">this <b>one</b></a></p>`, `<p></p>`, `a counter: <a href="/x">this </a>; shows nothing: <b>one</b>`,
			func(a *html.Node) { b := a.LastChild; Remove(a, Counter); Remove(b, Blank) }},
		"dropped with what is around it": {`<div><p><a href="/x">this</a></p></div>`, ``, `a counter: <a href="/x">this</a>; a counter: <p></p>; a counter: <div></div>`,
			func(a *html.Node) { Drop(a, Counter) }},
		"replaced": {`<p><a href="/x">this</a></p>`, `<p>that</p>`, `a card whose link stays: <a href="/x">this</a>`,
			func(a *html.Node) { Replace(a, Card, dom.TextNode("that")) }},
		"replaced by what was in it": {`<p><a href="/x">this</a></p>`, `<p>this</p>`, `a handle to link by: <a href="/x"></a>`,
			func(a *html.Node) { Unwrap(a, Handle) }},
		"cleared": {`<p><a href="/x">this <b>one</b></a></p>`, `<p><a href="/x"></a></p>`, `shows nothing: this ; shows nothing: <b>one</b>`,
			func(a *html.Node) { Clear(a, Blank) }},
		"led elsewhere": {`<p><a href="/x?to=/y">this</a></p>`, `<p><a href="/y">this</a></p>`, `a detour to an address that stays: <a href="/x?to=/y"></a>`,
			func(a *html.Node) { Relink(a, "href", "/y", Detour) }},
		"moved": {`<p><a href="/x">this</a></p>`, `<p></p><a href="/x">this</a>`, ``,
			func(a *html.Node) { p := a.Parent; dom.Detach(a); p.Parent.AppendChild(a) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body, err := Parse(c.source)
			if err != nil {
				t.Fatal(err)
			}
			c.change(dom.First(body, dom.Named(atom.A)))
			var got []string
			for _, r := range removed(body) {
				got = append(got, r.Reason+": "+dom.InnerHTML(dom.Elem(atom.Div, r.Node)))
			}
			if got := dom.InnerHTML(body); got != c.body || body.Parent != nil {
				t.Errorf("got %s, want %s", got, c.body)
			}
			if got := strings.Join(got, "; "); got != c.removed {
				t.Errorf("got %s, want %s", got, c.removed)
			}
		})
	}
}

// TestBodiesStandAlone asserts that a body leaves its record behind: who renders it shall
// not meet what was removed.
func TestBodiesStandAlone(t *testing.T) {
	t.Parallel()
	for name, finish := range map[string]func(body *html.Node){
		"post":    func(body *html.Node) { Finish(body, nil, false) },
		"comment": func(body *html.Node) { Comment(body, nil) },
	} {
		body, err := Parse("<p>one<!-- two --></p>")
		if err != nil {
			t.Fatal(err)
		}
		if finish(body); body.Parent != nil || body.NextSibling != nil {
			t.Errorf("the body of a %s has something around it", name)
		}
	}
}
