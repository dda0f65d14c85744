package source

import (
	"bytes"
	"fmt"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/source/wptext"
)

// commentsOf reads the comments on an item.
func commentsOf(elements [][]byte) (all []Comment) {
	for _, b := range elements {
		if r, ok := commentOf(b); ok {
			all = append(all, r)
		}
	}
	return all
}

// commentOf reads a comment. It returns false for one that is not approved, and for the
// notices of other blogs' links.
func commentOf(b []byte) (Comment, bool) {
	field := func(name string) string {
		_, rest, _ := bytes.Cut(b, []byte("<wp:comment_"+name+">"))
		value, _, _ := bytes.Cut(rest, []byte("</wp:comment_"+name+">"))
		return strings.TrimSpace(xmlText(value))
	}
	if kind := field("type"); field("approved") != "1" || kind == "pingback" || kind == "trackback" {
		return Comment{}, false
	}
	r := Comment{Text: field("content"), Comment: blog.Comment{ID: field("id"), Parent: field("parent"), Author: blog.PlainTitle(field("author"))}}
	if r.Parent == "0" {
		r.Parent = ""
	}
	if u := blog.Resolve(nil, field("author_url")); u != nil {
		r.URL = u.String()
	}
	r.Date = timeIn(field("date_gmt"), field("date"))
	return r, true
}

// Comment is a reader's comment as the export has it.
type Comment struct {
	blog.Comment
	Text string
}

// neutralComments returns the comments on a post, each with a neutral DOM.
func (i *Item) neutralComments() (all []blog.Comment, err error) {
	for _, r := range i.Comments {
		body, err := clean.Parse(wptext.Paragraphs(r.Text))
		if err != nil {
			return nil, fmt.Errorf("comment %s: %w", r.ID, err)
		}
		clean.Comment(body, i.base)
		r.Comment.Body = body
		all = append(all, r.Comment)
	}
	return all, nil
}
