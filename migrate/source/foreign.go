package source

import (
	"encoding/csv"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"replant/migrate/feedscan"
)

// foreign is an export that is not read, and what to give instead.
type foreign struct {
	what, instead string
	first         string     // what the file begins with, space aside: one of these characters
	signs         [][]string // of each, one stands in the file's beginning
	marks         []string   // of a table, text in it that settles the matter
}

// foreigns are the exports that people try. A sign is a name that no other has.
var foreigns = []foreign{
	{
		what: "this is Hashnode's JSON export", instead: "give the blog's feed, as in https://NAME.hashnode.dev/rss.xml",
		first: "{[", signs: [][]string{{`"contentMarkdown"`}, {`"dateAdded"`, `"cuid"`, `"brief"`}},
	},
	{
		what: "this is dev.to's JSON", instead: "give the feed https://dev.to/feed/NAME, which holds all posts; --enrich adds what it lacks",
		first: "{[", signs: [][]string{{`"body_markdown"`, `"readable_publish_date"`, `"published_timestamp"`}, {`"cached_tag_list"`, `"tag_list"`, `"main_image"`, `"cover_image"`, `"social_image"`}},
	},
	{
		what: "this is Write.as' JSON export", instead: "give the blog's feed, as in https://write.as/NAME/feed/",
		first: "{[", signs: [][]string{{`"collections"`, `"collection"`, `"appearance"`}, {`"appearance"`, `"rtl"`}, {`"body"`}},
	},
	{
		what: "this is an answer of WordPress's API", instead: "give the file that Tools, Export, All content writes",
		first: "{[", signs: [][]string{{`"content"`}, {`"rendered"`}, {`"date_gmt"`, `"wp:`, `"_links"`}},
	},
	{
		what: "this is the list of posts of Tumblr's archive, or an answer of its API", instead: "give the ZIP of the archive, or the folder that it was unpacked to",
		first: "<", signs: [][]string{{"<tumblr ", "<tumblr>"}, {"<posts"}},
	},
	{
		what: "this is a backup of Movable Type", instead: "give the text that Tools, Export Entries writes",
		first: "<", signs: [][]string{{"<movabletype"}},
	},
	{
		what: "this is one page of Medium's archive", instead: "give the ZIP of the archive, or the folder that it was unpacked to",
		first: "<", signs: [][]string{{`class="h-entry"`}, {"Exported from"}, {"medium.com"}},
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
		marks: []string{".beehiiv.com/", "@beehiiv"},
	},
	{
		what: "this is Wix' CSV export", instead: "give the blog's feed, as in https://NAME.wixsite.com/SITE/blog-feed.xml",
		signs: [][]string{{"title"}, {"plain content", "rich content", "content", "excerpt", "post page url"}, {"published date", "cover image", "last published date", "internal id", "main category", "hashtags", "publish date"}},
		marks: []string{"wix:image://", "static.wixstatic.com/"},
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
	if f := foreignOf(string(b)); f != nil {
		return f.error()
	}
	return failed
}

// foreignIn finds an export that is not read among the files of an archive; nil where there is
// none.
func foreignIn(members []member) *foreign {
	for _, m := range members {
		if ext := path.Ext(m.Name); ext != ".json" && ext != ".csv" {
			continue
		}
		r, err := m.Open()
		if err != nil {
			continue
		}
		b, err := io.ReadAll(io.LimitReader(r, foreignSniffed))
		r.Close()
		if f := foreignOf(string(b)); err == nil && f != nil && f.instead != "" {
			return f
		}
	}
	return nil
}

// foreignOf recognises an export that is not read by its beginning, or returns nil.
func foreignOf(head string) *foreign {
	head = strings.TrimSpace(strings.TrimPrefix(head, "\uFEFF"))
	for i, f := range foreigns {
		if head != "" && strings.Contains(f.first, head[:1]) && f.shown(func(sign string) bool { return strings.Contains(head, sign) }) {
			return &foreigns[i]
		}
	}
	columns := columnsOf(head)
	for i, f := range tables {
		marked := slices.ContainsFunc(f.marks, func(mark string) bool { return strings.Contains(head, mark) })
		if len(columns) > 2 && (marked || f.shown(func(sign string) bool { return slices.Contains(columns, sign) })) {
			return &tables[i]
		}
	}
	return nil
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
