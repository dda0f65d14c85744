package template

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"replant/migrate/blog"
)

// fields are what a template may name of a post, as Hugo calls it.
var fields = map[string]func(*blog.Post) any{
	"Aliases":     func(p *blog.Post) any { return p.Aliases },
	"Author":      func(p *blog.Post) any { return first(p.Authors) },
	"Authors":     func(p *blog.Post) any { return p.Authors },
	"Canonical":   func(p *blog.Post) any { return p.Canonical },
	"Categories":  func(p *blog.Post) any { return p.Categories },
	"Cover":       func(p *blog.Post) any { return p.Cover },
	"Date":        func(p *blog.Post) any { return p.Published },
	"Description": func(p *blog.Post) any { return p.Summary },
	"Draft":       func(p *blog.Post) any { return p.Draft },
	"GUID":        func(p *blog.Post) any { return p.GUID },
	"Lastmod":     lastmod,
	"Link":        func(p *blog.Post) any { return p.Link },
	"Series":      func(p *blog.Post) any { return p.Series },
	"Slug":        func(p *blog.Post) any { return p.Slug },
	"Summary":     func(p *blog.Post) any { return p.Summary },
	"Tags":        func(p *blog.Post) any { return p.Tags },
	"Title":       func(p *blog.Post) any { return p.Title },
	"URL":         func(p *blog.Post) any { return p.URL },
	"Updated":     func(p *blog.Post) any { return p.Updated },
}

// lastmod is the date of a post that was never changed, as with Hugo.
func lastmod(p *blog.Post) any {
	if p.Updated.IsZero() {
		return p.Published
	}
	return p.Updated
}

func first(all []string) any {
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

// below are the fields of values.
var (
	belowTime = map[string]func(time.Time) any{
		"Day":     func(t time.Time) any { return t.Day() },
		"Hour":    func(t time.Time) any { return t.Hour() },
		"Minute":  func(t time.Time) any { return t.Minute() },
		"Month":   func(t time.Time) any { return t.Month() },
		"Second":  func(t time.Time) any { return t.Second() },
		"Unix":    func(t time.Time) any { return int(t.Unix()) },
		"Weekday": func(t time.Time) any { return t.Weekday() },
		"Year":    func(t time.Time) any { return t.Year() },
		"YearDay": func(t time.Time) any { return t.YearDay() },
	}
	belowURL = map[string]func(*url.URL) any{
		"Host": func(u *url.URL) any { return u.Host },
		"Path": func(u *url.URL) any { return u.Path },
	}
)

// field returns a field of a post, as a value that is nil where the post has none.
func field(p *blog.Post, name string) (any, error) {
	get, ok := fields[name]
	if !ok {
		return nil, fmt.Errorf(".%s: no such field; there are %s", name, listed(fields))
	}
	return known(get(p)), nil
}

// known returns a value with nil in the place of what says nothing, and texts on one line.
func known(v any) any {
	switch v := v.(type) {
	case string:
		if v = fold(v); v != "" {
			return v
		}
		return nil
	case []string:
		var all []string
		for _, s := range v {
			if s = fold(s); s != "" {
				all = append(all, s)
			}
		}
		if all != nil {
			return all
		}
		return nil
	case time.Time:
		if v.Year() > 0 && v.Year() <= 9999 && !v.IsZero() {
			return v
		}
		return nil
	case *url.URL:
		if v != nil {
			return v
		}
		return nil
	}
	return v
}

// fold puts a text on one line, without control characters.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	}), " ")
}

// under returns a field of a value, such as the year of a date.
func under(v any, name string) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case time.Time:
		if get, ok := belowTime[name]; ok {
			return get(v), nil
		}
		return nil, fmt.Errorf(".%s: no such part of a date; there are Format, %s", name, listed(belowTime))
	case *url.URL:
		if get, ok := belowURL[name]; ok {
			return known(get(v)), nil
		}
		return nil, fmt.Errorf(".%s: no such part of an address; there are %s", name, listed(belowURL))
	}
	return nil, fmt.Errorf(".%s: %s has no fields", name, kind(v))
}

// listed lists the names of fields.
func listed[T any](all map[string]T) string {
	names := slices.Sorted(maps.Keys(all))
	for i, n := range names {
		names[i] = "." + n
	}
	return strings.Join(names, ", ")
}

// kind says what a value is.
func kind(v any) string {
	switch v.(type) {
	case nil:
		return "nothing"
	case time.Time:
		return "a date"
	case string, fmt.Stringer:
		return "a text"
	case bool:
		return "a truth value"
	case int:
		return "a number"
	}
	return "a list"
}

// text returns a value as it stands in a text.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []string:
		return strings.Join(v, ", ")
	case time.Time:
		return v.Format(time.RFC3339)
	}
	return fmt.Sprint(v)
}

// truth reports whether a value is one that an if goes by.
func truth(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case int:
		return v != 0
	case string:
		return v != ""
	case []string:
		return len(v) > 0
	}
	return true
}

// Examples returns two posts that have everything, and differ in what names a post.
func Examples() (one, other *blog.Post) {
	one, other = example(), example()
	other.Slug, other.Title, other.GUID = "another", "Another", "2"
	there := *other.URL
	there.Path = "/2024/another"
	other.URL, other.Aliases = &there, []string{"/2024/another/"}
	return one, other
}

// example is a post that has everything.
func example() *blog.Post {
	some := &url.URL{Scheme: "https", Host: "blog.example", Path: "/2024/a-post"}
	then := time.Date(2024, time.March, 5, 10, 20, 30, 0, time.UTC)
	word := []string{"Word"}
	return &blog.Post{
		Title: "A post", Slug: "a-post", LongTag: "a-long-post", Summary: "Short", GUID: "1", Series: "Several",
		URL: some, Canonical: some, Link: some, Cover: some, Published: then, Updated: then,
		Authors: word, Tags: word, Categories: word, Aliases: word,
	}
}
