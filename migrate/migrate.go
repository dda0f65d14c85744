// Package migrate knows the way: from a feed's bytes to the plan of what a run
// would change in a site. Start at [Migration.Plan].
//
// The way is the same for a first migration, a later sync and a dry run:
//
//	feed bytes -> items -> posts -> pictures -> Markdown -> pages -> verdicts -> plan
//
// Items are read one at a time, identified in the feed's order (which entry of the
// ledger, which path), made into pages side by side, and settled in the feed's order
// again, so that a plan is the same whatever the timing. Nothing here writes: a
// plan is a value, and [plan.Plan.Apply] is called by who has shown it.
package migrate

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"slices"
	"time"

	"github.com/spf13/afero"

	"replant/assets"
	"replant/migrate/crawl"
	"replant/migrate/ledger"
	"replant/migrate/memory"
	"replant/migrate/page"
	"replant/migrate/plan"
	"replant/migrate/report"
)

// Migration is what one run has to go by.
type Migration struct {
	Site  afero.Fs // the site's folder; only read
	Feeds []Feed
	Web   Web   // where addresses are read; may be nil when every feed is a file and pictures stay remote
	Files fs.FS // holds the pictures that Web fetched
	// Notes spare a run to read what an earlier one has read just as it is; may be nil.
	Notes Notes
	// Uploads is a copy of a WordPress blog's wp-content/uploads; may be nil.
	Uploads fs.FS
	// Scratch is an empty file that holds the pages made until they are applied; the
	// caller removes it.
	Scratch afero.File
	Jobs    int // conversions at a time; at least 1
	// Today is the day of the run. The ledger keeps it of a feed that begins to fail.
	Today time.Time
	// Progress is where the run counts how far it has come; may be nil.
	Progress *Progress

	Options
}

// Options are what the author asks of a run.
type Options struct {
	Pages  int    // pages of a feed to read at the most; 0 for all
	Target string // a site generator's name; empty for the site's own
	// Gone are addresses of feeds that the site came from and that are not read any more;
	// the author is told once of each.
	Gone []string
	// EnrichHosts are those of platforms that are asked for the posts of a feed which the site has
	// not had before, unless its settings say otherwise.
	EnrichHosts []string
	// Refresh makes every page anew; Restore brings back what the author deleted.
	// RetryImages asks again for pictures that could not be had.
	Refresh, Restore, RetryImages bool
	// Prune removes the pages of posts that a complete feed does not hold any more; with
	// PruneAll however many of them there are.
	Prune, PruneAll bool
	// Adopt takes over the pages that the site has of posts which the ledger does not know,
	// and does nothing else.
	Adopt bool
	// AsNew takes posts that no name knows for new ones, whatever pages they resemble and
	// whatever slugs they want.
	AsNew bool
	// Strict leaves out pages that do not show all that their posts do.
	Strict bool
	// Remind is after how many days the author is told again of a feed that still fails; 0 for
	// never.
	Remind int
	// AcceptShrunk lets pages become what a source has now, however little that is.
	AcceptShrunk bool
	// Review keeps of each post what a review shows: see [Outcome]. Posts that are unchanged
	// are compared with their pages.
	Review bool
	// Offline says that Web reads what earlier runs have kept, and asks nobody.
	Offline bool
}

// Feed is one feed to read.
type Feed struct {
	Address string   // as the ledger is to keep it: no secrets, and a file by its path from the site
	Name    string   // as messages have it; empty for the address
	Was     string   // the address that ledgers of before have; empty for the same
	Secret  string   // a fingerprint of the secrets that Address lacks; else empty
	URL     *url.URL // where Web reads it; nil for a file and for standard input
	// Open reads a feed that has no URL; nil otherwise. It is called a second time where
	// posts are hard to tell apart, and may fail then.
	Open func() (io.ReadCloser, error)
	// File is the file: address of what Open reads; nil where that is no file.
	File *url.URL
	// Err says why the feed cannot be opened; nil for one that can.
	Err error
	// Beside is the folder of a feed that is a file: pictures may lie there. Else nil.
	Beside fs.FS

	Settings

	found *url.URL   // where the feed is that the page at URL names; nil where URL is the feed
	keys  *page.Keys // what Settings ask for of the site's
}

// Web reads addresses politely.
type Web interface {
	crawl.Web
	// Remember notes that all that addr said is in place, in a site of that state.
	Remember(addr *url.URL, state string) error
	assets.Fetcher
}

type (
	// Reply is what an address answered.
	Reply = crawl.Reply
	// Notes keep what is known of the items of feeds from one run to the next.
	Notes = crawl.Notes
	// Note is a file of such notes.
	Note = crawl.Note
	// NewNote is one that is being written.
	NewNote = crawl.NewNote
)

// Outcome is what a run would do, and what it has to tell.
type Outcome struct {
	Plan *plan.Plan
	report.Report
	// Label returns the name by which a person knows a page, from its path in the site.
	Label func(page string) string
	// Failed holds an error for each feed that could not be read at all, where that is news.
	Failed []error
	// Lasting is what the author was told before and has not ended. Posts do not arrive
	// because of it.
	Lasting []Lasting
	// Ended says of feeds that they can be read again.
	Ended []string
	// Unread holds an error for each feed where none could be read.
	Unread []error
	// Review shows each post; nil unless the options ask for it. It reads what the plan's
	// contents do: Scratch has to stay.
	Review *Review
	// Remember is called when all is in place: it spares the next run the work.
	Remember func() error
}

type (
	// Conflict is a page that its author and its source have both changed.
	Conflict = report.Conflict
	// Trouble is something that the author should know of.
	Trouble = report.Trouble
	// Loss is something that a page does not show as its post does.
	Loss = report.Loss
	// FeedError says what is the matter with a feed.
	FeedError = report.FeedError
)

// The ways of a [Loss] beside those of the proof.
const (
	Mended  = report.Mended
	Edited  = report.Edited
	Missing = report.Missing
	Behind  = report.Behind
)

// Incoming returns where the source's version of a page waits, both as paths in the site.
func Incoming(page string) string { return memory.ConflictDir + page }

// ErrTarget says that a site is for a generator that replant does not write for.
var ErrTarget = errors.New("replant does not write for this site generator")

// Adopted is the verdict of a page that replant takes over as it is.
const Adopted = ledger.Adopt

type (
	// Show says how a plan is printed.
	Show = plan.Show
	// Line is a line of a report.
	Line = plan.Line
	// Side is a version of a page.
	Side = plan.Side
)

// Printable makes control characters visible.
func Printable(s string) string { return plan.Printable(s) }

// ErrNoLedger says that a site has no memory of any feed.
var ErrNoLedger = errors.New("no ledger")

// HasLedger reports whether a folder is a site that replant has written to.
func HasLedger(dir fs.FS) bool {
	_, err := fs.Stat(dir, ledger.Name)
	return err == nil
}

// A MemoryError says that a file of replant's own memory cannot be used.
type MemoryError = memory.Error

// The kinds of damage of such a file.
const (
	Broken   = memory.Broken
	Clashing = memory.Clashing
	Newer    = memory.Newer
	Blocked  = memory.Blocked
	Secured  = memory.Secured
)

// Remembered returns the feeds that a site came from: addresses, secrets' fingerprints
// and settings, but nothing to read them by unless the ledger is one of before that has a
// secret in clear. An export is one of them only as long as there
// is no feed that goes on from it. It fails with ErrNoLedger for a site
// that replant never wrote to. Of the ledger it reads no more than it has to.
func Remembered(site afero.Fs) ([]Feed, error) {
	all, whole, known, err := memory.RecallFeeds(site)
	if err != nil {
		return nil, err
	}
	if !known {
		return nil, ErrNoLedger
	}
	var feeds []Feed
	window := slices.ContainsFunc(all, func(f *ledger.Feed) bool { return !f.Export })
	for _, f := range all {
		if f.Export && window {
			continue // it says nothing new, and may be gone
		}
		feeds = append(feeds, Feed{Address: f.Address, Secret: f.Secret, URL: whole[f.Address], Settings: f.Settings})
	}
	return feeds, nil
}

// Plan reads the feeds and says what would change. What goes wrong with one post, one
// picture or one feed of several is in the outcome; the error is for what leaves
// nothing to show, and the outcome is nil then: a ledger that cannot be read, a scratch
// file that cannot be written, a context that ended, or, in a site without a ledger,
// every feed failed.
func (m *Migration) Plan(ctx context.Context) (*Outcome, error) {
	r, err := m.begin(false)
	if err != nil {
		return nil, err
	}
	before := keys(standing(r.memory.Ledger))
	if err := r.readAll(ctx); err != nil {
		return nil, err
	}
	if len(r.asking) > 0 {
		return r.question(), nil
	}
	if err := r.finish(); err != nil {
		return nil, err
	}
	out := r.outcome()
	if !m.Adopt {
		out.Lasting = r.lasting(before)
	}
	return out, nil
}

// Check compares the pages that lie in the site with the posts of its feeds, all of them,
// and changes nothing: there is no plan in the outcome. Its Losses are all that differs,
// told before or not; what the author changed is told apart by the page as replant last
// wrote it. The error is as of [Migration.Plan].
func (m *Migration) Check(ctx context.Context) (*Outcome, error) {
	all := *m
	all.Refresh = true
	r, err := all.begin(true)
	if err != nil {
		return nil, err
	}
	if err := r.readAll(ctx); err != nil {
		return nil, err
	}
	return r.outcome(), nil
}
