package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// foremCode makes plain code blocks of Forem's:
//
//	<div class="highlight js-code-highlight">
//	<pre class="highlight LANG"><code>…spans…</code></pre>
//	<div class="highlight__panel js-actions-panel">…Enter fullscreen mode…</div></div>
func foremCode(body *html.Node) {
	for _, panel := range find(body, class("highlight__panel", "js-actions-panel")) {
		blog.Remove(panel)
	}
	for _, pre := range find(body, named(atom.Pre)) {
		plainCode(pre, foremLanguage(pre))
	}
	for _, box := range find(body, class("highlight")) {
		if box.DataAtom == atom.Div {
			blog.Unwrap(box)
		}
	}
}

var languageName = regexp.MustCompile(`^[A-Za-z0-9+#._-]+$`)

// foremLanguage is the class beside "highlight". "plaintext" is what Rouge says
// without a language.
func foremLanguage(pre *html.Node) string {
	if !blog.HasClass(pre, "highlight") {
		return ""
	}
	for _, c := range strings.Fields(blog.Attr(pre, "class")) {
		if c != "highlight" && c != "plaintext" && languageName.MatchString(c) {
			return strings.ToLower(c)
		}
	}
	return ""
}

// plainCode leaves of a code block its text and its language.
func plainCode(pre *html.Node, language string) {
	for _, br := range find(pre, named(atom.Br)) {
		blog.Replace(br, text("\n"))
	}
	code := elem(atom.Code, text(blog.Text(pre)))
	if language == "" {
		if old := first(pre, named(atom.Code)); old != nil {
			code.Attr = old.Attr
		}
	} else {
		blog.SetAttr(code, "class", "language-"+language)
	}
	take(pre)
	pre.Attr = nil
	pre.AppendChild(code)
}
