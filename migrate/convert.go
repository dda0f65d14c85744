package migrate

import (
	"context"
	"slices"

	"replant/migrate/dom"
	"replant/migrate/markdown"
	"replant/migrate/proof"
	"replant/migrate/site"
)

// converter is one worker's. It notes which shortcodes the page in its hands calls, and
// proves what it makes.
type converter struct {
	*markdown.Converter
	*proof.Prover
	calls []string
}

// workers makes the converters for a feed: how embeds are spelled is its own.
func (s *stream) workers() {
	s.cpus = make(chan *converter, max(1, s.Jobs))
	for range cap(s.cpus) {
		s.cpus <- s.converter(s.feed.Settings)
	}
}

func (r *run) converter(s Settings) *converter {
	target := r.site.Target
	c := &converter{Prover: r.prover(s)}
	style := r.style()
	style.HTML, style.Figure = target.HTML, target.Figure
	style.Breaks, style.Shift = markdown.Breaks(s.Breaks), shift(s)
	style.Embed = func(e dom.Embed) string {
		spelled, shortcode := target.Embed(e, site.Embeds(s.Embeds))
		if shortcode != "" && !slices.Contains(c.calls, shortcode) {
			c.calls = append(c.calls, shortcode)
		}
		return spelled
	}
	c.Converter = markdown.New(style)
	return c
}

// style is what keeps text what it is, in pages and in comments.
func (r *run) style() markdown.Style {
	style := markdown.Style{Title: r.site.LinkTitle, Code: r.site.Target.Code}
	switch now, ever := r.site.PassesFormulas(); {
	case now:
		style.Passthrough = markdown.IsPassthrough
	case ever:
		style.Passthrough = markdown.MayPassthrough
	}
	return style
}

// convert makes Markdown of a job's post, and compares the one with the other.
func (r *run) convert(ctx context.Context, j *job) (body []byte, err error) {
	err = r.employ(ctx, j, func(c *converter) error {
		c.calls = nil
		markdown.Prepare(j.post.Body)
		c.Source(j.post.Body)
		body, err = c.Convert(j.post.Body)
		j.needs, j.lost = c.calls, slices.Concat(j.conserved, c.Page(body))
		if err == nil {
			r.weigh(j, c, body)
		}
		return err
	})
	return body, err
}

// employ lets a converter work on a job, as soon as one is free.
func (r *run) employ(ctx context.Context, j *job, work func(*converter) error) error {
	var c *converter
	select {
	case c = <-r.cpus:
	case <-ctx.Done():
		return ctx.Err()
	}
	whole := false
	defer func() {
		if !whole { // one that panicked is not used again
			c = r.converter(j.feed.Settings)
		}
		r.cpus <- c
	}()
	err := work(c)
	whole = true
	return err
}

// prover reads pages as the site shows them.
func (r *run) prover(s Settings) *proof.Prover {
	return proof.New(proof.Style{
		Generator: r.site.Target.Reads, HTML: r.site.ShowsHTML(), Soft: softens(s), Shift: shift(s),
	})
}
