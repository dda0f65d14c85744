package source

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/net/html"

	"replant/migrate/blog"
)

// FuzzOpen reads any bytes as a feed, at once and in halves: neither panics or hangs,
// and both give the same.
func FuzzOpen(f *testing.F) {
	seed(f, "../../testdata/feed/*.*")
	f.Fuzz(func(t *testing.T, source []byte) {
		if fast, slow := hashes(Open(bytes.NewReader(source), nil)), hashes(Open(slowly(source, iotest.HalfReader), nil)); fast != slow {
			t.Errorf("at once:\n%s\nin halves:\n%s", fast, slow)
		}
	})
}

// hashes reads a feed to its end, and gives what is to be told of it.
func hashes(f *Feed, err error) string {
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for item, err := range f.Items() {
		if err != nil {
			fmt.Fprintln(&b, err)
			continue
		}
		_, err := item.Parse()
		fmt.Fprintln(&b, item.Hash, item.Post.Slug, err)
	}
	return b.String()
}

// FuzzClean cleans any body in the manner of every dialect: it ends, the tree stays a
// tree, and nothing is left that only a feed could have made.
func FuzzClean(f *testing.F) {
	seed(f, "../../testdata/dialect/*/*.html")
	f.Fuzz(func(t *testing.T, source []byte) {
		for _, d := range append(slices.Clone(dialects), generic) {
			clean(t, d, string(source))
		}
	})
}

func clean(t *testing.T, d *Dialect, source string) {
	t.Helper()
	addr := &url.URL{Scheme: "https", Host: "dev.to", Path: "/ada/trees-1abc"}
	item := &Item{Post: blog.Post{URL: addr, Title: "How trees talk"}, dialect: d, body: source, base: addr}
	p, err := item.Parse()
	if err != nil {
		t.Fatal(err)
	}
	for n := range below(p.Body) {
		if e, ok := blog.EmbedOf(n); ok && e.URL == "" {
			t.Errorf("%s: an embed leads nowhere", d.Name)
		}
		if n.Type == html.CommentNode || n.Data == "script" && n.Type == html.ElementNode {
			t.Errorf("%s: %q is left", d.Name, n.Data)
		}
	}
}

func seed(f *testing.F, pattern string) {
	f.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}
