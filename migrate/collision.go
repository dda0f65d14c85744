package migrate

import (
	"fmt"

	"replant/migrate/plan"
	"replant/migrate/source"
)

// CollisionError says that most new posts of a feed want the slugs of pages that are there
// already: they are those pages' posts in all likelihood, under names that do not say so.
type CollisionError struct {
	Feed           string
	Posts, Collide int
	Page           string // one of the pages
}

func (e *CollisionError) Error() string {
	return fmt.Sprintf("%s: %d of %d new posts want the slugs of pages that are there, such as %s; nothing was written", e.Feed, e.Collide, e.Posts, e.Page)
}

// Hint gives the next step.
func (e *CollisionError) Hint() string {
	return "if they are other posts, run it again with --as-new"
}

// collideLeast is how many pages new posts must collide with to stop a run.
const collideLeast = 5

// arrive notes a new post, and the page of the last run whose slug it wants.
func (s *stream) arrive(item *source.Item) {
	s.arrivals++
	if s.AsNew || s.before == 0 {
		return
	}
	wants := bareSlug(item.Post.Slug)
	for _, place := range s.lookalikes().bySlug[wants] {
		if e := s.memory.Posts[place]; e.Seen == 0 && e.Page != "" && bareSlug(slug(e.Path)) == wants {
			s.collided[e] = true
			return
		}
	}
}

// collide stops the run where most new posts of the feed collide with pages whose own
// posts it does not show.
func (s *stream) collide() {
	stop := &CollisionError{Feed: s.feed.Address, Posts: s.arrivals}
	for _, e := range s.memory.Posts[:s.before] {
		if s.collided[e] && e.Seen == 0 {
			if stop.Collide++; stop.Page == "" {
				stop.Page = e.Path
			}
		}
	}
	if stop.Collide >= collideLeast && 2*stop.Collide > stop.Posts {
		s.asking = append(s.asking, stop)
	}
}

// ask returns an outcome that changes nothing and asks the author to go on.
func (r *run) ask() *Outcome {
	out := &Outcome{Plan: &plan.Plan{}, Failed: r.out.Failed, Remember: func() error { return nil }}
	for _, err := range r.asking {
		out.Troubles = append(out.Troubles, Trouble{Text: err.Error(), Err: err})
	}
	return out
}
