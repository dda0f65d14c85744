package source

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"replant/migrate/feedscan"
)

// foreign is an export that is not read, and what to give instead.
type foreign struct {
	what, instead string
	first         string     // what the file begins with, space aside: one of these characters
	signs         [][]string // of each, one stands in the file's beginning
}

// foreigns are the exports that people try. A sign is a name that no other has.
var foreigns = []foreign{
	{
		"this is Hashnode's JSON export", "give the blog's feed, as in https://NAME.hashnode.dev/rss.xml",
		"{[", [][]string{{`"contentMarkdown"`}, {`"dateAdded"`, `"cuid"`, `"brief"`}},
	},
	{
		"this is dev.to's JSON", "give the feed https://dev.to/feed/NAME, which holds all posts; --enrich adds what it lacks",
		"{[", [][]string{{`"body_markdown"`, `"readable_publish_date"`, `"published_timestamp"`}, {`"cached_tag_list"`, `"tag_list"`, `"main_image"`, `"cover_image"`, `"social_image"`}},
	},
	{
		"this is Write.as' JSON export", "give the blog's feed, as in https://write.as/NAME/feed/",
		"{[", [][]string{{`"collections"`, `"collection"`, `"appearance"`}, {`"appearance"`, `"rtl"`}, {`"body"`}},
	},
	{
		"this is an answer of WordPress's API", "give the file that Tools, Export, All content writes",
		"{[", [][]string{{`"content"`}, {`"rendered"`}, {`"date_gmt"`, `"wp:`, `"_links"`}},
	},
	{
		"this is the list of posts of Tumblr's archive, or an answer of its API", "give the ZIP of the archive, or the folder that it was unpacked to",
		"<", [][]string{{"<tumblr ", "<tumblr>"}, {"<posts"}},
	},
	{
		"this is a backup of Movable Type", "give the text that Tools, Export Entries writes",
		"<", [][]string{{"<movabletype"}},
	},
	{
		"this is one page of Medium's archive", "give the ZIP of the archive, or the folder that it was unpacked to",
		"<", [][]string{{`class="h-entry"`}, {"Exported from"}, {"medium.com"}},
	},
}

// tables are the exports that are tables, by the names of columns, of which one of each row has
// to be there.
var tables = []foreign{
	{
		what: "this is the list of posts of Substack's archive", instead: "give the ZIP of the archive, or the folder that it was unpacked to",
		signs: [][]string{{"post_id"}, {"is_published", "post_date"}},
	},
	{
		what: "this is Beehiiv's CSV export", instead: "give the publication's RSS feed, which Settings, Publication, RSS feeds names",
		signs: [][]string{{"web_title", "title"}, {"content_html", "web_subtitle", "email_subject_line", "content_free_web", "web_audiences"}},
	},
	{
		what: "this is Wix' CSV export", instead: "give the blog's feed, as in https://NAME.wixsite.com/SITE/blog-feed.xml",
		signs: [][]string{{"title"}, {"plain content", "rich content", "content", "excerpt", "post page url"}, {"published date", "cover image", "last published date", "internal id", "main category", "hashtags"}},
	},
	{what: "this is a table (CSV), not a feed", signs: [][]string{{"title", "name", "url", "id", "email", "slug", "date"}}},
}

// foreignSniffed is how much of a file is looked at for whose export it is.
const foreignSniffed = 256 << 10

// whose makes the error for a file that is no feed say whose export it is, if that is known.
func whose(r io.Reader, start int64, failed error) error {
	s, ok := r.(io.ReadSeeker)
	if !ok || !errors.Is(failed, feedscan.ErrNotFeed) {
		return failed
	}
	if _, err := s.Seek(start, io.SeekStart); err != nil {
		return failed
	}
	b, err := io.ReadAll(io.LimitReader(s, foreignSniffed))
	if err != nil {
		return failed
	}
	head := strings.TrimSpace(strings.TrimPrefix(string(b), "\uFEFF"))
	for _, f := range foreigns {
		if head != "" && strings.Contains(f.first, head[:1]) && f.shown(func(sign string) bool { return strings.Contains(head, sign) }) {
			return f.error()
		}
	}
	columns := columnsOf(head)
	for _, f := range tables {
		if len(columns) > 2 && f.shown(func(sign string) bool { return slices.Contains(columns, sign) }) {
			return f.error()
		}
	}
	return failed
}

// shown reports whether of each row of signs one is there.
func (f *foreign) shown(is func(sign string) bool) bool {
	return !slices.ContainsFunc(f.signs, func(row []string) bool { return !slices.ContainsFunc(row, is) })
}

func (f *foreign) error() error {
	what := f.what
	if f.instead != "" {
		what += ", which replant does not read"
	}
	return &feedscan.NotFeedError{What: what, Instead: f.instead}
}

// columnsOf returns the names of a table's columns, in small letters; nil for what is no table.
func columnsOf(head string) []string {
	if strings.HasPrefix(head, "<") || strings.HasPrefix(head, "{") {
		return nil
	}
	line, _, _ := strings.Cut(head, "\n")
	columns, err := csv.NewReader(strings.NewReader(line)).Read()
	if err != nil {
		return nil
	}
	for i, c := range columns {
		columns[i] = strings.ToLower(strings.TrimSpace(c))
	}
	return columns
}
