package page

import (
	"context"
	"fmt"
	"time"
)

// Budget is how long one step of making a page may take. The sizes that bound a post let
// the longest be made in seconds; a step that takes minutes meets a fault of a parser.
const Budget = 2 * time.Minute

// within returns what a step makes, unless it panics, takes longer than the budget or the
// context ends. A step cannot be stopped: it must not touch what its caller goes on to use.
func within[T any](ctx context.Context, budget time.Duration, step func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r.err = fmt.Errorf("%v", p)
			}
			done <- r
		}()
		r.value, r.err = step()
	}()
	timer := time.NewTimer(budget)
	defer timer.Stop()
	var none T
	select {
	case r := <-done:
		return r.value, r.err
	case <-timer.C:
		return none, fmt.Errorf("left out: it takes longer than %v to convert", budget)
	case <-ctx.Done():
		return none, ctx.Err()
	}
}
