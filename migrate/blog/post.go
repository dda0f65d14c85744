// Package blog holds the nouns of a blog, free of feed formats and of site
// generators: a [Post], the names it goes by, the things it embeds. Sources make
// posts, targets spell them, and everything between speaks of nothing else.
package blog

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// ID is one name of a post, such as "guid:…", "url:…" or "forem:…". Two IDs are
// the same name when they are equal; what stands behind the colon is opaque.
type ID string

// Post is one entry of a blog.
type Post struct {
	// Names are all the names the post goes by, the most telling first: its
	// address, its guid, the platform's own key. Never empty.
	Names []ID

	URL       *url.URL // where the post is read; nil when the feed does not say
	Via       *url.URL // where the feed says that it is read, when that is a redirect to URL; else nil
	GUID      string   // as the feed gives it; may be empty
	Canonical *url.URL // only where the source itself declares one; else nil
	Link      *url.URL // the page elsewhere that a link blog's post is about; else nil

	// Cover is a picture the author chose for the post; else nil. Once pictures are
	// brought home it is what the page calls it by, which may be relative.
	Cover *url.URL
	// CoverLeads says that the body begins with the cover, or that the platform has put
	// it there.
	CoverLeads bool

	Title   string // plain text on one line; empty when the feed has none
	Slug    string // see [Slug]; never empty
	LongTag string // a longer slug, for when two posts share the short one; may be empty
	Summary string // plain text; only where it is not merely the body's beginning

	Published time.Time // zero when unknown, never invented
	Updated   time.Time // zero when unknown or the same as Published
	Draft     bool
	Scheduled bool // Published is when the author means it to appear

	// Page says that it is no entry of the blog but a page by itself, such as "About".
	// It lies below the pages whose slugs are Parents, the topmost first. Branch says
	// that others lie below it.
	Page    bool
	Parents []string
	Branch  bool

	// Enclosures are audio and video that the feed attaches to the post, such as a
	// podcast's episode, absolute.
	Enclosures []*url.URL

	Authors    []string
	Tags       []string
	Categories []string
	Series     string

	// Notes say what was done about the post that lost nothing; a line each.
	Notes []string

	// Comments are those of readers, in the source's order.
	Comments []Comment

	// Body is a neutral DOM: a <body> element holding ordinary HTML and the
	// elements of this package (see [Embed], [Math], [Note]). Whoever converts a
	// post may change it.
	Body *html.Node

	// Removed is what the source's body holds and Body does not.
	Removed []Removal

	// Losses say what the feed itself no longer holds of the post, such as
	// "a gist that the feed left out"; a line each, for the report.
	Losses []string
}

// Removal is a part of a source's body that was left out of the neutral DOM on purpose.
type Removal struct {
	Reason string // such as "a counter"; see package clean for all
	// Node holds what was removed: text, and addresses in attributes. It has no parent.
	Node *html.Node
}

// OnlyPart begins a loss of a post of which the feed holds a part, such as an excerpt.
const OnlyPart = "the feed holds only "

// Excerpted tells whether one of a post's losses is that the feed holds a part of it alone.
func Excerpted(losses []string) bool {
	return slices.ContainsFunc(losses, func(l string) bool { return strings.HasPrefix(l, OnlyPart) })
}

// Comment is what a reader said of a post.
type Comment struct {
	ID     string // the platform's own
	Parent string // the ID of the comment that it answers; empty for one on the post
	Author string
	URL    string // the author's own page; may be empty
	Date   time.Time
	Body   *html.Node // a neutral DOM
}
