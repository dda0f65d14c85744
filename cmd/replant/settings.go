package main

import (
	"slices"
	"time"

	"github.com/spf13/pflag"

	"replant/migrate"
	"replant/migrate/site"
)

// setting is one of those that a feed's pages are made by: a flag of the command line
// and, under the same name, a key of replant.yaml. The ledger remembers it.
type setting struct {
	name    string
	value   *string
	allowed []string // empty where any word will do
	preset  string   // what it is the first time
	usage   string
	bare    string             // what the flag alone stands for; empty where it needs a value
	valid   func(string) error // may be nil
}

// settingsIn lists the settings, each with its place in s.
func settingsIn(s *migrate.Settings) []setting {
	return []setting{
		{name: "target", value: &s.Target, allowed: targets(), preset: "by the site's configuration, else hugo",
			usage: "site generator: " + either(targets())},
		{name: "section", value: &s.Section, preset: "posts",
			usage: "section of new posts"},
		{name: "layout", value: &s.Layout, allowed: []string{"bundle", "flat"}, preset: "bundle",
			usage: "bundle or flat: pictures beside the page, or in static/images"},
		{name: "images", value: &s.Images, allowed: []string{"local", "remote"}, preset: "local",
			usage: "local or remote: fetch pictures, or leave them where they are"},
		{name: "skip-images", value: &s.SkipImages, preset: "none", valid: migrate.CheckSkip,
			usage: "pictures to leave where they are, such as badges,*.gif,ads.example"},
		{name: "media", value: &s.Media, allowed: []string{"local", "remote"}, preset: "remote", bare: "local",
			usage: "fetch audio and video too; --media=remote leaves them where they are"},
		{name: "image-sizes", value: &s.Sizes, allowed: []string{"keep", "drop"}, preset: "keep",
			usage: "keep or drop: the sizes that the source shows pictures in, where they are not their own"},
		{name: "hard-breaks", value: &s.Breaks, allowed: []string{"keep", "soften", "auto"}, preset: "keep",
			usage: "keep, soften or auto: line breaks in paragraphs; auto softens wrapped text"},
		{name: "shift-headings", value: &s.Shift, allowed: []string{"-2", "-1", "0", "1", "2", "3", "4", "5"}, preset: "0",
			usage: "move headings down by so many levels, for themes that own the first"},
		{name: "embeds", value: &s.Embeds, allowed: []string{"shortcode", "link", "html"}, preset: "shortcode",
			usage: "shortcode, link or html: how videos and the like are shown"},
		{name: "enrich", value: &s.Enrich, allowed: []string{"on", "off"}, preset: "off", bare: "on",
			usage: "ask dev.to for each post as its author wrote it, one a second; --enrich=off ends that"},
		{name: "comments", value: &s.Comments, allowed: []string{"data", "none"}, preset: "none",
			usage: "data: readers' comments of an export, in data/comments"},
		{name: "front-matter", value: &s.FrontMatter, allowed: []string{"yaml", "toml"}, preset: "yaml",
			usage: "yaml or toml: what the fields of a page are written in"},
		{name: "since", value: &s.Since, allowed: []string{migrate.Ever, aDay}, preset: migrate.Ever, valid: checkDay,
			usage: "leave posts alone that were published before a day, such as 2024-01-31"},
	}
}

// targets lists the names of the site generators.
func targets() (names []string) {
	for _, t := range site.Targets() {
		names = append(names, t.Name)
	}
	return names
}

// aDay stands, among what a setting may be, for any day of the calendar.
const aDay = "a day such as 2024-01-31"

func checkDay(value string) error {
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		return usage("year, month and day: YYYY-MM-DD", "%s: must be %s", value, either([]string{migrate.Ever, aDay}))
	}
	return nil
}

func (s setting) define(f *pflag.FlagSet) {
	f.StringVar(s.value, s.name, "", s.usage+" (default "+s.preset+")")
	f.Lookup(s.name).NoOptDefVal = s.bare
}

// check checks the value; an empty one is not set.
func (s setting) check() error {
	switch {
	case *s.value == "" || slices.Contains(s.allowed, *s.value):
		return nil
	case s.valid != nil:
		return s.valid(*s.value)
	case len(s.allowed) == 0:
		return nil
	}
	return usage(didYouMean("", *s.value, s.allowed), "%s: must be %s", *s.value, either(s.allowed))
}

// anyDay tells whether the setting takes any day of the calendar.
func (s setting) anyDay() bool { return slices.Contains(s.allowed, aDay) }
