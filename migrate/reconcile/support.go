package reconcile

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/plan"
	"replant/migrate/report"
	"replant/migrate/site"
)

// support plans the files beside pages: indexes of sections, shortcodes, and what a site's
// configuration has to declare.
type support struct {
	memory   *memory.Memory
	site     *site.Site
	spool    *plan.Spool
	report   *report.Report
	options  Options
	changes  *Changes
	supplied map[string]bool // files that were looked at
	lacking  map[string]int  // by taxonomy that the site does not declare: posts made with it
	formulas int             // posts that show some
	advice   string          // what it takes to show them; may be empty
}

// supply plans the files that a page needs beside it and the site lacks, and counts what the
// site's configuration lacks. Files are replant's own only while they stand as they were
// written.
func (r *support) supply(m *page.Made) {
	r.lack(m)
	if m.Post.Formulas {
		r.formulas++
		r.advice = r.site.As(m.Feed.Settings.Theme).Markup().AdviseFormulas()
	}
	need := site.Need{Page: m.Entry.Path, Shortcodes: m.Needs}
	if s := m.Feed.Settings; s.Path != "" {
		need.Section = s.Section
	}
	for _, f := range r.site.Files(r.memory.Tree(), m.Post, need) {
		if r.supplied[f.Path] {
			continue
		}
		r.supplied[f.Path] = true
		if err := r.supplyFile(m, f); err != nil {
			r.report.Trouble(f.Path, "%s: %v", f.Path, err)
		}
	}
}

func (r *support) supplyFile(m *page.Made, f site.File) error {
	fresh, err := r.content(m.Feed.Settings, f)
	if err != nil {
		return err
	}
	disk, err := plan.Hash(r.memory.Site, f.Path)
	if err != nil {
		return err
	}
	known := r.memory.Ledger.File(f.Path)
	_, marked := r.memory.Journal.Mark(f.Path, disk.Hash())
	killed := disk.Exists() && marked // a killed run's own
	v, why := judgeFile(r.memory, f.Path, written(known), disk, fresh), f.Why
	switch {
	case v == ledger.Deleted && r.options.Restore:
		v, why = ledger.Create, "restored"
	case v == ledger.Update && r.options.Refresh:
		why = "made anew"
	case killed && (v == ledger.Update || v == ledger.Keep): // it has to be remembered
	case v != ledger.Create:
		return nil // the site's, the author's, or as it should be
	}
	r.memory.Ledger.SetFile(&ledger.File{Path: f.Path, Hash: fresh.Hash()})
	var changes []plan.Change
	if v != ledger.Keep {
		changes = []plan.Change{{Path: f.Path, Verdict: v, Why: why, Before: disk, After: fresh}}
	}
	r.changes.add(undo{file: &fileUndo{f.Path, known}}, changes)
	return nil
}

// judgeFile returns the verdict on a file that is no page, which had the hash last when a whole run
// wrote it.
func judgeFile(mem *memory.Memory, name, last string, disk, fresh plan.Content) ledger.Verdict {
	return ledger.Judge(ledger.State{Last: last, Pending: mem.Journal.Pending(name, disk.Hash()), Disk: disk.Hash(), Fresh: fresh.Hash()})
}

// written returns the hash of a file as it was written last; empty when it never was.
func written(f *ledger.File) string {
	if f == nil {
		return ""
	}
	return f.Hash
}

// content returns a supplied file, its front matter in the form that the feed's pages have.
func (r *support) content(s ledger.Settings, f site.File) (plan.Content, error) {
	text := []byte(f.Text)
	if f.Matter != nil {
		matter, err := page.Head(s, f.Matter)
		if err != nil {
			return plan.Content{}, err
		}
		text = matter
	}
	return r.spool.Put(text)
}

// lack counts the taxonomies of a post that the site does not declare.
func (r *support) lack(m *page.Made) {
	for _, name := range r.site.Undeclared(*m.Post) {
		r.lacking[name]++
	}
}

// advise tells the author which taxonomies the site should declare: before it has a
// configuration as a hint, and where its configuration keeps terms of posts out of
// their pages as a trouble, once for each taxonomy.
func (r *support) advise() {
	r.adviseFormulas()
	config := r.site.Configuration()
	if config == "" {
		if len(r.lacking) > 0 && !r.memory.File.Exists() {
			r.report.Hints = append(r.report.Hints, "config.toml, once you make it, has to declare: taxonomies = ["+
				declarations(slices.Sorted(maps.Keys(r.lacking)))+"]")
		}
		return
	}
	var news []string
	for _, name := range slices.Sorted(maps.Keys(r.lacking)) {
		if told := "taxonomy " + name; !slices.Contains(r.memory.Ledger.Told, told) {
			r.memory.Ledger.Told = append(r.memory.Ledger.Told, told)
			r.report.Trouble("", "%s: declares no taxonomy %q, so posts go without theirs: %d", config, name, r.lacking[name])
			news = append(news, name)
		}
	}
	if len(news) > 0 {
		r.report.Hints = append(r.report.Hints, fmt.Sprintf("add %s to taxonomies in %s, then run with --refresh", declarations(news), config))
	}
}

// adviseFormulas says once what it takes to show formulas, where neither the site's
// configuration nor its theme does that.
func (r *support) adviseFormulas() {
	const told = "formulas"
	if l := r.memory.Ledger; r.advice != "" && !slices.Contains(l.Told, told) {
		l.Told = append(l.Told, told)
		r.report.Hint("posts that show formulas: %d; %s", r.formulas, r.advice)
	}
}

// declarations returns taxonomies as Zola's configuration lists them.
func declarations(names []string) string {
	all := make([]string, 0, len(names))
	for _, name := range names {
		all = append(all, fmt.Sprintf("{ name = %q }", name))
	}
	return strings.Join(all, ", ")
}
