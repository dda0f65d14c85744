package fetch

import (
	"context"
	"sync"
)

// flights lets callers that want the same picture share one journey.
type flights struct {
	mu    sync.Mutex
	under map[string]*flight // by key of the address
}

type flight struct {
	landed chan struct{} // closed when the rest is settled
	entry  entry
	err    error
}

// do gets what key stands for, once. A caller that gives up leaves the journey to the
// next.
func (f *flights) do(ctx context.Context, key string, get func() (entry, error)) (entry, error) {
	for {
		fl, mine := f.board(key)
		if mine {
			fl.entry, fl.err = get()
			if ctx.Err() != nil {
				f.forget(key)
			}
			close(fl.landed)
			return fl.entry, fl.err
		}
		select {
		case <-fl.landed:
		case <-ctx.Done():
			return entry{}, context.Cause(ctx)
		}
		if f.holds(key, fl) {
			return fl.entry, fl.err
		}
	}
}

// board gives the flight of a key; mine for the one who has to fly it.
func (f *flights) board(key string) (fl *flight, mine bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fl := f.under[key]; fl != nil {
		return fl, false
	}
	fl = &flight{landed: make(chan struct{})}
	f.under[key] = fl
	return fl, true
}

func (f *flights) forget(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.under, key)
}

// holds tells whether a flight that landed was flown to its end.
func (f *flights) holds(key string, fl *flight) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.under[key] == fl
}
