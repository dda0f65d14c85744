package fetch

import (
	"context"
	"errors"
	"io"
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
	leave  func()
}

// watch begins to wait for an answer. Leave is called at its end.
func watch(ctx context.Context, idle, whole time.Duration, leave func()) *watched {
	w := &watched{most: idle, leave: leave}
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
	if err != nil && !errors.Is(err, io.EOF) {
		err = w.cause(err)
	}
	return n, err
}

// Close closes the body and ends the watch.
func (w *watched) Close() error {
	defer w.end()
	return w.body.Close()
}

// end ends the watch of an answer that has been read, or never came.
func (w *watched) end() {
	w.idle.Stop()
	w.whole.Stop()
	w.cancel(context.Canceled)
	w.leave()
}

// cause gives the reason why the answer was given up, where it was; else err.
func (w *watched) cause(err error) error {
	if why := context.Cause(w.ctx); why != nil {
		return why
	}
	return err
}
