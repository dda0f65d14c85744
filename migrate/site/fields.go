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
	if len(l) > 0 && key != "" {
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

// cover names a post's cover where a theme looks for it.
func (f *fields) cover(at coverKey, p blog.Post) {
	if at.key == "" || p.Cover == nil {
		return
	}
	ref, elsewhere := p.Cover.String(), p.Cover.IsAbs()
	beside := !elsewhere && !strings.HasPrefix(p.Cover.Path, "/")
	switch {
	case elsewhere && at.remote != "":
		f.put(at.remote, ref)
	case at.form == tableCover:
		f.put(at.key+".image", ref)
		if beside {
			f.put(at.key+".relative", true)
		}
	case at.form == besideCover && !beside:
		if !elsewhere && at.remote != "" {
			f.put(at.remote, ref)
		}
	case at.form == rootedCover && beside && p.Folder != "":
		f.put(at.key, p.Folder+ref)
	default:
		f.put(at.key, ref)
	}
}

// ofTheme adds what a theme reads under keys of its own.
func (f *fields) ofTheme(t *preset, p blog.Post) {
	switch names := distinct(p.Authors); {
	case t.author.key == "" || len(names) == 0:
	case t.author.list:
		f.put(t.author.key, names)
	default:
		f.put(t.author.key, strings.Join(names, ", "))
	}
	if t.canonical != "" && p.Canonical != nil {
		f.put(t.canonical, p.Canonical.String())
	}
	if t.math != "" && p.Formulas {
		f.put(t.math, true)
	}
	if p.Closed {
		f.turn(t.comments, false)
	}
}

// turn turns a theme's switch; a theme without it has none.
func (f *fields) turn(key toggle, on bool) {
	name, opposite := strings.CutPrefix(string(key), "!")
	if name != "" {
		f.put(name, on != opposite)
	}
}

// put adds a field, in the tables that its key names before each dot.
func (f *fields) put(key string, value any) {
	table, rest, nested := strings.Cut(key, ".")
	if !nested {
		f.add(key, value)
		return
	}
	for i, field := range *f {
		if below, ok := field.Value.(frontmatter.Matter); ok && field.Key == table {
			(*fields)(&below).put(rest, value)
			(*f)[i].Value = below
			return
		}
	}
	var below fields
	below.put(rest, value)
	f.nest(table, below)
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
