package main

import (
	"io"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress counts posts on a terminal; off one it is silent.
type progress struct {
	all *mpb.Progress
	bar *mpb.Bar
}

func newProgress(w io.Writer, quiet bool) *progress {
	if quiet || !isTerminal(w) {
		return &progress{}
	}
	all := mpb.New(mpb.WithOutput(w), mpb.WithWidth(1))
	bar := all.New(0, mpb.SpinnerStyle(), mpb.BarRemoveOnComplete(),
		mpb.AppendDecorators(decor.CurrentNoUnit("%d posts")))
	return &progress{all, bar}
}

// post counts one post.
func (p *progress) post(string) {
	if p.bar != nil {
		p.bar.Increment()
	}
}

func (p *progress) stop() {
	if p.bar == nil {
		return
	}
	p.bar.SetTotal(-1, true)
	p.all.Wait()
}
