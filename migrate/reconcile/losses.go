package reconcile

import (
	"cmp"
	"fmt"
	"strings"

	"replant/migrate/page"
	"replant/migrate/proof"
	"replant/migrate/report"
)

// losses tells what pages do not show of their posts.
type losses struct {
	report *report.Report
	strict bool // posts that lose something are left out
}

// tell reports what a page lost, where that is news, and what it lost no longer. It
// gives what the ledger is to remember as told.
func (r *losses) tell(m *page.Made) (told []string) {
	for _, n := range m.Post.Notes {
		r.report.Note("post %q: %s", m.Title, n)
	}
	r.report.Remove(m.Removed)
	told = Lost(m.Post.Losses, m.Lost)
	r.report.Proof.Add(m.Lost, told[:len(told)-len(m.Lost)])
	for _, l := range without(told, m.Entry.Losses) {
		r.report.Lose(m.Entry.Path, way(l), l)
	}
	for _, l := range without(m.Entry.Losses, told) {
		r.report.Lose(m.Entry.Path, report.Mended, l)
	}
	return told
}

// without returns the texts of all that are not among others.
func without(all, others []string) (kept []string) {
	gone := make(map[string]bool, len(others))
	for _, o := range others {
		gone[o] = true
	}
	for _, s := range all {
		if !gone[s] {
			kept = append(kept, s)
		}
	}
	return kept
}

// Lost returns all that is not of a post on its page: what the feed itself no longer
// holds, then what the conversion lost.
func Lost(feed []string, lost proof.Report) (all []string) {
	seen := map[string]bool{}
	for _, l := range feed {
		if !seen[l] {
			seen[l] = true
			all = append(all, l)
		}
	}
	for _, l := range lost {
		text := l.String()
		if l.Way != proof.Lost {
			text = l.Way.String() + " " + text
		}
		all = append(all, text)
	}
	return all
}

// way returns how a loss is one: as its first word says, else it is lost.
func way(text string) string {
	for _, w := range []proof.Way{proof.Changed, proof.Moved, proof.Added} {
		if strings.HasPrefix(text, w.String()+" ") {
			return w.String()
		}
	}
	return proof.Lost.String()
}

// refused tells, with --strict, why a post is left out; nil for one that lost nothing.
func (r *losses) refused(m *page.Made) error {
	all := Lost(m.Post.Losses, m.Lost)
	if !r.strict || len(all) == 0 {
		return nil
	}
	r.report.Proof.Add(m.Lost, all[:len(all)-len(m.Lost)])
	for i, l := range all {
		if way(l) == proof.Lost.String() {
			all[i] = "lost " + l
		}
	}
	return fmt.Errorf("left out: %s", strings.Join(all, "; "))
}

// checked reports what a check found of a post.
func (r *losses) checked(m *page.Made) {
	path := m.Entry.Path
	switch {
	case m.Err != nil:
		r.report.Trouble(path, "post %q: %v", m.Title, m.Err)
		return
	case m.Way == report.Missing:
		r.report.Lose(path, report.Missing, cmp.Or(m.Title, "a post without a title"))
		return
	case m.Way == report.Behind:
		r.report.Lose(path, report.Behind, "changed at the source since it was made")
		return
	case m.Way == report.Edited:
		r.report.Lose(path, report.Edited, "deleted here")
		return
	}
	r.report.Remove(m.Removed)
	all := Lost(m.Post.Losses, m.Losses)
	r.report.Proof.Add(m.Losses, all[:len(all)-len(m.Losses)])
	for _, a := range m.Entry.Assets {
		if a.Trouble != "" {
			r.report.Proof.Pictures++
		}
	}
	for _, l := range all {
		r.report.Lose(path, way(l), l)
	}
	for _, l := range Lost(nil, m.Edits) {
		if way(l) == proof.Lost.String() {
			l = "lost " + l
		}
		r.report.Lose(path, report.Edited, l)
	}
}
