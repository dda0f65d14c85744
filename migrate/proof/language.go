package proof

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
)

// language returns the languages that a listing may be declared to be written in, parted
// by spaces: those that its code names, else the pre, else the boxes that a highlighter
// put around it.
func language(pre *html.Node) string {
	for c := pre.FirstChild; c != nil; c = c.NextSibling {
		if isTag(c, "code") {
			if l := declared(c); l != "" {
				return l
			}
		}
	}
	const boxes = 3
	n := pre
	for i := 0; i <= boxes && n != nil; i++ {
		if l := declared(n); l != "" {
			return l
		}
		if n = n.Parent; n == nil || !slices.Contains(wrappers, n.Data) {
			break
		}
	}
	return ""
}

var wrappers = []string{"div", "figure", "section", "span", "td", "tr", "tbody", "table"}

// declared returns the names of languages that stand in an element's classes and data. A
// box around code may have any class: its words count where one of them speaks of code.
func declared(n *html.Node) string {
	var names []string
	code := n.Data == "pre" || n.Data == "code"
	for _, a := range n.Attr {
		switch name := strings.TrimSpace(a.Val); {
		case strings.HasPrefix(a.Key, "data-") && strings.HasSuffix(a.Key, "lang") || strings.HasPrefix(a.Key, "data-") && strings.HasSuffix(a.Key, "language"):
			names = append(names, spelled(name))
		case a.Key == "lang" && code && blog.Languages[spelled(name)]:
			names = append(names, spelled(name))
		case a.Key == "class":
			low := strings.ToLower(name)
			names = append(names, classNames(low, code || strings.Contains(low, "highlight") || strings.Contains(low, "code"))...)
		}
	}
	return strings.Join(names, " ")
}

// classNames returns the names of languages among classes: behind "language-" or "lang-",
// as HTML has it (4.5.15), or known by themselves or as the end of a class.
func classNames(classes string, bare bool) (names []string) {
	for _, c := range strings.FieldsFunc(classes, func(r rune) bool { return strings.ContainsRune(" \t\r\n\f;,:", r) }) {
		c = strings.TrimSuffix(c, "-basic") // GitHub: highlight-text-html-basic
		end := c[strings.LastIndexByte(c, '-')+1:]
		switch name, ok := strings.CutPrefix(strings.TrimPrefix(c, "language-"), "lang-"); {
		case ok, strings.HasPrefix(c, "language-"):
			names = append(names, name)
		case bare && blog.Languages[c]:
			names = append(names, c)
		case len(end) > 1 && len(end) < len(c) && bare && blog.Languages[end]:
			_, rest, _ := strings.Cut(c, "-") // src-emacs-lisp
			names = append(names, end, rest)
		}
	}
	return names
}

func spelled(name string) string {
	return strings.TrimSuffix(strings.ToLower(strings.Trim(name, " \t\n\"'")), "-basic")
}

// sameLanguage tells whether a page names a language that its source declares, by that
// name or by the one that Chroma and Zola's grammars know it by. What a page adds where
// the source declares none helps.
func sameLanguage(declared, shown string) bool {
	named := false
	for _, d := range strings.Fields(declared) {
		if noLanguage[d] {
			continue
		}
		named = named || fenced(d)
		if d == shown || blog.LanguageAliases[d] == shown && shown != "" {
			return true
		}
	}
	return !named
}

// fenced tells whether a name can stand behind a fence: Hugo fails on some characters.
func fenced(name string) bool {
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789+#._-") == "" || blog.LanguageAliases[name] != ""
}

// noLanguage are names of no language.
var noLanguage = map[string]bool{"plaintext": true, "plain-text": true, "text": true, "txt": true, "none": true, "nohighlight": true,
	"no-highlight": true, "auto": true, "undefined": true, "null": true, "generic": true, "raw": true}
