package identity

import (
	"fmt"
	"path"
	"strings"

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

// Hint returns the next step.
func (e *CollisionError) Hint() string {
	return "if they are other posts, run it again with --as-new"
}

// collideLeast is how many pages new posts must collide with to stop a run.
const collideLeast = 5

// arrive notes a new post, and the page of the last run whose slug it wants.
func (r *Reader) arrive(item *source.Item, w wish) {
	r.arrivals++
	if r.posts.options.AsNew || len(r.posts.alikes.posts) == 0 {
		return
	}
	wants, folders := bareSlug(item.Post.Slug), "/"+path.Join(w.folders...)+"/"
	for _, place := range r.posts.alikes.fill().bySlug[wants] {
		if e := r.posts.alikes.posts[place]; e.Seen == 0 && e.Page != "" && bareSlug(slug(e.Path)) == wants && (len(w.folders) == 0 || strings.Contains(e.Path, folders)) {
			r.collided[e] = true
			return
		}
	}
}

// Collision returns a [CollisionError] where most new posts of the feed collide with pages
// whose own posts it does not show; else nil.
func (r *Reader) Collision() error {
	stop := &CollisionError{Feed: r.feed, Posts: r.arrivals}
	for _, e := range r.posts.alikes.posts {
		if r.collided[e] && e.Seen == 0 {
			if stop.Collide++; stop.Page == "" {
				stop.Page = e.Path
			}
		}
	}
	if stop.Collide >= collideLeast && 2*stop.Collide > stop.Posts {
		return stop
	}
	return nil
}
