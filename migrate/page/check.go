package page

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"replant/migrate/memory"
	"replant/migrate/plan"
	"replant/migrate/proof"
	"replant/migrate/report"
)

// Checked is what a check found of one post.
type Checked struct {
	Way    string // Missing, Behind or Edited where that is all there is to say
	Losses proof.Report
	Edits  proof.Report
}

// check compares a post with its page, and with the page as replant wrote it.
func (m *Maker) check(ctx context.Context, made *Made) error {
	switch {
	case made.Old == nil || made.Old.Page == "":
		made.Way = report.Missing
		return nil
	case !made.Disk.Exists():
		made.Way = report.Edited
		return nil
	case made.Old.From != made.From, made.Old.Shrunk != "", made.Old.Declined != "":
		made.Way = report.Behind
		return nil
	}
	base, err := plan.Hash(m.env.Memory.Site, memory.BaseDir+made.Entry.Path)
	if err != nil {
		return err
	}
	if !base.Exists() {
		base = made.Disk
	}
	tree, disk := made.Post.Body, made.Disk
	found, err := employ(ctx, m, func(c *converter) (found Checked, err error) {
		c.prover.Source(tree)
		written, err := c.proved(base)
		if err != nil {
			return found, err
		}
		shown := written
		if !base.Same(disk) {
			if shown, err = c.proved(disk); err != nil {
				return found, err
			}
		}
		found.Losses, found.Edits = shown.Split(written)
		return found, nil
	})
	found.Losses = slices.Concat(made.Lost, found.Losses)
	made.Checked = found
	return err
}

// proved compares a page with the source that was read last.
func (c *converter) proved(page plan.Content) (proof.Report, error) {
	_, body, err := memory.Parse(page)
	if err != nil {
		return nil, err
	}
	return c.prover.Page(body), nil
}

// nowhere is a web without pictures.
type nowhere struct{}

var errNowhere = errors.New("a check fetches no pictures")

func (nowhere) Fetch(context.Context, *url.URL, int64, func([]byte) error) (string, int64, error) {
	return "", 0, errNowhere
}
