package migrate

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/proof"
)

// Loss is something that a page does not show as its post does, where that is news.
type Loss struct {
	Page string `json:"page"`
	// Way is lost, changed, moved or added, or one of the constants of this package.
	Way  string `json:"way"`
	Text string `json:"text"` // such as "1 embed: https://…"
}

// Mended says that a page shows again what it had lost.
const Mended = "mended"

// losses tells what a page lost, where that is news, and what it lost no longer. It
// gives what the ledger is to remember as told.
func (r *run) losses(j *job) (told []string) {
	for _, n := range j.post.Notes {
		r.note("post %q: %s", title(j), n)
	}
	r.countRemovals(j)
	told = lost(j)
	r.out.Proof.Add(j.lost, len(told)-len(j.lost))
	for _, l := range without(told, j.entry.Losses) {
		r.loss(j.entry.Path, way(l), l)
	}
	for _, l := range without(j.entry.Losses, told) {
		r.loss(j.entry.Path, Mended, l)
	}
	return told
}

// countRemovals adds what cleaning left out of a post on purpose to that of the others.
func (r *run) countRemovals(j *job) {
	if r.out.Removed == nil {
		r.out.Removed = map[string]int{}
	}
	for why, n := range j.removed {
		r.out.Removed[why] += n
	}
}

// reasons counts removals by why they were made; white space and comments need none.
func reasons(removed []blog.Removal) map[string]int {
	all := map[string]int{}
	for _, m := range removed {
		if m.Node.Type == html.ElementNode || m.Node.Type == html.TextNode && strings.TrimSpace(m.Node.Data) != "" {
			all[m.Reason]++
		}
	}
	return all
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

// lost gives all that is not of a post on its page: what the feed itself no longer
// holds, then what the conversion lost.
func lost(j *job) (all []string) {
	seen := map[string]bool{}
	for _, l := range j.post.Losses {
		if !seen[l] {
			seen[l] = true
			all = append(all, l)
		}
	}
	for _, l := range j.lost {
		text := l.String()
		if l.Way != proof.Lost {
			text = l.Way.String() + " " + text
		}
		all = append(all, text)
	}
	return all
}

// way gives how a loss is one: as its first word says, else it is lost.
func way(text string) string {
	for _, w := range []proof.Way{proof.Changed, proof.Moved, proof.Added} {
		if strings.HasPrefix(text, w.String()+" ") {
			return w.String()
		}
	}
	return proof.Lost.String()
}

func (r *run) loss(page, way, text string) {
	r.out.Losses = append(r.out.Losses, Loss{Page: page, Way: way, Text: strings.TrimPrefix(text, way+" ")})
}

// refused tells, with --strict, why a post is left out; nil for one that lost nothing.
func (r *run) refused(j *job) error {
	all := lost(j)
	if !r.Strict || len(all) == 0 {
		return nil
	}
	r.out.Proof.Add(j.lost, len(all)-len(j.lost))
	for i, l := range all {
		if way(l) == proof.Lost.String() {
			all[i] = "lost " + l
		}
	}
	return fmt.Errorf("left out: %s", strings.Join(all, "; "))
}
