package migrate

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"sync"
	"time"
)

// On says that a setting is.
const On = "on"

// articleMost bounds what an API may say of one post, in bytes.
const articleMost = 16 << 20

// enriches tells whether an item's post is to be asked for by itself.
func (s *stream) enriches(j *job) bool {
	return s.feed.Enrich == On && s.Web != nil && j.item.Article() != nil
}

// enrich asks the platform for a post as its author wrote it. One that cannot be had is
// made from the feed alone, and the next run asks again. The error is for a context that
// ended.
func (r *run) enrich(ctx context.Context, j *job) error {
	if j.enrich {
		j.poor = r.article(ctx, j)
	}
	return ctx.Err()
}

func (r *run) article(ctx context.Context, j *job) error {
	addr := j.item.Article()
	addr.RawQuery = url.Values{"edition": {j.item.Hash[:8]}}.Encode() // what the cache has of an older one is stale
	if err := r.pace.wait(ctx); err != nil {
		return err
	}
	name, _, err := r.Web.Fetch(ctx, addr, articleMost, isObject)
	if err != nil {
		return err
	}
	reply, err := fs.ReadFile(r.Files, name)
	if err != nil {
		return err
	}
	return j.item.Enrich(reply)
}

var errNoObject = errors.New("the answer is no JSON")

func isObject(head []byte) error {
	if len(head) == 0 || head[0] != '{' {
		return errNoObject
	}
	return nil
}

// lacks settles a post that could not be asked for: true where its page stands and is
// left as it is.
func (r *run) lacks(j *job) bool {
	if j.poor == nil {
		return false
	}
	r.note("post %q: its original could not be had: %v", title(j), j.poor)
	j.entry.From = "" // the next run asks again
	if j.old == nil || j.old.Page == "" {
		return false
	}
	r.out.Plan.Kept++
	return true
}

// pace lets one in at a time, and the next one a second after.
type pace struct {
	mu   sync.Mutex
	next time.Time
}

// wait waits for its turn.
func (p *pace) wait(ctx context.Context) error {
	p.mu.Lock()
	now := time.Now()
	at := now
	if p.next.After(now) {
		at = p.next
	}
	p.next = at.Add(time.Second)
	p.mu.Unlock()
	select {
	case <-time.After(at.Sub(now)):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
