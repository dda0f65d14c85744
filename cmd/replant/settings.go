package main

import (
	"slices"
	"time"

	"github.com/spf13/pflag"

	"replant/migrate"
)

// setting is one of those that a feed's pages are made by: a flag of the command line
// and, under the same name, a key of replant.yaml. The ledger remembers it.
type setting struct {
	name    string
	value   *string
	allowed []string // empty where any word will do
	preset  string   // what it is the first time
	usage   string
}

// settingsIn lists the settings, each with its place in s.
func settingsIn(s *migrate.Settings) []setting {
	return []setting{
		{"target", &s.Target, []string{"hugo", "zola"}, "by the site's configuration, else hugo", "site generator: hugo or zola"},
		{"section", &s.Section, nil, "posts", "section of new posts"},
		{"layout", (*string)(&s.Layout), []string{"bundle", "flat"}, "bundle", "bundle or flat: pictures beside the page, or in static/images"},
		{"images", &s.Images, []string{"local", "remote"}, "local", "local or remote: fetch pictures, or leave them where they are"},
		{"hard-breaks", &s.Breaks, []string{"keep", "soften", "auto"}, "keep", "keep, soften or auto: line breaks in paragraphs; auto softens wrapped text"},
		{"shift-headings", &s.Shift, []string{"-2", "-1", "0", "1", "2", "3", "4", "5"}, "0", "move headings down by so many levels, for themes that own the first"},
		{"embeds", (*string)(&s.Embeds), []string{"shortcode", "link", "html"}, "shortcode", "shortcode, link or html: how videos and the like are shown"},
		{"front-matter", &s.FrontMatter, []string{"yaml", "toml"}, "yaml", "yaml or toml: what the fields of a page are written in"},
		{"since", &s.Since, []string{migrate.Ever, aDay}, migrate.Ever, "leave posts alone that were published before a day, such as 2024-01-31"},
	}
}

// aDay stands, among what a setting may be, for any day of the calendar.
const aDay = "a day such as 2024-01-31"

func (s setting) define(f *pflag.FlagSet) {
	f.StringVar(s.value, s.name, "", s.usage+" (default "+s.preset+")")
}

// check checks the value; an empty one is not set.
func (s setting) check() error {
	if *s.value == "" || len(s.allowed) == 0 || slices.Contains(s.allowed, *s.value) {
		return nil
	}
	if slices.Contains(s.allowed, aDay) {
		if _, err := time.Parse(time.DateOnly, *s.value); err == nil {
			return nil
		}
		return usage("year, month and day: YYYY-MM-DD", "%s: must be %s", *s.value, either(s.allowed))
	}
	return usage(didYouMean("", *s.value, s.allowed), "%s: must be %s", *s.value, either(s.allowed))
}
