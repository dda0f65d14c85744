package migrate

import (
	"bytes"
	"fmt"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/proof"
	"replant/migrate/shrink"
)

// weighed is what a job's text is beside the one that was written last.
type weighed struct {
	less shrink.Reason // why it is less; empty where it is not, or not by itself
	// alien says that it is another text altogether: no author's, if other posts say it too.
	alien  bool
	key    string // of the text: see [shrink.Key]
	block  bool   // it reads like a page that keeps robots out
	says   string // how it begins
	counts string // such as "12 of 340 words"
}

// openingMost is how many words of a text are shown.
const openingMost = 12

// weigh compares the text of a page with that of the page as it was written last. It runs
// beside others. The converter has just read the body of the new page.
func (r *run) weigh(j *job, c *converter, body []byte) {
	fresh := c.Seen()
	j.block, j.says = shrink.IsBlock(fresh), c.Opening(openingMost)
	if key := shrink.Key(fresh); key != "" {
		j.key = short("%s", key)
	}
	if !r.comparable(j) {
		return
	}
	last, lastHash, facts, ok := r.lastText(j, c, body)
	if !ok {
		return
	}
	j.less = shrink.Find(last, fresh, facts)
	j.alien = shrink.Alien(last, fresh)
	j.counts = fmt.Sprintf("%d of %d words", fresh.Words(), last.Words())
	if j.less == shrink.Edit && !j.alien || !j.disk.Exists() || j.disk.Hash() == lastHash || r.unplaced(j).Exists() {
		return // what lies there is no edit of that text
	}
	if _, text, err := parsed(j.disk); err == nil {
		mine := c.Read(text)
		if shrink.Find(mine, fresh, facts) == shrink.Edit {
			j.less = shrink.Edit // its author has taken out what would be lost
		}
		j.alien = j.alien && shrink.Alien(mine, fresh)
	}
}

// comparable tells whether a source may have got worse: it says something else than it did,
// or is offered again what its author has not taken.
func (r *run) comparable(j *job) bool {
	switch {
	case r.AcceptShrunk:
		return false
	case j.old == nil || j.old.Page == "":
		if r.unplaced(j).Exists() {
			return true
		}
		_, killed := r.standing(j.entry)
		return killed && j.why != "" // before it could note the page, and it is this post's
	}
	return !sameItem(j.old.From, j.from) || r.Restore && !j.disk.Exists() || j.old.Shrunk != "" || j.old.Declined != ""
}

// lastText reads the text of a page as it was written last; not ok where that says what
// the new body does, or cannot be read.
func (r *run) lastText(j *job, c *converter, body []byte) (text proof.Text, hash string, f shrink.Facts, ok bool) {
	written := r.lastWritten(j)
	matter, last, err := parsed(written)
	if err != nil || bytes.Equal(last, body) {
		return nil, "", f, false
	}
	if summary, _ := matter.Get("description"); summary != nil {
		f.Summary = proof.Plain(fmt.Sprint(summary))
	}
	f.Excerpt = blog.Excerpted(j.post.Losses) && (j.old == nil || !blog.Excerpted(j.old.Losses))
	return c.Read(last), written.Hash(), f, true
}

// lastWritten gives a page as it was written last: by its base where its author has edited
// it since.
func (r *run) lastWritten(j *job) plan.Content {
	if r.tookIt(j) {
		return j.disk
	}
	if c := r.unplaced(j); c.Exists() {
		return c
	}
	if c, ok := r.standing(j.entry); ok {
		return c
	}
	if c, err := r.memoryOf(j, baseDir); err == nil && c.Exists() {
		return c
	}
	return j.disk
}

// tookIt tells whether the author has made the source's version, which waits, the page.
func (r *run) tookIt(j *job) bool { return j.disk.Exists() && j.disk.Hash() == j.entry.Conflict }

// unplaced returns the version of a post that waits for a page, since another file has its
// place; an absent one of any other post.
func (r *run) unplaced(j *job) plan.Content {
	if j.entry.Page != "" || j.entry.Conflict == "" {
		return plan.Content{}
	}
	if c, err := r.memoryOf(j, conflictDir); err == nil && c.Hash() == j.entry.Conflict {
		return c
	}
	return plan.Content{}
}

// outlasts tells whether what waits for a page stays, since the source has less now.
func (r *run) outlasts(j *job, v ledger.Verdict) bool {
	return (v == ledger.Conflict || v == ledger.Create) && r.unplaced(j).Exists() && r.lessThanBefore(j)
}

// parsed reads a page.
func parsed(page plan.Content) (frontmatter.Matter, []byte, error) {
	text, err := read(page)
	if err != nil {
		return nil, nil, err
	}
	matter, body, err := frontmatter.Parse(text)
	if err != nil {
		return nil, text, nil // what no generator could read is text
	}
	return matter, body, nil
}

// lessThanBefore tells whether what the source has of a post is less than it had.
func (r *run) lessThanBefore(j *job) bool {
	if j.alien && j.less != shrink.Blocked && r.shared(j) {
		j.less = shrink.Shared
	}
	return j.less != shrink.Edit
}

// shrunk leaves a page to its author whose source has less now, and puts the source's
// version where it can be looked at. The page as it was written last stays what the next
// run compares with. Another version that waits already stays as well: it may have more.
func (r *run) shrunk(j *job) []plan.Change {
	e := j.entry
	robots := j.less == shrink.Blocked || j.less == shrink.Shared
	switch {
	case sameItem(e.Declined, j.from):
		return nil
	case e.Conflict != "" && e.Shrunk == "" && !r.tookIt(j):
		return r.outlast(j)
	}
	changes := r.hold(j)
	news := e.Shrunk == ""
	if robots {
		r.heard(j, news)
	}
	changes = append(changes, r.pictures(j, func(string) bool { return true })...)
	changes = append(changes, r.store(conflictDir+e.Path, "the source's version", j.page)...)
	e.Note(func(x *ledger.Extra) {
		x.Conflict, x.Clash, x.Shrunk, x.Declined = j.page.Hash(), "", string(j.less), ""
	})
	if !news {
		return changes
	}
	r.out.Shrunk = append(r.out.Shrunk, e.Path)
	return append(changes, plan.Change{Path: e.Path, Verdict: ledger.Shrunk, Why: j.worse(), Before: j.disk, After: j.disk})
}

// outlast leaves the version of the source that waits already: it has more.
func (r *run) outlast(j *job) []plan.Change {
	j.entry.From = j.old.From
	r.note("%s: the source has less of it now; the version that waits stays", j.entry.Path)
	return nil
}

// worse says in which way the source has less.
func (j *job) worse() string {
	text := stays(string(j.less))
	switch j.less {
	case shrink.Empty:
		return text
	case shrink.Blocked, shrink.Shared:
		return fmt.Sprintf("%s: %q", text, j.says)
	}
	return text + ", " + j.counts
}

// stays says why a page does, by the reason in the ledger.
func stays(reason string) string {
	switch shrink.Reason(reason) {
	case shrink.Empty:
		return "stays: the source has nothing of it now"
	case shrink.Beginning:
		return "stays: the source has only its beginning now"
	case shrink.Excerpt:
		return "stays: the source has only an excerpt of it now"
	case shrink.Summary:
		return "stays: the source has only its summary now"
	case shrink.Blocked:
		return "stays: the source seems to be blocked"
	case shrink.Shared:
		return "stays: the source says the same of other posts now"
	}
	return "stays: the source has much less of it now"
}

// hold makes what its author has taken from the source, or what a killed run has written of
// a page, what the next run compares with.
func (r *run) hold(j *job) []plan.Change {
	e := j.entry
	if r.tookIt(j) {
		e.Page = e.Conflict
		e.Note(func(x *ledger.Extra) { x.Shrunk = "" }) // and another one is news
		return r.store(baseDir+e.Path, "what was written", j.disk)
	}
	if r.memory.journal == nil {
		return nil
	}
	base, ok := r.standing(e)
	if !ok {
		return nil
	}
	if base.Hash() != e.Page {
		left := r.picturesLeft(e)
		e.Page = base.Hash()
		e.Note(func(x *ledger.Extra) { x.Assets = left })
	}
	return r.store(baseDir+e.Path, "what was written", base)
}

// restoreLast brings back a page that its author deleted as it was written last, since the
// source has less of it now.
func (r *run) restoreLast(j *job) []plan.Change {
	was := r.lastWritten(j)
	changes := append(r.shrunk(j), r.broughtBack(j)...)
	if was.Exists() {
		changes = append(changes, plan.Change{Path: j.entry.Path, Verdict: ledger.Create, Why: "restored as it was written last", After: was})
	}
	return changes
}

// decline forgets a version of the source that the author refused: it is not offered again.
func (r *run) decline(e *ledger.Entry) []plan.Change {
	e.Note(func(x *ledger.Extra) { x.Conflict, x.Clash, x.Shrunk, x.Declined = "", "", "", e.From })
	return r.store(conflictDir+e.Path, "settled", plan.Content{})
}

// wellAgain tells of a source that has all of a post again.
func (r *run) wellAgain(j *job, v ledger.Verdict) {
	if j.old == nil || j.old.Shrunk == "" || r.AcceptShrunk || j.less != shrink.Edit {
		return
	}
	if v != ledger.Deleted && j.disk.Hash() != j.old.Conflict {
		c := r.chorusOf(j.feed)
		c.again = append(c.again, j.entry.Path)
	}
}
