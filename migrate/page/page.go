// Package page makes the page of a post: it parses the body, brings the pictures home,
// converts, proves what the page shows, and compares it with what was written last. Start
// at [Maker.Make]. Pages are made side by side; nothing here writes to the site.
package page

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/html"

	"replant/assets"
	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/crawl"
	"replant/migrate/identity"
	"replant/migrate/ledger"
	"replant/migrate/likeness"
	"replant/migrate/links"
	"replant/migrate/memory"
	"replant/migrate/plan"
	"replant/migrate/proof"
	"replant/migrate/site"
	"replant/migrate/source"
)

// Options are what the author asks of a run.
type Options struct {
	// Refresh makes every page anew; Restore brings back what the author deleted.
	// RetryImages asks again for pictures that could not be had.
	Refresh, Restore, RetryImages bool
	// AcceptShrunk lets pages become what a source has now, however little that is.
	AcceptShrunk bool
	// Check compares the pages that lie there, and makes none.
	Check bool
	// Review keeps what a review shows of how pages are made.
	Review bool
}

// Retries reports whether a post is made anew for its pictures alone.
func (o Options) Retries(e *ledger.Entry) bool { return o.RetryImages && e.Lacks() }

// Env is what all makers of a run have in common. All of it may be used from any goroutine.
type Env struct {
	Memory   *memory.Memory
	Site     *site.Site
	Spool    *plan.Spool // takes the pages until they are written
	Posts    *identity.Matcher
	Web      assets.Fetcher                // may be nil when pictures stay remote
	Files    fs.FS                         // holds the pictures that Web fetched
	Count    func(wanted, done, fresh int) // see [assets.Options]; may be nil
	Uploads  fs.FS                         // a copy of a WordPress blog's wp-content/uploads; may be nil
	Enricher *crawl.Enricher
	// Links knows, for a check, where the links of the pages that lie there lead; nil where
	// none leads to another page of the site.
	Links   *links.Resolver
	Options Options
	Jobs    int           // conversions at a time; at least 1
	Workers *Workers      // for the steps of making pages; never nil
	Budget  time.Duration // see [Budget]
}

// Feed is what the pages of one feed are made by.
type Feed struct {
	Address  string
	Settings ledger.Settings
	Keys     *Keys           // what Settings ask for of them; may be nil
	Skip     assets.Patterns // the pictures that stay where they are
	Beside   fs.FS           // the folder of a feed that is a file; else nil
}

// Maker makes the pages of one feed.
type Maker struct {
	env        Env
	feed       *Feed
	converters chan *converter // one for each conversion at a time
	trees      trees           // of the posts that wait for no picture
	zone       *time.Location  // of dates whose source says none; may be nil
	looks      string          // see [looksOf]
}

// Job is what a page is to be made of.
type Job struct {
	identity.Found
	Item *source.Item
	From string // what the page is made from: see [Maker.From]
	// Enrich says that the platform is to be asked for the author's own text.
	Enrich bool
	// Aliases are the paths at which the page has to answer beside its own.
	Aliases []string
	// Looks says that the post is as it was, and its page is but compared for a review.
	Looks bool
	// Common are the hashes of pictures that came in the place of other posts' too.
	Common []string
}

// Made is what became of a post: its page, and all that has to be known to reconcile it.
type Made struct {
	identity.Found
	Feed  *Feed
	From  string
	Title string     // names the post in a report
	Post  *blog.Post // without its body; nil where it could not be parsed
	Files
	Pictures
	Proof
	Compared
	Checked
	// OtherDay says that the post's address carries another day than its date in UTC.
	OtherDay bool
	Poor     error // why the author's own text could not be had
	Err      error // why there is no page
}

// Files are the files of a post.
type Files struct {
	Disk     plan.Content // what lies at the page's path
	Last     string       // the hash of what Disk was made from; the reconciler finds it
	Page     plan.Content // the fresh page
	Comments plan.Content // the file of readers' comments; absent without any
	Needs    []string     // the shortcodes that the page calls
	Hosts    []string     // that the page's links may lead to: see [links.HostsOf]
}

// Pictures are the pictures of a post.
type Pictures struct {
	Assets []assets.Asset
	Back   []assets.Asset // what is to be brought back for the page as it was written last
	// Again is the item, where the page may have to be made once more since a picture came
	// in the place of another; else nil.
	Again *source.Item
}

// Proof is what a page does not show of its post.
type Proof struct {
	Lost    proof.Report   // from the source's bytes to the page
	Removed map[string]int // what was left out of it on purpose, by reason
	Witness *Witness       // nil but for a review
}

// New returns a maker for the pages of a feed: how embeds are spelled is its own.
func New(env Env, feed *Feed) *Maker {
	m := &Maker{env: env, feed: feed, looks: looksOf(feed.Settings), converters: make(chan *converter, max(1, env.Jobs))}
	m.trees = make(trees, 2*cap(m.converters))
	m.zone = cmp.Or(site.ZoneOf(feed.Settings.Timezone), env.Site.Zone())
	for range cap(m.converters) {
		m.converters <- m.converter()
	}
	return m
}

// Make makes the page of a post. What goes wrong, a panic of a converter too, is in the result.
// It may be called from any goroutine.
func (m *Maker) Make(ctx context.Context, j *Job) *Made {
	made := m.start(j)
	made.attempt(func() error {
		if err := m.look(ctx, j, made); err != nil {
			return err
		}
		return m.produce(ctx, j, made)
	})
	return made
}

// Remake makes a page once more, where [Pictures.Again] has the item, and pictures are common
// to several posts.
func (m *Maker) Remake(ctx context.Context, made *Made, common []string) *Made {
	j := &Job{Found: made.Found, Item: made.Again, From: made.From, Common: common, Aliases: made.Post.Aliases}
	again := m.start(j)
	again.Disk, again.Poor = made.Disk, made.Poor
	again.attempt(func() error { return m.produce(ctx, j, again) })
	again.Again = nil
	return again
}

func (m *Maker) start(j *Job) *Made {
	return &Made{Found: j.Found, Feed: m.feed, From: j.From, Title: called(cmp.Or(j.Item.Post.Title, j.Item.Post.Slug))}
}

// called returns what a report calls a post: its title, the beginning of one that would fill the
// screen.
func called(title string) string {
	const most = 100
	letters := []rune(title)
	if len(letters) <= most {
		return title
	}
	return strings.TrimSpace(string(letters[:most])) + "…"
}

// attempt lets a page be made, and notes why it cannot.
func (made *Made) attempt(produce func() error) {
	defer func() {
		// A converter that panics on one post must not cost the others.
		if p := recover(); p != nil {
			made.Err = fmt.Errorf("%v", p)
		}
	}()
	made.Err = produce()
	if made.Post != nil {
		made.Post.Body = nil // it is in the page; settling may be a while
	}
}

// look reads what lies in the page's place, and all that is to be had of the post.
func (m *Maker) look(ctx context.Context, j *Job, made *Made) (err error) {
	if made.Disk, err = plan.Hash(m.env.Memory.Site, j.Entry.Path); err != nil {
		return err
	}
	if _, err := plan.Hash(m.env.Memory.Site, memory.BaseDir+j.Entry.Path); err != nil && !m.env.Options.Check {
		return err // the page would be written and its base not
	}
	if j.Sketch.IsZero() && m.readsText(j) {
		made.Sketch = likeness.HTML(j.Item.Source().Text).Sketch()
	}
	if j.Enrich {
		made.Poor = m.env.Enricher.Enrich(ctx, j.Item)
	}
	return ctx.Err()
}

// readsText reports whether the ledger is to have a sketch of a post's text: where the item
// is another than it was. An unchanged post keeps the entry that it has, so that a new
// version of replant alone changes no ledger.
func (m *Maker) readsText(j *Job) bool {
	return j.Old == nil || j.Old.From != j.From || j.Old.Trouble != "" || m.env.Options.Refresh
}

// produce makes a page of its item.
func (m *Maker) produce(ctx context.Context, j *Job, made *Made) (err error) {
	item := *j.Item // kept while the post is under way
	release := m.trees.hold()
	defer release()
	if err := m.parse(ctx, j, made); err != nil {
		return err
	}
	made.OtherDay = m.Dress(made.Post)
	if made.Why == "" && made.Disk.Exists() && j.Entry.Page == "" {
		made.Why = m.env.Posts.Whose(j.Entry.Path, j.Entry.Names, made.Post)
	}
	if m.feed.Settings.Images != ledger.Remote {
		release() // a picture may take its time
	}
	if made.Assets, err = assets.Localize(ctx, made.Post.Body, m.pictures(j, made)); err != nil {
		return err
	}
	if m.env.Options.Check {
		return m.check(ctx, made)
	}
	if slices.ContainsFunc(made.Assets, Replaced) {
		made.Again = &item
	}
	m.cover(made)
	body, err := m.convert(ctx, made)
	if err != nil {
		return err
	}
	if err := m.bringBack(ctx, j, made); err != nil {
		return err
	}
	if err := m.discuss(ctx, made); err != nil {
		return err
	}
	made.Post.KeepSlug, made.Post.Aliases = m.env.Site.Addresses().Slug(j.Entry.Path), j.Aliases
	head, err := m.head(made)
	if err != nil {
		return err
	}
	made.Page, err = m.env.Spool.Put(slices.Concat(head, []byte("\n"), body))
	return err
}

// trees bound how many posts lie parsed: a tree takes many times the room of its source.
type trees chan struct{}

// hold waits until there is room for a tree. What it returns lets the next one in.
func (t trees) hold() (release func()) {
	t <- struct{}{}
	return sync.OnceFunc(func() { <-t })
}

// Dress gives a post the terms that the feed's pages are to have, and dates by the author's clock.
// It reports whether the post's address carries another day than its date in UTC.
func (m *Maker) Dress(p *blog.Post) (otherDay bool) {
	give(m.feed.Settings, p)
	p.Published, otherDay = source.InZone(p.Published, m.zone, p.URL)
	p.Updated, _ = source.InZone(p.Updated, cmp.Or(m.zone, p.Published.Location()), nil)
	return otherDay
}

// head returns the front matter of a page. Templates see the categories that are tags in it.
func (m *Maker) head(made *Made) ([]byte, error) {
	categories := made.Post.Categories
	fold(m.feed.Settings, made.Post)
	p := *made.Post
	matter := m.env.Site.Matter(named(p))
	p.Categories = categories
	p.Slug = cmp.Or(m.env.Site.Addresses().Name(made.Entry.Path), p.Slug) // as the page is called
	matter, err := m.feed.Keys.apply(matter, p, m.env.Site.Addresses().Section(made.Entry.Path))
	if err != nil {
		return nil, err
	}
	return Head(m.feed.Settings, matter)
}

// parse reads the body of a post, and proves that nothing of its source is lost in that.
func (m *Maker) parse(ctx context.Context, j *Job, made *Made) error {
	type parsed struct {
		post  *blog.Post
		proof Proof
	}
	p, err := within(ctx, m.env.Workers, m.env.Budget, func() (p parsed, err error) {
		source := j.Item.Source()
		if m.env.Options.Review {
			p.proof.Witness = witness(j.Item)
		}
		if p.post, err = j.Item.Parse(); err != nil {
			return p, err
		}
		p.proof.Lost = proof.Conserve(source, p.post.Body, p.post.Removed)
		p.proof.Witness.removals(p.post.Removed)
		p.proof.Witness.loses(p.proof.Lost)
		p.proof.Removed, p.post.Removed = reasons(p.post.Removed), nil
		return p, nil
	})
	made.Post, made.Proof = p.post, p.proof
	return err
}

// reasons counts removals by why they were made; white space and comments need none.
func reasons(removed []blog.Removal) map[string]int {
	all := map[string]int{}
	for _, r := range removed {
		if shows(r) {
			all[r.Reason]++
		}
	}
	return all
}

// shows reports whether what was removed is more than white space or a comment.
func shows(r blog.Removal) bool {
	return r.Node.Type == html.ElementNode || r.Node.Type == html.TextNode && !blog.IsBlank(r.Node.Data)
}

// Head writes front matter.
func Head(s ledger.Settings, m frontmatter.Matter) ([]byte, error) {
	if s.FrontMatter == ledger.TOML {
		return m.TOML()
	}
	return m.YAML()
}

// named returns a post as its front matter names it: without a guid that says no more than its
// address, by which a page is known as well.
func named(p blog.Post) blog.Post {
	if p.URL != nil && source.NamedByGUID(p.GUID) == source.NamedByGUID(p.URL.String()) {
		p.GUID = ""
	}
	return p
}
