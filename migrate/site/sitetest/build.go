package sitetest

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// skeleton holds a site without content for each generator: a configuration and layouts
// that show a page's title, tags and dates, and its content between two marks.
//
//go:embed skeleton
var skeleton embed.FS

// Plain is configuration for [Build]: the text of a page comes out as it was written,
// without curled quotes and long dashes.
const Plain = `
markup:
  goldmark:
    extensions:
      typographer: {disable: true}
`

// Build builds the content and static folders of a tree with the real Hugo, in a site
// of its own; more is YAML for its configuration. It returns the pages built, keyed by their
// address ("/posts/x/"), and the folder they were published to, which the test's end
// removes.
//
// A warning, pages at one address, and a page written that was not built all end
// the test.
func Build(tb testing.TB, tree string, more ...string) (pages map[string]Page, public string) {
	tb.Helper()
	site := tb.TempDir()
	written := layout{"hugo", "hugo.yaml", []string{"content", "static", "data", "layouts/shortcodes"}}.lay(tb, tree, site, more)
	public = filepath.Join(site, "public")
	cmd := exec.Command(Hugo(tb), "--source", site, "--destination", public, "--cacheDir", filepath.Join(site, ".cache"),
		"--panicOnWarning", "--printPathWarnings", "--noBuildLock")
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "HUGO") })
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		tb.Fatalf("hugo: %v\n%s", err, &out)
	}
	pages, err := readPages(public)
	if err != nil {
		tb.Fatalf("hugo: %v", err)
	}
	if len(pages) != len(written) {
		tb.Fatalf("hugo: %d pages built of %d written:\n%s", len(pages), len(written), strings.Join(written, "\n"))
	}
	return pages, public
}

// layout is how a generator's site is put together.
type layout struct {
	name, config string
	dirs         []string // those of a tree that belong to the site
}

// lay puts a site together and returns the pages in it.
func (l layout) lay(tb testing.TB, tree, site string, more []string) (pages []string) {
	tb.Helper()
	base, err := fs.Sub(skeleton, "skeleton/"+l.name)
	check(tb, err)
	check(tb, os.CopyFS(site, base))
	for _, dir := range l.dirs {
		from := filepath.Join(tree, dir)
		if _, err := os.Stat(from); err == nil {
			check(tb, os.CopyFS(filepath.Join(site, dir), os.DirFS(from)))
		}
	}
	config, err := os.OpenFile(filepath.Join(site, l.config), os.O_APPEND|os.O_WRONLY, 0)
	check(tb, err)
	_, err = config.WriteString(strings.Join(more, "\n"))
	check(tb, err)
	check(tb, config.Close())
	check(tb, fs.WalkDir(os.DirFS(site), "content", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) == ".md" && path.Base(name) != "_index.md" {
			pages = append(pages, name)
		}
		return err
	}))
	return pages
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// Page is a page as a reader gets it.
type Page struct {
	URL     string // its path, "/posts/x/"
	Title   string
	Tags    []string
	Date    string // RFC 3339; the year 1 for a page without a date
	Lastmod string // the same as Date for a page without one
	Body    string // the HTML of its content
}

// The marks around a page's content in the layouts.
const (
	bodyBegin = "<!--BEGIN-->"
	bodyEnd   = "<!--END-->"
)

// readPages reads all pages below a folder; other HTML, such as lists, is none.
func readPages(public string) (map[string]Page, error) {
	pages := map[string]Page{}
	site := os.DirFS(public)
	return pages, fs.WalkDir(site, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".html") {
			return err
		}
		b, err := fs.ReadFile(site, name)
		if err != nil {
			return err
		}
		head, rest, ok := strings.Cut(string(b), bodyBegin)
		if !ok {
			return nil
		}
		end := strings.LastIndex(rest, bodyEnd)
		if end < 0 {
			return fmt.Errorf("%s: no end of its content", name)
		}
		p, err := readHead(head)
		p.Body = strings.Trim(rest[:end], "\n")
		pages[p.URL] = p
		return err
	})
}

// readHead reads what the layout shows above a page's content.
func readHead(head string) (Page, error) {
	var p Page
	doc, err := html.Parse(strings.NewReader(head))
	if err != nil {
		return p, err
	}
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.Article:
			p.URL, p.Date, p.Lastmod = attr(n, "data-url"), attr(n, "data-date"), attr(n, "data-lastmod")
		case atom.H1:
			p.Title = text(n)
		case atom.A:
			p.Tags = append(p.Tags, text(n))
		}
	}
	return p, nil
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// text returns the text of an element that holds nothing else.
func text(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return n.FirstChild.Data
}
