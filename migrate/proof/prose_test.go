package proof

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"golang.org/x/net/html"

	"replant/migrate/dom"
)

// FuzzProse holds pages that are read with the parser of prose to those that goldmark reads
// alone.
func FuzzProse(f *testing.F) {
	names, err := filepath.Glob("../markdown/testdata/*.md")
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds (%v)", err)
	}
	for _, name := range names {
		page, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(page))
	}
	f.Add("A line of some length, plain to its end\nand another one, which ends in two spaces  \nand\ta tab\t\nand one \\\nmore")
	f.Add("A line of some length that ends in escapes \\\\\\\n*which the next line takes over*, as goldmark has it \\\r\n*x*")
	f.Add("> A quoted line of some length, plain\n> and *another* one [of a link](/x) with ![a picture of some length](y)   \n\n| A cell of some length | b \\| c |\n|---|---|\n| a `b \\| c d e f g h i j k l m` and more | d |")
	f.Add("1. An item, of some length.\n   It goes on here  \n   and ends.\n\nA term of some length\n: $a_1 * b_1$ and what it means is said here\n\n# A heading of some length {#id .c}\nHere\n---\n\n[^1] and a note of some length\n\n[^1]: It says no more than this.\n")
	pairs := prosePairs()
	f.Fuzz(func(t *testing.T, page string) {
		for _, p := range pairs {
			sameProse(t, p, page)
		}
	})
}

// TestProseIsReadAsByGoldmark does so with random pages of text and marks.
func TestProseIsReadAsByGoldmark(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 1))
	pieces := []string{"a piece of prose, that is plain; ", "Two words", " ", "  ", "\n", "  \n", "\n\n", "\\", "\\\n", "\r\n", "\t", "*", "**", "_", "`", "[", "]", "](/to)",
		"![", "<", ">", "<b>", "<https://x.example/a>", "&amp;", "~~", "|", "|---|", "\n> ", "\n- ", "\n1. ", "\n   ", "\n# ", "\n: ", "[^1]", "\n[^1]: ", "$", "$$", "(", ")", "- [x] ",
		"é is none of ASCII, and neither are these: “日本”", "www.x.example", "\x00", "{#id}", "[x]: /to ", "[x]", "\n\n[x]: <a> 'title'\n", "\n---\n", "\n```\n"}
	pairs := prosePairs()
	for range tries(20000) {
		var page strings.Builder
		for range 1 + random.IntN(24) {
			page.WriteString(pieces[random.IntN(len(pieces))])
			if random.IntN(3) == 0 {
				page.WriteString(pieces[random.IntN(3)])
			}
		}
		if sameProse(t, pairs[random.IntN(len(pairs))], page.String()); t.Failed() {
			return
		}
	}
}

func sameProse(t *testing.T, p [2]*pages, page string) {
	t.Helper()
	got, want := shownBy(p[0], page), shownBy(p[1], page)
	if !slices.Equal(got, want) {
		t.Errorf("%q\nshows %q\nwant  %q", page, got, want)
	}
}

// prosePairs returns readers of pages of several styles, each with and without the parser of prose.
func prosePairs() (pairs [][2]*pages) {
	for _, s := range []Style{{Generator: Hugo}, {Generator: Zola, HTML: true}, {Generator: Hugo, Formulas: dom.Delimiters{Inline: [2]string{"(", ")"}, Block: [2]string{"$$", "$$"}}}} {
		quick, slow := newPages(s), newPages(s)
		extensions := []goldmark.Extender{extension.Table, extension.Strikethrough, extension.TaskList, footnotes{}}
		if s.Generator == Hugo {
			extensions = append(extensions, extension.DefinitionList)
		}
		if !s.Formulas.None() {
			extensions = append(extensions, passing{s.Formulas})
		}
		slow.markdown = goldmark.New(goldmark.WithExtensions(extensions...), goldmark.WithParserOptions(parser.WithAttribute())).Parser()
		pairs = append(pairs, [2]*pages{quick, slow})
	}
	return pairs
}

var lineEnds = regexp.MustCompile(`[ \t\r]+(\n|$)`)

// shownBy lists what a page shows, whatever the nodes that its texts are cut into and the white
// space at the ends of lines.
func shownBy(s *pages, markdown string) (all []string) {
	p := page{by: s, style: s.style, embed: func(call string) string { return call }}
	p.read(p.expand([]byte(markdown)))
	s.nodes.reuse()
	text := ""
	end := func() {
		if text = lineEnds.ReplaceAllString(text, "$1"); text != "" {
			all = append(all, text)
		}
		text = ""
	}
	var list func(n *html.Node)
	list = func(n *html.Node) {
		if n.Type == html.TextNode {
			text += n.Data
			return
		}
		end()
		var head strings.Builder
		head.WriteString("<" + n.Data)
		for _, a := range n.Attr {
			head.WriteString(" " + a.Key + "=" + lineEnds.ReplaceAllString(a.Val, "$1"))
		}
		all = append(all, head.String())
		for c := range n.ChildNodes() {
			list(c)
		}
		end()
		all = append(all, ">")
	}
	list(p.render(s.markdown))
	return append(all, map[bool]string{true: "bare"}[p.bare])
}

// FuzzLine holds lines of mere text to what goldmark makes of them.
func FuzzLine(f *testing.F) {
	f.Add("A line, of 3 words")
	f.Add("1 a")
	f.Add("a ,b  c")
	s := newPages(Style{Generator: Hugo, Bare: true})
	f.Fuzz(func(t *testing.T, line string) {
		if line == "" || !isLine(line) {
			t.Skip()
		}
		p := page{by: s, style: s.style}
		p.read([]byte(line))
		s.nodes.reuse()
		body := p.render(s.linking)
		n := body.FirstChild
		if n == nil || n.Data != "p" || n.NextSibling != nil {
			t.Fatalf("%q is no paragraph", line)
		}
		shown := ""
		for c := range n.ChildNodes() {
			if c.Type != html.TextNode {
				t.Errorf("%q has a %s in it", line, c.Data)
			}
			shown += c.Data
		}
		if shown != line {
			t.Errorf("%q shows %q", line, shown)
		}
	})
}
