package source

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
)

// Outline is as much of an item as tells whether it is new.
type Outline struct {
	Names     []blog.ID `json:"names,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Hash      string    `json:"hash,omitempty"`     // see [Item]
	Draft     bool      `json:"draft,omitempty"`    // it is not out, or not yet
	Comments  bool      `json:"comments,omitempty"` // readers have left some
	// Left says what of an export is no post: see [Dialect]. All else is empty then.
	Left string `json:"left,omitempty"`
}

// Key names all that the outline of an item depends on, but for the program: the item as it
// stands in its feed, the head of the feed, what an export says elsewhere.
type Key [16]byte

// Outlines are those that an earlier run of the same program has made.
type Outlines interface {
	// Outline returns the outline of an item; false where it is not known.
	Outline(of Key) (Outline, bool)
	// Keep takes an outline that was not known.
	Keep(of Key, made Outline)
}

// Sighting is an item of which no more was read than nobody knew.
type Sighting struct {
	Outline
	Whole bool // it comes from an export

	item *Item
	err  error
	read func() (*feedscan.Entry, error) // nil once it was called
	feed *Feed
}

// Item reads all of the item, if that has not been done, as long as the next one has not been
// asked for. It fails as [Feed.Items] does.
func (s *Sighting) Item() (*Item, error) {
	if s.read != nil {
		e, err := s.read()
		if s.read, s.err = nil, err; err == nil {
			s.take(e)
		}
	}
	return s.item, s.err
}

// take makes the item of an entry.
func (s *Sighting) take(e *feedscan.Entry) {
	f := s.feed
	if f.Dialect.Leave != nil {
		if what := f.Dialect.Leave(e); what != "" {
			s.Outline = Outline{Left: what}
			return
		}
	}
	e.Head = f.head.Feed
	i := newItem(f, e)
	s.item = i
	s.Outline = Outline{
		Names: i.Post.Names, Published: i.Post.Published, Hash: i.Hash,
		Draft: i.Post.Draft || i.Post.Scheduled, Comments: len(i.Comments) > 0,
	}
}

// Items returns the items in the feed's order; it can be ranged over once. An error
// costs one item alone and the sequence goes on, but for a feed that breaks off: that
// ends it with a [feedscan.ErrTruncated].
func (f *Feed) Items() iter.Seq2[*Item, error] {
	return func(yield func(*Item, error) bool) {
		for s, err := range f.Sightings(nil) {
			if err != nil {
				s = &Sighting{}
			}
			if !yield(s.item, err) {
				return
			}
		}
	}
}

// Sightings is [Feed.Items], but for items whose outlines are known already: those are not
// read until somebody asks for them. Known may be nil.
func (f *Feed) Sightings(known Outlines) iter.Seq2[*Sighting, error] {
	return func(yield func(*Sighting, error) bool) {
		for {
			s, err := f.sight(known)
			switch {
			case err == nil && s.Left != "":
				f.left[s.Left]++
				continue
			//nolint:errorlint // a wrapped one is an error of the feed, not its end
			case err == io.EOF, !yield(s, err):
				return
			}
			if b := (*feedscan.BrokenItem)(nil); err != nil && !errors.As(err, &b) {
				return
			}
		}
	}
}

// sight looks at the next item of the feed, whatever it is.
func (f *Feed) sight(known Outlines) (*Sighting, error) {
	s := &Sighting{Whole: f.Dialect.Whole, feed: f, read: f.read}
	p, ok := f.cutter.(feedscan.Peeker)
	if !ok || known == nil || len(f.waiting) > 0 {
		_, err := s.Item()
		return s, err
	}
	if err := p.Cut(); err != nil {
		return nil, err
	}
	s.read = p.Read
	sum := p.Sum()
	if sum.IsZero() {
		_, err := s.Item()
		return s, err
	}
	key, ok := f.key(sum), false
	if s.Outline, ok = known.Outline(key); ok {
		return s, nil
	}
	_, err := s.Item()
	if err == nil {
		known.Keep(key, s.Outline)
	}
	return s, err
}

// key names an item with all that newItem knows of the feed beside what the sum is of.
func (f *Feed) key(sum feedscan.Sum) (k Key) {
	if f.context == nil {
		f.context = fmt.Appendf(nil, "%q %s ", f.Dialect.Name, f.from)
		if f.library != nil {
			f.context = f.library.sum.Sum(f.context)
		}
	}
	h := sha256.Sum256(append(f.context[:len(f.context):len(f.context)], sum[:]...))
	copy(k[:], h[:])
	return k
}
