package migrate

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/url"

	"replant/frontmatter"
	"replant/migrate/plan"
	"replant/migrate/proof"
)

// The ways of a [Loss] that only a check finds.
const (
	Edited  = "edited"  // the author's doing
	Missing = "missing" // the site has no page of the post
	Behind  = "behind"  // the post has changed since its page was made
)

// Check compares the pages that lie in the site with the posts of its feeds, all of them,
// and changes nothing: there is no plan in the outcome. Its Losses are all that differs,
// told before or not; what the author changed is told apart by the page as replant last
// wrote it. The error is as of [Migration.Plan].
func (m *Migration) Check(ctx context.Context) (*Outcome, error) {
	all := *m
	all.Refresh = true
	r, err := all.begin()
	if err != nil {
		return nil, err
	}
	r.checks = true
	if err := r.readAll(ctx); err != nil {
		return nil, err
	}
	return r.out, nil
}

// readAll reads all feeds. It fails when none could be read. Nothing is at work any more
// when it returns.
func (r *run) readAll(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer r.abandon(cancel)
	for i := range r.Feeds {
		if err := r.sync(ctx, &r.Feeds[i]); err != nil {
			return err
		}
	}
	_, err := r.noneRead()
	return err
}

// examined is what a check found of one post.
type examined struct {
	way    string // Missing, Behind or Edited where that is all there is to say
	losses proof.Report
	edits  proof.Report
}

// examine compares a post with its page, and with the page as replant wrote it.
func (r *run) examine(ctx context.Context, j *job) error {
	switch {
	case j.old == nil || j.old.Page == "":
		j.way = Missing
		return nil
	case !j.disk.Exists():
		j.way = Edited
		return nil
	case j.old.From != j.from, j.old.Shrunk != "", j.old.Declined != "":
		j.way = Behind
		return nil
	}
	base, err := plan.Hash(r.Site, baseDir+j.entry.Path)
	if err != nil {
		return err
	}
	if !base.Exists() {
		base = j.disk
	}
	return r.employ(ctx, j, func(c *converter) error {
		c.Source(j.post.Body)
		written, err := c.proved(base)
		if err != nil {
			return err
		}
		shown := written
		if !base.Same(j.disk) {
			if shown, err = c.proved(j.disk); err != nil {
				return err
			}
		}
		j.losses, j.edits = shown.Split(written)
		return nil
	})
}

// proved compares a page with the source that was read last.
func (c *converter) proved(page plan.Content) (proof.Report, error) {
	f, err := page.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, pageMost))
	if err != nil {
		return nil, err
	}
	_, body, err := frontmatter.Parse(b)
	if err != nil {
		body = b // what no generator could read shows as it is
	}
	return c.Page(body), nil
}

// checked tells what a check found of a job's post.
func (r *run) checked(j *job) {
	path := j.entry.Path
	switch {
	case j.err != nil:
		r.trouble(path, "post %q: %v", title(j), j.err)
		return
	case j.way == Missing:
		r.loss(path, Missing, cmp.Or(title(j), "a post without a title"))
		return
	case j.way == Behind:
		r.loss(path, Behind, "changed at the source since it was made")
		return
	case j.way == Edited:
		r.loss(path, Edited, "deleted here")
		return
	}
	j.lost = j.losses
	all := lost(j)
	r.out.Proof.Add(j.losses, len(all)-len(j.losses))
	for _, l := range all {
		r.loss(path, way(l), l)
	}
	j.lost, j.post.Losses = j.edits, nil
	for _, l := range lost(j) {
		if way(l) == proof.Lost.String() {
			l = "lost " + l
		}
		r.loss(path, Edited, l)
	}
}

// nowhere is a web without pictures.
type nowhere struct{}

var errNowhere = errors.New("a check fetches no pictures")

func (nowhere) Fetch(context.Context, *url.URL, int64, func([]byte) error) (string, int64, error) {
	return "", 0, errNowhere
}
