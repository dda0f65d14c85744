package page

import (
	"context"
	"slices"
	"sync"
)

// Workers are goroutines that are kept from one step to the next: the stack that a step has
// grown is there for the next one. The zero value has none so far.
type Workers struct {
	mu   sync.Mutex
	idle []chan func() // the one that has worked last, whose stack is the largest, at the end
}

// Go lets a worker do some work, and returns at once. A worker leaves when the context ends that
// it was taken on with.
func (w *Workers) Go(ctx context.Context, work func()) {
	w.mu.Lock()
	last := len(w.idle) - 1
	if last < 0 {
		w.mu.Unlock()
		go w.stay(ctx, work)
		return
	}
	next := w.idle[last]
	w.idle = w.idle[:last]
	w.mu.Unlock()
	next <- work
}

// stay does one work after another.
func (w *Workers) stay(ctx context.Context, work func()) {
	next := make(chan func(), 1)
	for {
		work()
		w.mu.Lock()
		w.idle = append(w.idle, next)
		w.mu.Unlock()
		select {
		case work = <-next:
		case <-ctx.Done():
			if w.leave(next) {
				return
			}
			work = <-next
		}
	}
}

// leave reports whether a worker may go: it has not been given any more work.
func (w *Workers) leave(next chan func()) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.Index(w.idle, next)
	if i >= 0 {
		w.idle = slices.Delete(w.idle, i, i+1)
	}
	return i >= 0
}
