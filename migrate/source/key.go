package source

import (
	"regexp"
	"time"

	"replant/migrate/blog"
)

// What is only unique within a blog names a post for good together with the time of its
// publishing: it outlives the move of the blog to another host, where all else about the
// post may be new.
var (
	rowInGUID     = regexp.MustCompile(`[?&]p=(\d+)$`)
	slugInAddress = regexp.MustCompile(`^/p/([\w-]+)$`)
)

// keyWordPress is the number of the post in its blog's database.
func keyWordPress(p *blog.Post) string { return timed(rowInGUID.FindStringSubmatch(p.GUID), p) }

// keySubstack is the slug, by which Substack's own redirects go.
func keySubstack(p *blog.Post) string {
	if p.URL == nil {
		return ""
	}
	return timed(slugInAddress.FindStringSubmatch(p.URL.Path), p)
}

func timed(found []string, p *blog.Post) string {
	if found == nil || p.Published.IsZero() {
		return ""
	}
	return found[1] + "@" + p.Published.UTC().Format(time.RFC3339)
}
