package reconcile

import (
	"errors"
	"fmt"
	"iter"

	"replant/migrate/page"
	"replant/migrate/report"
)

// said is what the posts of a run say together: a page that keeps robots out, one text for
// all, a placeholder for all pictures.
type said struct {
	report       *report.Report
	acceptShrunk bool
	underway     iter.Seq[*page.Made]   // the posts after the one in hand; it waits for each
	texts        map[string]int         // how many posts say a text, by its key
	barred       int                    // posts that read like a page which keeps robots out
	feeds        map[*page.Feed]*chorus // what the posts of a feed say
	swaps        *placeholders
}

func newSaid(rep *report.Report, acceptShrunk bool, underway iter.Seq[*page.Made]) *said {
	return &said{
		report: rep, acceptShrunk: acceptShrunk, underway: underway, texts: map[string]int{}, feeds: map[*page.Feed]*chorus{},
		swaps: &placeholders{underway: underway, by: map[string]map[string]bool{}},
	}
}

// errBarred says that a post was left out because its text is a page that keeps robots out.
var errBarred = errors.New("left out: the feed seems to be blocked, its text is for browsers")

// bar returns why a new post is left out, whose text reads like a page that keeps robots out;
// nil for any other, and for one that stands alone: it may be about such pages. A post of
// which a version waits for its author is not new.
func (r *said) bar(m *page.Made) error {
	if r.acceptShrunk || !m.Block || m.Entry.Page+m.Entry.Conflict != "" || !among(r.underway, r.barred, func(o *page.Made) bool { return o.Block }) {
		return nil
	}
	return errBarred
}

// shared reports whether another post of this run says the same.
func (r *said) shared(m *page.Made) bool {
	return m.Key != "" && among(r.underway, r.texts[m.Key], func(o *page.Made) bool { return o.Key == m.Key })
}

// among reports whether other posts are like one: so many that were settled are, or one that
// is under way is. It waits for those that may be, so that the answer is the same whatever
// the timing.
func among(underway iter.Seq[*page.Made], settled int, like func(*page.Made) bool) bool {
	if settled > 0 {
		return true
	}
	for o := range underway {
		if like(o) {
			return true
		}
	}
	return false
}

// chorus is what the posts of a feed say together.
type chorus struct {
	posts  int            // new ones
	keys   map[string]int // how many of them say a text
	barred int            // posts that read like a page which keeps robots out, or like each other
	news   bool           // one of them did not the last time
	says   string         // how the text begins that was heard last
	again  []string       // pages whose source has all of them again
}

func (r *said) chorusOf(f *page.Feed) *chorus {
	if r.feeds[f] == nil {
		r.feeds[f] = &chorus{keys: map[string]int{}}
	}
	return r.feeds[f]
}

// listen counts what a post says, for those that are settled after it.
func (r *said) listen(m *page.Made) {
	if m.Block {
		r.barred++
	}
	if m.Key != "" {
		r.texts[m.Key]++
	}
	r.swaps.note(m)
	if c := r.chorusOf(m.Feed); m.Old == nil && m.Err == nil {
		c.posts++
		c.keys[m.Key]++
		if c.barred == 0 {
			c.says = m.Says
		}
	}
}

// wholeAgain notes a page whose source has all of it again.
func (r *said) wholeAgain(m *page.Made) {
	c := r.chorusOf(m.Feed)
	c.again = append(c.again, m.Entry.Path)
}

// heard notes a post whose text seems to be none of its author's.
func (r *said) heard(m *page.Made, news bool) {
	c := r.chorusOf(m.Feed)
	c.barred++
	c.news = c.news || news
	c.says = m.Says
}

// chorusLeast is how many new posts must say the same before that is strange.
const chorusLeast = 3

// hear tells of a feed whose posts say what their author cannot have written, or all the
// same.
func (r *said) hear(f *page.Feed) {
	c := r.chorusOf(f)
	switch n := len(c.again); {
	case n == 1:
		r.report.Warn("%s: its source has all of it again", c.again[0])
	case n > 1:
		r.report.Warn("%s: has all of its posts again that had less: %d", f.Address, n)
	}
	var text string
	switch {
	case c.barred > 1 && c.news:
		text = fmt.Sprintf("%d posts say %q: the feed seems to be blocked", c.barred, c.says)
	case c.barred == 1 && c.news:
		text = fmt.Sprintf("1 post says %q: the feed seems to be blocked", c.says)
	case !r.acceptShrunk && c.barred == 0 && c.posts >= chorusLeast && c.unison():
		text = fmt.Sprintf("all %d new posts say the same: %q", c.posts, c.says)
	default:
		return
	}
	r.report.Fail(&report.FeedError{
		Address: f.Address, Err: errors.New(text),
		Next: "look at it in a browser; if it shows the posts there, save it as a file, and give the file",
	})
}

// unison reports whether all new posts say one text.
func (c *chorus) unison() bool {
	for key, n := range c.keys {
		return key != "" && n == c.posts
	}
	return false
}
