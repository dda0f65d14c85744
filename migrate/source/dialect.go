package source

import (
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// Dialect is the habits of one platform: how to recognise its feed, and how to undo
// what it did to its authors' posts. All but Name may be nil.
type Dialect struct {
	Name string
	// Match returns how surely a feed is the platform's, by its head and its first item,
	// if there is one.
	Match func(*gofeed.Feed) certainty
	// Fill puts right what the general reading of an item misses.
	Fill func(*blog.Post, *feedscan.Entry)
	// Key names a post within its blog and its time of publishing; empty where it cannot
	// be known.
	Key func(*blog.Post) string
	// Look reads off the body, just as it was parsed, what it says of the post.
	Look func(body *html.Node, p *blog.Post)
	// Clean makes the body a neutral DOM. It sees the body as the feed has it,
	// without scripts, comments and elements of the neutral DOM's own names.
	Clean func(body *html.Node, p *blog.Post)
	// Markup are names that only this platform's markup has in it. A post takes it along
	// when it moves, and so a body that holds any is cleaned in this manner too, in
	// whatever feed it stands.
	Markup []string
	// Leave says what an item of an export is that is no post, for a count; empty for
	// a post.
	Leave func(*feedscan.Entry) string
	// Survey reads an export through, before its posts, for what they refer to.
	Survey func(io.Reader) *library
	// Complete adds to an item what the rest of the export says of it.
	Complete func(*Item, *feedscan.Entry, *Feed)
	// Whole says that it is the whole of a blog, and not a window on it.
	Whole bool
	// Live is where the blog of an export has its feed, from its home.
	Live string
	// Of is the platform that an export comes from; nil for a feed.
	Of *Dialect
	// Older returns the next older page of a feed; nil where only the feed itself
	// could say.
	Older func(page *url.URL, h *feedscan.Head) *url.URL
	// Window is how many posts a page of the feed holds, unless the author chose
	// otherwise; 0 where that is not known.
	Window int
	// Export says where an author gets all posts from the platform; empty where the
	// feed has them.
	Export string
	// Servers are the image servers that the platform shows pictures by.
	Servers []server
}

// generic reads what no other dialect claims.
var generic = &Dialect{Name: "generic"}

// dialects are tried in this order.
var dialects = []*Dialect{wxr, bloggerExport, mediumArchive, substackArchive, tumblrArchive, ghostExport, movableType, forem, medium, substack, wordpress, ghost, hashnode, blogger, tumblr, squarespace, drupal, discourse,
	jekyll, hugo, zola, jsonFeed}

// recognise returns the dialect of a feed: the surest one, and of equals the first.
func recognise(head *gofeed.Feed) *Dialect {
	best, sure := generic, never
	for _, d := range dialects {
		if c := d.Match(head); c > sure {
			best, sure = d, c
		}
	}
	return best
}

// carries reports whether a body holds the platform's markup.
func (d *Dialect) carries(body string) bool {
	return slices.ContainsFunc(d.Markup, func(mark string) bool { return strings.Contains(body, mark) })
}

// clean makes a body a neutral DOM: in the manner of its feed's dialect, and in that of
// every other platform whose markup the source has brought along.
func (i *Item) clean(body *html.Node, p *blog.Post, source string) {
	if i.dialect.Clean != nil {
		i.dialect.Clean(body, p)
	}
	for _, d := range broughtAlong(source) {
		if d != i.dialect && d != i.dialect.Of && d.Clean != nil {
			d.Clean(body, p)
		}
	}
}

// knownAs adds the name that a platform knows a post by, which outlives changes of its
// address, its guid and its host; no key adds none.
func knownAs(names []blog.ID, platform, key string) []blog.ID {
	name := blog.ID(platform + ":" + key)
	if key == "" || slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

// certainty is how surely a feed is a platform's.
type certainty int

const (
	never    certainty = iota
	byMarkup           // its first post has the platform's markup, or has brought it along
	byName             // its first post has a name of the platform's making
	byHead             // its head says so
	byExport           // it has what only an export has
)

// signs are by what a platform's feed is known, as patterns; empty ones say nothing.
// The generator that a feed names decides. Of a feed that names none,
// the first item's names and body are looked at; elements that only one platform makes
// count whatever a feed says.
type signs struct {
	generator string
	guid      string
	space     string   // a namespace prefix that only this platform's items use
	body      []string // what only this platform's markup has in it
}

// match returns the function that recognises a feed by the signs.
func (s signs) match() func(*gofeed.Feed) certainty {
	generator, guid := pattern(s.generator), pattern(s.guid)
	body := &Dialect{Markup: s.body}
	return func(f *gofeed.Feed) certainty {
		switch {
		case f.FeedType == "json":
			return never // a format of its own, whatever its posts were made with
		case generator != nil && generator().MatchString(f.Generator):
			return byHead
		case len(f.Items) == 0:
			return never
		}
		i := f.Items[0]
		switch {
		case s.space != "" && len(i.Extensions[s.space]) > 0:
			return byName // also where a plug-in has put another generator
		case f.Generator != "" && !silent().MatchString(f.Generator):
			return never
		case guid != nil && guid().MatchString(i.GUID):
			return byName
		case body.carries(i.Content), body.carries(i.Description):
			return byMarkup
		}
		return never
	}
}

// silent are generators that many platforms are made with, and that name none.
var silent = regex.Lazy(`^RSS for Node$`)

func pattern(s string) func() *regexp.Regexp {
	if s == "" {
		return nil
	}
	return regex.Lazy(s)
}
