package assets

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata")

// TestFixtures localises each testdata/local/NAME.html against the web of [fakeWeb] and
// compares the document and its assets with NAME.want.html.
func TestFixtures(t *testing.T) {
	t.Parallel()
	eachFixture(t, "testdata/local", func(name string) Options {
		web := newWeb()
		skip, err := ParsePatterns("badges, skip.*, b.example/skip/*")
		if err != nil {
			t.Fatal(err)
		}
		return Options{Fetcher: web, Files: web.files, Original: unwrapCDN, Skip: skip, Media: name == "media"}
	})
}

// TestRemoteFixtures does the same where pictures stay remote.
func TestRemoteFixtures(t *testing.T) {
	t.Parallel()
	eachFixture(t, "testdata/remote", func(string) Options { return Options{Original: unwrapCDN} })
}

func eachFixture(t *testing.T, dir string, options func(name string) Options) {
	names, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no fixtures in %s: %v", dir, err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, ".want.html") {
			continue
		}
		base := strings.TrimSuffix(filepath.Base(name), ".html")
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			o := options(base)
			o.Base = mustURL(t, "https://blog.example/posts/hello/")
			root := parse(t, read(t, name))
			list, err := Localize(t.Context(), root, o)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, strings.TrimSuffix(name, ".html")+".want.html", render(t, root)+"\n"+report(list))
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
	if want := read(t, name); got != want {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

// report lists assets as a comment.
func report(list []Asset) string {
	var b strings.Builder
	b.WriteString("<!--\n")
	for _, a := range list {
		if a.Err != nil {
			fmt.Fprintf(&b, "%s !! %v\n", short(a.Addr), a.Err)
			continue
		}
		fmt.Fprintf(&b, "%s => %s\n", short(a.Addr), a.File)
	}
	return b.String() + "-->\n"
}

func short(addr string) string {
	if len(addr) > 120 {
		return addr[:120] + "…"
	}
	return addr
}

func read(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// parse gives the body of a document.
func parse(t testing.TB, text string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return all(doc, "body")[0]
}

func render(t testing.TB, body *html.Node) string {
	t.Helper()
	var b bytes.Buffer
	for c := range body.ChildNodes() {
		if err := html.Render(&b, c); err != nil {
			t.Fatal(err)
		}
	}
	return strings.TrimSpace(b.String())
}

func mustURL(t testing.TB, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// localize runs [Localize] over a text and gives the document that comes out.
func localize(t testing.TB, text string, o Options) (string, []Asset) {
	t.Helper()
	root := parse(t, text)
	list, err := Localize(context.Background(), root, o)
	if err != nil {
		t.Fatal(err)
	}
	return render(t, root), list
}

func content(t testing.TB, a Asset) []byte {
	t.Helper()
	b, err := fs.ReadFile(a.FS, a.Name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
