package page

import (
	"fmt"
	"time"

	"golang.org/x/net/html"

	"replant/frontmatter"
	"replant/migrate/proof"
)

// Shown is a page as its site shows it.
type Shown struct {
	Title string
	Date  time.Time // zero where the page says none
	Tags  []string
	Body  *html.Node // ordinary HTML, and the elements of package dom
}

// Show returns what the text of a page shows. One whose front matter no generator could read is
// text throughout.
func Show(style proof.Style, page []byte) (*Shown, error) {
	matter, text, err := frontmatter.Parse(page)
	if err != nil {
		matter, text = nil, page
	}
	s := &Shown{Title: said(matter, "title"), Date: day(matter), Tags: tags(matter)}
	s.Body, err = proof.Show(style, text)
	return s, err
}

// Heading returns the title and the date of a page, as far as it says them.
func Heading(page []byte) (title string, date time.Time) {
	matter, _, err := frontmatter.Parse(page)
	if err != nil {
		return "", date
	}
	return said(matter, "title"), day(matter)
}

// said returns a value of front matter as text; empty where there is none.
func said(m frontmatter.Matter, key string) string {
	if v, ok := m.Get(key); ok && v != nil {
		return fmt.Sprint(v)
	}
	return ""
}

// day returns the date of front matter.
func day(m frontmatter.Matter) time.Time {
	v, _ := m.Get("date")
	if t, ok := v.(time.Time); ok {
		return t
	}
	t, _ := time.Parse(time.RFC3339, fmt.Sprint(v)) // else it has none
	return t
}

// tags returns the tags of front matter: Hugo's, or Zola's below its taxonomies.
func tags(m frontmatter.Matter) (all []string) {
	list, ok := m.Get("tags")
	if below, _ := m.Get("taxonomies"); !ok {
		if terms, nested := below.(frontmatter.Matter); nested {
			list, _ = terms.Get("tags")
		}
	}
	words, _ := list.([]any)
	for _, w := range words {
		all = append(all, fmt.Sprint(w))
	}
	return all
}
