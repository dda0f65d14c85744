package migrate

import (
	"cmp"
	"encoding/json"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"replant/assets"
	"replant/migrate/crawl"
	"replant/migrate/identity"
	"replant/migrate/ledger"
	"replant/migrate/links"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/plan"
	"replant/migrate/reconcile"
	"replant/migrate/report"
	"replant/migrate/site"
)

// Review shows each post of a site: the source as it came, the page as the run leaves it, and
// what became of the one on the way to the other. It holds little of a post itself: what is
// long lies in the run's scratch file and in the site, and is read when it is asked for. It may
// be read from several goroutines; nothing may be read while [Review.Settled] runs.
type Review struct {
	Posts []*Reviewed // those that the run has come across in the feeds' order, then all others

	memory  *memory.Memory
	site    *site.Site
	spool   *plan.Spool
	report  *report.Report
	offline bool
	links   *links.Resolver // of the pages that lie there; nil where links stay
	posts   map[*ledger.Entry]*Reviewed
	planned map[string]plan.Content // what the run would write, by path, but for bases that are as their pages
}

// Reviewed is one post of a review.
type Reviewed struct {
	Path      string // of its page
	Title     string
	Address   *url.URL // where it is read; nil where that is not known
	Published time.Time
	// Verdict is what the run would do with the page, or one of the constants of this package;
	// Why is the reason.
	Verdict, Why string
	Edited       bool     // the page has edits of its author
	Losses       []string // what the page does not show of the post
	Feed         []string // those of them that the feed itself does not hold
	Edits        []string // what it does not show since its author has edited it
	Pictures     []ReviewedPicture
	Cover        string // the picture that stands for the post, as a path in the site; may be empty
	Settles      bool   // it waits for its author, and may be settled now

	witness plan.Content // absent where the source was not at hand
}

// ReviewedPicture is a picture of a post.
type ReviewedPicture struct {
	Address string // in the source
	File    string // in the site; empty where it could not be had
	Trouble string // why it could not be had
}

// The verdicts of a review beside those of a plan.
const (
	Unchanged = "unchanged" // nothing would be done
	Failed    = "failed"    // the post could not be made
	Away      = "deleted"   // the author has deleted the page, and it stays away
)

// newReview begins the review of a run.
func newReview(r *run) *Review {
	return &Review{
		memory: r.memory, site: r.site, spool: r.pages.Spool, report: r.report, offline: r.ask.Offline,
		posts: map[*ledger.Entry]*Reviewed{}, planned: map[string]plan.Content{},
	}
}

// looker returns a maker that compares the pages of a feed which lie in the site.
func (r *run) looker(env page.Env, feed *page.Feed) *page.Maker {
	env.Options.Check = true
	if form := r.ask.links(r.memory); form != ledger.KeepLinks {
		if r.review.links == nil {
			r.review.links = links.Remembered(r.memory, r.site, form == ledger.LinkByRef)
		}
		env.Links = r.review.links
	}
	return page.New(env, feed)
}

// look returns, for a review, the job of comparing the page of a post that is as it was; else
// nil.
func (s *reading) look(item *crawl.Item, found identity.Found, from string) (*page.Job, error) {
	if s.looks == nil || found.Old.From != from {
		return nil, nil
	}
	whole, err := page.Whole(s.feed.Settings, item.Sighting)
	if err != nil {
		return nil, err
	}
	s.posts.Stay(&found)
	enrich := s.run.ask.Offline && s.feed.Settings.Enrich == On && whole.Article() != nil
	return &page.Job{Found: found, Item: whole, From: from, Enrich: enrich, Looks: true}, nil
}

// add takes in a post that is settled, or that was looked at.
func (v *Review) add(w *work) {
	m := w.made
	p := &Reviewed{Path: m.Entry.Path, Title: m.Title}
	v.posts[m.Entry] = p
	v.Posts = append(v.Posts, p)
	if m.Post != nil {
		p.Address, p.Published = m.Post.URL, m.Post.Published
	}
	switch {
	case w.looks && !v.compared(w):
		p.Losses = m.Entry.Losses
		if m.Witness != nil {
			m.Witness.Findings = nil // of a source that its author wrote otherwise
		}
	case m.Post != nil:
		p.losses(w)
	}
	p.pictures(w)
	v.keep(p, m)
}

// compared reports whether a page that was looked at was compared with all that it was made
// of. What the platform has of a post beside the feed is read offline alone, from what earlier
// runs have kept.
func (v *Review) compared(w *work) bool {
	m := w.made
	if m.Poor != nil || m.Err != nil || m.Way != "" {
		return false
	}
	enriched := m.Feed.Settings.Enrich == On && w.job.Item != nil && w.job.Item.Article() != nil
	return v.offline || !enriched
}

// losses notes what the page does not show.
func (p *Reviewed) losses(w *work) {
	m := w.made
	p.Feed = m.Post.Losses
	if w.looks {
		p.Losses, p.Edits = reconcile.Lost(p.Feed, m.Checked.Losses), reconcile.Lost(nil, m.Edits)
	} else {
		p.Losses = reconcile.Lost(p.Feed, m.Lost)
	}
}

// pictures notes what became of the pictures of a post.
func (p *Reviewed) pictures(w *work) {
	if w.looks {
		p.remembered(w.made.Entry)
		return
	}
	for _, a := range w.made.Assets {
		shown := ReviewedPicture{Address: a.Addr}
		switch {
		case a.Err != nil:
			shown.Trouble = a.Err.Error()
		case a.File != "":
			shown.File = path.Join(w.made.Place.Assets, a.File)
		}
		p.Pictures = append(p.Pictures, shown)
	}
	if post := w.made.Post; post != nil && post.Cover != nil {
		if file := assets.FileOf(w.made.Assets, post.Cover); file != "" {
			p.Cover = path.Join(w.made.Place.Assets, file)
		} else if !post.Cover.IsAbs() {
			p.Cover = path.Join(w.made.Place.Assets, path.Base(post.Cover.Path))
		}
	}
	p.coverBy(w.made.Assets)
}

// remembered notes the pictures that a ledger has of a post.
func (p *Reviewed) remembered(e *ledger.Entry) {
	for _, a := range e.Assets {
		p.Pictures = append(p.Pictures, ReviewedPicture{Address: a.Address, File: a.File, Trouble: a.Trouble})
	}
	p.coverBy(nil)
}

// coverBy takes the first picture for the cover where the post has none.
func (p *Reviewed) coverBy(all []assets.Asset) {
	for i, pic := range p.Pictures {
		if p.Cover == "" && pic.File != "" && (all == nil || !all[i].Media) {
			p.Cover = pic.File
		}
	}
}

// keep spools the witness of a post.
func (v *Review) keep(p *Reviewed, m *page.Made) {
	if m.Witness == nil {
		return
	}
	text, err := json.Marshal(m.Witness)
	m.Witness = nil
	if err != nil {
		return // of a value that has nothing but texts
	}
	if p.witness, err = v.spool.Put(text); err != nil {
		v.report.Note("%s: its source cannot be shown: %v", p.Path, err)
	}
}

// complete takes in what the plan says, and the posts that no feed has brought up. A nil review
// stays nil.
func (v *Review) complete(p *plan.Plan) *Review {
	if v == nil {
		return nil
	}
	verdicts := map[string]plan.Change{} // by path of a page
	for c := range p.All() {
		name, isBase := strings.CutPrefix(c.Path, memory.BaseDir)
		if c.Writes() && (!isBase || !v.planned[name].Same(c.After)) {
			v.planned[c.Path] = c.After
		}
		if !plan.Hidden(c.Path) {
			verdicts[c.Path] = c
		}
	}
	var others []*ledger.Entry
	for _, e := range v.memory.Ledger.Posts {
		if p := v.posts[e]; p != nil {
			v.judge(p, e, verdicts)
			continue
		}
		others = append(others, e)
	}
	slices.SortStableFunc(others, func(a, b *ledger.Entry) int { return cmp.Compare(a.Path, b.Path) })
	for _, e := range others {
		p := &Reviewed{Path: e.Path, Losses: e.Losses}
		p.remembered(e)
		v.judge(p, e, verdicts)
		p.Title, p.Published = v.heading(e)
		v.Posts = append(v.Posts, p)
	}
	v.posts = nil
	return v
}

// judge notes what the run would do with a post.
func (v *Review) judge(p *Reviewed, e *ledger.Entry, verdicts map[string]plan.Change) {
	p.Path = e.Path
	disk := v.memory.Hash(e.Path)
	p.Edited = disk != "" && e.Page != "" && disk != e.Page
	waits, err := plan.Hash(v.memory.Site, memory.ConflictDir+e.Path)
	p.Settles = err == nil && e.Conflict != "" && waits.Hash() == e.Conflict && v.planned[memory.ConflictDir+e.Path].Hash() == ""
	c, planned := verdicts[p.Path]
	switch {
	case e.Trouble != "":
		p.Verdict, p.Why = Failed, e.Trouble
	case planned:
		p.Verdict, p.Why = string(c.Verdict), c.Why
	case e.Shrunk != "":
		p.Verdict, p.Why = string(ledger.Shrunk), reconcile.Stays(e.Shrunk)
	case e.Conflict != "":
		p.Verdict, p.Why = string(ledger.Conflict), "edited here and changed at the source"
	case disk == "" && e.Page != "":
		p.Verdict, p.Why = Away, "deleted here, so it stays away"
	default:
		p.Verdict = Unchanged
	}
}

// heading returns the title and the date that a page says.
func (v *Review) heading(e *ledger.Entry) (title string, date time.Time) {
	c, err := plan.Hash(v.memory.Site, e.Path)
	if err != nil || !c.Exists() {
		return path.Base(strings.TrimSuffix(e.Path, "/index.md")), date
	}
	text, err := memory.Read(c)
	if err != nil {
		return e.Path, date
	}
	title, date = page.Heading(text)
	return cmp.Or(title, e.Path), date
}

type (
	// Witness is what a review shows of how a page was made.
	Witness = page.Witness
	// Removed is a part of a source that was left out of the page, and why.
	Removed = page.Removed
	// Finding is one thing that a page does not show as its post does, and where.
	Finding = page.Finding
	// Place is a place in a text.
	Place = page.FindingPlace
	// Shown is a page as its site shows it.
	Shown = page.Shown
)

// Witness returns what is known of how the page of a post was made; nil where the source was
// not at hand.
func (v *Review) Witness(p *Reviewed) (*Witness, error) {
	if !p.witness.Exists() {
		return nil, nil
	}
	text, err := memory.Read(p.witness)
	if err != nil {
		return nil, err
	}
	w := new(Witness)
	return w, json.Unmarshal(text, w)
}

// Versions are the texts of a page; one that there is not is empty.
type Versions struct {
	Before   string // as it lies there
	After    string // as the run leaves it
	Base     string // as it was written last
	Incoming string // the source's version, where its author has to settle it
	Diff     string // from Before to After
}

// Versions returns the texts of the page of a post.
func (v *Review) Versions(p *Reviewed) (all Versions, err error) {
	before, err := plan.Hash(v.memory.Site, p.Path)
	if err != nil {
		return all, err
	}
	after, err := v.File(p.Path)
	if err != nil {
		return all, err
	}
	if all.Before, err = textOf(before); err != nil {
		return all, err
	}
	if all.After, err = textOf(after); err != nil {
		return all, err
	}
	if !before.Same(after) {
		all.Diff, err = plan.Diff(plan.Change{Path: p.Path, Before: before, After: after})
		return all, err
	}
	if all.Base, err = v.text(memory.BaseDir + p.Path); err != nil {
		return all, err
	}
	all.Incoming, err = v.text(memory.ConflictDir + p.Path)
	return all, err
}

// text returns the text of a file of the site as the run leaves it; empty where there is none.
func (v *Review) text(name string) (string, error) {
	c, err := v.File(name)
	if err != nil {
		return "", err
	}
	return textOf(c)
}

// textOf returns a content as text; empty for an absent one.
func textOf(c plan.Content) (string, error) {
	if !c.Exists() {
		return "", nil
	}
	text, err := memory.Read(c)
	return string(text), err
}

// File returns a file of the site as the run leaves it; an absent one where there is none.
func (v *Review) File(name string) (plan.Content, error) {
	if c, planned := v.planned[name]; planned {
		return c, nil
	}
	return plan.Hash(v.memory.Site, name)
}

// Settled says that the author has settled a page: it is as it lies in the site.
func (v *Review) Settled(p *Reviewed) {
	for _, name := range []string{p.Path, memory.BaseDir + p.Path, memory.ConflictDir + p.Path} {
		delete(v.planned, name)
	}
	p.Settles, p.Verdict, p.Why = false, Unchanged, "settled"
}

// Shows returns what the text of a page shows.
func (v *Review) Shows(text string) (*Shown, error) {
	return page.Show(v.site.Markup().Style(), []byte(text))
}

// Picture returns where a picture lies that the page of a post calls by an address; empty where
// it is not of the site.
func (v *Review) Picture(p *Reviewed, address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.IsAbs() || u.Host != "" || u.Path == "":
		return ""
	case !path.IsAbs(u.Path):
		return path.Join(path.Dir(p.Path), u.Path)
	}
	return v.site.Published(u.Path)
}
