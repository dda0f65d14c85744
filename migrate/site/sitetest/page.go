package sitetest

import (
	"fmt"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

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

// text gives the text of an element that holds nothing else.
func text(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	return n.FirstChild.Data
}
