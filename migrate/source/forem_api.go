package source

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"replant/migrate/blog"
)

// Article gives the address at which the platform's public API has a post as its author
// wrote it; nil where there is none. Forem's needs no key (/api/articles/{user}/{slug}).
func (i *Item) Article() *url.URL {
	u := i.Post.URL
	if i.dialect != forem || u == nil || strings.Count(strings.Trim(u.Path, "/"), "/") != 1 {
		return nil
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/api/articles/" + strings.Trim(u.Path, "/")}
}

// article is a post as the API gives it, as far as it is of use.
type article struct {
	Description string `json:"description"`
	Cover       string `json:"cover_image"`
	Canonical   string `json:"canonical_url"`
	Edited      string `json:"edited_at"`
	Markdown    string `json:"body_markdown"`
}

// Enrich adds to a post what the API's reply says of it, before it is parsed. Where the
// feed has lost something of the text, the author's own Markdown takes its place.
func (i *Item) Enrich(reply []byte) error {
	var a article
	if err := json.Unmarshal(reply, &a); err != nil {
		return fmt.Errorf("not an article: %w", err)
	}
	matter, text := ownMatter(a.Markdown)
	p := &i.Post
	if s := blog.OneLine(firstOf(a.Description, matter["description"])); !begins(opening(i.body, 2*summaryMost), s) {
		p.Summary = s
	}
	if cover := blog.Resolve(p.URL, firstOf(a.Cover, matter["cover_image"])); cover != nil {
		p.Cover = cover
	}
	if canonical := blog.Resolve(nil, firstOf(a.Canonical, matter["canonical_url"])); canonical != nil && bareURL(canonical) != bareURL(p.URL) {
		p.Canonical = canonical
	}
	if series := blog.OneLine(matter["series"]); series != "" {
		p.Series = series
	}
	if edited, err := time.Parse(time.RFC3339, a.Edited); err == nil && edited.After(p.Published) {
		p.Updated = edited
	}
	if lossy(text) {
		html, losses := foremHTML(text, p.URL)
		i.body, p.Losses = html, append(p.Losses, losses...)
	}
	return nil
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// ownMatter takes the front matter off an author's Markdown: lines of key and value.
func ownMatter(markdown string) (matter map[string]string, text string) {
	matter, text = map[string]string{}, strings.ReplaceAll(markdown, "\r\n", "\n")
	head, rest, ok := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---")
	if !ok || !strings.HasPrefix(text, "---\n") {
		return matter, text
	}
	for line := range strings.SplitSeq(head, "\n") {
		if key, value, ok := strings.Cut(line, ":"); ok {
			matter[strings.TrimSpace(key)] = strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}
	_, rest, _ = strings.Cut(rest, "\n")
	return matter, rest
}

// lost is what Forem's feed leaves out of a text or takes the tags off
// (FeedMarkdownScrubber), as it stands in Markdown.
var lost = regexp.MustCompile(`(?im)\{%-?\s*(?:gist|details|collapsible|spoiler|katex|asciinema|runkit|codepen|quotes?)\b|` +
	`<(?:details|summary|figure|figcaption|video|audio|kbd|mark|abbr|u|ins|s|ruby|hr)\b|\[\^[^\]\n]+\]|\]\(#|^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$`)

// lossy tells whether a text has anything of the kind, outside of its code.
func lossy(text string) bool {
	found := false
	outsideCode(text, func(s string) string {
		found = found || lost.MatchString(s)
		return s
	})
	return found
}
