package migrate

import (
	"errors"

	"replant/migrate/crawl"
)

var errNoPost = errors.New("has no post any more; the pages of those that it had stay")

// empty tells whether a feed has no item at all. Where it had some the last time, its author
// should know, and once there are some again.
func (s *stream) empty(rep *crawl.Report) bool {
	was := s.known != nil && s.known.Empty
	switch {
	case rep.Extent.Items > 0 && was:
		s.warn("%s: has posts again", s.feed.Address)
	case rep.Extent.Items > 0:
	case len(rep.Gaps) > 0:
		return was
	case !was && s.known != nil && len(s.memory.Posts) > 0:
		err := &FeedError{Address: s.feed.Address, Err: errNoPost, hint: "look at it in a browser: its server may be broken, or the blog may have moved"}
		s.out.Troubles = append(s.out.Troubles, Trouble{Text: err.Error(), Err: err})
	}
	return rep.Extent.Items == 0
}
