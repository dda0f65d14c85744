package plan

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path"

	"golang.org/x/sync/errgroup"
)

// writeAll makes what is to be made, group by group.
func (a *apply) writeAll(ctx context.Context, groups iter.Seq[[]Change]) error {
	g, alive := errgroup.WithContext(ctx)
	g.SetLimit(writers)
	for group := range groups {
		if alive.Err() != nil {
			break
		}
		g.Go(func() error { return a.fail(group, a.writeGroup(alive, group)) })
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

// folders gives the changes as long as they lie in one folder.
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
