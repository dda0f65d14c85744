package proof

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
)

// languages are those that the code of a source, or of a tree, is declared to be in.
type languages struct {
	blocks  []string        // of a source: the names that may stand for a block of code, parted by spaces
	spoken  map[string]bool // of a tree
	boxed   []string        // names on the elements that begin right before the next tag
	inBlock bool            // a pre begins right before the next tag: its code names the language too
}

// openSource reads a tag of a source.
func (l *languages) openSource(tag string, attrs []html.Attribute) {
	switch {
	case slices.Contains(wrappers, tag):
		l.boxed = append(l.boxed, declared(tag, attrs)...)
	case tag == "pre":
		l.blocks = append(l.blocks, strings.Join(append(l.boxed, declared(tag, attrs)...), " "))
		l.endBlock()
		l.inBlock = true
	case tag == "code" && l.inBlock:
		l.blocks[len(l.blocks)-1] += " " + strings.Join(declared(tag, attrs), " ")
		l.endBlock()
	case tag == "code":
		l.blocks = append(l.blocks, strings.Join(declared(tag, attrs), " "))
		l.endBlock()
	default:
		l.endBlock()
	}
}

// wrappers are the elements that highlighters put around code.
var wrappers = []string{"div", "figure", "section", "span", "td", "tr", "tbody", "table"}

// endBlock ends the block of code, so that the next tag begins another.
func (l *languages) endBlock() { l.boxed, l.inBlock = l.boxed[:0], false }

// openTree reads an element of a tree. What stands around code names nothing there: cleaning
// has decided.
func (l *languages) openTree(tag string, attrs []html.Attribute) {
	if tag != "pre" && tag != "code" {
		return
	}
	for _, name := range declared(tag, attrs) {
		l.spoken[name] = true
	}
}

// lost returns the first name for each block of a source whose language the code of a tree is
// not declared to be in, by any of its names or a better one.
func (l *languages) lost(tree *languages) (names []string) {
	for _, block := range l.blocks {
		first := ""
		for _, name := range strings.Fields(block) {
			if noLanguage[name] || !fenced(name) {
				continue
			}
			if tree.spoken[name] || tree.spoken[blog.LanguageAliases[name]] {
				first = ""
				break
			}
			if first == "" {
				first = name
			}
		}
		if first != "" {
			names = append(names, first)
		}
	}
	return names
}

// declared returns the names of languages that stand in an element's classes and data. A
// box around code may have any class: its words count where one of them is about code.
func declared(tag string, attrs []html.Attribute) (names []string) {
	code := tag == "pre" || tag == "code"
	for _, a := range attrs {
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
	return names
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

// fenced reports whether a name can stand behind a fence: Hugo fails on some characters.
func fenced(name string) bool {
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789+#._-") == "" || blog.LanguageAliases[name] != ""
}

// noLanguage are names of no language.
var noLanguage = map[string]bool{"plaintext": true, "plain-text": true, "text": true, "txt": true, "none": true, "nohighlight": true,
	"no-highlight": true, "auto": true, "undefined": true, "null": true, "generic": true, "raw": true, "default": true}

// sameLanguage reports whether a page names the language of its source, by that name or by
// one that Chroma and Zola's grammars know it by. What a page adds where the source has none
// helps.
func sameLanguage(was, is string) bool {
	return was == "" || cmp.Or(blog.LanguageAliases[was], was) == cmp.Or(blog.LanguageAliases[is], is)
}
