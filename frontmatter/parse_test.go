package frontmatter

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata")

// TestFixtures parses each testdata/NAME.md and compares fields, body and error with
// NAME.want.
func TestFixtures(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".md"), func(t *testing.T) {
			t.Parallel()
			page, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, strings.TrimSuffix(name, ".md")+".want", report(page))
		})
	}
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func report(page []byte) string {
	m, body, err := Parse(page)
	var b strings.Builder
	if m == nil {
		b.WriteString("no fields\n")
	}
	list(&b, m, "")
	fmt.Fprintf(&b, "body: %q\n", body)
	if err != nil {
		fmt.Fprintf(&b, "error: %v\n", err)
	}
	return b.String()
}

func list(b *strings.Builder, m Matter, indent string) {
	for _, f := range m {
		if nested, ok := f.Value.(Matter); ok {
			fmt.Fprintf(b, "%s%s:\n", indent, f.Key)
			list(b, nested, indent+"  ")
			continue
		}
		fmt.Fprintf(b, "%s%s: %T %q\n", indent, f.Key, f.Value, fmt.Sprint(f.Value))
	}
}

func TestGet(t *testing.T) {
	t.Parallel()
	m := Matter{{"title", "A"}, {"none", nil}}
	for key, want := range map[string]bool{"title": true, "none": true, "Title": false, "": false} {
		if _, ok := m.Get(key); ok != want {
			t.Errorf("%q: got %v", key, ok)
		}
	}
	if v, _ := m.Get("title"); v != "A" {
		t.Errorf("got %v", v)
	}
}

func TestPageStaysWholeWithoutFrontMatter(t *testing.T) {
	t.Parallel()
	for _, page := range []string{
		"", "\n", "# Title\n", "---", "---\ntitle: never closed\n", "----\na: b\n----\n",
		"Words\n---\na: b\n---\n", "\ufeffWords", "{{< x >}}\n", "{ a }\n\n", "+++\n",
	} {
		m, body, err := Parse([]byte(page))
		if m != nil || err != nil || string(body) != page {
			t.Errorf("%q: got %v, %q, %v", page, m, body, err)
		}
	}
}

// Billions of values in a few lines, or one that holds itself, are refused in time.
func TestAliasesAreBounded(t *testing.T) {
	t.Parallel()
	var bomb strings.Builder
	bomb.WriteString("---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := range 9 {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	for _, page := range []string{bomb.String() + "---\n", "---\na: &a {b: *a}\n---\n"} {
		if _, _, err := Parse([]byte(page)); err == nil || !strings.Contains(err.Error(), errTooMuch.Error()) {
			t.Errorf("%.40q: got %v", page, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	names, err := filepath.Glob("testdata/*.md")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		page, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(page)
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		m, body, err := Parse(page)
		if (err != nil || m == nil) && string(body) != string(page) {
			t.Errorf("%q: without fields, but the body is %q", page, body)
		}
		if !strings.HasSuffix(string(page), string(body)) {
			t.Errorf("%q does not end in its body %q", page, body)
		}
	})
}
