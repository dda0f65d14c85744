package source

import (
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// forem is the software of dev.to, forem.com and other communities. Its feed holds
// whole posts in <description>, twelve a page, but no date of a change, no cover, no
// series and no summary (github.com/forem/forem, feed.rss.builder).
var forem = &Dialect{
	Name:    "forem",
	Match:   isForem,
	Fill:    fillForem,
	Clean:   cleanForem,
	Older:   olderForem,
	Servers: foremServers,
	Window:  12,
}

var (
	foremHead = regex.Lazy(`^The latest articles on .+ by .+ \(@.+\)\.$`)
	foremBody = regex.Lazy(`class="(?:highlight js-code-highlight|article-body-image-wrapper|table-wrapper-paragraph|ltag[_-])`)
	foremPath = regex.Lazy(`^/[\w-]+/.+-[a-z0-9]{2,5}$`)
	foremCDN  = regex.Lazy(`^https://media\d?\.(?:dev\.to|forem\.com)/`)
)

// isForem looks at what the feed says of itself, else by the markup of a post and the
// form of its address: communities live on any host.
func isForem(f *gofeed.Feed) certainty {
	switch {
	case f.FeedType != "rss" || f.Generator != "":
		return never
	case foremHead().MatchString(f.Description) && strings.Contains(f.Title, ": "):
		return byHead
	case len(f.Items) == 0:
		return never
	}
	first := f.Items[0]
	u := blog.ParseURL(first.Link)
	if u != nil && foremPath().MatchString(u.Path) && first.GUID == first.Link && first.Content == "" &&
		(foremBody().MatchString(first.Description) || f.Image != nil && foremCDN().MatchString(f.Image.URL)) {
		return byName
	}
	return never
}

var foremSuffix = regex.Lazy(`^(.+)-([a-z0-9]{2,5})$`)

// fillForem reads a Forem post's title, which is plain text escaped once, and its
// address. The random suffix of the slug outlives changes of everything else; the date
// keeps two posts apart that have the same one.
func fillForem(p *blog.Post, e *feedscan.Entry) {
	p.Title = blog.OneLine(e.Title)
	m := foremSuffix().FindStringSubmatch(lastSegment(p.URL))
	if m == nil {
		return
	}
	p.Slug, p.LongTag = blog.Slug(m[1]), blog.Slug(m[0])
	if !p.Published.IsZero() {
		p.Names = append(p.Names, blog.ID("forem:"+m[2]+"@"+p.Published.UTC().Format(time.RFC3339)))
	}
}

// olderForem counts the page of a feed up; behind the last one Forem answers 404.
func olderForem(page *url.URL, _ *feedscan.Head) *url.URL { return countUp(page, "page") }

// cleanForem undoes Forem's markup, of today and of older feeds.
func cleanForem(body *html.Node, _ *blog.Post) {
	liquidThings(body)
	foremCode(body)
	foremMath(body)
	foremImages(body)
	foremTables(body)
	foremText(body)
}

// foremServers are the one of dev.to announced in June 2026; the others, past and
// present, serve other sites too (see servers).
var foremServers = []server{
	{hosts: hosts{"media.dev.to", "media#.dev.to", "media.forem.com", "media#.forem.com", "dev-to-uploads.s3.amazonaws.com"}, drop: []string{"width", "height"}},
}

// foremCode makes plain code blocks of Forem's:
//
//	<div class="highlight js-code-highlight">
//	<pre class="highlight LANG"><code>…spans…</code></pre>
//	<div class="highlight__panel js-actions-panel">…Enter fullscreen mode…</div></div>
func foremCode(body *html.Node) {
	for _, panel := range dom.Find(body, dom.Class("highlight__panel", "js-actions-panel")) {
		clean.Remove(panel, clean.Button)
	}
	for _, pre := range dom.Find(body, dom.Named(atom.Pre)) {
		clean.PlainCode(pre, foremLanguage(pre))
	}
	for _, box := range dom.Find(body, dom.Class("highlight")) {
		if box.DataAtom == atom.Div {
			dom.Unwrap(box)
		}
	}
}

// foremLanguage is the class beside "highlight". "plaintext" is what Rouge says
// without a language.
func foremLanguage(pre *html.Node) string {
	if !dom.HasClass(pre, "highlight") {
		return ""
	}
	for _, c := range strings.Fields(dom.Attr(pre, "class")) {
		if c != "highlight" && c != "plaintext" && clean.LanguageName().MatchString(c) {
			return strings.ToLower(c)
		}
	}
	return ""
}

// placeholder are the alternative texts that Forem's editor writes for those who do
// not.
var placeholder = map[string]bool{"image description": true, "alt text": true}

// foremImages frees pictures of the link to themselves that Forem puts around them,
// unless its address does not look like a picture's: then it may be a page of its own,
// as a badge's or a button's is, and a reader can follow it.
func foremImages(body *html.Node) {
	for _, a := range dom.Find(body, dom.Class("article-body-image-wrapper")) {
		own := a.PrevSibling
		if !dom.Is(own, atom.A) || own.FirstChild != nil || dom.Attr(own, "href") == "" {
			own = nil
		}
		switch plain := pictureName(dom.Attr(a, "href")); {
		case plain && own != nil:
			relink(own, a)
		case plain:
			clean.Unwrap(a, clean.Handle)
		case own != nil: // both lead somewhere, and one picture cannot lead to two places
			own.AppendChild(dom.TextNode("↗"))
			a.Parent.RemoveChild(own)
			a.Parent.InsertBefore(own, a.NextSibling)
		}
	}
	for _, img := range dom.Find(body, dom.Named(atom.Img)) {
		if placeholder[strings.ToLower(strings.TrimSpace(dom.Attr(img, "alt")))] || blog.IsBlank(dom.Attr(img, "alt")) {
			dom.SetAttr(img, "alt", "")
		}
	}
}

// relink puts a picture back into its author's own link: the parser, which nests no links,
// has pushed the picture out of it.
func relink(own, wrapper *html.Node) {
	for _, c := range dom.Take(wrapper) {
		own.AppendChild(c)
	}
	clean.Remove(wrapper, clean.Handle)
}

// pictureName reports whether an address ends as a picture's does.
func pictureName(addr string) bool {
	addr, _, _ = strings.Cut(addr, "?")
	switch strings.ToLower(path.Ext(addr)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif":
		return true
	}
	return false
}

// foremMath finds the TeX in what Forem leaves of KaTeX's output.
func foremMath(body *html.Node) {
	var blocks []*html.Node
	for _, n := range dom.Find(body, dom.Class("katex-element")) {
		tex := clean.KaTeX(n)
		if tex == "" {
			continue
		}
		block := n.Data == "div" || dom.First(n, dom.Class("katex-display")) != nil
		m := dom.Math{TeX: tex, Block: block}.Node()
		clean.Replace(n, clean.Glyphs, m)
		if block {
			blocks = append(blocks, m)
		}
	}
	clean.Lift(blocks...)
}

// foremTables frees tables of their box, and of the breaks that hard wrapping puts
// between their rows.
func foremTables(body *html.Node) {
	for _, box := range dom.Find(body, dom.Class("table-wrapper-paragraph")) {
		dom.Unwrap(box)
	}
	for _, n := range dom.Find(body, dom.Named(atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Colgroup)) {
		for _, c := range dom.Children(n) {
			if dom.Is(c, atom.Br) {
				dom.Detach(c)
			}
		}
	}
}

// foremText puts headings, mentions and paragraphs right. Forem renders a text twice,
// with every newline a break: bare text and breaks are left beside blocks.
func foremText(body *html.Node) {
	for _, h := range dom.Find(body, dom.Heading) {
		for _, a := range dom.Find(h, dom.Named(atom.A)) {
			if dom.HasClass(a, "anchor") || dom.Attr(a, "name") != "" && dom.Attr(a, "href") == "" || strings.HasPrefix(dom.Attr(a, "href"), "#") && dom.Empty(a) {
				clean.Unwrap(a, clean.Handle)
			}
		}
		clean.TrimText(h)
	}
	for _, a := range dom.Find(body, dom.Class("mentioned-user")) {
		dom.DelAttr(a, "class")
	}
	for _, a := range dom.Find(body, dom.Named(atom.A)) {
		if dom.Empty(a) && dom.Attr(a, "id") == "" {
			clean.Unwrap(a, clean.Blank)
		} else {
			unbreak(a)
		}
	}
	for _, n := range dom.Find(body, dom.Named(atom.P, atom.Li, atom.Td, atom.Th, atom.Dd, atom.Dt, atom.Blockquote, atom.Div)) {
		clean.TrimEdges(n)
		clean.TrimText(n)
	}
	for _, n := range append(dom.Find(body, dom.Named(atom.Blockquote, atom.Div)), body) {
		if n == body || mixed(n) {
			clean.WrapRuns(n)
		}
	}
	for _, p := range dom.Find(body, dom.Named(atom.P)) {
		if dom.Empty(p) {
			clean.Remove(p, clean.Blank)
		}
	}
}

// mixed reports whether bare text stands beside blocks.
func mixed(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if dom.IsBlock(c) {
			return true
		}
	}
	return false
}

// unbreak keeps the text of a link on one line.
func unbreak(a *html.Node) {
	for _, br := range dom.Find(a, dom.Named(atom.Br)) {
		dom.Replace(br, dom.TextNode(" "))
	}
}
