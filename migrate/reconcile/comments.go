package reconcile

import (
	"path"
	"strings"

	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/plan"
	"replant/migrate/report"
)

// comments judges the files of readers' comments.
type comments struct {
	memory  *memory.Memory
	report  *report.Report
	restore bool            // brings back what the author deleted
	taken   map[string]bool // files that posts have; nil until one asks
}

// commentsDir is the folder of a site's files of comments. Hugo reads it by itself, Zola
// by load_data.
const commentsDir = "data/comments/"

// changes judges the file of a post's comments.
func (r *comments) changes(m *page.Made) []plan.Change {
	if !m.Comments.Exists() {
		return nil
	}
	last := m.Entry.Comments
	if last == nil {
		last = &ledger.File{Path: r.path(m.Entry)}
	}
	disk, err := plan.Hash(r.memory.Site, last.Path)
	if err != nil {
		r.report.Trouble(m.Entry.Path, "post %q: %v", m.Title, err)
		return nil
	}
	v := judgeFile(r.memory, last.Path, last.Hash, disk, m.Comments)
	if v == ledger.Deleted && r.restore {
		v = ledger.Create
	}
	if v != ledger.Create && v != ledger.Update && v != ledger.Keep || v == ledger.Keep && !disk.Same(m.Comments) {
		return nil // the author's
	}
	note := &ledger.File{Path: last.Path, Hash: m.Comments.Hash()}
	m.Entry.Note(func(x *ledger.Extra) { x.Comments = note })
	if v == ledger.Keep {
		return nil
	}
	return []plan.Change{{Path: last.Path, Verdict: v, Why: "comments", Before: disk, After: m.Comments}}
}

// path returns the path of the file of a post's comments: by the post's slug, with its
// section in front where another post has that.
func (r *comments) path(e *ledger.Entry) string {
	if r.taken == nil {
		r.taken = map[string]bool{}
		for _, e := range r.memory.Ledger.Posts {
			if e.Comments != nil {
				r.taken[e.Comments.Path] = true
			}
		}
	}
	stem := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(e.Path, "/_index.md"), "/index.md"), ".md")
	name := commentsDir + path.Base(stem) + ".yaml"
	for dir := path.Dir(stem); r.taken[name]; dir = path.Dir(dir) {
		name = commentsDir + path.Base(dir) + "-" + strings.TrimPrefix(name, commentsDir)
	}
	r.taken[name] = true
	return name
}
