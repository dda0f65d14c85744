package site

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"replant/frontmatter"
	"replant/migrate/regex"
)

// permalinkToken stands in a pattern of addresses for something of the page
// (https://gohugo.io/configuration/permalinks/#tokens).
var permalinkToken = regex.Lazy(`:[a-z]+`)

// permalink returns the path at which Hugo publishes a page by the pattern of its section; false
// where there is none, or one that names what is not known here: a title, or the names that a
// language gives months.
func (a Addresses) permalink(l Linked, logical string) (string, bool) {
	section, below, _ := strings.Cut(logical, "/")
	pattern := a.site.lists.permalinks[section]
	if pattern == "" || l.Elsewhere || a.site.lists.ugly {
		return "", false
	}
	known := true
	at := permalinkToken().ReplaceAllStringFunc(pattern, func(token string) string {
		text := ""
		switch token {
		case ":year", ":month", ":day", ":yearday":
			text = a.dateToken(l.Date, token)
		case ":slug":
			text = l.Slug // without one it would be the title
		case ":slugorcontentbasename", ":slugorfilename":
			text = path.Base(withSlug(logical, l.Slug))
		case ":contentbasename", ":filename":
			text = path.Base(logical)
		case ":section":
			text = section
		case ":sections":
			if !strings.Contains(below, "/") { // a folder is one only where it has an index
				text = section
			}
		}
		known = known && text != ""
		return text
	})
	at = strings.Trim(at, "/")
	return at, known && plainPath().MatchString(at)
}

// dateToken returns a part of a date; empty for none, and where the site takes dates from
// elsewhere.
func (a Addresses) dateToken(t time.Time, token string) string {
	if t.IsZero() || a.site.lists.otherDates {
		return ""
	}
	switch token {
	case ":year":
		return strconv.Itoa(t.Year())
	case ":month":
		return fmt.Sprintf("%02d", int(t.Month()))
	case ":day":
		return fmt.Sprintf("%02d", t.Day())
	}
	return strconv.Itoa(t.YearDay())
}

// dateOf returns the date in front matter, by its own clock; zero where there is none.
func dateOf(m frontmatter.Matter) time.Time {
	value, _ := m.At([]string{"date"})
	switch v := value.(type) {
	case time.Time:
		return v
	case string:
		for _, layout := range []string{time.RFC3339, time.DateOnly} {
			if t, err := time.Parse(layout, v); err == nil {
				return t
			}
		}
	}
	return time.Time{}
}
