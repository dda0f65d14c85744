package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// untilSignal gives a context that ends with SIGINT or SIGTERM, and a function that
// says which exit code that asks for; exitDone when neither came.
func untilSignal() (context.Context, func() int) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		s := <-signals
		signal.Stop(signals) // a second one ends the program at once
		cancel(stoppedBy{s})
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

// stoppedBy is why a run ended before its time.
type stoppedBy struct{ os.Signal }

func (s stoppedBy) Error() string { return "stopped by " + s.String() }
