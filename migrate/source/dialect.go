package source

import (
	"io"
	"net/url"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"replant/migrate/blog"
)

// Dialect is the habits of one platform: how to recognise its feed, and how to undo
// what it did to its authors' posts. All but Name may be nil.
type Dialect struct {
	Name string
	// Match recognises a feed by its head and its first item, if there is one.
	Match func(*gofeed.Feed) bool
	// Fill puts right what the general reading of an item misses.
	Fill func(*blog.Post, *Entry)
	// Clean makes the body a neutral DOM. It sees the body as the feed has it,
	// without scripts, comments and elements of the neutral DOM's own names.
	Clean func(body *html.Node, p *blog.Post)
	// Leave says what an item of an export is that is no post, for a count; empty for
	// a post.
	Leave func(*Entry) string
	// Survey reads an export through, before its posts, for what they refer to.
	Survey func(io.Reader) *library
	// Complete adds to an item what the rest of the export says of it.
	Complete func(*Item, *Entry, *Feed)
	// Whole says that it is the whole of a blog, and not a window on it.
	Whole bool
	// Live is where the blog of an export has its feed, from its home.
	Live string
	// Older gives the next older page of a feed; nil where only the feed itself
	// could say.
	Older func(page *url.URL, h *head) *url.URL
	// Window is how many posts a page of the feed holds, unless the author chose
	// otherwise; 0 where that is not known.
	Window int
	// Export says where an author gets all posts from the platform; empty where the
	// feed gives them.
	Export string
	// Original gives what an image address wraps, best first; nil where it wraps
	// nothing.
	Original func(image *url.URL) []*url.URL
}

// generic reads what no other dialect claims.
var generic = &Dialect{Name: "generic"}

// dialects are tried in this order.
var dialects = []*Dialect{wxr, forem, medium, substack, wordpress, ghost, hashnode, blogger, tumblr, squarespace}

// recognise gives the dialect of a feed.
func recognise(head *gofeed.Feed) *Dialect {
	for _, d := range dialects {
		if d.Match(head) {
			return d
		}
	}
	return generic
}
