package proof_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	dom "golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/markdown"
	"replant/migrate/proof"
)

// FuzzProof converts any HTML and proves the page. Nothing panics, and where the proof
// says that nothing was lost, what goldmark renders has the letters of the source.
func FuzzProof(f *testing.F) {
	names, err := filepath.Glob("../markdown/testdata/*.html")
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds (%v)", err)
	}
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(source), false)
		f.Add(string(source), true)
	}
	f.Add(sample, false)
	rigs := map[bool]*rig{false: newRig(false), true: newRig(true)}
	f.Fuzz(func(t *testing.T, source string, zola bool) { rigs[zola].holds(t, source) })
}

// TestProofIsNeverContradicted does so with random pages.
func TestProofIsNeverContradicted(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(8, 16))
	rigs := []*rig{newRig(false), newRig(true)}
	for i := range 1500 {
		if rigs[i%2].holds(t, blocks(random, 3)); t.Failed() {
			return
		}
	}
}

// TestParsingLosesNothing holds random sources against what the parser makes of them.
func TestParsingLosesNothing(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 2))
	for range 500 {
		source := blocks(random, 3)
		if r := proof.Conserve(blog.Source{Text: source}, parse(t, source), nil); len(r) > 0 {
			t.Fatalf("%s of %q", lines(r), source)
		}
	}
}

// rig makes pages for a generator, proves them and shows them.
type rig struct {
	*proof.Prover
	*markdown.Converter
	shown goldmark.Markdown // as the generator does, but for shortcodes
}

func newRig(zola bool) *rig {
	on, extensions := targets["hugo"], []goldmark.Extender{extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote}
	var options []goldmark.Option
	if zola {
		on = targets["zola"]
		options = append(options, goldmark.WithRendererOptions(html.WithUnsafe()))
	} else {
		extensions = append(extensions, extension.DefinitionList, extension.Linkify)
	}
	options = append(options, goldmark.WithExtensions(extensions...), goldmark.WithParserOptions(parser.WithAttribute()))
	return &rig{proof.New(on.style), maker(on.target), goldmark.New(options...)}
}

func (r *rig) holds(t *testing.T, source string) {
	t.Helper()
	for _, form := range []blog.Form{blog.HTML, blog.WordPress, blog.Markdown} {
		proof.Conserve(blog.Source{Text: source, Form: form}, nil, nil) // does not panic
	}
	body := parse(t, source)
	want := lettersOf(body)
	r.Source(body)
	page, err := r.Convert(body)
	if err != nil {
		t.Fatal(err)
	}
	report := r.Page(page)
	if again := r.Page(page); !slices.Equal(report, again) {
		t.Errorf("%v, then %v, of %q", report, again, page)
	}
	if len(report) > 0 || want == unknown || strings.Contains(string(page), "{{") || strings.Contains(string(page), "{%") {
		return
	}
	var b bytes.Buffer
	if err := r.shown.Convert(page, &b); err != nil {
		t.Fatal(err)
	}
	if got := lettersOf(parse(t, b.String())); got != want {
		t.Errorf("nothing lost, but the page has\n%s\nand the source\n%s\nin %q of %q", got, want, page, source)
	}
}

// unknown stands for a source whose page shows names that are not in it.
const unknown = "\x00"

// lettersOf returns the letters and digits that a reader sees, sorted: their order is the
// proof's own business, and footnotes stand elsewhere.
func lettersOf(root *dom.Node) string {
	var all []rune
	for n := range root.Descendants() {
		if n.Type == dom.TextNode && shown(n) {
			all = append(all, letters(n.Data)...)
		}
		if n.Data == "replant-math" && shown(n) {
			all = append(all, letters(attribute(n, "tex"))...)
		}
		if named(n) {
			return unknown
		}
	}
	slices.Sort(all)
	return string(all)
}

// shown reports whether a reader sees a text.
func shown(n *dom.Node) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		switch n.Data {
		case "script", "style", "head", "template", "svg", "canvas", "map", "form", "button", "select", "textarea", "noscript",
			"source", "track", "param", "col", "colgroup", "iframe", "video", "audio", "embed", "object", "replant-math":
			return false
		case "a":
			if role := attribute(n, "role"); role == "doc-noteref" || role == "doc-backlink" {
				return false // goldmark's own
			}
		}
	}
	return true
}

// named reports whether a page may show a name for an element that is not in the source, or
// leaves out what the site adds itself: embeds, marks of footnotes that are not there,
// numbers of lines.
func named(n *dom.Node) bool {
	switch n.Data {
	case "iframe", "video", "audio", "embed", "object", "replant-embed", "replant-note-ref":
		return true
	case "replant-note":
		return within(n, "pre") // it is code there, and a note
	case "replant-math", "replant-more": // which sources make empty
		return n.FirstChild != nil
	}
	if n.Type == dom.ElementNode && n.Data == "pre" && within(n, "table") {
		return true
	}
	return slices.ContainsFunc(strings.Fields(attribute(n, "class")), func(c string) bool {
		return c == "ln" || c == "lnt" || strings.Contains(c, "num") || strings.Contains(c, "gutter") ||
			strings.Contains(c, "line")
	})
}

func within(n *dom.Node, tag string) bool {
	for ; n != nil; n = n.Parent {
		if n.Data == tag {
			return true
		}
	}
	return false
}

var digits = strings.NewReplacer("⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9",
	"₀", "0", "₁", "1", "₂", "2", "₃", "3", "₄", "4", "₅", "5", "₆", "6", "₇", "7", "₈", "8", "₉", "9",
	"⁺", "+", "⁻", "-", "⁼", "=", "⁽", "", "⁾", "", "ⁿ", "n", "ⁱ", "i", "₊", "+", "₋", "-", "₌", "=", "₍", "", "₎", "",
	"ₐ", "a", "ₑ", "e", "ₕ", "h", "ᵢ", "i", "ⱼ", "j", "ₖ", "k", "ₗ", "l", "ₘ", "m", "ₙ", "n", "ₒ", "o", "ₚ", "p", "ᵣ", "r",
	"ₛ", "s", "ₜ", "t", "ᵤ", "u", "ᵥ", "v", "ₓ", "x")

func letters(s string) (all []rune) {
	for _, r := range digits.Replace(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			all = append(all, r)
		}
	}
	return all
}

func attribute(n *dom.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// blocks makes random HTML of all that people write.
func blocks(random *rand.Rand, depth int) string {
	var b strings.Builder
	for range 1 + random.IntN(4) {
		inner := func() string {
			if depth == 0 {
				return line(random, 1)
			}
			return blocks(random, depth-1)
		}
		switch random.IntN(14) {
		case 0:
			b.WriteString("<h2>" + line(random, 1) + "</h2>")
		case 1:
			b.WriteString("<ul><li>" + inner() + "</li><li>" + line(random, 2) + "</li></ul>")
		case 2:
			b.WriteString(`<ol start="3"><li>` + inner() + "</li><li>" + inner() + "</li></ol>")
		case 3:
			b.WriteString("<blockquote>" + inner() + "</blockquote>")
		case 4:
			b.WriteString(`<pre><code class="language-go">` + line(random, 0) + "\n\t" + line(random, 0) + "</code></pre>")
		case 5:
			b.WriteString("<table><tr><th>" + line(random, 1) + "</th><th>b</th></tr><tr><td>" + line(random, 2) + "</td><td>" + line(random, 1) + "</td></tr></table>")
		case 6:
			b.WriteString("<table><tr><td>" + inner() + "</td><td>" + inner() + "</td></tr></table>")
		case 7:
			b.WriteString("<dl><dt>" + line(random, 1) + "</dt><dd>" + inner() + "</dd></dl>")
		case 8:
			b.WriteString("<div>" + inner() + "</div>")
		case 9:
			b.WriteString("<figure><img src=a.png alt=b><figcaption>" + line(random, 1) + "</figcaption></figure>")
		case 10:
			b.WriteString("<hr>" + line(random, 1))
		case 11:
			b.WriteString("<details><summary>" + line(random, 1) + "</summary>" + inner() + "</details>")
		default:
			b.WriteString("<p>" + line(random, 3) + "</p>")
		}
	}
	return b.String()
}

// line makes random words, marks among them.
func line(random *rand.Rand, depth int) string {
	words := strings.Fields(`a b, word Words. 日本 *star* _x_ 1. # - [x] {{ $5 (y) ~ é "q" http://example.org/ www.example.org a@example.org &amp;amp; &lt;b&gt; \ | + = ! : ; .. ` + "`tick`")
	tags := []string{"b", "i", "em", "strong", "s", "code", "span", "sub", "sup", "kbd", "mark", "u", "q", `a href="https://example.org/x"`, "abbr"}
	var b strings.Builder
	for range 1 + random.IntN(4) {
		if depth > 0 && random.IntN(3) == 0 {
			tag := tags[random.IntN(len(tags))]
			name, _, _ := strings.Cut(tag, " ")
			b.WriteString("<" + tag + ">" + line(random, depth-1) + "</" + name + ">")
		} else {
			b.WriteString(words[random.IntN(len(words))])
		}
		b.WriteString([]string{" ", " ", " ", "", "<br>"}[random.IntN(5)])
	}
	return b.String()
}
