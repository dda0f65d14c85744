package source

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/clean"
	"replant/migrate/dom"
)

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
		if c != "highlight" && c != "plaintext" && clean.LanguageName.MatchString(c) {
			return strings.ToLower(c)
		}
	}
	return ""
}
