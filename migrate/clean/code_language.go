package clean

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// languages writes into each block of code which language it is written in, wherever its
// platform says so, by the name that both targets know: on the code, on the pre, on the
// boxes around it.
func languages(body *html.Node) {
	for _, block := range dom.Find(body, isListing) {
		dom.SetLanguage(block, languageOf(block))
	}
}

// isListing matches code that stands on lines of its own.
func isListing(n *html.Node) bool {
	switch n.Data {
	case "pre", "listing", "xmp":
		return true
	case "code", "kbd", "samp", "tt":
		return dom.HasLines(n)
	}
	return false
}

// languageOf returns the language of a block of code, or "" where nothing names it.
func languageOf(block *html.Node) string {
	for _, n := range speakers(block) {
		if name, ok := declared(n); ok {
			return infoString(name)
		}
	}
	return ""
}

// speakers lists the elements that may name the language of a code block, those
// nearest to the code first.
func speakers(block *html.Node) (list []*html.Node) {
	const boxes = 3
	for c := range block.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "code" {
			list = append(list, c)
		}
	}
	list = append(list, block)
	for n := block.Parent; n != nil && len(list) <= boxes && wraps[n.Data]; n = n.Parent {
		list = append(list, n)
	}
	return list
}

// wraps are the elements that highlighters put around a code block.
var wraps = map[string]bool{"div": true, "figure": true, "section": true, "span": true,
	"td": true, "tr": true, "tbody": true, "table": true}

// declared returns the language that an element declares, as it is written there.
func declared(n *html.Node) (string, bool) {
	code := n.Data == "pre" || n.Data == "code"
	for _, a := range n.Attr {
		if a.Val != "" && (a.Key == "data-lang" || a.Key == "data-language" || code && namesLanguage(a.Key)) {
			return a.Val, true
		}
	}
	classes := strings.FieldsFunc(dom.Attr(n, "class"), func(r rune) bool { return strings.ContainsRune(whitespace+";,", r) })
	for i, c := range classes {
		if m := prefixed().FindStringSubmatch(c); m != nil {
			return m[1], true
		}
		if name, ok := highlighted(c); ok {
			return name, true
		}
		if strings.EqualFold(c, "brush:") && i+1 < len(classes) {
			return classes[i+1], true
		}
	}
	if i := slices.IndexFunc(classes, highlighter().MatchString); i >= 0 {
		for _, c := range classes[i+1:] {
			if !manner().MatchString(c) {
				return c, true
			}
		}
	}
	if name := soleLanguage(classes); name != "" && code {
		return name, true
	}
	if len(classes) == 2 && classes[1] == "hljs" && n.Data == "code" && !manner().MatchString(classes[0]) {
		return classes[0], true
	}
	if v := dom.Attr(n, "lang"); v != "" && code && !spoken().MatchString(v) {
		return v, true
	}
	return "", false
}

// namesLanguage reports whether an attribute of code names its language, as data-enlighter-language
// and Medium's data-code-block-lang do.
func namesLanguage(key string) bool {
	return strings.HasPrefix(key, "data-") && (strings.HasSuffix(key, "-lang") || strings.HasSuffix(key, "language"))
}

// highlighted returns the language in a class of Sphinx or Jupyter, such as highlight-python3
// or hl-ipython3: others begin so too.
func highlighted(class string) (name string, ok bool) {
	class = strings.ToLower(class)
	for _, prefix := range []string{"highlight-", "hl-"} {
		if name, ok = strings.CutPrefix(class, prefix); ok && isLanguage(name) {
			return name, true
		}
	}
	return "", false
}

// isLanguage reports whether a word is what a language is called.
func isLanguage(word string) bool {
	word = strings.ToLower(word)
	return blog.Languages[word] || blog.LanguageAliases[word] != ""
}

// soleLanguage returns the one of a few classes that is what a language is called; empty
// without one, or with several.
func soleLanguage(classes []string) (name string) {
	const few = 3
	for _, c := range classes[:min(few, len(classes))] {
		if isLanguage(c) {
			if name != "" {
				return ""
			}
			name = c
		}
	}
	return name
}

var (
	// prefixed is a class that holds the language: Prism and Rouge, GitHub, Org,
	// SyntaxHighlighter, Crayon.
	prefixed = regex.Lazy(`(?i)^(?:language-|lang-|lang:|highlight-source-|highlight-text-|src-|brush:)(.+)$`)
	// highlighter is a class that the language follows: Rouge, highlight.js, pandoc.
	highlighter = regex.Lazy(`(?i)^(highlight|hljs|sourceCode|prettyprint|codehilite)$`)
	// manner is a class that says how the code looks.
	manner = regex.Lazy(`(?i)^(js-.*|hljs.*|highlight.*|number.*|line.*|wrap|code.*|copy.*|notranslate|prettyprinted|theme-.*|wp-.*|.*:.*|.*__.*)$`)
	// spoken is a language that people speak.
	spoken = regex.Lazy(`(?i)^([a-z]{2}-[a-z]{2,4}|en|de|fr|es|it|pt|nl|sv|da|fi|tr|ru|uk|ja|zh|ko|ar|he|hi)$`)
	// plain names no language at all.
	plain = regex.Lazy(`^(plaintext|plain-text|text|txt|none|nohighlight|no-highlight|auto|undefined|null|generic|raw|default)$`)
	// info is what may stand after a fence: Hugo reads braces there as attributes and
	// fails on what it cannot parse, Zola splits at commas.
	info = regex.Lazy(`^[a-z0-9+#._-]+$`)
)

// infoString makes a declared language one that may stand after a fence, or "".
func infoString(name string) string {
	name = strings.ToLower(strings.Trim(name, whitespace+`"'`))
	name = strings.TrimSuffix(name, "-basic") // GitHub: highlight-text-html-basic
	if plain().MatchString(name) || !info().MatchString(name) && blog.LanguageAliases[name] == "" {
		return ""
	}
	if known := blog.LanguageAliases[name]; known != "" {
		return known
	}
	return name
}

// LanguageName matches what may be the name of a language.
var LanguageName = regex.Lazy(`^[A-Za-z0-9+#._-]+$`)

// languageMost is how many characters the name of a language has at most.
const languageMost = 20

// languageName returns the name of a language as code is declared to be in it.
func languageName(words string) string {
	return strings.ReplaceAll(strings.ToLower(words), " ", "-")
}
