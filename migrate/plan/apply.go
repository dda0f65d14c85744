package plan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"sync"
	"syscall"

	"github.com/spf13/afero"
	"golang.org/x/sync/errgroup"

	"replant/migrate/ledger"
	"replant/migrate/tree"
)

// writers is how many posts are written at once: a write waits for the disk most of
// its time. More of them were no faster on two cores and ext4.
const writers = 8

// TempDir is where files are written before they are put in their places.
const TempDir = ledger.Dir + "/tmp"

// ErrChanged says that a file was changed while the run was at work.
var ErrChanged = errors.New("changed while replant was at work")

// Put puts a file in its place, whole or not at all, by way of a file in the folder temp.
type Put func(site afero.Fs, temp, name string, r io.Reader) error

// Sync makes what was put into a folder last.
type Sync func(site afero.Fs, dir string) error

// Apply makes the changes: the journal first, then each post's in order, several posts
// and several pictures of a post at once, then all deletions, the ledger last. A file is
// written only over the bytes that the plan saw, and not touched where it is as it should
// be already. A site that is a [tree.Bulk] is given many files at once: put and sync are
// for the journal and the ledger then.
//
// A file that was changed meanwhile, or that may not be written, costs its own post
// alone: the rest of that post is left, the ledger does not claim it, and the error
// names the file. Any other trouble ends the run, and so does the end of ctx, with
// every file whole. Unless all went well the journal stays, by which the next run knows
// its own.
func (p *Plan) Apply(ctx context.Context, site afero.Fs, put Put, sync Sync) error {
	a := &apply{site: site, put: put, sync: sync, turns: make(chan struct{}, writers), failed: failures{groups: map[int]bool{}}, thinned: map[string]bool{}}
	if bulk, ok := site.(tree.Bulk); ok && bulk.InBulk(p.writes()) {
		a.bulk = bulk
	}
	if err := a.journal(p.Journal); err != nil {
		return err
	}
	if err := a.write(ctx, p); err != nil {
		return a.failed.and(err)
	}
	if err := a.removeAll(ctx, p.groups()); err != nil {
		return a.failed.and(err)
	}
	if err := a.ledger(p); err != nil || len(a.failed.groups) > 0 {
		return a.failed.and(err)
	}
	if p.Journal.Exists() || p.Leftover {
		return a.clear()
	}
	return nil
}

// write makes the changes that write files.
func (a *apply) write(ctx context.Context, p *Plan) error {
	if a.bulk != nil {
		return a.writeBulk(ctx, p.groups())
	}
	return a.writeAll(ctx, p.groups())
}

// writes counts the files that the plan writes.
func (p *Plan) writes() (n int) {
	for c := range p.All() {
		if c.After.Exists() && c.Writes() {
			n++
		}
	}
	return n
}

// clear removes what only a killed run would need: the journal last, since it tells the
// next run of the rest.
func (a *apply) clear() error {
	if err := a.site.RemoveAll(TempDir); err != nil {
		return err
	}
	if err := a.last(path.Dir(TempDir)); err != nil {
		return err
	}
	return a.site.Remove(ledger.JournalName)
}

// apply is a plan being applied.
type apply struct {
	site  afero.Fs
	put   Put
	sync  Sync
	bulk  tree.Bulk     // the site, where it takes many files at once; else nil
	turns chan struct{} // one taken for each file being written

	thinned map[string]bool // folders that files were removed from

	failed failures
}

// failures are what could not be done, each of which costs its own group alone.
type failures struct {
	mu     sync.Mutex
	groups map[int]bool
	errs   []error
}

// journal writes the journal. Where even that fails, nothing of ours is left behind.
func (a *apply) journal(c Content) error {
	if !c.Exists() {
		return nil
	}
	err := a.putFile(ledger.JournalName, c)
	if err == nil {
		err = a.last(path.Dir(ledger.JournalName))
	}
	if err != nil {
		prune(a.site, TempDir)
	}
	return err
}

// removeAll makes the deletions, when nothing is being written that could need a folder
// which they leave empty.
func (a *apply) removeAll(ctx context.Context, groups iter.Seq[[]Change]) error {
	for group := range groups {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if a.failed.has(group) {
			continue
		}
		for _, c := range group {
			if c.After.Exists() {
				continue
			}
			if err := a.failed.note(group, a.change(c)); err != nil {
				return err
			}
		}
	}
	return a.settle()
}

// settle makes last what the ledger is about to claim. What lies in folders that were
// written to lasts already, unless all was written at once.
func (a *apply) settle() error {
	if a.bulk != nil {
		return a.syncAll()
	}
	for dir := range a.thinned {
		if tree.Absent(a.site, dir) {
			continue // it went with its last file: the one above is among them
		}
		if err := a.last(dir); err != nil {
			return err
		}
	}
	return nil
}

// ledger writes the ledger, which claims nothing that was not done.
func (a *apply) ledger(p *Plan) (err error) {
	last := p.Ledger
	if len(a.failed.groups) > 0 {
		if last, err = p.Without(a.failed.groups); err != nil {
			return err
		}
	}
	if last == nil {
		return nil
	}
	if err := a.change(*last); err != nil {
		return err
	}
	return a.last(path.Dir(last.Path))
}

// note notes an error that costs the group alone, and gives back any other.
func (f *failures) note(group []Change, err error) error {
	if err == nil || !alone(err) {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.groups[group[0].Group] = true
	f.errs = append(f.errs, err)
	return nil
}

// has reports whether something of a group could not be done.
func (f *failures) has(group []Change) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.groups[group[0].Group]
}

// and returns all that went wrong.
func (f *failures) and(err error) error { return errors.Join(append(f.errs, err)...) }

// alone reports whether an error is about one file: others may well be written.
func alone(err error) bool {
	for _, known := range []error{
		ErrChanged, ErrNoFile, fs.ErrPermission, fs.ErrNotExist,
		syscall.ENOTDIR, syscall.EISDIR, syscall.ELOOP, syscall.ENAMETOOLONG,
	} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// needed reports whether a change is still to be made, and whether it still may be.
func (a *apply) needed(c Change) (bool, error) {
	if !c.Writes() {
		return false, nil
	}
	now, err := Hash(a.site, c.Path)
	switch {
	case err != nil:
		return false, err
	case now.Same(c.After):
		return false, nil
	case !now.Same(c.Before):
		return false, fmt.Errorf("%s: %w", c.Path, ErrChanged)
	}
	return true, nil
}

// writeAll makes what is to be made, group by group.
func (a *apply) writeAll(ctx context.Context, groups iter.Seq[[]Change]) error {
	g, alive := errgroup.WithContext(ctx)
	g.SetLimit(writers)
	for group := range groups {
		if alive.Err() != nil {
			break
		}
		g.Go(func() error { return a.failed.note(group, a.writeGroup(alive, group)) })
	}
	return errors.Join(g.Wait(), context.Cause(ctx))
}

// writeGroup looks at all files of a group before it writes the first: a post is
// brought up to date as a whole or left as it is.
func (a *apply) writeGroup(ctx context.Context, group []Change) error {
	var todo []Change
	for _, c := range group {
		needed, err := a.needed(c)
		if err != nil {
			return err
		}
		if needed && c.After.Exists() {
			todo = append(todo, c)
		}
	}
	for folder := range folders(todo) {
		if err := a.writeFolder(ctx, folder); err != nil {
			return err
		}
	}
	return nil
}

// folders returns the changes as long as they lie in one folder.
func folders(changes []Change) iter.Seq[[]Change] {
	return func(yield func([]Change) bool) {
		for len(changes) > 0 {
			n := 1
			for n < len(changes) && path.Dir(changes[n].Path) == path.Dir(changes[0].Path) {
				n++
			}
			if !yield(changes[:n]) {
				return
			}
			changes = changes[n:]
		}
	}
}

// writeFolder writes a post's files of one folder: the last, which is the page where one
// is among them, only when those that it shows are there. The folder is synced once,
// before anything is written to another: no power cut leaves a base without its page.
func (a *apply) writeFolder(ctx context.Context, changes []Change) error {
	last := len(changes) - 1
	g, alive := errgroup.WithContext(ctx)
	g.SetLimit(writers)
	for _, c := range changes[:last] {
		g.Go(func() error { return a.inTurn(alive, c) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if err := a.inTurn(ctx, changes[last]); err != nil {
		return err
	}
	return a.last(path.Dir(changes[last].Path))
}

// inTurn makes a change when fewer than [writers] are being made.
func (a *apply) inTurn(ctx context.Context, c Change) error {
	a.turns <- struct{}{}
	defer func() { <-a.turns }()
	if ctx.Err() != nil {
		return nil // whoever ended it says why
	}
	return a.change(c)
}

// last makes what was put into a folder last.
func (a *apply) last(dir string) error {
	if err := a.sync(a.site, dir); err != nil {
		return fmt.Errorf("%s: %w", dir, cause(err))
	}
	return nil
}
