package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
)

// untilSignal returns a context that ends with SIGINT or SIGTERM, and a function that
// says which exit code that asks for; exitDone when neither came.
func untilSignal() (context.Context, func() int) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		for s := range signals {
			if s == os.Interrupt && paging.Load() {
				continue
			}
			signal.Stop(signals) // a second one ends the program at once
			cancel(stoppedBy{s})
			return
		}
	}()
	return ctx, func() int {
		var s stoppedBy
		switch {
		case !errors.As(context.Cause(ctx), &s):
			return exitDone
		case s.Signal == os.Interrupt:
			return exitInterrupt
		}
		return exitTerm
	}
}

// paging says that a pager has the terminal: Ctrl-C is its.
var paging atomic.Bool

// tellStopped says what a run leaves that was stopped.
func (v *session) tellStopped(ctx context.Context) {
	var s stoppedBy
	if !errors.As(context.Cause(ctx), &s) || !v.reads && !v.writes {
		return
	}
	left := "nothing was written"
	switch n := v.counts.Pictures.Fresh(); {
	case v.writes:
		left = "what is written is whole"
	case n > 0 && v.work.lasts():
		left = count(n, "picture") + " kept"
	}
	notice(v.std.log, "stopped: "+left+", run again to go on", "")
}

// stoppedBy is why a run ended before its time.
type stoppedBy struct{ os.Signal }

func (s stoppedBy) Error() string { return "stopped by " + s.String() }

// interruptible reads from in until ctx ends: a read of a pipe that nothing comes from
// would outlast it.
func interruptible(ctx context.Context, in io.Reader) io.Reader {
	r, w := io.Pipe()
	return &lazily{Reader: r, start: sync.OnceFunc(func() {
		context.AfterFunc(ctx, func() { _ = w.CloseWithError(context.Cause(ctx)) })
		go func() {
			_, err := io.Copy(w, in)
			_ = w.CloseWithError(err)
		}()
	})}
}

// lazily starts something at the first read.
type lazily struct {
	io.Reader
	start func()
}

func (l *lazily) Read(p []byte) (int, error) {
	l.start()
	return l.Reader.Read(p)
}
