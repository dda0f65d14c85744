package source

import (
	"bytes"
	"fmt"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/source/wptext"
)

// remarks reads the comments on an item.
func remarks(elements [][]byte) (all []Remark) {
	for _, b := range elements {
		if r, ok := remarkOf(b); ok {
			all = append(all, r)
		}
	}
	return all
}

// remarkOf reads a comment; false for one that is not approved, and for the notices of
// other blogs' links.
func remarkOf(b []byte) (Remark, bool) {
	field := func(name string) string {
		_, rest, _ := bytes.Cut(b, []byte("<wp:comment_"+name+">"))
		value, _, _ := bytes.Cut(rest, []byte("</wp:comment_"+name+">"))
		return strings.TrimSpace(xmlText(value))
	}
	if kind := field("type"); field("approved") != "1" || kind == "pingback" || kind == "trackback" {
		return Remark{}, false
	}
	r := Remark{Text: field("content"), Comment: blog.Comment{ID: field("id"), Parent: field("parent"), Author: blog.PlainTitle(field("author"))}}
	if r.Parent == "0" {
		r.Parent = ""
	}
	if u := blog.Resolve(nil, field("author_url")); u != nil {
		r.URL = u.String()
	}
	r.Date = timeIn(field("date_gmt"), field("date"))
	return r, true
}

// Remark is a comment as the export has it.
type Remark struct {
	blog.Comment
	Text string
}

// comments gives the comments on a post, each as a neutral DOM.
func (i *Item) comments() (all []blog.Comment, err error) {
	for _, r := range i.Remarks {
		body, err := clean.Parse(wptext.Paragraphs(r.Text))
		if err != nil {
			return nil, fmt.Errorf("comment %s: %w", r.ID, err)
		}
		clean.Strip(body)
		clean.Embeds(body)
		clean.Addresses(body, i.base, false)
		r.Comment.Body = body
		all = append(all, r.Comment)
	}
	return all, nil
}
