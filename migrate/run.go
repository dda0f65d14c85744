package migrate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"syscall"

	"github.com/spf13/afero"
	"golang.org/x/sync/semaphore"

	"replant/migrate/crawl"
	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/site"
)

// run is one computation of a plan.
type run struct {
	*Migration
	checks    bool // whether the pages that lie there are looked at, and none is made
	site      *site.Site
	memory    *memory
	spool     *plan.Spool
	bodies    *semaphore.Weighted // bytes of bodies under way
	out       *Outcome
	cpus      chan *converter            // one for each conversion at a time
	taken     map[string]map[string]bool // by section: the slugs that the site has taken
	supplied  map[string]bool            // files beside the pages that were looked at
	lacking   map[string]int             // by taxonomy that the site does not declare: posts made with it
	discussed map[string]bool            // files of comments that posts have; nil until one asks
	enricher  crawl.Enricher             // asks platforms for posts
	leaf      int32                      // pages of feeds read so far, of all feeds
	window    []*job                     // admitted and not settled, in order
	folders   map[string]bool            // folders of pictures that posts have; nil until a flat page asks
	settled   []*Feed                    // read as far as they were wanted
	final     plan.Content               // the ledger as the plan leaves it
	vacated   map[string]bool            // paths that pages have been moved from
	movedFrom map[*ledger.Entry]string   // the same, by the entry of the page
	lost      *strays                    // pages that the ledger does not know; nil until asked for
	stands    map[string]plan.Content    // by path of a page that is merged: its new base
	unread    []error                    // of the feeds that could not be read at all
	outages   map[string]error           // by address: why a feed could not be read, or a part of it
	matter    map[troubleKey]bool        // what was the matter before the run
	said      map[string]int             // how many posts of this run say a text, by its key
	swaps     map[string]map[string]bool // by hash of a picture that came: those of the ones in whose place
	barred    int                        // posts of this run that read like a page which keeps robots out
	chorus    map[*Feed]*chorus          // what the posts of a feed say together
	before    int                        // how many posts the ledger had when the run began
	alikes    *lookalikes                // of those posts; nil until a new one comes
	asking    []error                    // why the run stops and asks its author
}

// Most posts under way wait for pictures, so there are many more than conversions. A
// body's tree takes some twenty times what its source does, so that long posts wait
// for one another.
const (
	inFlight      = 48      // posts under way at once
	bytesInFlight = 2 << 20 // of their bodies' sources; one that is longer goes alone
)

func (m *Migration) begin() (*run, error) {
	mem, err := recall(m.Site)
	if err != nil {
		return nil, err
	}
	where, err := m.find(mem)
	if err != nil {
		return nil, err
	}
	r := &run{
		Migration: m, site: where, memory: mem,
		spool: plan.NewSpool(m.Scratch), bodies: semaphore.NewWeighted(bytesInFlight),
		out: &Outcome{Plan: &plan.Plan{}}, before: len(mem.Posts),
		taken: map[string]map[string]bool{}, lacking: map[string]int{}, supplied: map[string]bool{},
		stands: map[string]plan.Content{}, vacated: map[string]bool{}, movedFrom: map[*ledger.Entry]string{}, outages: map[string]error{},
		said: map[string]int{}, swaps: map[string]map[string]bool{}, chorus: map[*Feed]*chorus{},
	}
	if m.Web != nil {
		r.enricher.Fetch, r.enricher.Files = m.Web.Fetch, m.Files
	}
	return r, nil
}

// find reads where things lie in the site, and for which target: as asked for, else
// as the last time, else by the site's own configuration, else Hugo.
func (m *Migration) find(mem *memory) (*site.Site, error) {
	name := m.Target
	if name == "" && len(mem.Feeds) > 0 {
		name = mem.Feeds[0].Target
	}
	where, err := site.Find(m.tree(), name)
	switch {
	case err != nil:
		return nil, err
	case where.Target == nil && name != "":
		return nil, fmt.Errorf("%s: %w", name, ErrTarget)
	case where.Target == nil:
		where.Target = site.Hugo()
	}
	return where, nil
}

// tree is the site as an fs.FS.
func (m *Migration) tree() fs.FS { return afero.NewIOFS(m.Site) }

// take admits an item's job and settles the oldest ones under way, so that work in
// flight stays bounded.
func (r *run) take(ctx context.Context, j *job) error {
	weight := int64(min(j.item.Size(), bytesInFlight))
	if err := r.bodies.Acquire(ctx, weight); err != nil {
		return err
	}
	go func() {
		defer r.bodies.Release(weight)
		r.work(ctx, j)
	}()
	r.window = append(r.window, j)
	if len(r.window) < inFlight {
		return nil
	}
	return r.settleNext(ctx)
}

// abandon lets go of all that is under way.
func (r *run) abandon(cancel func()) {
	cancel()
	for _, j := range r.window {
		<-j.done
	}
	r.window = nil
}

// drain settles all that is under way.
func (r *run) drain(ctx context.Context) error {
	for len(r.window) > 0 {
		if err := r.settleNext(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) settleNext(ctx context.Context) error {
	j := r.window[0]
	r.window = r.window[1:]
	<-j.done
	if err := cmp.Or(ctx.Err(), j.ours()); err != nil {
		return err
	}
	if r.Progress != nil {
		r.Progress(j.item.Post.Title)
	}
	if r.unmask(ctx, j); ctx.Err() != nil {
		return ctx.Err()
	}
	r.settle(j)
	r.listen(j)
	return nil
}

// note is worth knowing under -v.
func (r *run) note(format string, a ...any) {
	r.out.Notes = append(r.out.Notes, fmt.Sprintf(format, a...))
}

// warn says what is worth a line, once.
func (r *run) warn(format string, a ...any) {
	r.out.Warnings = append(r.out.Warnings, fmt.Sprintf(format, a...))
}

// trouble needs the author.
func (r *run) trouble(page, format string, a ...any) {
	r.out.Troubles = append(r.out.Troubles, Trouble{Page: page, Text: fmt.Sprintf(format, a...)})
}

// ours gives what went wrong on this machine, such as a disk without room. Every post
// would meet it, so it ends the run and is noted of none.
func (j *job) ours() error {
	if onThisMachine(j.err) {
		return fmt.Errorf("post %q: %w", title(j), j.err)
	}
	for _, a := range j.assets {
		if onThisMachine(a.Err) {
			return fmt.Errorf("post %q: picture %s: %w", title(j), a.Addr, a.Err)
		}
	}
	return nil
}

func onThisMachine(err error) bool {
	return slices.ContainsFunc([]error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS}, func(known error) bool {
		return errors.Is(err, known)
	})
}
