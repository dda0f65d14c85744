package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"

	"github.com/spf13/afero"
	"golang.org/x/sync/errgroup"

	"replant/migrate/tree"
)

// batchMost and batchBytes bound what is staged before it is put in its place: so many
// posts, and about so many bytes. Each batch waits for the disk at least once, and for what
// others have written there meanwhile.
const (
	batchMost  = 500
	batchBytes = 32 << 20
)

// writeBulk makes what is to be made, many groups at a time. While some are put in their places,
// which waits for the disk, the next ones are staged.
func (a *apply) writeBulk(ctx context.Context, groups iter.Seq[[]Change]) error {
	ahead, stop := context.WithCancel(ctx)
	defer stop()
	var failed error
	for b := range a.stageAhead(ahead, groups) {
		if failed == nil {
			failed = a.writeBatch(b)
		}
		if failed != nil {
			stop() // what is staged already is still to be discarded
		}
		b.discard()
	}
	return cmp.Or(failed, context.Cause(ctx))
}

// stageAhead stages groups, a batch at a time, one batch ahead of those taken from the channel. That
// has to be read to its end, and each batch has to be discarded.
func (a *apply) stageAhead(ctx context.Context, groups iter.Seq[[]Change]) <-chan *batch {
	all := make(chan *batch)
	go func() {
		defer close(all)
		for groups := range batches(groups) {
			if ctx.Err() != nil {
				return
			}
			b := a.stage(ctx, groups)
			all <- b
			if b.err != nil {
				return
			}
		}
	}()
	return all
}

// batches returns the groups, many at a time.
func batches(groups iter.Seq[[]Change]) iter.Seq[[][]Change] {
	return func(yield func([][]Change) bool) {
		var batch [][]Change
		size := int64(0)
		for group := range groups {
			batch = append(batch, group)
			for _, c := range group {
				size += c.After.Size()
			}
			if len(batch) < batchMost && size < batchBytes {
				continue
			}
			if !yield(batch) {
				return
			}
			batch, size = nil, 0
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}

// batch is some groups whose files are staged.
type batch struct {
	site    afero.Fs // whose folders stay open
	release func()
	groups  []*staging
	err     error // why not all is staged
}

// writeBatch puts the files of some groups in their places. All are on the disk before the first
// gets its name. A group's folders are filled one after the other, and each lasts before anything
// of the group is put into the next: no power cut leaves a base without its page.
func (a *apply) writeBatch(b *batch) error {
	if b.err != nil {
		return b.err
	}
	for turn := range most(b.groups) {
		if err := a.syncAll(); err != nil {
			return err
		}
		for _, s := range b.groups {
			if turn >= len(s.folders) || a.failed.has(s.group) {
				continue
			}
			if err := a.failed.note(s.group, a.place(b.site, s.folders[turn])); err != nil {
				return err
			}
		}
	}
	return nil
}

// most returns how many folders the group with the most of them has.
func most(batch []*staging) (n int) {
	for _, s := range batch {
		n = max(n, len(s.folders))
	}
	return n
}

func (a *apply) syncAll() error {
	if err := a.bulk.SyncAll(); err != nil {
		return fmt.Errorf("the site: %w", cause(err))
	}
	return nil
}

// staging is a group whose files are staged, or are about to be.
type staging struct {
	group   []Change
	folders []*stagedFolder
}

// stagedFolder is what of a group is put into one folder, in order: the folder as a whole
// where it is new, else file by file.
type stagedFolder struct {
	changes []Change
	whole   *tree.StagedFolder
	files   []tree.Staged
}

// stage stages all that is to be written of some groups, several of them at once.
func (a *apply) stage(ctx context.Context, groups [][]Change) *batch {
	b := &batch{groups: make([]*staging, len(groups))}
	b.site, b.release = a.bulk.Hold()
	g, alive := errgroup.WithContext(ctx)
	g.SetLimit(writers)
	for i, group := range groups {
		s := &staging{group: group}
		b.groups[i] = s
		g.Go(func() error {
			if alive.Err() != nil {
				return context.Cause(alive)
			}
			return a.failed.note(s.group, a.stageGroup(b.site, s))
		})
	}
	b.err = g.Wait()
	return b
}

// stageGroup looks at all files of a group before it writes the first: a post is brought up
// to date as a whole or left as it is.
func (a *apply) stageGroup(site afero.Fs, s *staging) error {
	for changes := range folders(s.group) {
		f, err := a.look(site, distinct(changes))
		if err != nil {
			return err
		}
		if len(f.changes) > 0 {
			s.folders = append(s.folders, f)
		}
	}
	for _, f := range s.folders {
		if err := f.stage(site); err != nil {
			return err
		}
	}
	return nil
}

// distinct drops changes that make what one before them makes: a base may come with its page
// that was moved, and because its page is made anew.
func distinct(changes []Change) (kept []Change) {
	made := make(map[string]Content, len(changes))
	for _, c := range changes {
		if before, again := made[c.Path]; again && before.Same(c.After) {
			continue
		}
		made[c.Path] = c.After
		kept = append(kept, c)
	}
	return kept
}

// look returns what is to be written of the changes in one folder. In one that is not there
// no file needs to be looked at.
func (a *apply) look(site afero.Fs, changes []Change) (*stagedFolder, error) {
	dir := path.Dir(changes[0].Path)
	f := &stagedFolder{}
	if isNew(changes) && tree.Absent(site, dir) {
		f.changes, f.whole = changes, &tree.StagedFolder{}
		return f, nil
	}
	for _, c := range changes {
		needed, err := a.needed(c)
		if err != nil {
			return nil, err
		}
		if needed && c.After.Exists() {
			f.changes = append(f.changes, c)
		}
	}
	return f, nil
}

// isNew reports whether nothing lies yet where the changes put files.
func isNew(changes []Change) bool {
	for _, c := range changes {
		if c.Before.Exists() || !c.After.Exists() {
			return false
		}
	}
	return path.Dir(changes[0].Path) != "."
}

func (f *stagedFolder) stage(site afero.Fs) error {
	if f.whole != nil {
		whole, err := tree.StageFolder(site, TempDir, path.Dir(f.changes[0].Path))
		if err != nil {
			return fmt.Errorf("%s: %w", f.changes[0].Path, cause(err))
		}
		*f.whole = whole
	}
	for _, c := range f.changes {
		if err := f.stageFile(site, c); err != nil {
			return err
		}
	}
	if f.whole != nil {
		f.whole.Filled(site)
	}
	return nil
}

func (f *stagedFolder) stageFile(site afero.Fs, c Change) error {
	r, err := c.After.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", c.Path, err)
	}
	defer r.Close()
	if f.whole != nil {
		err = f.whole.Add(site, path.Base(c.Path), r)
	} else {
		var s tree.Staged
		if s, err = tree.Stage(site, TempDir, c.Path, r); err == nil {
			f.files = append(f.files, s)
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", c.Path, cause(err))
	}
	return nil
}

// place puts what is staged in its place, if what lies there is still what the plan saw.
func (a *apply) place(site afero.Fs, f *stagedFolder) error {
	if f.whole != nil {
		err := f.whole.Place(site)
		if !errors.Is(err, fs.ErrExist) {
			if err != nil {
				return fmt.Errorf("%s: %w", f.changes[0].Path, cause(err))
			}
			f.whole = nil
			return nil
		}
		for _, c := range f.changes { // others have put something into the folder
			f.files = append(f.files, f.whole.File(path.Base(c.Path)))
		}
	}
	for i, c := range f.changes {
		if err := a.placeFile(site, c, f.files[i]); err != nil {
			return err
		}
	}
	f.files = nil
	return nil
}

func (a *apply) placeFile(site afero.Fs, c Change, s tree.Staged) error {
	needed, err := a.needed(c)
	if err != nil {
		return err
	}
	if !needed {
		return s.Discard(site)
	}
	if err := s.Place(site); err != nil {
		return fmt.Errorf("%s: %w", c.Path, cause(err))
	}
	return nil
}

// discard removes what is staged and was not put in its place. What cannot be removed now
// the next run clears away.
func (b *batch) discard() {
	for _, s := range b.groups {
		for _, f := range s.folders {
			f.discard(b.site)
		}
	}
	b.release()
}

func (f *stagedFolder) discard(site afero.Fs) {
	for _, s := range f.files {
		_ = s.Discard(site)
	}
	if f.whole != nil && *f.whole != (tree.StagedFolder{}) {
		_ = f.whole.Discard(site)
	}
}
