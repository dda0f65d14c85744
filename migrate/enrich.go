package migrate

import "context"

// On says that a setting is.
const On = "on"

// enriches tells whether an item's post is to be asked for by itself.
func (s *stream) enriches(j *job) bool {
	return s.feed.Enrich == On && s.Web != nil && j.item.Article() != nil
}

// enrich asks the platform for a post as its author wrote it. One that cannot be had is
// made from the feed alone, and the next run asks again. The error is for a context that
// ended.
func (r *run) enrich(ctx context.Context, j *job) error {
	if j.enrich {
		j.poor = r.enricher.Enrich(ctx, j.item)
	}
	return ctx.Err()
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
