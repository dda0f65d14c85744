package source

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"html"
	"path"
	"strings"

	"github.com/mmcdole/gofeed"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
)

// substackArchive is the ZIP that Substack makes of a publication: posts.csv says what
// there is, and each text lies in posts/NUMBER.SLUG.html. The publication's address is
// nowhere in it.
var substackArchive = &Dialect{
	Name:     "substack-archive",
	Match:    generatedBy(substackZIPName),
	Whole:    true,
	Leave:    func(e *feedscan.Entry) string { return e.Custom["left"] },
	Fill:     fillSubstackArchive,
	Complete: completeArchive,
	Clean:    cleanSubstack,
	Servers:  substackServers,
	Of:       substack,
}

const substackZIPName = "Substack archive"

func substackZIP(members []member) (feedscan.Cutter, error) {
	table := tableIn(members)
	if table == nil {
		return nil, nil
	}
	source, err := unzip(*table)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewBufferString(strings.TrimPrefix(source, "\uFEFF"))).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", table.Name, err)
	}
	texts := map[string]*member{}
	for _, f := range pagesIn(members) {
		texts[strings.TrimSuffix(path.Base(f.Name), ".html")] = &f
	}
	a := &archive{Feed: &gofeed.Feed{Generator: substackZIPName}}
	for _, row := range rows[min(1, len(rows)):] {
		fields := map[string]string{}
		for i, name := range rows[0] {
			fields[name] = row[i]
		}
		a.pages = append(a.pages, func() (*feedscan.Entry, error) { return substackPage(fields, texts[fields["post_id"]]) })
	}
	return a, nil
}

// tableIn finds the list of posts, or nil where there is none.
func tableIn(members []member) *member {
	for _, f := range members {
		if path.Base(f.Name) == "posts.csv" {
			return &f
		}
	}
	return nil
}

// substackPage reads a post by its row and its text, which may be nil.
func substackPage(row map[string]string, text *member) (*feedscan.Entry, error) {
	number, _, _ := strings.Cut(row["post_id"], ".")
	i := gofeed.Item{
		Title: row["title"], Description: html.EscapeString(row["subtitle"]), Published: row["post_date"],
		GUID: "substack:post:" + number, Custom: map[string]string{"slug": slugIn(row)},
	}
	if text != nil {
		var err error
		if i.Content, err = unzip(*text); err != nil {
			return nil, err
		}
	}
	if at := row["podcast_url"]; at != "" && !strings.Contains(i.Content, at) {
		i.Content += `<p><audio controls src="` + html.EscapeString(at) + `"></audio></p>`
	}
	if blog.IsBlank(i.Content) {
		i.Custom["left"] = "without a text"
	}
	if !strings.EqualFold(row["is_published"], "true") {
		i.Custom["draft"] = "yes"
	}
	return archived(i), nil
}

func slugIn(row map[string]string) string {
	_, slug, _ := strings.Cut(row["post_id"], ".")
	return slug
}

// fillSubstackArchive names the post as its feed does, as far as the archive can.
func fillSubstackArchive(p *blog.Post, e *feedscan.Entry) {
	fillSubstack(p, e)
	p.Slug = blog.Slug(e.Custom["slug"])
	p.Names = knownAs(p.Names, "slug", e.Custom["slug"])
}
