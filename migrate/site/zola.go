package site

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/proof"
)

// Zola is the target for Zola (https://www.getzola.org), as of 0.22.
func Zola() *Target {
	return &Target{
		Name:      "zola",
		Reads:     proof.Zola,
		Matter:    zolaMatter,
		Shortcode: zolaShortcode,
		Code:      zolaPage,
		HTML:      true,
		Detect:    detectZola,
		configure: configureZola,
		title:     zolaTitle,
		section:   zolaSection,
		taken:     zolaTaken,
		files:     zolaFiles,
		terms:     func(p blog.Post) []string { return keys(zolaTerms(p)) },
	}
}

// zolaMatter keeps to Zola's own keys and puts the rest under extra. Zola fails on a
// date without a value and on a taxonomy that the site does not declare.
func zolaMatter(p blog.Post, s *Site) frontmatter.Matter {
	p.Draft = p.Draft || p.Scheduled // Zola shows at once what Hugo holds back until its date
	if p.Branch {
		return zolaBranch(p)
	}
	var f fields
	f.opening(p, "updated")
	f.list("authors", distinct(p.Authors))
	f.nest("taxonomies", slices.DeleteFunc(zolaTerms(p), func(t frontmatter.Field) bool { return !s.declares(t.Key) }))

	var extra fields
	extra.address("cover", p.Cover)
	extra.origin(p)
	extra.address("canonical", p.Canonical)
	f.nest("extra", extra)
	return frontmatter.Matter(f)
}

// zolaBranch keeps to what Zola reads in the index of a folder: it fails on any other key.
func zolaBranch(p blog.Post) frontmatter.Matter {
	var f, extra fields
	f.text("title", p.Title)
	f.text("description", p.Summary)
	if p.Draft {
		f.add("draft", true)
	}
	extra.time("date", p.Published)
	extra.time("updated", p.Updated)
	extra.address("cover", p.Cover)
	extra.origin(p)
	f.nest("extra", extra)
	return frontmatter.Matter(f)
}

// zolaTerms gives all terms of a post, by taxonomy.
func zolaTerms(p blog.Post) fields {
	var f fields
	f.list("tags", terms(p.Tags))
	f.list("categories", terms(p.Categories))
	f.list("series", terms([]string{p.Series}))
	return f
}

func keys(f fields) (all []string) {
	for _, field := range f {
		all = append(all, field.Key)
	}
	return all
}

// zolaFile is the one name of Zola's configuration. Hugo reads it too.
const zolaFile = "config.toml"

// detectZola goes by base_url, which Zola demands and Hugo does not know.
func detectZola(fsys fs.FS) bool {
	t, err := readTable(fsys, zolaFile)
	return err == nil && t["base_url"] != nil
}

func configureZola(fsys fs.FS, s *Site) error {
	t, err := readTable(fsys, zolaFile)
	if err != nil {
		return err
	}
	s.config, s.theme = zolaFile, t.text("theme")
	s.Base, s.BaseKnown = basePath(t.text("base_url"))
	s.plainLinks = zolaPlainLinks(t.table("markdown"))
	for _, taxonomy := range t.tables("taxonomies") {
		s.taxonomies = append(s.taxonomies, taxonomy.text("name"))
	}
	return nil
}

// zolaPlainLinks tells whether the settings of Markdown leave links to the web as they
// leave all others: one of them is on unless it is turned off.
func zolaPlainLinks(markdown table) bool {
	for key, value := range markdown {
		if strings.HasPrefix(key, "external_links_") && value != false {
			return false
		}
	}
	return markdown["external_links_external"] == false
}

// zolaShortcode calls the two shortcodes that replant supplies with a site; Zola has
// none of its own.
func zolaShortcode(e dom.Embed) (call, name string) {
	switch {
	case isYouTube(e) && seconds().MatchString(e.Start):
		return fmt.Sprintf(`{{ youtube(id="%s", start=%s) }}`, e.ID, e.Start), "youtube"
	case isYouTube(e):
		return fmt.Sprintf(`{{ youtube(id="%s") }}`, e.ID), "youtube"
	case isVimeo(e):
		return fmt.Sprintf(`{{ vimeo(id="%s") }}`, e.ID), "vimeo"
	}
	return "", ""
}
