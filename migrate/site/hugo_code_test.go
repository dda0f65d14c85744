package site

import (
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"replant/migrate/site/sitetest"
)

func TestHugoCode(t *testing.T) {
	t.Parallel()
	const open = "{{" + nothing
	for code, want := range map[string]string{
		"":                        "",
		"{{ x }} {% x %} {{- y }": "{{ x }} {% x %} {{- y }",
		"{{< x >}}":               "{{</* x */>}}",
		"{{% x %}}":               "{{%/* x */%}}",
		"{{<>}}":                  "{{</**/>}}",
		"{{</* x */>}}":           "{{</*/* x */*/>}}",
		"a {{< b\nc >}} d":        "a {{</* b\nc */>}} d",
		"{{< a {{% b >}} %}}":     "{{</* a {{% b */>}} %}}",
		"{{< a %}}":               open + "< a %}}",
		"{{% a >}}":               open + "% a >}}",
		"{{{{<":                   "{{" + open + "<",
		"<!--more-->":             "<!--" + nothing + "more-->",
		"{{<!--more-->":           open + "<!--" + nothing + "more-->",
		"{{< <!--more--> >}}":     "{{</* <!--more--> */>}}",
		"{{< a >}}{{< b":          "{{</* a */>}}" + open + "< b",
		"<!-- more -->":           "<!-- more -->",
		"HAHAHUGOSHORTCODE0s0":    "HAHA" + nothing + "HUGOSHORTCODE0s0",
	} {
		if got := hugoCode(code); got != want {
			t.Errorf("Code(%q) = %q, want %q", code, got, want)
		}
	}
}

// tokens are what Hugo's lexer may stumble over.
var tokens = []string{
	"{{<", "{{%", ">}}", "%}}", "{{", "}}", "{", "}", "<", ">", "%", "/*", "*/", "/", "*", "<!--more-->", "<!--", "more-->",
	"`", "``", "```", "~~~", "\n", "\n\n", " ", "a", "b c", `"`, "\\", "x.inline", "ref", "youtube", "日本", "    ", "- ", "> ",
}

// mixture is a random text of them that a code block can hold: no blank line at its
// ends, which Hugo trims.
func mixture(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(14) {
		b.WriteString(tokens[r.IntN(len(tokens))])
	}
	return strings.Trim(b.String(), " \n") + "."
}

// TestHugoShowsCodeAsItWas has the real Hugo build some thousand pieces of code and
// compares what a reader sees with what was written.
func TestHugoShowsCodeAsItWas(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(161, 0))
	tree := t.TempDir()
	want := map[string][]string{}
	for page := range 150 {
		dir := filepath.Join(tree, "content", "posts", fmt.Sprint("p", page))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		body := fmt.Sprintf("---\ntitle: \"p%d\"\n---\n", page)
		key := fmt.Sprintf("/posts/p%d/", page)
		for range 20 {
			code := mixture(r)
			markdown, shown := inContext(r, code)
			body += "\n" + markdown + "\n"
			want[key] = append(want[key], shown)
		}
		write(t, filepath.Join(dir, "index.md"), body)
	}
	pages, _ := sitetest.Build(t, tree)
	for url, codes := range want {
		got := shownCode(pages[url].Body)
		if len(got) != len(codes) {
			t.Errorf("%s: %d pieces of code, want %d", url, len(got), len(codes))
			continue
		}
		for i := range codes {
			if got[i] != codes[i] {
				t.Errorf("%s: code %q is shown as %q", url, codes[i], got[i])
			}
		}
	}
}

// inContext puts code into a fence, a fence in a quote or a list, or a span, which
// shows its lines as one.
func inContext(r *rand.Rand, code string) (markdown, shown string) {
	ticks := strings.Repeat("`", longestRun(code)+1)
	fence := strings.Repeat("`", max(3, len(ticks)))
	block := fence + "\n" + hugoCode(code) + "\n" + fence
	switch r.IntN(4) {
	case 0:
		return block, code
	case 1:
		return "> " + strings.ReplaceAll(block, "\n", "\n> "), code
	case 2:
		return "1. item\n\n   " + strings.ReplaceAll(block, "\n", "\n   ") + "\n\n<!-- -->", code
	}
	line := strings.Join(strings.Fields(code), " ")
	return "text " + ticks + " " + hugoCode(line) + " " + ticks + " text", line
}

func longestRun(code string) int {
	longest := 0
	for _, run := range regexp.MustCompile("`+").FindAllString(code, -1) {
		longest = max(longest, len(run))
	}
	return longest
}

var codeElement = regexp.MustCompile(`(?s)<code>(.*?)</code>`)

func shownCode(body string) (codes []string) {
	for _, m := range codeElement.FindAllStringSubmatch(body, -1) {
		codes = append(codes, html.UnescapeString(strings.TrimSuffix(m[1], "\n")))
	}
	return codes
}

// hugoPrints plays Hugo's lexer on code: what a page shows, and whether it builds.
func hugoPrints(s string) (shown string, ok bool) {
	var b strings.Builder
	for s != "" {
		if rest, found := strings.CutPrefix(s, nothing); found {
			s = rest
			continue
		}
		if strings.HasPrefix(s, divider) {
			return "", false
		}
		if opener := hugoMark().FindString(s); opener != "" && strings.HasPrefix(s, opener) {
			rest, comment := strings.CutPrefix(s[3:], "/*")
			closer := map[byte]string{'<': ">}}", '%': "%}}"}[opener[2]]
			text, after, closed := strings.Cut(rest, "*/"+closer)
			if !comment || !closed {
				return "", false
			}
			b.WriteString(opener + text + closer)
			s = after
			continue
		}
		b.WriteByte(s[0])
		s = s[1:]
	}
	return b.String(), true
}

func FuzzHugoCode(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		f.Add(mixture(r))
	}
	f.Fuzz(func(t *testing.T, code string) {
		if strings.Contains(code, nothing) {
			t.Skip() // the model takes it for ours
		}
		if got, ok := hugoPrints(hugoCode(code)); !ok || got != code {
			t.Errorf("Code(%q) = %q, which shows %q", code, hugoCode(code), got)
		}
	})
}

// BenchmarkHugoCode has texts that a search for each closer would read over and over.
func BenchmarkHugoCode(b *testing.B) {
	for name, piece := range map[string]string{"openers": "{{< ", "mixed": "{{< {{% x ", "closed": "{{< x >}} ", "prose": "some code; "} {
		code := strings.Repeat(piece, 1<<20/len(piece))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(code)))
			for b.Loop() {
				hugoCode(code)
			}
		})
	}
}
