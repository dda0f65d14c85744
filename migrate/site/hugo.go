package site

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/proof"
	"replant/migrate/regex"
)

// Hugo is the target for Hugo (https://gohugo.io), as of v0.161.
func Hugo() *Target {
	return &Target{
		Name:      "hugo",
		Reads:     proof.Hugo,
		Matter:    hugoMatter,
		Shortcode: hugoShortcode,
		Figure:    hugoFigure,
		Details:   hugoDetails,
		Recording: hugoRecording,
		Gallery:   hugoGallery,
		Code:      hugoPage,
		Detect:    detectHugo,
		configure: configureHugo,
		passes:    true,
		files:     hugoSupplies,
		ref:       hugoRef,
		headingID: githubID,
		Table:     "params",
		misfit:    hugoMisfit,
		refused:   []string{"path", "kind", "lang"},
	}
}

// hugoMatter keeps to keys that Hugo knows and puts the rest under params, and with them
// what the site's theme reads under names of its own. What is unknown is left out: Hugo reads
// an empty date as the year 1.
func hugoMatter(p blog.Post, s *Site) frontmatter.Matter {
	t := s.preset("hugo")
	var f fields
	f.opening(p, "lastmod")
	f.text("slug", p.KeepSlug)
	f.list("aliases", p.Aliases)
	f.list("tags", terms(p.Tags))
	f.list("categories", terms(p.Categories))
	f.list("authors", distinct(p.Authors))
	f.list("series", terms([]string{p.Series}))
	f.list(t.series, terms([]string{p.Series}))
	f.address("canonicalURL", p.Canonical)

	var params fields
	if p.Cover != nil {
		f.list("images", []string{p.Cover.String()}) // for OpenGraph, Twitter and schema.org
	}
	if !p.CoverLeads { // a reader would see it twice
		params.cover(t.cover, p)
	}
	params.ofTheme(t, p)
	params.origin(p)
	f.nest("params", params)
	return frontmatter.Matter(f)
}

// hugoLanguage returns the language whose pages have no mark of it in their names: the
// one that is set, else English, else the first by weight and then by name.
func hugoLanguage(all table) string {
	if lang := all.text("defaultcontentlanguage"); lang != "" {
		return strings.ToLower(lang)
	}
	languages := all.table("languages")
	if _, english := languages["en"]; english || len(languages) == 0 {
		return "en"
	}
	return slices.MinFunc(slices.Sorted(maps.Keys(languages)), func(a, b string) int {
		return cmp.Compare(weight(languages.table(a)), weight(languages.table(b)))
	})
}

// weight is a language's rank, a whole number to Hugo; one without comes last.
func weight(language table) int {
	w := 0
	switch v := language["weight"].(type) {
	case int: // YAML's
		w = v
	case int64: // TOML's
		w = int(v)
	case float64: // JSON's
		w = int(v)
	}
	if w == 0 {
		return math.MaxInt
	}
	return w
}

const (
	divider = "<!--more-->" // parts a page's summary from the rest
	// nothing is an inline shortcode without content: it comes out as nothing,
	// whether the site allows inline shortcodes or not, and breaks a mark in two.
	nothing = "{{< x.inline >}}{{< /x.inline >}}"
	// placeholder begins what Hugo puts in the place of a shortcode while it makes HTML: one
	// that it did not put there ends the build.
	placeholder   = "HAHAHUGOSHORTCODE"
	noPlaceholder = "HAHA" + nothing + "HUGOSHORTCODE"
)

// hugoMark finds what Hugo acts upon before it reads Markdown, even inside code.
var hugoMark = regex.Lazy(`\{\{[<%]|` + divider + `|` + placeholder)

// hugoPage returns a page with all marks in its code inert, and all placeholders. Each piece of code can be
// looked at by itself, for none comes out with a live mark.
func hugoPage(page []blog.Piece) []byte {
	size := 0
	for _, p := range page {
		size += len(p.Text)
	}
	b := make([]byte, 0, size)
	for _, p := range page {
		if p.HTML != nil {
			p.Text = hugoCode(p.Text)
		} else {
			p.Text = strings.ReplaceAll(p.Text, placeholder, noPlaceholder)
		}
		b = append(b, p.Text...)
	}
	return b
}

// hugoCode makes shortcodes and summary dividers inside code inert.
func hugoCode(code string) string {
	if !strings.Contains(code, "{{") && !strings.Contains(code, divider) && !strings.Contains(code, placeholder) {
		return code
	}
	in := inert{code: code, lastAngle: strings.LastIndex(code, ">}}"), lastPercent: strings.LastIndex(code, "%}}")}
	at := 0
	for {
		mark := hugoMark().FindStringIndex(code[at:])
		if mark == nil {
			break
		}
		start, end := at+mark[0], at+mark[1]
		in.out.WriteString(code[at:start])
		at = in.mark(start, end)
	}
	in.out.WriteString(code[at:])
	return in.out.String()
}

// inert writes code with its marks made inert.
type inert struct {
	out  strings.Builder
	code string
	// Where the last closers begin: a text of nothing but openers is not searched to
	// its end for each of them.
	lastAngle, lastPercent int
}

// mark writes the mark at code[start:end] with all that belongs to it, and returns the
// place to go on from.
func (in *inert) mark(start, end int) (next int) {
	opener := in.code[start:end]
	switch opener {
	case divider:
		in.out.WriteString("<!--" + nothing + "more-->")
		return end
	case placeholder:
		in.out.WriteString(noPlaceholder)
		return end
	}
	stop, closed := in.closer(opener[2], end)
	if !closed {
		in.out.WriteString("{{" + nothing)
		return start + 2 // the < may start a divider
	}
	// Hugo reads nothing inside a comment, and prints {{</* x */>}} as {{< x >}}.
	in.out.WriteString(opener + "/*" + in.code[end:stop] + "*/" + in.code[stop:stop+3])
	return stop + 3
}

// closer finds the end of a shortcode whose opener ends at from.
func (in *inert) closer(kind byte, from int) (at int, ok bool) {
	closer, last := ">}}", in.lastAngle
	if kind == '%' {
		closer, last = "%}}", in.lastPercent
	}
	if last < from {
		return 0, false
	}
	return from + strings.Index(in.code[from:], closer), true
}
