package page

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/links"
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
	found  []proof.Finding // what the page that lies there does not show, with its places
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
	back := m.leadingBack(made)
	found, err := employ(ctx, m, func(c *converter) (found Checked, err error) {
		c.prover.Source(tree)
		written, err := c.proved(base, back)
		if err != nil {
			return found, err
		}
		shown := written
		if !base.Same(disk) {
			if shown, err = c.proved(disk, back); err != nil {
				return found, err
			}
		}
		found.Losses, found.Edits = shown.Split(written)
		found.found = c.prover.Findings()
		return found, nil
	})
	found.Losses = slices.Concat(made.Lost, found.Losses)
	made.Checked = found
	made.Witness.finds(found.found)
	return err
}

// proved compares a page with the source that was read last.
func (c *converter) proved(page plan.Content, back func([]byte) []byte) (proof.Report, error) {
	_, body, err := memory.Parse(page)
	if err != nil {
		return nil, err
	}
	return c.prover.Page(back(body)), nil
}

// leadingBack returns a function that lets the links of a page which lead to other pages of
// the site lead to where those of its post do.
func (m *Maker) leadingBack(made *Made) func(body []byte) []byte {
	if m.env.Links == nil {
		return func(body []byte) []byte { return body }
	}
	from := map[string][]string{} // where links of the post lead, by where those of the page do
	for _, a := range dom.Find(made.Post.Body, dom.Named(atom.A)) {
		address := strings.TrimSpace(dom.Attr(a, "href"))
		if to, ok := m.env.Links.Lead(made.Entry, address); ok {
			from[to] = append(from[to], address)
		}
	}
	page := links.Page{Bare: m.env.Site.Markup().LinksBare()}
	return func(body []byte) []byte {
		next := maps.Clone(from)
		lead := func(to string) (address string, ok bool) {
			switch all := next[to]; len(all) {
			case 0:
				return "", false
			case 1:
				return all[0], true
			default:
				next[to] = all[1:]
				return all[0], true
			}
		}
		return page.Rewrite(body, lead)
	}
}

// nowhere is a web without pictures.
type nowhere struct{}

var errNowhere = errors.New("a check fetches no pictures")

func (nowhere) Fetch(context.Context, *url.URL, int64, func([]byte) error) (string, int64, error) {
	return "", 0, errNowhere
}
