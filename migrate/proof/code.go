package proof

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/dom"
)

// code reads code in a line. Several lines of it are a block, but in a heading or a cell.
func (r *reader) code(n *html.Node) {
	switch {
	case r.is&code != 0:
		r.children(n)
	case !r.line && !r.where.cell && hasLines(n):
		r.codeBlock(n)
	default:
		r.mark(code, 0, func() { r.children(n) })
	}
}

// hasLines reports whether code breaks its lines, and is code alone.
func hasLines(n *html.Node) (lines bool) {
	for d := range dom.Below(n) {
		if d.Type != html.ElementNode {
			continue
		}
		switch d.Data {
		case "a", "img":
			return false
		case "br", "pre":
			lines = true
		}
	}
	return lines
}

// codeBlock reads a listing, and the pictures that stand in it.
func (r *reader) codeBlock(n *html.Node) {
	text := listing(n)
	if r.line {
		r.part(space)
		r.mark(code, 0, func() { r.words(text) })
		r.part(space)
		return
	}
	if text != "" {
		language := r.note(language(n))
		r.mark(0, ^marks(0), func() { r.alone(codeBlock, text).extra = language })
	}
	for d := range dom.Below(n) {
		if isTag(d, "img") {
			r.picture(d)
			r.part(newBlock)
		}
	}
}

// listing returns the text of code as it looks, without empty lines at either end.
func listing(n *html.Node) string {
	var l lister
	l.preformatted = n.Data != "code"
	l.node(n)
	return trimListing(l.String())
}

type lister struct {
	strings.Builder
	last         byte // that was written
	preformatted bool // line ends of the source show
}

func (l *lister) write(s string) {
	if s != "" {
		l.WriteString(s)
		l.last = s[len(s)-1]
	}
}

func (l *lister) node(n *html.Node) {
	if n.Type == html.TextNode {
		text := n.Data
		if before := n.PrevSibling; before != nil && (before.Data == "pre" || before.Data == "br" && !l.preformatted) {
			text = strings.TrimPrefix(text, "\n") // that line has ended already
		}
		l.write(text)
		return
	}
	was, apart := l.preformatted, false
	if n.Type == html.ElementNode {
		if nothing(n.Data) {
			return
		}
		if n.Data == "br" {
			l.write("\n")
		}
		apart = box(n.Data) || blockTag(n.Data)
		l.preformatted = was || n.Data == "pre"
	}
	if apart {
		l.newLine()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		l.node(c)
	}
	l.preformatted = was
	if apart && n.NextSibling != nil {
		l.newLine()
	}
}

// newLine begins a line, unless one has just begun.
func (l *lister) newLine() {
	if l.last != 0 && l.last != '\n' {
		l.write("\n")
	}
}

// blockTag reports whether an element that means something begins and ends a line too.
func blockTag(tag string) bool {
	switch tag {
	case "blockquote", "pre", "ul", "ol", "table", "hr", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6":
		return true
	}
	return false
}

// trimListing drops empty lines at both ends of code, and what no text file holds.
func trimListing(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.ContainsAny(s, "\r\f") {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "").Replace(s)
	}
	if strings.IndexFunc(s, control) >= 0 {
		s = strings.Map(func(r rune) rune {
			if control(r) {
				return -1
			}
			return r
		}, s)
	}
	if strings.TrimSpace(s) == "" {
		return ""
	}
	for {
		first, rest, ok := strings.Cut(s, "\n")
		if !ok || strings.Trim(first, " \t") != "" {
			break
		}
		s = rest
	}
	end := strings.TrimRight(s, " \t\n")
	if i := strings.IndexByte(s[len(end):], '\n'); i >= 0 {
		return s[:len(end)+i]
	}
	return s
}

func control(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff || r >= 0xfdd0 && r <= 0xfdef
}

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

// sameLanguage reports whether a page names a language that its source declares, by that
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

// fenced reports whether a name can stand behind a fence: Hugo fails on some characters.
func fenced(name string) bool {
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789+#._-") == "" || blog.LanguageAliases[name] != ""
}

// noLanguage are names of no language.
var noLanguage = map[string]bool{"plaintext": true, "plain-text": true, "text": true, "txt": true, "none": true, "nohighlight": true,
	"no-highlight": true, "auto": true, "undefined": true, "null": true, "generic": true, "raw": true}
