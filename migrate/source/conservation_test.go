package source

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
)

// TestNothingGoesUnseen asserts that every word and every address of a body is in its
// neutral DOM, or was removed for a reason.
func TestNothingGoesUnseen(t *testing.T) {
	t.Parallel()
	fixtures, err := filepath.Glob("../../testdata/dialect/*/*.html")
	if err != nil || len(fixtures) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, name := range fixtures {
		if strings.HasSuffix(name, ".want.html") {
			continue
		}
		dialect := filepath.Base(filepath.Dir(name))
		t.Run(dialect+"/"+filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			p := cleaned(t, dialect, string(source))
			for _, lost := range unseen(clean.Fragment(string(source)), p) {
				t.Errorf("%q is neither in the DOM nor removed", lost)
			}
		})
	}
}

// unseen lists what is in a source and nowhere in a post.
func unseen(source *html.Node, p *blog.Post) (lost []string) {
	words, addresses := content(source)
	trees := []*html.Node{p.Body}
	for _, r := range p.Removed {
		trees = append(trees, r.Node)
	}
	for _, tree := range trees {
		w, a := content(tree)
		for word, n := range w {
			words[word] -= n
		}
		for addr := range a {
			delete(addresses, addr)
		}
	}
	for word, n := range words {
		if n > 0 {
			lost = append(lost, word)
		}
	}
	for addr := range addresses {
		lost = append(lost, addr)
	}
	slices.Sort(lost)
	return lost
}

// content counts the words below a node and lists its addresses.
func content(root *html.Node) (words map[string]int, addresses map[string]bool) {
	words, addresses = map[string]int{}, map[string]bool{}
	add := func(text string) {
		for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			words[w]++
		}
	}
	look := func(n *html.Node) {
		if n.Type == html.TextNode {
			add(n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case dom.Own(n.Data), a.Key == "title":
				add(a.Val)
			}
			if u := blog.Resolve(nil, a.Val); u != nil {
				u = blog.Untracked(u)
				addresses[u.Host+u.Path] = true
			}
		}
	}
	look(root)
	for n := range dom.Below(root) {
		look(n)
	}
	return words, addresses
}
