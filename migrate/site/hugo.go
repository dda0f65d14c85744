package site

import (
	"net/url"
	"strings"
	"time"
	"unicode"

	"replant/frontmatter"
	"replant/migrate/blog"
)

// Hugo is the target for Hugo (https://gohugo.io), as of v0.161.
func Hugo() *Target {
	return &Target{
		Name:      "hugo",
		Matter:    hugoMatter,
		Embed:     hugoEmbed,
		Code:      hugoCode,
		Detect:    detectHugo,
		configure: configureHugo,
	}
}

// hugoMatter keeps to keys that Hugo knows and puts the rest under params. What is
// unknown is left out: Hugo reads an empty date as the year 1.
func hugoMatter(p blog.Post) frontmatter.Matter {
	var f fields
	f.text("title", p.Title)
	f.time("date", p.Published)
	if !sameSecond(p.Updated, p.Published) {
		f.time("lastmod", p.Updated)
	}
	if p.Draft {
		f.add("draft", true)
	}
	f.text("description", p.Summary)
	f.list("tags", terms(p.Tags))
	f.list("categories", terms(p.Categories))
	f.list("authors", distinct(p.Authors))
	f.list("series", terms([]string{p.Series}))
	f.address("canonicalURL", p.Canonical)

	var params fields
	params.address("source", p.URL)
	params.address("via", p.Via)
	if p.GUID != "" {
		params.add("guid", p.GUID) // to the letter: pages are known by it
	}
	if len(params) > 0 {
		f.add("params", frontmatter.Matter(params))
	}
	return frontmatter.Matter(f)
}

// fields gathers front matter and leaves out what is empty.
type fields frontmatter.Matter

func (f *fields) add(key string, value any) {
	*f = append(*f, frontmatter.Field{Key: key, Value: value})
}

func (f *fields) text(key, s string) {
	if s = fold(s); s != "" {
		f.add(key, s)
	}
}

// time leaves out years that RFC 3339 cannot say, and the year 0 that Hugo cannot.
func (f *fields) time(key string, t time.Time) {
	if !t.IsZero() && 0 < t.Year() && t.Year() <= 9999 {
		f.add(key, t)
	}
}

func (f *fields) list(key string, l []string) {
	if len(l) > 0 {
		f.add(key, l)
	}
}

func (f *fields) address(key string, u *url.URL) {
	if u != nil {
		f.add(key, u.String())
	}
}

// fold puts a text on one line, without control characters. Spaces of a width of their
// own, such as the ideographic one, stay.
func fold(s string) string { return strings.Join(strings.FieldsFunc(s, blank), " ") }

func blank(r rune) bool {
	return unicode.IsControl(r) || unicode.IsSpace(r) && (r < 0x2000 || r == 0x2028 || r == 0x2029)
}

// sameSecond compares times as front matter holds them.
func sameSecond(a, b time.Time) bool {
	return a.Truncate(time.Second).Equal(b.Truncate(time.Second))
}

// terms gives the terms of a taxonomy, each once. One without a letter or digit has
// no page of its own: Hugo would write "?" over the list of all terms.
func terms(all []string) []string {
	var named []string
	for _, t := range all {
		if strings.ContainsFunc(t, alphanumeric) {
			named = append(named, t)
		}
	}
	return distinct(named)
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// distinct drops empty texts and, of those that differ only in case, all but the first.
func distinct(all []string) []string {
	var kept []string
	seen := map[string]bool{}
	for _, s := range all {
		s = fold(s)
		key := strings.ToLower(s)
		if s == "" || seen[key] {
			continue
		}
		seen[key] = true
		kept = append(kept, s)
	}
	return kept
}
