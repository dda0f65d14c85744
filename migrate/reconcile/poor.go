package reconcile

import (
	"fmt"
	"slices"

	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/report"
)

// poor counts the posts of a feed whose platform did not give them as their authors wrote
// them. A page that is there waits for that; a new one is made from what the feed has.
type poor struct {
	memory *memory.Memory
	report *report.Report
	made   int // from the feed
	wait   int // whose pages stay
	why    error
}

// stays notes such a post, and reports whether its page is there and stays as it is.
func (p *poor) stays(m *page.Made) bool {
	p.report.Note("post %q: its original could not be had: %v", m.Title, m.Poor)
	m.Entry.From = "" // the next run asks again
	p.why = m.Poor
	if m.Old == nil || m.Old.Page == "" {
		p.made++
		p.report.Proof.Poor++
		return false
	}
	p.wait++
	p.report.Proof.Waiting++
	return true
}

// tell tells of the posts of a feed that could not be had as their authors wrote them,
// once until all can be.
func (p *poor) tell(feed string) {
	l := p.memory.Ledger
	told := "poor " + feed
	if p.made+p.wait == 0 {
		l.Told = slices.DeleteFunc(l.Told, func(t string) bool { return t == told })
		return
	}
	if !slices.Contains(l.Told, told) {
		l.Told = append(l.Told, told)
		posts := "the original of 1 post"
		if n := p.made + p.wait; n > 1 {
			posts = fmt.Sprintf("the originals of %d posts", n)
		}
		p.report.Warn("%s: %s could not be had, and the next run asks again: %v", feed, posts, p.why)
		p.report.Hint("what the feed has does: --enrich=off")
	}
	p.made, p.wait = 0, 0
}
