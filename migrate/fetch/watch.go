package fetch

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"
)

// progress is how many bytes a body must bring within the time-out: one that drips a
// byte a second hangs all the same.
const progress = 4 << 10

// watched is an answer under way: it ends when it makes no progress, or takes too long
// in all.
type watched struct {
	body   io.ReadCloser // nil until the header has come
	ctx    context.Context
	cancel context.CancelCauseFunc
	idle   *time.Timer
	whole  *time.Timer
	most   time.Duration // without progress
	fresh  int           // bytes since the last progress
	over   func(error)
}

// watch begins to wait for an answer. Over is called at its end, once: with the reason
// where the answer broke off, as soon as its last byte has come otherwise.
func watch(ctx context.Context, idle, whole time.Duration, over func(error)) *watched {
	w := &watched{most: idle}
	var once sync.Once
	w.over = func(err error) { once.Do(func() { over(err) }) }
	w.ctx, w.cancel = context.WithCancelCause(ctx)
	giveUp := func() { w.cancel(ErrStalled) }
	w.idle, w.whole = time.AfterFunc(idle, giveUp), time.AfterFunc(whole, giveUp)
	return w
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.body.Read(p)
	if w.fresh += n; w.fresh >= progress {
		w.fresh = 0
		w.idle.Reset(w.most)
	}
	switch {
	case errors.Is(err, io.EOF): // what the caller does with it keeps no other waiting
		w.stop(nil)
	case err != nil:
		err = w.cause(err)
		w.stop(err)
	}
	return n, err
}

// Close closes the body and ends the watch.
func (w *watched) Close() error {
	defer w.end(nil)
	return w.body.Close()
}

// end ends the watch of an answer that has been read, or, with the reason, never came.
func (w *watched) end(err error) {
	w.stop(err)
	w.cancel(context.Canceled)
}

// stop ends the waiting.
func (w *watched) stop(err error) {
	w.idle.Stop()
	w.whole.Stop()
	w.over(err)
}

// cause gives the reason why the answer was given up, where it was; else err.
func (w *watched) cause(err error) error {
	if why := context.Cause(w.ctx); why != nil {
		return why
	}
	return err
}
