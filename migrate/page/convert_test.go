package page

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// A step beyond its budget costs itself alone, and so does one that panics.
func TestWithin(t *testing.T) {
	t.Parallel()
	stuck := make(chan struct{})
	defer close(stuck)
	workers := new(Workers)
	_, err := within(t.Context(), workers, time.Millisecond, func() (int, error) { <-stuck; return 0, nil })
	if err == nil || !strings.Contains(err.Error(), "takes longer than 1ms") {
		t.Errorf("a step that is stuck ends with %v", err)
	}
	if _, err = within(t.Context(), workers, time.Minute, func() (int, error) { panic("lost") }); err == nil || err.Error() != "lost" {
		t.Errorf("a panic ends with %v", err)
	}
	if n, err := within(t.Context(), workers, time.Minute, func() (int, error) { return 7, nil }); n != 7 || err != nil {
		t.Errorf("a step that ends gives %d, %v", n, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = within(ctx, workers, time.Minute, func() (int, error) { <-stuck; return 0, nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context gives %v", err)
	}
}

// A converter whose step took too long is not used again: its state belongs to the step.
func TestConverterIsNotUsedTwice(t *testing.T) {
	t.Parallel()
	m := testMaker(t)
	m.env.Budget = time.Millisecond
	stuck := make(chan struct{})
	defer close(stuck)
	atWork := make(chan *converter, 1)
	if _, err := employ(t.Context(), m, func(c *converter) (int, error) { atWork <- c; <-stuck; return 0, nil }); err == nil {
		t.Fatal("a step that is stuck ends well")
	}
	first := <-atWork
	m.env.Budget = time.Minute
	if _, err := employ(t.Context(), m, func(c *converter) (int, error) {
		if c == first {
			t.Error("the next post gets the converter that is at work")
		}
		return 0, nil
	}); err != nil {
		t.Fatal(err)
	}
}
