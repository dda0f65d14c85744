package migrate

import "errors"

var errNoPost = errors.New("has no post any more; the pages of those that it had stay")

// empty tells whether a feed has no item at all. Where it had some the last time, its author
// should know, and once there are some again.
func (s *stream) empty() bool {
	was := s.known != nil && s.known.Empty
	switch {
	case s.all > 0 && was:
		s.warn("%s: has posts again", s.feed.Address)
	case s.all > 0:
	case s.part:
		return was
	case !was && s.known != nil && len(s.memory.Posts) > 0:
		err := &FeedError{Address: s.feed.Address, Err: errNoPost, hint: "look at it in a browser: its server may be broken, or the blog may have moved"}
		s.out.Troubles = append(s.out.Troubles, Trouble{Text: err.Error(), Err: err})
	}
	return s.all == 0
}
