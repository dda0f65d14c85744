package migrate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"syscall"

	"golang.org/x/sync/semaphore"

	"replant/migrate/page"
	"replant/migrate/reconcile"
)

// Most posts under way wait for pictures, so there are many more than conversions. A
// body's tree takes some twenty times what its source does, so that long posts wait
// for one another.
const (
	inFlight      = 48      // posts under way at once
	bytesInFlight = 2 << 20 // of their bodies' sources; one that is longer goes alone
)

// pipeline makes pages side by side and settles them in the order in which they came.
type pipeline struct {
	settle  *reconcile.Reconciler
	posts   *Tally
	witness func(*work) // is shown each page once it is settled; may be nil
	bodies  *semaphore.Weighted
	workers page.Workers
	window  []*work // not settled yet, in order
}

// work is a page that is being made.
type work struct {
	maker  *page.Maker
	job    *page.Job
	checks bool
	looks  bool // the post is as it was: its page is compared for a review, and nothing else
	done   chan struct{}
	made   *page.Made // once done
}

func newPipeline(posts *Tally) *pipeline {
	return &pipeline{posts: posts, bodies: semaphore.NewWeighted(bytesInFlight)}
}

// take begins to make a page, and settles the oldest ones under way so that work in flight
// stays bounded.
func (p *pipeline) take(ctx context.Context, w *work) error {
	p.posts.Add(1, 0, 0)
	weight := int64(min(w.job.Item.Size(), bytesInFlight))
	if err := p.bodies.Acquire(ctx, weight); err != nil {
		return err
	}
	w.done = make(chan struct{})
	p.workers.Go(ctx, func() {
		defer p.bodies.Release(weight)
		defer close(w.done)
		w.made = w.maker.Make(ctx, w.job)
	})
	p.window = append(p.window, w)
	if len(p.window) < inFlight {
		return nil
	}
	return p.next(ctx)
}

// underway yields the pages that come after the one in hand. It waits for each.
func (p *pipeline) underway(yield func(*page.Made) bool) {
	for _, w := range p.window {
		if <-w.done; !yield(w.made) {
			return
		}
	}
}

// abandon lets go of all that is under way.
func (p *pipeline) abandon(cancel func()) {
	cancel()
	for _, w := range p.window {
		<-w.done
	}
	p.window = nil
}

// drain settles all that is under way.
func (p *pipeline) drain(ctx context.Context) error {
	for len(p.window) > 0 {
		if err := p.next(ctx); err != nil {
			return err
		}
	}
	return nil
}

// next settles the oldest page under way.
func (p *pipeline) next(ctx context.Context) error {
	w := p.window[0]
	p.window = p.window[1:]
	<-w.done
	if err := cmp.Or(ctx.Err(), onThisMachine(w.made)); err != nil {
		return err
	}
	p.posts.Add(0, 1, 0)
	if p.witness != nil {
		defer p.witness(w)
	}
	if w.looks {
		return nil
	}
	if common := p.settle.Placeholders(w.made); len(common) > 0 {
		w.made = w.maker.Remake(ctx, w.made, common)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if w.checks {
		p.settle.Check(w.made)
	} else {
		p.settle.Settle(w.made)
	}
	p.settle.NoteText(w.made)
	return nil
}

// onThisMachine returns what went wrong on this machine, such as a disk without room. Every
// post would meet it, so it ends the run and is noted of none.
func onThisMachine(m *page.Made) error {
	if isOurs(m.Err) {
		return fmt.Errorf("post %q: %w", m.Title, m.Err)
	}
	for _, a := range m.Assets {
		if isOurs(a.Err) {
			return fmt.Errorf("post %q: picture %s: %w", m.Title, a.Addr, a.Err)
		}
	}
	return nil
}

func isOurs(err error) bool {
	return slices.ContainsFunc([]error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS}, func(known error) bool {
		return errors.Is(err, known)
	})
}
