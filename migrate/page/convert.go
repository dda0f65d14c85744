package page

import (
	"context"
	"fmt"
	"slices"
	"time"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/ledger"
	"replant/migrate/links"
	"replant/migrate/markdown"
	"replant/migrate/proof"
	"replant/migrate/site"
)

// converter is one worker's. It notes which shortcodes the page in its hands calls, and
// proves what it makes.
type converter struct {
	markdown *markdown.Converter
	prover   *proof.Prover
	calls    []string
}

func (m *Maker) converter() *converter {
	target, markup, s := m.env.Site.Target, m.env.Site.Markup(), m.feed.Settings
	shown := markup.Style()
	shown.Soft, shown.Shift = softens(s), shift(s)
	c := &converter{prover: proof.New(shown)}
	if m.env.Options.Review {
		c.prover.Trace()
	}
	style := m.style()
	style.HTML = target.HTML
	if s.Figures != ledger.PlainFigures {
		if target.Gallery != nil {
			style.Gallery = func(g blog.Gallery) string {
				call, shortcode := markup.Gallery(g)
				c.call(shortcode)
				return call
			}
		}
		style.Captions, style.Figure, style.Details = true, markup.Figure(), markup.Details()
	}
	style.Breaks, style.Shift = markdown.Breaks(s.Breaks), shift(s)
	if s.More != ledger.Never {
		style.Divider = target.Divider
	}
	style.Embed = func(e dom.Embed) string {
		spelled, shortcode := target.Embed(e, site.Embeds(s.Embeds))
		c.call(shortcode)
		return spelled
	}
	style.Recording = func(r blog.Recording) string {
		player, shortcode := markup.Player(r, site.Embeds(s.Embeds))
		c.call(shortcode)
		return player
	}
	c.markdown = markdown.New(style)
	return c
}

// call notes that the page calls a shortcode; an empty one is none.
func (c *converter) call(shortcode string) {
	if shortcode != "" && !slices.Contains(c.calls, shortcode) {
		c.calls = append(c.calls, shortcode)
	}
}

// style is what keeps text what it is, in pages and in comments.
func (m *Maker) style() markdown.Style {
	markup := m.env.Site.Markup()
	style := markdown.Style{Bare: markup.LinksBare(), Title: markup.LinkTitle, Code: m.env.Site.Target.Code, Formulas: markup.Formulas()}
	switch now, ever := markup.PassesFormulas(); {
	case now:
		style.Passthrough = markdown.IsPassthrough
	case ever:
		style.Passthrough = markdown.MayPassthrough
	}
	return style
}

// convert makes Markdown of a post, and compares the one with the other.
func (m *Maker) convert(ctx context.Context, made *Made) ([]byte, error) {
	type converted struct {
		body     []byte
		needs    []string
		hosts    []string
		lost     proof.Report
		compared Compared
		formulas bool
		found    []proof.Finding
	}
	tree, post := made.Post.Body, *made // what a step that takes too long goes on to use
	r, err := employ(ctx, m, func(c *converter) (r converted, err error) {
		c.calls = nil
		c.markdown.Summarised(post.Post.Summary != "" && m.env.Site.ListsDescriptions() || post.Post.Page)
		c.prover.Source(tree)
		if r.body, err = c.markdown.Convert(tree); err != nil {
			return r, err
		}
		r.needs, r.lost, r.formulas = c.calls, c.prover.Page(r.body), c.markdown.Formulas()
		r.found = c.prover.Findings()
		r.hosts = links.HostsOf(c.prover.Links(), r.body)
		r.compared = m.compare(&post, c, r.body)
		r.body = post.inFormOf(m.env.Memory, c, r.body)
		return r, nil
	})
	made.Hosts = r.hosts
	made.Witness.finds(r.found)
	made.Needs, made.Lost, made.Compared = r.needs, slices.Concat(made.Lost, r.lost), r.compared
	made.Post.Formulas = r.formulas
	return r.body, err
}

// employ lets a converter work, as soon as one is free. One that panicked or took too long
// is not used again.
func employ[T any](ctx context.Context, m *Maker, work func(*converter) (T, error)) (T, error) {
	var c *converter
	select {
	case c = <-m.converters:
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
	next := c
	defer func() { m.converters <- next }()
	type result struct {
		value T
		err   error
	}
	r, err := within(ctx, m.env.Workers, m.env.Budget, func() (r result, _ error) {
		r.value, r.err = work(c)
		return r, nil
	})
	if err != nil {
		next = m.converter()
		return r.value, err
	}
	return r.value, r.err
}

// Budget is how long one step of making a page may take. The sizes that bound a post let
// the longest be made in seconds; a step that takes minutes meets a fault of a parser.
const Budget = 2 * time.Minute

// within returns what a step makes, unless it panics, takes longer than the budget or the
// context ends. A step cannot be stopped: it must not touch what its caller goes on to use.
func within[T any](ctx context.Context, workers *Workers, budget time.Duration, step func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	workers.Go(ctx, func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r.err = fmt.Errorf("%v", p)
			}
			done <- r
		}()
		r.value, r.err = step()
	})
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
