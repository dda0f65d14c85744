package site

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"replant/frontmatter"
)

// Keys is what keys the pages of a site may have.
type Keys struct{ site *Site }

// Keys returns what keys the pages of the site may have.
func (s *Site) Keys() Keys { return Keys{s} }

// Key returns the path of a key that an author names, in the fields of a page: one without a
// dot that is not at the top is looked for in the table of the theme's keys.
func (k Keys) Key(m frontmatter.Matter, path []string) []string {
	if len(path) != 1 {
		return path
	}
	if _, atTop := m.At(path); atTop {
		return path
	}
	below := []string{k.site.Target.Table, path[0]}
	if _, there := m.At(below); there && k.site.Target.Table != "" {
		return below
	}
	return path
}

// Misfit says why pages cannot have a key with such a value; empty where they can.
func (k Keys) Misfit(path []string, value any) string {
	if k.site.Target.misfit == nil {
		return ""
	}
	return k.site.Target.misfit(k.site, path, value)
}

// Needs says why pages cannot be without a key; empty where they can.
func (k Keys) Needs(path []string) string {
	if len(path) == 1 && slices.ContainsFunc(k.site.Target.needs, func(key string) bool { return strings.EqualFold(key, path[0]) }) {
		return capital(k.site.Target.Name) + " leaves out pages without it"
	}
	return ""
}

// Refuses says why pages cannot have a key, whatever its value; empty where they can.
func (k Keys) Refuses(path []string) string {
	if len(path) == 1 && slices.Contains(k.site.Target.refused, strings.ToLower(path[0])) {
		return capital(k.site.Target.Name) + " ends its build at this key"
	}
	return ""
}

// Takes reports whether the page of a folder that has others below it, an index, may have a key.
func (k Keys) Takes(path []string, branch bool) bool {
	return !branch || k.site.Target.Name != Zola().Name || slices.Contains([]string{"extra", "title", "description", "template", "weight"}, path[0])
}

// hugoMisfit knows the values at which Hugo ends a build (as of 0.161).
func hugoMisfit(_ *Site, path []string, value any) string {
	if len(path) != 1 {
		return ""
	}
	text, _ := value.(string)
	switch key := strings.ToLower(path[0]); key {
	case "url":
		if strings.Contains(text, "://") {
			return "Hugo takes a path here, such as {{ .URL.Path }}"
		}
	case "date", "lastmod", "modified", "publishdate", "pubdate", "published", "expirydate", "unpublishdate":
		if _, isTime := value.(time.Time); !isTime && !isDate(text) {
			return "Hugo takes a date here"
		}
	}
	return ""
}

func isDate(text string) bool {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateTime, time.DateOnly} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}

// zolaKinds are the keys of a page that have to be of one kind; all else is a text (Zola 0.22,
// components/content/src/front_matter/page.rs).
var zolaKinds = map[string]func(any) string{
	"date": zolaDateKind, "updated": zolaDateKind,
	"draft": isBool, "render": isBool, "in_search_index": isBool,
	"aliases": isList, "authors": isList,
	"title": isText, "description": isText, "slug": isText, "path": isText, "template": isText,
	"weight": func(v any) string {
		if n, ok := v.(int); !ok || n < 0 {
			return "Zola takes a whole number here"
		}
		return ""
	},
	"taxonomies": isTable, "extra": isTable,
}

func zolaDateKind(v any) string {
	text, _ := v.(string)
	if _, isTime := v.(time.Time); !isTime && !isDate(text) {
		return "Zola takes a date here"
	}
	return ""
}

func isBool(v any) string  { return wanted[bool](v, "true or false") }
func isText(v any) string  { return wanted[string](v, "a text") }
func isTable(v any) string { return wanted[frontmatter.Matter](v, "keys below it") }
func isList(v any) string  { return wanted[[]string](v, "a list of texts") }

func wanted[T any](v any, what string) string {
	if _, ok := v.(T); !ok {
		return "Zola takes " + what + " here"
	}
	return ""
}

// zolaMisfit knows what Zola fails on.
func zolaMisfit(s *Site, path []string, value any) string {
	kind := zolaKinds[path[0]]
	switch {
	case len(path) == 2 && path[0] == "taxonomies":
		if !s.declares(path[1]) {
			return fmt.Sprintf("%s declares no taxonomy %q", s.config, path[1])
		}
		return isList(value)
	case len(path) > 1 && path[0] != "extra" && kind != nil:
		return "Zola has no table of that name"
	case len(path) == 1 && kind != nil:
		return kind(value)
	}
	return ""
}
