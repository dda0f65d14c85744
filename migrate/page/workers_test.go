package page

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// Work that is given is done, whenever the context ends, and no worker stays behind: synctest
// fails where one does.
func TestWorkersDoAllAndLeave(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for range 200 {
			ctx, cancel := context.WithCancel(t.Context())
			var w Workers
			var done atomic.Int32
			const works = 20
			for i := range works {
				w.Go(ctx, func() { done.Add(1) })
				if i == works/2 {
					go cancel()
				}
				if i%3 == 0 {
					synctest.Wait()
				}
			}
			synctest.Wait()
			if n := done.Load(); n != works {
				t.Fatalf("%d of %d are done", n, works)
			}
			cancel()
		}
	})
}

// One worker serves a sequence of works.
func TestWorkersAreKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var w Workers
		for range 5 {
			w.Go(ctx, func() {})
			synctest.Wait()
		}
		if len(w.idle) != 1 {
			t.Errorf("%d workers", len(w.idle))
		}
		cancel()
	})
}
