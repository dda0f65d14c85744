package proof

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
)

// rawHTML reads a tag that stands in a line. Where the site leaves raw HTML out, it
// shows nothing.
func (r *page) rawHTML(n *ast.RawHTML) {
	if !r.style.HTML {
		return
	}
	var b strings.Builder
	for i := range n.Segments.Len() {
		at := n.Segments.At(i)
		b.Write(at.Value(r.raw))
	}
	r.tags(b.String())
}

// htmlBlock reads HTML that stands for itself.
func (r *page) htmlBlock(n *ast.HTMLBlock) {
	if !r.style.HTML {
		return
	}
	var b strings.Builder
	for i := range n.Lines().Len() {
		at := n.Lines().At(i)
		b.Write(at.Value(r.raw))
	}
	if n.HasClosure() {
		b.Write(n.ClosureLine.Value(r.raw))
	}
	r.tags(b.String())
}

// tags reads a piece of HTML, which may open what a later one closes.
func (r *page) tags(raw string) {
	z := html.NewTokenizer(strings.NewReader(raw))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			r.words(z.Token().Data)
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.Data == "pre" {
				r.rawListing(z)
				continue
			}
			r.open(t)
		case html.EndTagToken:
			r.close(z.Token().Data)
		}
	}
}

func (r *page) open(t html.Token) {
	n := &html.Node{Data: t.Data, Attr: t.Attr}
	switch {
	case t.Data == "br":
		r.breakLine()
	case t.Data == "img":
		alt := r.note(oneLine(attr(n, "alt")))
		r.put(picture, address(attr(n, "src"))).extra = alt
	case t.Data == "a" && attr(n, "href") != "":
		r.leads(attr(n, "href"))
	case t.Data == "iframe", t.Data == "video", t.Data == "audio":
		src := address(mediaAddress(n))
		if key, ok := r.embeds[src]; ok {
			src = key
		}
		r.alone(embed, src)
	case boxes[t.Data]:
		r.part(newBlock)
	}
	if look := tagLook(t.Data); look.is|look.may != 0 {
		r.tagged = append(r.tagged, tagged{t.Data, r.is, r.may})
		r.is, r.may = r.is|look.is, r.may|look.may
	}
}

// tagged is a tag that is open, and what things were marked as before it.
type tagged struct {
	tag     string
	is, may marks
}

func (r *page) close(tag string) {
	switch {
	case tag == "a":
		r.link = 0
	case boxes[tag]:
		r.part(newBlock)
	}
	for i, t := range slices.Backward(r.tagged) {
		if t.tag == tag {
			r.is, r.may = t.is, t.may
			r.tagged = r.tagged[:i]
			return
		}
	}
}

// tagLook gives the look of a tag in a page.
func tagLook(tag string) (look struct{ is, may marks }) {
	switch tag {
	case "code", "kbd", "samp", "tt":
		look.is = code
		return look
	}
	return looks[tag]
}

// rawListing reads code that stands as HTML, where its marks would act otherwise.
func (r *page) rawListing(z *html.Tokenizer) {
	var b strings.Builder
	language := ""
	for depth := 1; depth > 0; {
		switch z.Next() {
		case html.ErrorToken:
			depth = 0
		case html.TextToken:
			b.WriteString(z.Token().Data)
		case html.StartTagToken:
			t := z.Token()
			if l := declared(&html.Node{Attr: t.Attr}); language == "" {
				language = l
			}
			if t.Data == "pre" {
				depth++
			}
		case html.EndTagToken:
			if z.Token().Data == "pre" {
				depth--
			}
		}
	}
	if text := trimListing(b.String()); text != "" {
		name := r.note(language)
		r.alone(codeBlock, text).extra = name
	}
}
