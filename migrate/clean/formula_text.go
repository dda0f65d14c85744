package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// dress is how TeX stands in a text for a script, or for WordPress, to find.
type dress struct {
	open, closing string
	block         bool
	is            func(tex, before, after string) bool // reports whether it is a formula
	clean         func(tex string) string
}

var dresses = append([]dress{
	{open: "$latex", closing: "$", is: wordpressTeX, clean: withoutOptions},
	{open: `\(`, closing: `\)`, is: inlineTeX},
	{open: `\[`, closing: `\]`, block: true, is: displayTeX},
	{open: "$$", closing: "$$", block: true, is: dollarTeX},
}, environments()...)

// environments are those that MathJax reads without delimiters (AMSmath's).
func environments() (all []dress) {
	for inner, names := range map[string]string{"": "equation", "aligned": "align eqnarray", "gathered": "gather multline"} {
		for name := range strings.FieldsSeq(names) {
			for _, name := range []string{name, name + "*"} {
				all = append(all, dress{open: `\begin{` + name + `}`, closing: `\end{` + name + `}`, block: true, is: environmentTeX, clean: inEnvironment(inner)})
			}
		}
	}
	return all
}

// texts makes formulas of TeX between delimiters. What only looks like it (a pattern, a
// bracket that was escaped twice, an amount of money) stays text, and so does code.
func (f *finder) texts(body *html.Node) {
	for n := body; n != nil; n = nextNode(n, body) {
		if n.Type != html.TextNode || !undressed(n.Data) || inCode(n) || verbatim(n) {
			continue
		}
		n = f.scan(n)
	}
}

// nextNode returns the node after n in the tree of root, or nil.
func nextNode(n, root *html.Node) *html.Node {
	if n.FirstChild != nil {
		return n.FirstChild
	}
	for n != root && n.NextSibling == nil {
		n = n.Parent
	}
	if n == root {
		return nil
	}
	return n.NextSibling
}

// undressed reports whether a text may hold a delimiter that opens a formula.
func undressed(s string) bool {
	return strings.Contains(s, `\(`) || strings.Contains(s, `\[`) || strings.Contains(s, "$$") || strings.Contains(s, "$latex") || strings.Contains(s, `\begin{`)
}

// verbatim reports whether a text stands where none of it is prose.
func verbatim(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		switch p.DataAtom {
		case atom.Kbd, atom.Samp, atom.Tt, atom.Var, atom.Textarea, atom.Script, atom.Style, atom.Math, atom.Listing, atom.Xmp, atom.Svg, atom.Option:
			return true
		}
	}
	return false
}

// scan makes formulas of a text and returns the last node that it has looked at.
func (f *finder) scan(n *html.Node) *html.Node {
	for from := 0; ; {
		at, d := opener(n.Data, from)
		if d == nil {
			return n
		}
		s := stretchFrom(n, at+len(d.open), d)
		if s.tex == "" || !d.is(s.tex, n.Data[:at], s.after()) {
			from = at + len(d.open)
			continue
		}
		tex := s.tex
		if d.clean != nil {
			tex = d.clean(tex)
		}
		rest := s.cut(n, at)
		m := dom.Math{TeX: emptyLines().ReplaceAllString(strings.TrimSpace(tex), "\n"), Block: d.block}.Node()
		s.first.Parent.InsertBefore(m, s.first)
		for _, gone := range s.nodes {
			Remove(gone, Glyphs)
		}
		if d.block {
			f.blocks = append(f.blocks, m)
		}
		if rest == nil {
			return m
		}
		n, from = rest, 0
	}
}

// opener finds the first delimiter that opens a formula, from a place on.
func opener(s string, from int) (at int, d *dress) {
	for at = from; ; at++ {
		next := strings.IndexAny(s[at:], `\$`)
		if next < 0 {
			return len(s), nil
		}
		at += next
		for i := range dresses {
			if strings.HasPrefix(s[at:], dresses[i].open) {
				return at, &dresses[i]
			}
		}
	}
}

// texMost bounds the TeX of one formula in a text, in bytes.
const texMost = 8 << 10

// stretch is TeX that stands in a text, and in those behind it where breaks of lines part
// them.
type stretch struct {
	tex   string
	first *html.Node   // of those that go
	nodes []*html.Node // that go
	last  *html.Node   // the text that it ends in
	end   int          // behind its delimiter, there
}

// stretchFrom reads on from a place in a text to the delimiter that closes a formula. It
// stops where another one opens.
func stretchFrom(n *html.Node, from int, d *dress) (s stretch) {
	var b strings.Builder
	for ; n != nil && b.Len() < texMost; n = n.NextSibling {
		s.nodes = append(s.nodes, n)
		if dom.Is(n, atom.Br) {
			b.WriteByte('\n')
			continue
		}
		if n.Type != html.TextNode {
			return stretch{}
		}
		rest := n.Data[from:min(len(n.Data), from+texMost)]
		open := -1
		if d.open != d.closing {
			open = strings.Index(rest, d.open)
		}
		if open >= 0 {
			rest = rest[:open]
		}
		switch end := closer(rest, d); {
		case end >= 0 && b.Len()+end <= texMost:
			b.WriteString(rest[:end])
			s.tex, s.last, s.end = b.String(), n, from+end+len(d.closing)
			return s
		case end >= 0, open >= 0, from+len(rest) < len(n.Data):
			return stretch{}
		}
		b.WriteString(rest)
		from = 0
	}
	return stretch{}
}

// closer returns where a formula is closed in a text, or -1. A delimiter behind a
// backslash is a character of the formula.
func closer(s string, d *dress) int {
	for from := 0; ; {
		at := strings.Index(s[from:], d.closing)
		if at < 0 {
			return -1
		}
		at += from
		slashes := at - len(strings.TrimRight(s[:at], `\`))
		if slashes%2 == 0 {
			return at
		}
		from = at + 1
	}
}

// after returns what stands behind a formula in its text.
func (s *stretch) after() string { return s.last.Data[s.end:] }

// cut parts the texts at both ends of a formula, from at in n on, and returns the text
// behind it, or nil where there is none.
func (s *stretch) cut(n *html.Node, at int) (rest *html.Node) {
	if after := s.after(); after != "" {
		rest = dom.TextNode(after)
		s.last.Parent.InsertBefore(rest, s.last.NextSibling)
		s.last.Data = s.last.Data[:s.end]
	}
	if at > 0 {
		n.Parent.InsertBefore(dom.TextNode(n.Data[:at]), n)
		n.Data = n.Data[at:]
	}
	s.first = n
	return rest
}

var (
	// latexOptions are the colours and the size of a formula of WordPress
	// (https://wordpress.com/support/latex/).
	latexOptions = regex.Lazy(`(?i)(?:&(?:amp;)?(?:bg|fg|s)=[\w.#-]*\s*)+$`)
	typographic  = strings.NewReplacer("’", "'", "‘", "`", "“", "``", "”", "''", "–", "-", "—", "--", "\u00a0", " ")
)

func wordpressTeX(tex, _, _ string) bool {
	return (strings.HasPrefix(tex, "=") || strings.IndexAny(tex, " \t\n\u00a0") == 0) && strings.TrimSpace(withoutOptions(tex)) != "" && balanced(tex)
}

// withoutOptions returns the TeX of a formula of WordPress, with the characters that it had
// before WordPress made quotes of them.
func withoutOptions(tex string) string {
	tex = typographic.Replace(strings.TrimPrefix(tex, "="))
	return latexOptions().ReplaceAllString(tex, "")
}

var (
	// commandOf is a command of TeX with its first argument: not prose, whatever is in it.
	commandOf = regex.Lazy(`\\[A-Za-z]+\*?\s*(?:\{[^{}]*\})?`)
	// prose are two words of a language.
	prose = regex.Lazy(`(?:^|[\s("])[\p{L}'’]{3,}[,;:.]?\s+[\p{L}'’]{2,}(?:[\s,.;:!?)"]|$)`)
	// pattern is what tags, Markdown, templates and regular expressions have and TeX has not.
	pattern = regex.Lazy("`" + `|</?[A-Za-z][^<>]*>|\]\(|~~|\*\*|\{\.|\{\{[%<#]|\.\*|\.\+|\[\^|\\[1-9*.?|+]|\(\?|\[\w-\w`)
	// texSign is what only TeX has: a command, a script.
	texSign = regex.Lazy(`\\[A-Za-z]{2,}|\^[\w{\\(+*-]|[A-Za-z)}]_(?:\w\b|\{|\\)`)
	// relation is what a formula on a line of its own has at least.
	relation = regex.Lazy(`[=<>≤≥≠≈∈→+]|\w\s*[-*/]\s*\w`)
	oneWord  = regex.Lazy(`^\s*\p{Ll}{4,}\s*$`)
	// goesOnAs is how a pattern goes on behind a group.
	goesOnAs = regex.Lazy(`^(?:[*?]|\\[{(|\d+?])`)
)

// couldBeTeX reports whether nothing speaks against a text being TeX.
func couldBeTeX(tex, before, after string) bool {
	return strings.TrimSpace(tex) != "" && balanced(tex) && !pattern().MatchString(tex) && !goesOnAs().MatchString(after) &&
		!strings.HasSuffix(before, "/") && !strings.HasSuffix(before, `\`) && !inWords(tex)
}

// inWords reports whether a text has words of a language one behind the other, outside of
// commands.
func inWords(s string) bool { return prose().MatchString(commandOf().ReplaceAllString(s, ` \ `)) }

func inlineTeX(tex, before, after string) bool {
	return couldBeTeX(tex, before, after) && !oneWord().MatchString(tex)
}

// displayTeX asks for more: brackets that are escaped once too often are common.
func displayTeX(tex, before, after string) bool {
	return couldBeTeX(tex, before, after) && !strings.HasPrefix(after, "(") && !strings.HasPrefix(after, "[") &&
		(texSign().MatchString(tex) || relation().MatchString(tex))
}

// dollarTeX asks for a sign of TeX: dollars are variables and process numbers too.
func dollarTeX(tex, before, after string) bool {
	if blog.IsBlank(before+after) && couldBeTeX(tex, before, after) && strings.ContainsAny(tex, letters) && !oneWord().MatchString(tex) && !strings.Contains(tex, "$") {
		return true // all of its text
	}
	return couldBeTeX(tex, before, after) && !strings.Contains(tex, "$") && texSign().MatchString(tex) &&
		!strings.HasSuffix(before, "$") && !strings.HasPrefix(after, "$") && !wordAt(after)
}

// environmentTeX reports whether an environment holds a formula; that of an example has tags in it.
func environmentTeX(tex, _, _ string) bool {
	return strings.TrimSpace(tex) != "" && balanced(tex) && !pattern().MatchString(tex)
}

// inEnvironment returns a function that sets TeX in an environment which may stand between
// delimiters.
func inEnvironment(name string) func(string) string {
	return func(tex string) string {
		tex = strings.TrimSpace(tex)
		if name == "" {
			return tex
		}
		if name == "aligned" {
			tex = strings.ReplaceAll(tex, "&=&", "&=")
		}
		return `\begin{` + name + "} " + tex + ` \end{` + name + "}"
	}
}

// wordAt reports whether a text begins with a letter or a digit.
func wordAt(s string) bool {
	return s != "" && (s[0] >= '0' && s[0] <= '9' || strings.IndexByte(letters, s[0]) >= 0)
}
