package markdown

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A summary ends behind the first paragraph of words that stands by itself, where more follows
// and nothing else says where it ends.
func TestDividerStandsBehindTheFirstParagraph(t *testing.T) {
	t.Parallel()
	const mark = "\n\n<!-- more -->\n\n"
	for body, want := range map[string]string{
		"<p>One.</p><p>Two.</p>": "One." + mark + "Two.",
		"<p>One.</p>":            "One.",
		"":                       "",
		"<p><img src=a.png></p><p>One.</p><p>Two.</p>":                 "![](a.png)\n\nOne." + mark + "Two.",
		"<p><a href=b><img src=a.png></a></p><p>1</p><p>2</p>":         "[![](a.png)](b)\n\n1" + mark + "2",
		"<h2>Head</h2><p>One.</p><ul><li>Two.</li></ul>":               "## Head\n\nOne." + mark + "- Two.",
		"<blockquote><p>In.</p><p>It.</p></blockquote><p>One.</p><hr>": "> In.\n>\n> It.\n\nOne." + mark + "---",
		"<ul><li><p>In.</p><p>It.</p></li></ul><p>One.</p><p>Two.</p>": "- In.\n\n  It.\n\nOne." + mark + "Two.",
		"<pre><code>x\n\ny</code></pre><p>One.</p><p>Two.</p>":         "```\nx\n\ny\n```\n\nOne." + mark + "Two.",
		"<blockquote><p>In.</p><p>It.</p></blockquote>":                "> In.\n>\n> It.",
		"<p>One.</p><table><tr><td>Two.</td></tr></table>":             "One." + mark + "| Two. |\n| --- |",
	} {
		c := New(Style{Divider: "<!-- more -->"})
		for _, summarised := range []bool{false, true} {
			c.Summarised(summarised)
			doc, err := html.Parse(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			got, err := c.Convert(doc)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.TrimSuffix(string(got), "\n")
			if summarised {
				want = strings.Replace(want, mark, "\n\n", 1)
			}
			if text != want {
				t.Errorf("%s, summarised: %t:\n%s\nwant\n%s", body, summarised, text, want)
			}
		}
	}
}
