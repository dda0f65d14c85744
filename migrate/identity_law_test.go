package migrate_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"replant/migrate/plan"
)

// Whatever names a blog gives its posts from one day to the next, a post has one page and
// keeps it. A seed that failed runs alone by -run 'TestNamesChange/^guids/17$'.
func TestNamesChange(t *testing.T) {
	t.Parallel()
	seeds := 40
	if testing.Short() {
		seeds = 4
	}
	for kind, habits := range namings {
		for seed := range seeds {
			t.Run(fmt.Sprintf("%s/%d", kind, seed), func(t *testing.T) {
				t.Parallel()
				c := newChristening(t, habits, uint64(seed))
				for range 12 {
					c.day()
				}
			})
		}
	}
}

// naming is how a software names posts, and what may befall the names between two runs.
type naming struct {
	guid  func(c *christening, p *article, n int) string // of a post; may be nil
	link  func(c *christening, n int) string             // of a post that has just come out; nil for its slug
	dates time.Duration                                  // between two posts
	moves []func(c *christening, p *article)             // at most one a post and day
	whole []func(c *christening, p *article)             // of the whole blog, on days of their own
}

var namings = map[string]naming{
	"guids":          {guid: randomGUID, dates: 25 * time.Hour, moves: []func(*christening, *article){newSlug, newGUID, newTitle, newHost, takeOver, newBody}},
	"numbers":        {guid: numberGUID, dates: 25 * time.Hour, moves: []func(*christening, *article){newSlug, newTitle, newBody, newHost}},
	"addresses":      {dates: time.Hour, moves: []func(*christening, *article){newSlug, newTitle, newBody, succeed}, whole: []func(*christening, *article){newHost, newScheme}},
	"one guid":       {guid: sameGUID, dates: time.Hour, moves: []func(*christening, *article){newTitle, newBody, newSlug}},
	"one long guid":  {guid: homeGUID, dates: time.Hour, moves: []func(*christening, *article){newTitle, newBody, newSlug}},
	"one link":       {guid: randomGUID, link: homeLink, dates: time.Hour, moves: []func(*christening, *article){newTitle, newBody, newGUID}},
	"one link alone": {guid: noGUID, link: homeLink, dates: time.Hour, moves: []func(*christening, *article){newBody}},
	"no dates":       {guid: randomGUID, moves: []func(*christening, *article){newSlug, newTitle, newBody, newGUID}},
	"days alone":     {dates: 24 * time.Hour, moves: []func(*christening, *article){newSlug, newTitle, newBody}},
}

func randomGUID(c *christening, _ *article, n int) string {
	return fmt.Sprintf("urn:uuid:%08d-%d", n, c.Uint32())
}
func numberGUID(_ *christening, _ *article, n int) string { return fmt.Sprint(n) }
func sameGUID(*christening, *article, int) string         { return "1" }
func homeGUID(*christening, *article, int) string         { return "https://blog.example/index.php" }
func noGUID(*christening, *article, int) string           { return " " }
func homeLink(*christening, int) string                   { return "https://blog.example/" }

// christening is a blog that names and renames its posts, and a site that follows it.
type christening struct {
	*world
	*rand.Rand
	naming
	blog   *weblog
	host   string
	all    []*article
	pageOf map[*article]string
	story  []string
}

func newChristening(t *testing.T, n naming, seed uint64) *christening {
	c := &christening{world: newWorld(t), Rand: rand.New(rand.NewPCG(seed, 7)), naming: n, host: "https://blog.example", pageOf: map[*article]string{}}
	c.blog = plainBlog()
	c.publish(c.blog)
	return c
}

// day lets some posts come out, some be renamed, and the site follow.
func (c *christening) day() {
	renamed := map[*article]bool{}
	moved := len(c.whole) > 0 && c.IntN(4) == 0
	if moved {
		c.whole[c.IntN(len(c.whole))](c, nil)
	}
	for range c.IntN(4) {
		if moved {
			break
		}
		if len(c.blog.posts) == 0 {
			break
		}
		if p := c.blog.posts[c.IntN(len(c.blog.posts))]; !renamed[p] {
			renamed[p] = true
			c.moves[c.IntN(len(c.moves))](c, p)
		}
	}
	for range c.IntN(3) {
		c.newPost("")
	}
	if c.IntN(3) == 0 {
		slices.Reverse(c.blog.posts)
	}
	if c.IntN(4) == 0 && len(c.blog.posts) > 3 { // it leaves the window
		c.blog.posts = slices.Delete(c.blog.posts, len(c.blog.posts)-1, len(c.blog.posts))
	}
	out := c.run()
	c.tell("run: %q", changes(out))
	c.check()
	c.settled()
	if c.Failed() {
		c.Fatalf("what happened:\n  %s", strings.Join(c.story, "\n  "))
	}
}

func (c *christening) tell(format string, a ...any) {
	c.story = append(c.story, fmt.Sprintf(format, a...))
}

// newPost brings a post out, at an address that another had where one is given.
func (c *christening) newPost(addr string) {
	n := len(c.all)
	p := &article{title: fmt.Sprintf("Post %d of %d words", n, c.IntN(5)), body: fmt.Sprintf("<p>Text of m%dm.</p>", n)}
	if c.dates > 0 {
		p.date = firstDay.Add(time.Duration(n) * c.dates)
	}
	switch {
	case addr != "":
		p.link = addr
	case c.link != nil:
		p.link = c.link(c, n)
	default:
		p.link = c.address(n)
	}
	if c.guid != nil {
		p.guid = c.guid(c, p, n)
	}
	c.all = append(c.all, p)
	c.blog.add(p)
	c.tell("post %d comes out at %s, guid %q", n, p.link, p.guid)
}

// address gives an address that no post has had.
func (c *christening) address(n int) string {
	return fmt.Sprintf("%s/%d-%d/%s", c.host, n, len(c.story), words[c.IntN(len(words))])
}

func (c *christening) number(p *article) int { return slices.Index(c.all, p) }

func newSlug(c *christening, p *article) {
	p.link = c.address(c.number(p))
	c.tell("post %d moves to %s", c.number(p), p.link)
}

func newGUID(c *christening, p *article) {
	p.guid = c.guid(c, p, c.number(p))
	c.tell("post %d has the guid %s", c.number(p), p.guid)
}

func newTitle(c *christening, p *article) {
	p.title = fmt.Sprintf("Title %d of post %d", len(c.story), c.number(p))
	c.tell("post %d is called %s", c.number(p), p.title)
}

func newBody(c *christening, p *article) {
	p.body += fmt.Sprintf("<p>And %d.</p>", len(c.story))
	c.tell("post %d says more", c.number(p))
}

// newHost moves the whole blog.
func newHost(c *christening, _ *article) {
	was := c.host
	c.host = fmt.Sprintf("https://host%d.example", len(c.story))
	for _, p := range c.all {
		p.link = strings.Replace(p.link, was, c.host, 1)
	}
	c.tell("the blog moves to %s", c.host)
}

// newScheme puts www. and http in front of all addresses, or takes them away.
func newScheme(c *christening, _ *article) {
	for _, p := range c.all {
		if rest, ok := strings.CutPrefix(p.link, "http://www."); ok {
			p.link = "https://" + rest
		} else {
			p.link = "http://www." + strings.TrimPrefix(p.link, "https://")
		}
	}
	if strings.HasPrefix(c.host, "http://www.") {
		c.host = "https://" + strings.TrimPrefix(c.host, "http://www.")
	} else {
		c.host = "http://www." + strings.TrimPrefix(c.host, "https://")
	}
	c.tell("the blog is at %s", c.host)
}

// takeOver moves a post away and brings a new one out at its address, which may hide that
// the first one is still there.
func takeOver(c *christening, p *article) {
	addr := p.link
	newSlug(c, p)
	c.newPost(addr)
	if c.IntN(2) == 0 {
		c.blog.posts = slices.DeleteFunc(c.blog.posts, func(o *article) bool { return o == p })
		c.tell("post %d leaves the feed", c.number(p))
	}
}

// succeed is the same where the address is all that names a post: the one that moved
// away has to be there to tell.
func succeed(c *christening, p *article) {
	addr := p.link
	newSlug(c, p)
	c.newPost(addr)
}

// check asserts that every post that the feed shows has a page, that it is the one that
// it has always had, and that no page shows two.
func (c *christening) check() {
	c.Helper()
	found := map[string]string{}
	for name, text := range files(c, c.site) {
		if plan.Hidden(name) || !strings.HasSuffix(name, ".md") {
			continue
		}
		posts := marker.FindAllString(text, -1)
		if len(posts) != 1 || found[posts[0]] != "" {
			c.Errorf("%s shows %v, as does %q", name, posts, found[posts[0]])
			continue
		}
		found[posts[0]] = name
	}
	for _, p := range c.blog.posts {
		name := found[fmt.Sprintf("m%dm", c.number(p))]
		if was := c.pageOf[p]; name == "" || was != "" && name != was {
			c.Errorf("the page of post %d was %q and is %q", c.number(p), was, name)
		}
		c.pageOf[p] = name
	}
}
