package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/afero"

	"replant/migrate"
	"replant/migrate/fetch"
	"replant/migrate/tree"
)

// streams are the terminal's, or a test's.
type streams struct {
	in       io.Reader
	out, err io.Writer
	log      *slog.Logger // speaks on err
}

// run runs replant and returns the exit code.
func run(args []string, std streams) int {
	o, err := parse(args, std.out)
	if err == nil && o == nil {
		return exitDone // help, version or completion
	}
	if err != nil {
		return complain((&options{}).logger(std.err), err)
	}
	std.log = o.logger(std.err)
	ctx, stopped := untilSignal()
	code, err := o.run(ctx, std)
	if code == exitServed && err == nil {
		return exitDone
	}
	if sig := stopped(); sig != exitDone {
		return sig
	}
	if err != nil {
		return complain(std.log, err)
	}
	return code
}

// session is one run on one site: what it holds open, and what it has to say at the end.
type session struct {
	o             *options
	std           streams
	config        *config
	feeds         []migrate.Feed // that the command line names; nil for those that the site knows
	disk          afero.Fs
	work          *workspace
	client        *fetch.Client
	gone          []string // feeds that the site came from and that its list lacks
	counts        migrate.Progress
	reads, writes bool // at work on the plan, or at applying it
}

// run is replant FEED SITE and replant SITE: it reads, plans, shows and, unless it is a
// dry run, applies.
func (o *options) run(ctx context.Context, std streams) (int, error) {
	return o.withSession(ctx, std, func(v *session) (int, error) {
		if err := v.introduce(ctx); err != nil {
			return 0, err
		}
		code, err := v.sync(ctx)
		if exit := cmp.Or(code, exitOf(err)); !o.dryRun && ctx.Err() == nil && exit != exitUsage {
			noteRun(lastRuns(), o.site, exit)
		}
		return code, err
	})
}

// exitOf returns the exit code of a run that an error has ended, and 0 without one.
func exitOf(err error) int {
	if err == nil {
		return exitDone
	}
	return codeOf(err)
}

// withSession opens the site and what a run needs, and calls work with them.
func (o *options) withSession(ctx context.Context, std streams, work func(*session) (int, error)) (int, error) {
	o.say.atTerminal, o.say.color = isTerminal(std.err), colored(std.out)
	v := &session{o: o, std: std}
	var err error
	if v.feeds, err = v.named(ctx); err != nil {
		return 0, err
	}
	if v.feeds != nil {
		if err := checkSite(o.site); err != nil {
			return 0, err
		}
		if err := checkFolder(v.o.feed, v.o.site, std.log); err != nil {
			return 0, err
		}
	}
	if v.config, err = configOf(o.site); err != nil {
		return 0, err
	}
	if !o.dryRun { // which changes nothing
		l := &lock{site: o.site, holders: holders(), wait: o.read.wait, without: func(why error) {
			notice(std.log, fmt.Sprintf("%s: its file system has no locks (%v)", o.site, why), "let no other user or machine run replant on it at the same time")
		}}
		defer l.release()
		if err := l.take(ctx); err != nil {
			return 0, err
		}
	}
	var folder io.Closer
	if v.disk, folder, err = openSite(o.site); err != nil {
		return 0, err
	}
	defer folder.Close()
	if v.work, err = openWorkspace(); err != nil {
		return 0, err
	}
	defer v.work.close()
	v.client = v.work.client(o, v.std.log)
	defer v.tellStopped(ctx)
	return work(v)
}

// sync brings the site to what the feeds say.
func (v *session) sync(ctx context.Context) (int, error) {
	out, err := v.plan(ctx)
	if err != nil {
		return 0, err
	}
	return v.finish(ctx, out)
}

// finish reports what was planned and, unless it is a dry run, does it.
func (v *session) finish(ctx context.Context, out *migrate.Outcome) (int, error) {
	v.o.tell(out, v.std.log)
	if v.o.dryRun {
		return v.o.code(out), v.preview(out)
	}
	if !v.o.say.json && !v.o.say.quiet && v.o.say.verbose == 0 {
		out.Plan.Measure() // as long as the pages are there that it changes
	}
	if err := v.apply(ctx, out); err != nil {
		return 0, err
	}
	return v.o.code(out), v.o.show(out, v.std)
}

// named returns the feed of the command line, or nil where a site alone is named.
func (v *session) named(ctx context.Context) ([]migrate.Feed, error) {
	if v.o.feed == "" {
		return nil, isFolder(v.o.site)
	}
	f, err := v.open(interruptible(ctx, v.std.in))
	if err != nil {
		return nil, err
	}
	return []migrate.Feed{*f}, nil
}

// open opens the feed of the command line, which may have several parts.
func (v *session) open(in io.Reader) (*migrate.Feed, error) {
	if v.o.parts != nil {
		return partsFeed(v.o.parts, v.o.site)
	}
	return feedOf(v.o.feed, v.o.site, in)
}

// wanted returns the feeds to read, each with its settings: what the command line says,
// else replant.yaml. What both leave open is as the ledger has it.
func (v *session) wanted() (feeds []migrate.Feed, err error) {
	switch {
	case v.feeds != nil:
		feeds = v.feeds
		feeds[0].Settings = v.config.formOf(feeds[0].Address, v.o.site)
	case v.config.lists:
		feeds, err = v.listed()
	default:
		if feeds, err = known(v.o.site, v.disk); err != nil {
			return nil, err
		}
		for i := range feeds {
			feeds[i].Settings = v.config.form
		}
	}
	for i := range feeds {
		feeds[i].Settings = v.o.form.Or(feeds[i].Settings)
	}
	return feeds, err
}

// listed returns the feeds of replant.yaml. They alone are read: one that was taken out of
// the list has come to its end.
func (v *session) listed() (feeds []migrate.Feed, err error) {
	if feeds, err = v.config.open(v.o.site); err != nil {
		return nil, err
	}
	if len(feeds) == 0 {
		return nil, usage("", "%s: lists no feed", filepath.Join(v.o.site, configName))
	}
	old, err := migrate.Remembered(v.disk)
	if err != nil && !errors.Is(err, migrate.ErrNoLedger) {
		return nil, v.about(err)
	}
	closed := slices.ContainsFunc(feeds, func(f migrate.Feed) bool { return f.Err != nil })
	for _, f := range old {
		if !closed && !slices.ContainsFunc(feeds, func(g migrate.Feed) bool { return f.Address == g.Address || f.Address == g.Was }) {
			v.gone = append(v.gone, f.Address)
		}
	}
	return feeds, nil
}

// plan computes what the run would change.
func (v *session) plan(ctx context.Context) (*migrate.Outcome, error) {
	return v.compute(ctx, (*migrate.Migration).Plan)
}

// compute has a migration of the feeds that are wanted plan, or check.
func (v *session) compute(ctx context.Context, do func(*migrate.Migration, context.Context) (*migrate.Outcome, error)) (*migrate.Outcome, error) {
	feeds, err := v.wanted()
	if err != nil {
		return nil, err
	}
	uploads, err := openUploads(v.o.read.uploads)
	if err != nil {
		return nil, err
	}
	v.reads = true
	defer v.watch()()
	options := v.o.migration
	options.EnrichHosts = []string{"dev.to"}
	options.Target, options.Gone = cmp.Or(v.o.form.Target, v.config.form.Target), v.gone
	options.Prune, options.PruneAll = v.o.prune != "", v.o.prune == "all"
	out, err := do(&migrate.Migration{
		Site: afero.NewReadOnlyFs(v.disk), Feeds: feeds, Scratch: v.work.scratch,
		Web: web{v.client}, Files: afero.NewIOFS(v.work.cache), Uploads: uploads, Notes: v.notes(),
		Today: time.Now(), Jobs: v.o.read.jobs, Progress: &v.counts, Options: options,
	}, ctx)
	if err != nil {
		return nil, v.about(err)
	}
	v.reads = false
	if v.work.note != "" {
		out.Notes = append(out.Notes, v.work.note)
	}
	return out, nil
}

// notes returns the notes that runs of this very program keep; nil where they could not be told
// from another's.
func (v *session) notes() migrate.Notes {
	if edition() == "" {
		return nil
	}
	return notes{v.client}
}

// about names the site in an error that does not name a feed.
func (v *session) about(err error) error {
	var feed *migrate.FeedError
	if errors.As(err, &feed) {
		return err
	}
	return inSite(v.o.site, err)
}

// each names the site in every one of joined errors.
func (v *session) each(err error) error {
	var all []error
	for _, e := range flat(err) {
		all = append(all, fmt.Errorf("%s: %w", v.o.site, e))
	}
	return errors.Join(all...)
}

// preview shows what would change.
func (v *session) preview(out *migrate.Outcome) error {
	if v.o.patch {
		hintDirectory(v.o.site, v.std.log)
	}
	return v.o.show(out, v.std)
}

// apply applies the plan, and notes what the next run has to know.
func (v *session) apply(ctx context.Context, out *migrate.Outcome) error {
	if out.Plan.Empty() {
		return out.Remember()
	}
	v.writes = true
	if err := out.Plan.Apply(ctx, v.disk, tree.Put, tree.Sync); err != nil {
		return v.each(err)
	}
	_ = v.client.Sweep(keep) // what stays in the cache for longer does no harm
	return out.Remember()
}
