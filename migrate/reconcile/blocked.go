package reconcile

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"replant/migrate/ledger"
	"replant/migrate/page"
	"replant/migrate/report"
)

// sharedTexts is what several posts of a run say: a page that keeps robots out, one text for
// all, a placeholder for all pictures.
type sharedTexts struct {
	report       *report.Report
	ledger       *ledger.Ledger
	acceptShrunk bool
	underway     iter.Seq[*page.Made]      // the posts after the one in hand; it waits for each
	texts        map[uint64]int            // how many posts say a text, by its key
	blocked      int                       // posts that read like a page which keeps robots out
	feeds        map[*page.Feed]*feedTexts // what the posts of a feed say
	swaps        *placeholders
}

func newSharedTexts(l *ledger.Ledger, rep *report.Report, acceptShrunk bool, underway iter.Seq[*page.Made]) *sharedTexts {
	return &sharedTexts{
		ledger: l, report: rep, acceptShrunk: acceptShrunk, underway: underway, texts: map[uint64]int{}, feeds: map[*page.Feed]*feedTexts{},
		swaps: &placeholders{underway: underway, by: map[string]map[string]bool{}},
	}
}

// errBlocked says that a post was left out because its text is a page that keeps robots out.
var errBlocked = errors.New("left out: the feed seems to be blocked, its text is for browsers")

// refuse returns why a new post is left out, whose text reads like a page that keeps robots out;
// nil for any other, and for one that stands alone: it may be about such pages. A post of
// which a version waits for its author is not new.
func (r *sharedTexts) refuse(m *page.Made) error {
	if r.acceptShrunk || !m.Block || m.Entry.Page+m.Entry.Conflict != "" {
		return nil
	}
	if r.refused(m) || among(r.underway, r.blocked, func(o *page.Made) bool { return o.Block }) || r.notedBeside(m) {
		return errBlocked
	}
	return nil
}

// refused reports whether the last run left out the very item: those that it was not alone with may
// need nothing in this run.
func (r *sharedTexts) refused(m *page.Made) bool {
	return m.Old != nil && isRefused(m.Old) && ledger.SameItem(m.Old.From, m.From)
}

// notedBeside reports whether another post of the feed, which this run has not come across, was
// left out before: the feed may have broken off.
func (r *sharedTexts) notedBeside(m *page.Made) bool {
	return slices.ContainsFunc(r.ledger.Posts, func(e *ledger.Entry) bool {
		return e != m.Entry && e.Seen == 0 && e.Feed == m.Feed.Address && isRefused(e)
	})
}

// isRefused reports whether a post was left out since its text reads like a page that keeps robots
// out.
func isRefused(e *ledger.Entry) bool { return strings.HasSuffix(e.Trouble, ": "+errBlocked.Error()) }

// shared reports whether another post of this run says the same.
func (r *sharedTexts) shared(m *page.Made) bool {
	return m.Key != 0 && among(r.underway, r.texts[m.Key], func(o *page.Made) bool { return o.Key == m.Key })
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

// feedTexts is what the posts of a feed say together.
type feedTexts struct {
	posts   int            // new ones
	keys    map[uint64]int // how many of them say a text
	blocked int            // posts that read like a page which keeps robots out, or like each other
	news    bool           // one of them did not the last time
	says    string         // how the text begins that was read last
	again   []string       // pages whose source has all of them again
}

func (r *sharedTexts) feedOf(f *page.Feed) *feedTexts {
	if r.feeds[f] == nil {
		r.feeds[f] = &feedTexts{keys: map[uint64]int{}}
	}
	return r.feeds[f]
}

// note counts what a post says, for those that are settled after it.
func (r *sharedTexts) note(m *page.Made) {
	if m.Block {
		r.blocked++
	}
	if m.Key != 0 {
		r.texts[m.Key]++
	}
	r.swaps.note(m)
	if c := r.feedOf(m.Feed); m.Old == nil && m.Err == nil {
		c.posts++
		c.keys[m.Key]++
		if c.blocked == 0 {
			c.says = m.Says
		}
	}
}

// wholeAgain notes a page whose source has all of it again.
func (r *sharedTexts) wholeAgain(m *page.Made) {
	c := r.feedOf(m.Feed)
	c.again = append(c.again, m.Entry.Path)
}

// noteBlocked notes a post whose text seems to be none of its author's.
func (r *sharedTexts) noteBlocked(m *page.Made, news bool) {
	c := r.feedOf(m.Feed)
	c.blocked++
	c.news = c.news || news
	c.says = m.Says
}

// sameLeast is how many new posts must say the same before that is strange.
const sameLeast = 3

// tell tells of a feed whose posts say what their author cannot have written, or all the
// same.
func (r *sharedTexts) tell(f *page.Feed) {
	c := r.feedOf(f)
	switch n := len(c.again); {
	case n == 1:
		r.report.Warn("%s: its source has all of it again", c.again[0])
	case n > 1:
		r.report.Warn("%s: has all of its posts again that had less: %d", f.Address, n)
	}
	var text string
	switch {
	case c.blocked > 1 && c.news:
		text = fmt.Sprintf("%d posts say %q: the feed seems to be blocked", c.blocked, c.says)
	case c.blocked == 1 && c.news:
		text = fmt.Sprintf("1 post says %q: the feed seems to be blocked", c.says)
	case !r.acceptShrunk && c.blocked == 0 && c.posts >= sameLeast && c.sameText():
		text = fmt.Sprintf("all %d new posts say the same: %q", c.posts, c.says)
	default:
		return
	}
	r.report.Fail(&report.FeedError{
		Address: f.Address, Err: errors.New(text),
		Next: "look at it in a browser; if it shows the posts there, save it as a file, and give the file",
	})
}

// sameText reports whether all new posts say one text.
func (c *feedTexts) sameText() bool {
	for key, n := range c.keys {
		return key != 0 && n == c.posts
	}
	return false
}
