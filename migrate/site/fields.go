package site

import (
	"net/url"
	"strings"
	"time"
	"unicode"

	"replant/frontmatter"
	"replant/migrate/blog"
)

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

func (f *fields) time(key string, t time.Time) {
	if sayable(t) {
		f.add(key, t)
	}
}

// sayable reports whether a time is known and RFC 3339 can say it; Hugo cannot read the
// year 0.
func sayable(t time.Time) bool { return !t.IsZero() && 0 < t.Year() && t.Year() <= 9999 }

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

// opening adds what front matter begins with, whatever the generator; updated is its key
// for when a post was last changed.
func (f *fields) opening(p blog.Post, updated string) {
	f.text("title", p.Title)
	f.time("date", p.Published)
	if !sameSecond(p.Updated, p.Published) {
		f.time(updated, p.Updated)
	}
	if p.Draft {
		f.add("draft", true)
	}
	f.text("description", p.Summary)
}

// origin notes where a post comes from: pages are known by it, so that the guid stands
// there to the letter.
func (f *fields) origin(p blog.Post) {
	f.address("source", p.URL)
	f.address("via", p.Via)
	f.address("link", p.Link)
	if p.GUID != "" {
		f.add("guid", p.GUID)
	}
}

// nest adds fields below a key.
func (f *fields) nest(key string, below fields) {
	if len(below) > 0 {
		f.add(key, frontmatter.Matter(below))
	}
}

// fold puts a text on one line, without control characters. Spaces that are wider or
// narrower than a word's stay, since they are typography.
func fold(s string) string {
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(s, blank), " "))
}

func blank(r rune) bool {
	return r == ' ' || unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
}

// sameSecond compares times as front matter holds them.
func sameSecond(a, b time.Time) bool {
	return a.Truncate(time.Second).Equal(b.Truncate(time.Second))
}

// terms returns the terms of a taxonomy, each once. One without a letter or digit has
// no page of its own: Hugo would write "?" over the list of all terms.
func terms(all []string) []string {
	var named []string
	for _, t := range all {
		if strings.ContainsFunc(t, blog.IsAlphanumeric) {
			named = append(named, t)
		}
	}
	return distinct(named)
}

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
