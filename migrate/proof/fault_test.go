package proof_test

import (
	"strings"
	"testing"

	"replant/migrate/proof"
)

// sample is a post that holds something of each kind.
const sample = `<h2 id="top">Seeds and <em>soil</em></h2>
<p>First words of a <strong>bold</strong> post with an <em>emphatic</em> tone, a <del>struck</del> word and <code>x = 1</code>.</p>
<p>Second paragraph leads to <a href="https://example.org/one">one place</a> and <a href="https://example.org/two" title="Dos">another</a>, and <a href="#top">up</a>.</p>
<p>A line<br>and the next.</p>
<p><img src="bed.png" alt="A raised bed"></p>
<p><img src="fork.png" alt="A fork"></p>
<h3>Lists</h3>
<ul><li>apple</li><li>pear<ul><li>quince</li></ul></li></ul>
<ol start="3"><li>third</li><li>fourth</li></ol>
<ul><li><input type="checkbox" checked> watered</li><li><input type="checkbox"> mulched</li></ul>
<table><thead><tr><th>Plant</th><th>Days</th></tr></thead><tbody><tr><td>radish</td><td>28</td></tr><tr><td>carrot</td><td>70</td></tr></tbody></table>
<blockquote><p>Quoted wisdom.</p></blockquote>
<pre><code class="language-go">func grow() int {
	return 2 * 21
}</code></pre>
<pre><code>plain listing</code></pre>
<replant-embed kind="youtube" id="dQw4w9WgXcQ" url="https://www.youtube.com/watch?v=dQw4w9WgXcQ"></replant-embed>
<replant-embed kind="codepen" id="abc" url="https://codepen.io/u/pen/abc" title="A pen"></replant-embed>
<p>It is <replant-math tex="e^{i\pi}+1"></replant-math> so.<replant-note-ref name="1"></replant-note-ref></p>
<p>Up to here,<replant-more></replant-more> and further.</p>
<hr>
<p>Last words*.</p>
<replant-note name="1"><p>The note says more.</p></replant-note>`

// faults are what a broken converter could do to the sample's page. Each is a text of
// the page and what it becomes, and how the report begins.
var faults = []struct{ name, from, to, want string }{
	{"a word is dropped", "First words", "words", "lost 1 word: First"},
	{"a word is changed", "emphatic*", "empathic*", "lost 1 word: emphatic"},
	{"a sentence is dropped", "It is ", "", "lost 2 words: It is"},
	{"a paragraph is dropped", "A line\\\nand the next.\n\n", "", "lost 5 words: A line and the next."},
	{"a paragraph is doubled", "> Quoted wisdom.\n", "> Quoted wisdom.\n>\n> Quoted wisdom.\n", "added 2 words: Quoted wisdom."},
	{"two paragraphs merge", "tone, a ~~struck~~ word and `x = 1`.\n\n", "tone, a ~~struck~~ word and `x = 1`.\n", "lost 1 line break"},
	{"a word runs into the next", "bold** post", "bold**post", "lost 2 words"},
	{"a line break is lost", "A line\\\n", "A line\n", "lost 1 line break: before and"},
	{"a line break is made", "Last words", "Last\\\nwords", "added 1 line break: before words"},
	{"an escape is missing", "words*.", "words.", "lost 1 word: words*."},
	{"an escape shows", "Quoted wisdom.", "Quoted\\\\ wisdom.", "lost 1 word: Quoted"},
	{"strong is lost", "**bold**", "bold", "lost 1 emphasized word: bold"},
	{"em is lost", "*emphatic*", "emphatic", "lost 1 emphasized word: emphatic"},
	{"em becomes strong", "*emphatic*", "**emphatic**", "lost 1 emphasized word: emphatic"},
	{"strikethrough is lost", "~~struck~~", "struck", "lost 1 emphasized word: struck"},
	{"emphasis runs on", "*soil*", "*soil*\n\n**all of**", "changed 1 link"},
	{"a code span is lost", "`x = 1`", "x = 1", "lost 1 word: .; lost 3 pieces of code: x"},
	{"a link is lost", "[one place](https://example.org/one)", "one place", "lost 1 link: https://example.org/one (one)"},
	{"a link before a comma is lost", `[another](https://example.org/two "Dos"),`, "another,", "lost 1 link: https://example.org/two (another,)"},
	{"a link is changed", "example.org/one", "example.org/0ne", "changed 1 link: https://example.org/one became"},
	{"a link gets a title", "(https://example.org/one)", `(https://example.org/one "Uno")`, "changed 1 link: https://example.org/one: it has the title Uno"},
	{"a link loses its title", ` "Dos"`, "", "changed 1 link: https://example.org/two: its title Dos is gone"},
	{"a title is changed", `"Dos"`, `"Duo"`, "changed 1 link: https://example.org/two: its title Dos became Duo"},
	{"two links are swapped", "[another](https://example.org/two", "[another](https://example.org/one", "changed 1 link: https://example.org/two"},
	{"a link within the page is broken", "{#top}", "", "changed 1 link"},
	{"a picture is lost", "![A fork](fork.png)\n\n", "", "lost 1 picture: fork.png"},
	{"a picture is changed", "(fork.png)", "(bed.png)", "lost 1 picture: fork.png"},
	{"alt is lost", "![A raised bed]", "![]", "lost 1 alt text: A raised bed"},
	{"alt is changed", "![A raised bed]", "![A razed bed]", "changed 1 alt text: A raised bed became"},
	{"a heading is lost", "### Lists\n\n", "", "lost 1 heading: Lists"},
	{"a heading is text", "### Lists", "Lists", "lost 1 heading: Lists"},
	{"a heading has another level", "### Lists", "## Lists", "changed 1 heading: Lists"},
	{"text is a heading", "Last words", "# Last words", "added 1 heading: Last"},
	{"an item is lost", "- apple\n", "", "lost 1 list item: apple"},
	{"an item is flat", "  - quince", "- quince", "changed 1 list item: quince"},
	{"a list is flat", "- apple\n- pear", "apple\n\npear", "lost"},
	{"a list starts elsewhere", "3. third", "1. third", "changed 2 list items: third"},
	{"a numbered list has bullets", "3. third\n4. fourth", "* third\n* fourth", "changed 2 list items: third"},
	{"a task is done", "[ ] mulched", "[x] mulched", "changed 1 list item: mulched"},
	{"a row is dropped", "| carrot | 70 |\n", "", "lost 2 table cells: carrot"},
	{"a cell is dropped", "| carrot | 70 |", "| carrot | |", "lost 1 table cell: 70"},
	{"cells are swapped", "| carrot | 70 |", "| 70 | carrot |", "changed 1 table cell: 70; moved 1 word: carrot"},
	{"a table is text", "| --- | --- |\n", "", "lost"},
	{"a quote is text", "> Quoted", "Quoted", "lost 1 quote: Quoted"},
	{"text is quoted", "Last words", "> Last words", "added 1 quote: Last"},
	{"a byte of code is changed", "2 * 21", "2 * 12", "lost 1 piece of code: func grow()"},
	{"an indent of code is changed", "\treturn", " return", "lost 1 piece of code"},
	{"a listing is lost", "```\nplain listing\n```\n\n", "", "lost 1 piece of code: plain listing"},
	{"a language is lost", "```go", "```", "lost 1 language of code: go"},
	{"a language is changed", "```go", "```rust", "changed 1 language of code: go became rust"},
	{"a video is lost", "{{< youtube dQw4w9WgXcQ >}}\n\n", "", "lost 1 embed: https://www.youtube.com/watch?v=dQw4w9WgXcQ"},
	{"a video is another", "{{< youtube dQw4w9WgXcQ >}}", "{{< youtube aaaaaaaaaaa >}}", "lost 1 embed: https://www.youtube.com/watch?v=dQw4w9WgXcQ"},
	{"an embed is lost", "[A pen](https://codepen.io/u/pen/abc)\n\n", "", "lost 1 embed: https://codepen.io/u/pen/abc"},
	{"an embed is unlinked", "[A pen](https://codepen.io/u/pen/abc)", "A pen", "lost 1 embed: https://codepen.io/u/pen/abc"},
	{"a formula is changed", "$e^{", "$e_{", "lost 1 formula"},
	{"a footnote's mark is lost", "[^1]\n", "\n", "lost 2 footnotes: 1"},
	{"a footnote is empty", "[^1]: The note says more.", "[^1]: x", "lost 1 footnote: The note says more."},
	{"a footnote is text", "[^1]: The note", "The note", "lost"},
	{"a rule is lost", "---\n\nLast", "Last", "lost 1 rule"},
	{"raw HTML is left out", "Last words", "<div>Last words</div>", "lost"},
	{"a shortcode comes to life", "Last words", "{{< figure >}}\n\nLast words", "added 1 embed: figure"},
}

// TestFaultsAreFound breaks a page in each way, and looks for it in the report.
func TestFaultsAreFound(t *testing.T) {
	t.Parallel()
	hugo := targets["hugo"]
	body := parse(t, sample)
	p := proof.New(hugo.style)
	p.Source(body)
	made, err := maker(hugo.target).Convert(body)
	if err != nil {
		t.Fatal(err)
	}
	if r := p.Page(made); len(r) > 0 {
		t.Fatalf("the page is whole, but: %v\n%s", r, made)
	}
	for _, f := range faults {
		broken := strings.Replace(string(made), f.from, f.to, 1)
		if broken == string(made) {
			t.Errorf("%s: no %q in\n%s", f.name, f.from, made)
			continue
		}
		if got := lines(p.Page([]byte(broken))); !strings.HasPrefix(got, f.want) {
			t.Errorf("%s: %q, want %q", f.name, got, f.want)
		}
	}
	if r := p.Page(made); len(r) > 0 {
		t.Errorf("mended again, but: %v", r)
	}
}

// TestOrderIsFound swaps paragraphs, which have no text of their own to replace.
func TestOrderIsFound(t *testing.T) {
	t.Parallel()
	const one, two, code = "One paragraph here.", "Another stands there.", "```\ncode\n```"
	p := proof.New(targets["hugo"].style)
	p.Source(parse(t, "<p>"+one+"</p><p>"+two+"</p><pre>code</pre><p><img src=a.png></p>"))
	for page, want := range map[string]string{
		one + "\n\n" + two + "\n\n" + code + "\n\n![](a.png)\n": "",
		two + "\n\n" + one + "\n\n" + code + "\n\n![](a.png)\n": "moved 3 words: One paragraph here.",
		one + "\n\n" + two + "\n\n![](a.png)\n\n" + code + "\n": "moved 1 piece of code: code",
		one + "\n\n" + code + "\n\n" + two + "\n\n![](a.png)\n": "moved 1 piece of code: code",
	} {
		if got := lines(p.Page([]byte(page))); got != want {
			t.Errorf("%q: %q, want %q", page, got, want)
		}
	}
}

func lines(r proof.Report) string {
	var all []string
	for _, l := range r {
		all = append(all, l.Way.String()+" "+l.String())
	}
	return strings.Join(all, "; ")
}
