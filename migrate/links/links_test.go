package links_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"replant/migrate/links"
)

const old = "https://nettle.example/2024/hives"

// lead leads one address, whatever its scheme, to a page.
func lead(to string) links.Lead {
	return func(address string) (string, bool) { return to, strings.HasPrefix(address, old) }
}

func TestRewrite(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, page, want string }{
		{"inline", "See [hives](" + old + ").", "See [hives](../hives/)."},
		{"title", `[a](` + old + ` "On hives")`, `[a](../hives/ "On hives")`},
		{"two in a line", "[a](" + old + ") and [b](" + old + "#x)", "[a](../hives/) and [b](../hives/)"},
		{"elsewhere", "[a](https://other.example/2024/hives)", "[a](https://other.example/2024/hives)"},
		{"brackets around the address", "[a](<" + old + "/(1)>)", "[a](../hives/)"},
		{"parentheses in the address", "[a](" + old + "_(bees))!", "[a](../hives/)!"},
		{"escapes in the address", `[a](` + old + `/a\_b)`, "[a](../hives/)"},
		{"marks in the text", "[*a* `b` **c**](" + old + ")", "[*a* `b` **c**](../hives/)"},
		{"picture", "[![a](hive.png)](" + old + ")", "[![a](hive.png)](../hives/)"},
		{"picture of that address", "![a](" + old + "/hive.png)", "![a](" + old + "/hive.png)"},
		{"quote and list", "> - [a](" + old + ")\n> - b", "> - [a](../hives/)\n> - b"},
		{"table", "| a |\n|---|\n| [a](" + old + ") |", "| a |\n|---|\n| [a](../hives/) |"},
		{"footnote", "a[^1]\n\n[^1]: See [a](" + old + ").", "a[^1]\n\n[^1]: See [a](../hives/)."},
		{"code", "`[a](" + old + ")`", "`[a](" + old + ")`"},
		{"code block", "```\n[a](" + old + ")\n```", "```\n[a](" + old + ")\n```"},
		{"code in a list", "- a\n\n  ```\n  <" + old + ">\n  ```", "- a\n\n  ```\n  <" + old + ">\n  ```"},
		{"itself", "<" + old + "/a_b>", "[" + old + `/a\_b](../hives/)`},
		{"bare", "Read " + old + ".", "Read [" + old + "](../hives/)."},
		{"behind an exclamation mark", "a!<" + old + ">", `a\![` + old + `](../hives/)`},
		{"escaped", `Read https\://nettle.example/2024/hives`, `Read https\://nettle.example/2024/hives`},
		{"raw HTML", `<a href="` + old + `"><img src="a.png"></a>`, `<a href="../hives/"><img src="a.png"></a>`},
		{"raw HTML in a paragraph", `a <a href="` + old + `?a=1&amp;b=2">b</a>`, `a <a href="../hives/">b</a>`},
		{"shortcode", `{{< figure src="a.png" link="` + old + `" >}}`, `{{< figure src="a.png" link="../hives/" >}}`},
		{"shortcode in code", "`{{</* figure link=\"" + old + "\" */>}}`", "`{{</* figure link=\"" + old + "\" */>}}`"},
		{"caption", `{{< figure src="a.png" caption="See [a](` + old + `)" >}}`, `{{< figure src="a.png" caption="See [a](../hives/)" >}}`},
		{"caption with quotes", "{{< figure caption=`\"so\" [a](" + old + " \"b\")` >}}", "{{< figure caption=`\"so\" [a](../hives/ \"b\")` >}}"},
		{"shortcode's other arguments", `{{< card url="` + old + `" >}}`, `{{< card url="` + old + `" >}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := string(links.Page{Bare: true}.Rewrite([]byte(c.page), lead("../hives/")))
			if got != c.want {
				t.Errorf("%s\nbecame %s\nand not %s", c.page, got, c.want)
			}
		})
	}
}

// What a shortcode stands for cannot be the value of an attribute that is in quotes.
func TestReferencesStayOutOfQuotes(t *testing.T) {
	t.Parallel()
	kept := "{{< figure link=\"" + old + "\" caption=\"[b](" + old + ")\" >}} {{< figure caption=`[c](" + old + ")` >}}"
	page := "[a](" + old + ") " + kept
	want := "[a]({{< relref \"/posts/hives\" >}}) " + kept
	got := string(links.Page{}.Rewrite([]byte(page), lead(`{{< relref "/posts/hives" >}}`)))
	if got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

func TestRewriteReferences(t *testing.T) {
	t.Parallel()
	page := "[a]({{< relref \"/posts/hives#x\" >}}) `{{</* relref \"/posts/hives\" */>}}`"
	got := string(links.Page{}.Rewrite([]byte(page), func(address string) (string, bool) {
		return "../bees/", address == `{{< relref "/posts/hives#x" >}}`
	}))
	if want := "[a](../bees/) `{{</* relref \"/posts/hives\" */>}}`"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

func TestHosts(t *testing.T) {
	t.Parallel()
	got := links.Hosts([]byte("[a](https://www.Nettle.example/x) http://nettle.example:80 <https://b.example:8080?x> ftp://"))
	if want := []string{"nettle.example", "b.example:8080"}; !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}

func TestHostsOf(t *testing.T) {
	t.Parallel()
	page := []byte("![](https://a.example/x.png) [b](https://www.b.example/y)")
	for _, c := range []struct{ addresses, want []string }{
		{[]string{"https://www.B.example/y", "#z", "http://b.example:80", "https://c.example?d"}, []string{"b.example", "c.example"}},
		{[]string{"https://b.example/y", "/z"}, []string{"a.example", "b.example"}},
		{nil, nil},
	} {
		if got := links.HostsOf(slices.Values(c.addresses), page); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, not %q", c.addresses, got, c.want)
		}
	}
}

func TestHasHeading(t *testing.T) {
	t.Parallel()
	page := []byte("## Set up\n\n### `Code` & more {#own}\n\nLast\n----\n\n## Set up\n\n```\n## no\n```\n")
	id := func(heading string) string { return strings.ToLower(strings.ReplaceAll(heading, " ", "-")) }
	for want, has := range map[string]bool{"set-up": true, "own": true, "last": true, "set-up-1": true, "no": false, "code-&-more": false, "set-up-2": false} {
		if links.Page.HasHeading(links.Page{}, page, want, id) != has {
			t.Errorf("%s: not %t", want, has)
		}
	}
}

// Whatever a page says, it says the same with other links, and its code stays as it is.
func FuzzRewrite(f *testing.F) {
	for _, seed := range []string{
		"[a](" + old + ")", "> <" + old + ">\n- `x` " + old, "    " + old + "\n\n[a]: " + old + "\n\n[a] [b][a]", "[`a`](" + old + "\n'b')",
		"<a href=\"" + old + "\">x</a>", "\t- [a](" + old + ")\n\t\t" + old, "[![a](b)](" + old + ")",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, page string) {
		if strings.Contains(page, "{{") {
			return // goldmark knows no shortcodes
		}
		after := links.Page{Bare: true}.Rewrite([]byte(page), lead("../x/"))
		if before, after := says([]byte(page)), says(after); before != after {
			t.Errorf("%q became %q", before, after)
		}
		if again := (links.Page{Bare: true}).Rewrite(after, lead("../x/")); string(again) != string(after) && !strings.Contains(page, "[") {
			t.Errorf("%q became %q the second time", after, again)
		}
	})
}

// says returns the text of a page and its code.
func says(page []byte) string {
	var out strings.Builder
	root := goldmark.New(goldmark.WithExtensions(extension.Linkify, extension.Table, extension.Strikethrough, extension.Footnote)).
		Parser().Parse(text.NewReader(page))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				out.WriteString(strings.ReplaceAll(string(n.Segment.Value(page)), "\\", ""))
			}
		case *ast.AutoLink:
			if entering {
				out.Write(n.Label(page))
			}
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			if entering {
				out.Write(n.Lines().Value(page))
			}
		}
		return ast.WalkContinue, nil
	})
	return out.String()
}
