package migrate_test

import (
	"fmt"
	"html"
	"io/fs"
	"regexp"
	"strings"
	"time"
)

// weblog is a blog as its author has it, newest post first, and its feed.
type weblog struct {
	address string // of the feed
	forem   bool   // the feed has older pages
	size    int    // posts on a page of the feed
	posts   []*article
	broken  map[int]error // pages that fail, by number
	head    string        // what the feed says of itself, instead of the usual

	breaks   func(feed string) string // what becomes of the feed's text on its way; may be nil
	complete bool                     // the feed says that it holds all there is
	mood     mood                     // what its server makes of the posts
}

// mood is what a server makes of the posts of a feed.
type mood string

const (
	teasers mood = "teasers" // their beginnings
	hollow  mood = "hollow"  // nothing but their titles
	blocked mood = "blocked" // a page for browsers in the place of each
	barren  mood = "barren"  // no post at all
)

// body gives what a feed in a mood says of a post.
func (m mood) body(p *article) string {
	switch m {
	case teasers:
		return teaser.FindString(p.body) + "… […]</p>"
	case hollow:
		return ""
	case blocked:
		return "<p>Just a moment… Enable JavaScript and cookies to continue.</p>"
	}
	return p.body
}

// teaser is how a text begins: with its first four words.
var teaser = regexp.MustCompile(`^<p>(\S+\s+){0,4}`)

// article is one post of a weblog.
type article struct {
	link, guid  string // without guid the link is it
	title, body string // the body is HTML
	tags        []string
	date        time.Time
}

var firstDay = time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)

// foremBlog has a dev.to blog with a post for each slug, the first one the newest.
func foremBlog(size int, slugs ...string) *weblog {
	b := &weblog{address: "https://dev.to/feed/ida", forem: true, size: size}
	for i, s := range slugs {
		b.posts = append(b.posts, &article{
			link: "https://dev.to/ida/" + s, title: strings.ToUpper(s), body: "<p>About " + s + ".</p>",
			date: firstDay.AddDate(0, 0, len(slugs)-i),
		})
	}
	return b
}

// plainBlog has a blog of a software that nobody knows.
func plainBlog(slugs ...string) *weblog {
	b := foremBlog(100, slugs...)
	b.address, b.forem = "https://blog.example/feed.xml", false
	for i, p := range b.posts {
		p.link, p.guid = "https://blog.example/"+slugs[i], "key-"+slugs[i]
	}
	return b
}

// add publishes a post.
func (b *weblog) add(p *article) { b.posts = append([]*article{p}, b.posts...) }

// page gives a page of the feed, as a server does.
func (b *weblog) page(n int) (string, error) {
	if err := b.broken[n]; err != nil {
		return "", err
	}
	from := min((n-1)*b.size, len(b.posts))
	if !b.forem && n > 1 || n > 1 && from == len(b.posts) {
		return "", fs.ErrNotExist
	}
	feed := b.feed(b.posts[from:min(from+b.size, len(b.posts))])
	if b.breaks != nil {
		feed = b.breaks(feed)
	}
	return feed, nil
}

// feed writes a feed of some posts.
func (b *weblog) feed(posts []*article) string {
	var s strings.Builder
	s.WriteString("<rss version=\"2.0\"><channel>\n")
	switch {
	case b.head != "":
		s.WriteString(b.head)
	case b.forem:
		s.WriteString("<title>DEV Community: Ida</title>\n" +
			"<description>The latest articles on DEV Community by Ida (@ida).</description>\n")
	default:
		s.WriteString("<title>A blog</title><description>Words</description>\n")
	}
	s.WriteString("<link>https://blog.example/</link>\n")
	if b.complete {
		s.WriteString(`<fh:complete xmlns:fh="http://purl.org/syndication/history/1.0"/>` + "\n")
	}
	for _, p := range posts {
		shown := *p
		shown.body = b.mood.body(p)
		if b.mood != barren {
			s.WriteString(shown.item())
		}
	}
	s.WriteString("</channel></rss>\n")
	return s.String()
}

func (p *article) item() string {
	var s strings.Builder
	guid := p.guid
	if guid == "" {
		guid = p.link
	}
	fmt.Fprintf(&s, "<item><title>%s</title><link>%s</link><guid isPermaLink=\"false\">%s</guid>\n",
		html.EscapeString(p.title), html.EscapeString(p.link), html.EscapeString(guid))
	if !p.date.IsZero() {
		fmt.Fprintf(&s, "<pubDate>%s</pubDate>\n", p.date.Format(time.RFC1123Z))
	}
	for _, t := range p.tags {
		fmt.Fprintf(&s, "<category>%s</category>\n", html.EscapeString(t))
	}
	fmt.Fprintf(&s, "<description>%s</description></item>\n", html.EscapeString(p.body))
	return s.String()
}

// img shows a picture.
func img(addr string) string { return fmt.Sprintf(`<p><img src="%s" alt="a picture"></p>`, addr) }
