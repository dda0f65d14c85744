package feedscan

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
)

var (
	// ErrNotFeed is in the chain of an error when the bytes are no feed; the error
	// itself is a [*NotFeedError].
	ErrNotFeed = errors.New("not a feed")
	// ErrTruncated is in the chain of an error when a feed breaks off. All items
	// that were whole have been given.
	ErrTruncated = errors.New("the feed breaks off")
	// ErrTooLong is the cause of a [*BrokenItem] that has more than [ItemMost] bytes.
	ErrTooLong = fmt.Errorf("longer than %d MB", ItemMost>>20)
)

// NotFeedError says what the bytes are instead of a feed.
type NotFeedError struct {
	What string // such as "this is a web page, not a feed"
	// Alternate is the address of the feed that a web page names as its own; relative
	// where it is not known where the page is. Empty where there is none.
	Alternate string
	// Generator is the program that made a web page, as the page says; may be empty.
	Generator string
	// Page says that it is a web page; Tried are the places where there is no feed of it either.
	Page  bool
	Tried []string
	// Instead says what to give in its place, where that is known.
	Instead string
	// Challenge says that it is a test for browsers, and not what the address leads to.
	Challenge bool

	base string // what Alternate starts from, as the page says
}

func (e *NotFeedError) Error() string {
	if len(e.Tried) == 0 {
		return e.What
	}
	return e.What + "; it names none, and there is none at " + strings.Join(e.Tried, ", ")
}

// Unwrap returns [ErrNotFeed].
func (e *NotFeedError) Unwrap() error { return ErrNotFeed }

// NotFeed returns the error for bytes that are something else, which what says.
func NotFeed(what string) error { return &NotFeedError{What: what} }

// BrokenItem is an item that cannot be read, while the feed goes on.
type BrokenItem struct {
	Index int    // from 1
	Name  string // title or address, as far as it is known; may be empty
	Cause error
}

func (e *BrokenItem) Error() string {
	return fmt.Sprintf("%s: %v", place(e.Index, e.Name), e.Cause)
}

func (e *BrokenItem) Unwrap() error { return e.Cause }

// Trouble is the error without the item's place, which changes with each new post.
func (e *BrokenItem) Trouble() string {
	return fmt.Sprintf("%s: %v", cmp.Or(e.Name, place(e.Index, "")), e.Cause)
}

// place names an item for people.
func place(index int, name string) string {
	if name == "" {
		return fmt.Sprintf("item %d", index)
	}
	return fmt.Sprintf("item %d (%q)", index, name)
}

// truncated returns the error that a feed breaks off, and what that costs. Cause is io.EOF where
// the bytes simply end.
func truncated(lost string, cause error) error {
	if eof(cause) {
		return fmt.Errorf("%w %s", ErrTruncated, lost)
	}
	return fmt.Errorf("%w %s: %w", ErrTruncated, lost, cause)
}
