package migrate

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"replant/migrate/source"
)

// FeedError says that a feed could not be read.
type FeedError struct {
	Address string
	Err     error
	hint    string
}

func (e *FeedError) Error() string { return fmt.Sprintf("%s: %v", e.Address, e.Err) }
func (e *FeedError) Unwrap() error { return e.Err }

// Hint gives the next step to try; may be empty.
func (e *FeedError) Hint() string { return e.hint }

func (f *Feed) failed(err error) error {
	e := &FeedError{Address: f.Address, Err: err}
	var not *source.NotFeedError
	if f.URL != nil && errors.As(err, &not) {
		e.hint = feedHint(f.URL, not.Alternate)
	}
	return e
}

// feedHint says where the feed of a page may be: where the page says, else where its
// platform has it.
func feedHint(page *url.URL, alternate string) string {
	if u, err := page.Parse(alternate); err == nil && alternate != "" {
		return "try " + u.Redacted()
	}
	user, rest, _ := strings.Cut(strings.Trim(page.Path, "/"), "/")
	if (page.Host == "dev.to" || page.Host == "forem.com") && user != "" && user != "feed" && rest == "" {
		return "try " + page.Scheme + "://" + page.Host + "/feed/" + user
	}
	return "look for the page's RSS or Atom link; it is often at /feed, /rss.xml or /feed.xml"
}
