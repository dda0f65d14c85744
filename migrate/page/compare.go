package page

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/plan"
	"replant/migrate/proof"
	"replant/migrate/shrink"
)

// Compared is what a post's text is beside the one that was written last.
type Compared struct {
	Less shrink.Reason // why it is less; empty where it is not, or not by itself
	// Alien says that it is another text altogether: no author's, if other posts say it too.
	Alien  bool
	Key    uint64 // of the text: see [shrink.Key]
	Block  bool   // it reads like a page that keeps robots out
	Says   string // how it begins
	Counts string // such as "12 of 340 words"
}

// openingMost is how many words of a text are shown.
const openingMost = 12

// compare compares the text of a page with that of the page as it was written last. The
// converter has just read the body of the new page.
func (m *Maker) compare(made *Made, c *converter, body []byte) (r Compared) {
	fresh := c.prover.Seen()
	r.Block, r.Says, r.Key = shrink.IsBlock(fresh), c.prover.Opening(openingMost), shrink.Key(fresh)
	if !m.comparable(made) {
		return r
	}
	last, lastHash, facts, ok := made.lastText(m.env.Memory, c, body)
	if !ok {
		return r
	}
	r.Less = shrink.Find(last, fresh, facts)
	r.Alien = shrink.Alien(last, fresh)
	r.Counts = fmt.Sprintf("%d of %d words", fresh.Words(), last.Words())
	if r.Less == shrink.Edit && !r.Alien || !made.Disk.Exists() || made.Disk.Hash() == lastHash || made.Unplaced(m.env.Memory).Exists() {
		return r // what lies there is no edit of that text
	}
	if _, text, err := memory.Parse(made.Disk); err == nil {
		mine := c.prover.Read(text)
		if shrink.Find(mine, fresh, facts) == shrink.Edit {
			r.Less = shrink.Edit // its author has taken out what would be lost
		}
		r.Alien = r.Alien && shrink.Alien(mine, fresh)
	}
	return r
}

// comparable reports whether a source may have got worse: it says something else than it did,
// or is offered again what its author has not taken.
func (m *Maker) comparable(made *Made) bool {
	switch {
	case m.env.Options.AcceptShrunk:
		return false
	case made.Old == nil || made.Old.Page == "":
		if made.Unplaced(m.env.Memory).Exists() {
			return true
		}
		if made.Why == "" {
			return false
		}
		_, killed := m.env.Memory.Standing(made.Entry)
		return killed // before it could note the page, and it is this post's
	}
	return !ledger.SameItem(made.Old.From, made.From) || m.env.Options.Restore && !made.Disk.Exists() || made.Old.Shrunk != "" || made.Old.Declined != ""
}

// lastText reads the text of a page as it was written last; not ok where that says what
// the new body does, or cannot be read.
func (made *Made) lastText(m *memory.Memory, c *converter, body []byte) (text proof.Text, hash string, f shrink.Facts, ok bool) {
	written := made.LastWritten(m)
	matter, last, err := memory.Parse(written)
	if err != nil || bytes.Equal(last, body) {
		return nil, "", f, false
	}
	if summary, _ := made.Feed.Keys.Original(matter).Get("description"); summary != nil {
		f.Summary = proof.Plain(fmt.Sprint(summary))
	}
	f.Excerpt = blog.Excerpted(made.Post.Losses) && (made.Old == nil || !blog.Excerpted(made.Old.Losses))
	return c.prover.Read(last), written.Hash(), f, true
}

// LastWritten returns a page as it was written last: by its base where its author has edited
// it since.
func (made *Made) LastWritten(m *memory.Memory) plan.Content {
	if made.Taken() {
		return made.Disk
	}
	if c := made.Unplaced(m); c.Exists() {
		return c
	}
	if c, ok := m.Standing(made.Entry); ok {
		return c
	}
	if c, err := m.Of(made.Entry, memory.BaseDir); err == nil && c.Exists() {
		return c
	}
	return made.Disk
}

// Taken reports whether the author has made the source's version, which waits, the page.
func (made *Made) Taken() bool { return made.Disk.Exists() && made.Disk.Hash() == made.Entry.Conflict }

// Unplaced returns the version of a post that waits for a page, since another file has its
// place; an absent one of any other post.
func (made *Made) Unplaced(m *memory.Memory) plan.Content {
	if made.Entry.Page != "" || made.Entry.Conflict == "" {
		return plan.Content{}
	}
	if c, err := m.Of(made.Entry, memory.ConflictDir); err == nil && c.Hash() == made.Entry.Conflict {
		return c
	}
	return plan.Content{}
}

// SameButAddress returns the page that was written last for a post which has moved to
// another host, where a fresh one differs from it in nothing but what the move changes
// by itself; else an absent one.
func (made *Made) SameButAddress(m *memory.Memory) plan.Content {
	if !made.Rehosted || made.Old.Page == "" || made.Old.Conflict != "" {
		return plan.Content{}
	}
	fresh, err := memory.Read(made.Page)
	if err != nil {
		return plan.Content{}
	}
	for _, name := range []string{memory.BaseDir + made.Entry.Path, made.Entry.Path} {
		last, err := plan.Hash(m.Site, name)
		if err != nil || last.Hash() != made.Old.Page {
			continue
		}
		if old, err := memory.Read(last); err == nil && equalButAddress(old, fresh, made.Feed.Keys) {
			return last
		}
	}
	return plan.Content{}
}

// equalButAddress reports whether two pages differ in nothing but the keys that name their
// post and those of its dates, which importers write anew.
func equalButAddress(a, b []byte, k *Keys) bool {
	x, textX, err1 := frontmatter.Parse(a)
	y, textY, err2 := frontmatter.Parse(b)
	return err1 == nil && err2 == nil && string(textX) == string(textY) &&
		reflect.DeepEqual(withoutAddress(k.Original(x)), withoutAddress(k.Original(y)))
}

func withoutAddress(m frontmatter.Matter) (kept frontmatter.Matter) {
	for _, f := range m {
		switch below, nested := f.Value.(frontmatter.Matter); {
		case slices.Contains([]string{"source", "via", "guid", "date", "lastmod", "updated", "aliases"}, f.Key):
		case nested:
			if below = withoutAddress(below); len(below) > 0 {
				kept = append(kept, frontmatter.Field{Key: f.Key, Value: below})
			}
		default:
			kept = append(kept, f)
		}
	}
	return kept
}
