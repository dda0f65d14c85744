package site

import (
	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/proof"
)

// Markup is what the pages of a site may say, by its generator and its configuration.
type Markup struct{ site *Site }

// Markup returns what the pages of the site may say.
func (s *Site) Markup() Markup { return Markup{s} }

// LinkTitle returns a link's title as Markdown has to say it for a page to show it.
func (m Markup) LinkTitle(address, title string) string {
	if m.site.Target.title == nil {
		return title
	}
	return m.site.Target.title(m.site, address, title)
}

// PassesFormulas reports whether what stands between the delimiters of formulas shows as it
// stands in a page: by a setting of the site now, or by one that may come.
func (m Markup) PassesFormulas() (now, ever bool) {
	return m.site.hugo.passthrough, m.site.Target.passes
}

// AdviseFormulas returns what it takes to show formulas; empty where the site passes them
// through, or its theme has a key for pages that show some.
func (m Markup) AdviseFormulas() string {
	switch now, ever := m.PassesFormulas(); {
	case now, m.site.preset(m.site.Target.Name).math != "":
		return ""
	case ever:
		return "Hugo shows them with markup.goldmark.extensions.passthrough.enable = true, delimiters $ and $$, " +
			"and KaTeX or MathJax in a layout: https://gohugo.io/content-management/mathematics/"
	}
	return "they stand between dollars, for KaTeX or MathJax in a template of yours"
}

// Formulas returns the delimiters of the formulas that the site passes through.
func (m Markup) Formulas() dom.Delimiters { return m.site.hugo.formulas }

// LinksBare reports whether a page shows bare addresses as links
// (https://gohugo.io/configuration/markup/#linkify).
func (m Markup) LinksBare() bool { return m.site.Target.Reads == proof.Hugo && !m.site.hugo.unlinked }

// ShowsHTML reports whether raw HTML in a page shows: by the generator, or by a setting.
func (m Markup) ShowsHTML() bool { return m.site.Target.HTML || m.site.hugo.unsafe }

// Style is how pages of the site are read.
func (m Markup) Style() proof.Style {
	return proof.Style{Generator: m.site.Target.Reads, HTML: m.ShowsHTML(), Bare: m.LinksBare(), Formulas: m.Formulas()}
}

// Figure returns the call for a picture of the site's generator: nil where it has none.
func (m Markup) Figure() func(blog.Picture) string {
	return m.site.hugo.own.figure(m.site.Target.Figure)
}

// Player spells a film or a sound that plays: see [Target.Player]. Both are empty where the
// site's templates lie where replant cannot put one.
func (m Markup) Player(r blog.Recording, how Embeds) (markdown, shortcode string) {
	markdown, shortcode = m.site.Target.Player(r, how)
	if shortcode != "" && m.site.hugo.layouts == "" {
		return "", ""
	}
	return markdown, shortcode
}

// Gallery returns the call for pictures that belong together: both are empty where there is
// none for them.
func (m Markup) Gallery(g blog.Gallery) (call, name string) {
	if m.site.hugo.layouts == "" {
		return "", ""
	}
	return m.site.Target.Gallery(g)
}

// Details returns the call for what a reader unfolds: nil where there is none, or where a
// shortcode of that name is the site's own and takes no summary.
func (m Markup) Details() func(blog.Details) string {
	if m.site.hugo.own.details {
		return nil
	}
	return m.site.Target.Details
}

// HeadingID returns the id that the site's generator gives a heading by its text.
func (m Markup) HeadingID(heading string) string { return m.site.Target.headingID(heading) }
