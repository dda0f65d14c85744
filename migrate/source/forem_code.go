package source

import (
	"regexp"
	"strings"

	"replant/migrate/dom"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// foremCode makes plain code blocks of Forem's:
//
//	<div class="highlight js-code-highlight">
//	<pre class="highlight LANG"><code>…spans…</code></pre>
//	<div class="highlight__panel js-actions-panel">…Enter fullscreen mode…</div></div>
func foremCode(body *html.Node) {
	for _, panel := range dom.Find(body, dom.Class("highlight__panel", "js-actions-panel")) {
		dom.Detach(panel)
	}
	for _, pre := range dom.Find(body, dom.Named(atom.Pre)) {
		plainCode(pre, foremLanguage(pre))
	}
	for _, box := range dom.Find(body, dom.Class("highlight")) {
		if box.DataAtom == atom.Div {
			dom.Unwrap(box)
		}
	}
}

var languageName = regexp.MustCompile(`^[A-Za-z0-9+#._-]+$`)

// foremLanguage is the class beside "highlight". "plaintext" is what Rouge says
// without a language.
func foremLanguage(pre *html.Node) string {
	if !dom.HasClass(pre, "highlight") {
		return ""
	}
	for _, c := range strings.Fields(dom.Attr(pre, "class")) {
		if c != "highlight" && c != "plaintext" && languageName.MatchString(c) {
			return strings.ToLower(c)
		}
	}
	return ""
}

// plainCode leaves of a code block its text and its language.
func plainCode(pre *html.Node, language string) {
	for _, br := range dom.Find(pre, dom.Named(atom.Br)) {
		dom.Replace(br, dom.TextNode("\n"))
	}
	code := dom.Elem(atom.Code, dom.TextNode(dom.Text(pre)))
	if language == "" {
		if old := dom.First(pre, dom.Named(atom.Code)); old != nil {
			code.Attr = old.Attr
		}
	} else {
		dom.SetAttr(code, "class", "language-"+language)
	}
	dom.Take(pre)
	pre.Attr = nil
	pre.AppendChild(code)
}
