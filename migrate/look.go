package migrate

import (
	"cmp"
	"slices"

	"replant/migrate/ledger"
	"replant/migrate/site"
)

// authors reports whether a file is the author's own: neither the ledger nor a run that was
// killed has it.
func (r *run) authors(name string) bool {
	l := r.memory.Ledger
	return l.At(name) == nil && !r.memory.Journal.New(name) &&
		!slices.ContainsFunc(l.Files, func(f *ledger.File) bool { return f.Path == name })
}

// Ground is what a first run finds in a site, as far as the author may want to choose.
type Ground struct {
	Section  string   // of new posts, unless another one is asked for
	Sections []string // that hold posts
	Theme    string   // the site's; empty without one
	Known    bool     // replant knows what keys the theme reads
}

// Look returns what a first run finds in a site.
func (m *Migration) Look() (*Ground, error) {
	r, err := m.begin(false)
	if err != nil {
		return nil, err
	}
	g := &Ground{
		Section:  r.site.Sections().ForPosts(r.memory.Tree(), r.authors),
		Sections: r.site.Sections().WithPosts(r.memory.Tree(), r.authors),
	}
	g.Theme, g.Known = r.site.Theme()
	return g, nil
}

// tellSite says on a first run what the site was taken for, and on later ones that its theme
// has changed.
func (r *run) tellSite() {
	if r.checks || r.ask.Adopt {
		return
	}
	if !r.memory.File.Exists() {
		r.tellFound()
	}
	r.tellTheme()
}

// tellFound says what the site was taken for.
func (r *run) tellFound() {
	var sections []string
	var layout site.Layout
	for _, f := range r.ask.Feeds {
		if f.Err != nil {
			continue
		}
		if !slices.Contains(sections, f.Settings.Section) {
			sections = append(sections, f.Settings.Section)
		}
		layout = site.Layout(f.Settings.Layout)
	}
	why := ""
	switch {
	case r.site.Configuration() != "":
	case r.ask.Target != "":
		why = " as asked for, without configuration"
	default:
		why = ", as it has no configuration (--target zola for Zola)"
	}
	r.report.Warn("site: %s", r.site.Found(why, sections, layout))
	if n := r.report.OtherDays; n > 0 {
		r.report.Hint("posts whose addresses carry another day than their dates in UTC: %d; --timezone NAME, such as Europe/Berlin, writes dates by the blog's own clock", n)
	}
}

// tellTheme says that the site's theme is another one than the pages were written for, and
// remembers it. A ledger of before it was remembered takes it in with the next page.
func (r *run) tellTheme() {
	now, known := r.site.Theme()
	if now == "" {
		now = site.NoTheme
	}
	l := r.memory.Ledger
	was := l.Theme
	switch {
	case was == now || was == "" && r.memory.File.Exists() && !r.settle.Changes.Plan.Any():
		return
	case was != "":
		r.report.Warn("theme: %s now, %s before; new and changed posts get the keys that it reads", now, was)
		r.report.Hint("--refresh gives them to all pages; your edits stay")
	}
	l.Theme = now
	if !known && now != site.NoTheme && !slices.ContainsFunc(r.ask.Feeds, func(f Feed) bool { return f.Settings.Theme != "" }) {
		r.report.Hint("theme %s: replant does not know its keys, so pages get the plain ones; --theme NAME gives those of another", now)
	}
}

// tellArchetype says, once, why the archetypes of the site give the feed's pages nothing.
func (s *reading) tellArchetype() {
	if s.feed.Settings.Keys.Archetype != ledger.FromArchetypes || s.run.checks {
		return
	}
	l := s.run.memory.Ledger
	_, err := s.run.site.Keys().Archetype(s.run.memory.Tree(), s.feed.Settings.Section)
	if err == nil {
		return
	}
	if told := "archetype " + err.Error(); !slices.Contains(l.Told, told) {
		l.Told = append(l.Told, told)
		s.run.report.Warn("archetype: %v", err)
	}
}

// tellSettings says what a setting that is another one than the last time changes.
func (s *reading) tellSettings() {
	if s.known == nil || s.run.checks || s.run.ask.Adopt {
		return
	}
	if was, now := s.known.Section, s.feed.Settings.Section; was != now {
		s.run.report.Warn("section: %s for new posts; the pages that are in %s stay", now, was)
	}
	if was, now := s.known.Path, s.feed.Settings.Path; was != now {
		s.run.report.Warn("path: %s for new posts; the pages that are there stay", cmp.Or(now, NoFolders))
	}
	if was, now := s.known.Layout, s.feed.Settings.Layout; was != now {
		s.run.report.Warn("layout: %s for new posts; the pages that are there stay", now)
	}
}
