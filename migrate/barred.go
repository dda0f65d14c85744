package migrate

import (
	"errors"
	"fmt"
)

// errBarred says that a post was left out because its text is a page that keeps robots out.
var errBarred = errors.New("left out: the feed seems to be blocked, its text is for browsers")

// bar tells why a new post is left out, whose text reads like a page that keeps robots out;
// nil for any other, and for one that stands alone: it may be about such pages. A post of
// which a version waits for its author is not new.
func (r *run) bar(j *job) error {
	if r.AcceptShrunk || !j.block || j.entry.Page+j.entry.Conflict != "" || !r.among(j, r.barred, func(o *job) bool { return o.block }) {
		return nil
	}
	return errBarred
}

// shared tells whether another post of this run says the same.
func (r *run) shared(j *job) bool {
	return j.key != "" && r.among(j, r.said[j.key], func(o *job) bool { return o.key == j.key })
}

// among tells whether other posts are like one: so many that were settled are, or one that
// is under way is. It waits for those that may be, so that the answer is the same whatever
// the timing.
func (r *run) among(j *job, settled int, like func(*job) bool) bool {
	if settled > 0 {
		return true
	}
	for _, o := range r.window {
		if <-o.done; o != j && like(o) {
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

func (r *run) chorusOf(f *Feed) *chorus {
	if r.chorus[f] == nil {
		r.chorus[f] = &chorus{keys: map[string]int{}}
	}
	return r.chorus[f]
}

// listen counts what a job says, for those that are settled after it.
func (r *run) listen(j *job) {
	if j.block {
		r.barred++
	}
	if j.key != "" {
		r.said[j.key]++
	}
	r.noteSwaps(j)
	if c := r.chorusOf(j.feed); j.old == nil && j.err == nil {
		c.posts++
		c.keys[j.key]++
		if c.barred == 0 {
			c.says = j.says
		}
	}
}

// heard notes a post whose text seems to be none of its author's.
func (r *run) heard(j *job, news bool) {
	c := r.chorusOf(j.feed)
	c.barred++
	c.news = c.news || news
	c.says = j.says
}

// chorusLeast is how many new posts must say the same before that is strange.
const chorusLeast = 3

// hear tells of a feed whose posts say what their author cannot have written, or all the
// same.
func (r *run) hear(f *Feed) {
	c := r.chorusOf(f)
	switch n := len(c.again); {
	case n == 1:
		r.warn("%s: its source has all of it again", c.again[0])
	case n > 1:
		r.warn("%s: has all of its posts again that had less: %d", f.Address, n)
	}
	var text string
	switch {
	case c.barred > 1 && c.news:
		text = fmt.Sprintf("%d posts say %q: the feed seems to be blocked", c.barred, c.says)
	case c.barred == 1 && c.news:
		text = fmt.Sprintf("1 post says %q: the feed seems to be blocked", c.says)
	case !r.AcceptShrunk && c.barred == 0 && c.posts >= chorusLeast && c.unison():
		text = fmt.Sprintf("all %d new posts say the same: %q", c.posts, c.says)
	default:
		return
	}
	err := &FeedError{Address: f.Address, Err: errors.New(text), hint: "look at it in a browser; if it shows the posts there, save it as a file, and give the file"}
	r.out.Troubles = append(r.out.Troubles, Trouble{Text: err.Error(), Err: err})
}

// unison tells whether all new posts say one text.
func (c *chorus) unison() bool {
	for key, n := range c.keys {
		return key != "" && n == c.posts
	}
	return false
}
