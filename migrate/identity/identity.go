// Package identity finds out which post is which: the entry of the ledger that an item of
// a feed belongs to, by its names, by a page that the ledger does not know, or by what it
// says. It also finds the place of a post's page. Start at [Reader.Identify].
package identity

import (
	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/crawl"
	"replant/migrate/ledger"
	"replant/migrate/likeness"
	"replant/migrate/memory"
	"replant/migrate/site"
	"replant/migrate/source"
	"replant/migrate/template"
)

// Options are what the author asks of a run.
type Options struct {
	// AsNew takes posts that no name knows for new ones, whatever pages they resemble and
	// whatever slugs they want.
	AsNew bool
	// Adopt gives entries to posts that have a page already, and to no others.
	Adopt bool
	// Feeds are the addresses of all feeds that the run reads.
	Feeds []string
	// Keys know what the keys of front matter are called that pages of these feeds have.
	Keys []Keys
}

// Keys know what an author calls the keys of front matter.
type Keys interface {
	// Original returns the fields of a page by the names that replant gives them.
	Original(m frontmatter.Matter) frontmatter.Matter
	// Tells reports whether a key was added that says where a post is read.
	Tells(key string) bool
}

// Found is which post an item is.
type Found struct {
	Entry *ledger.Entry // the post's memory; a new post's has no page yet. Nil where the item gets none
	Old   *ledger.Entry // as the last run left it; nil for a new post
	// Why says by what a page of a new post that was there already is its own; else empty.
	Why   string
	Moved string // where the page was before its author moved it; else empty
	// Usurped says that another post's page lies in the place of this one's.
	Usurped bool
	// Rehosted says that the post was read on another host before.
	Rehosted bool
	Sketch   likeness.Sketch // of what the item says; zero where the entry keeps its own
	Place    site.Place
	// Supersedes is an entry without a page under which the post was noted while it could
	// not be made: nothing is left to remember by it. Else nil.
	Supersedes *ledger.Entry
}

// Matcher knows the posts and the pages of a site. It serves one run.
type Matcher struct {
	memory    *memory.Memory
	unclaimed *unclaimed
	moves     *moves
	places    *places
	alikes    *lookalikes
	aliases   *aliases
	options   Options
}

// New returns a matcher for a site as a run finds it.
func New(m *memory.Memory, where *site.Site, o Options) *Matcher {
	u := &unclaimed{memory: m, site: where, keys: o.Keys}
	moved := &moves{memory: m, site: where, unclaimed: u, vacated: map[string]bool{}}
	p := &places{
		memory: m, site: where, unclaimed: u, vacated: moved.vacated, taken: map[string]map[string]bool{}, numbers: map[string]int{},
		wanted: map[string]string{}, given: given{},
	}
	return &Matcher{
		memory: m, unclaimed: u, moves: moved, options: o, places: p,
		alikes:  &lookalikes{memory: m, posts: m.Ledger.Posts},
		aliases: &aliases{memory: m, site: where, places: p, given: p.given, folders: map[string]map[string]bool{}},
	}
}

// Reader identifies the items of one feed.
type Reader struct {
	posts    *Matcher
	feed     string // its address
	settings ledger.Settings
	known    *ledger.Feed // what the last run noted of it; nil the first time
	others   strangers    // on the page of the feed that was asked about last

	path  *template.Path   // of new pages; nil where they lie in no folders
	dress func(*blog.Post) // gives a post what its page is to say

	moved    map[string]int         // by host: posts that have moved there
	arrivals int                    // posts that are new
	collided map[*ledger.Entry]bool // pages of the last run whose slugs they want
}

// Feed returns the reader of one feed, whose settings say where new posts go. Dress gives a post
// the terms and the dates that its page is to have: its place may be named by them.
func (m *Matcher) Feed(address string, s ledger.Settings, dress func(*blog.Post)) (*Reader, error) {
	r := &Reader{
		posts: m, feed: address, settings: s, known: m.memory.Ledger.Feed(address), dress: dress,
		moved: map[string]int{}, collided: map[*ledger.Entry]bool{},
	}
	if s.Path == "" {
		return r, nil
	}
	var err error
	r.path, err = template.ParsePath(s.Path)
	return r, err
}

// Whose returns by what the page at a path that the ledger does not know is a post's; empty
// where it is not. It may be called from any goroutine.
func (m *Matcher) Whose(path string, names []string, p *blog.Post) string {
	return m.unclaimed.whose(path, names, p)
}

// Identify returns which post an item is, which is made from what from names. Again reports
// that the run has had the very post already: windows shift between pages. Without an entry
// the item is too old, or nothing but pages that are there is wanted and it has none. The error
// is of the item, which is read only where no name knows it.
func (r *Reader) Identify(item *crawl.Item, from string) (f Found, again bool, err error) {
	names := strs(item.Names)
	f.Entry, again = find(r.posts.memory.Ledger, names, from, item.Page, item.Beside)
	if again || f.Entry == nil && item.TooOld {
		return Found{}, again, nil
	}
	if noted := f.Entry != nil; !noted || unmade(f.Entry) && f.Entry.From != from {
		e, text, err := r.resembling(item, names, noted)
		switch {
		case err != nil:
			return Found{}, false, err
		case noted: // so it says something that may resemble a page only now
			f.supersede(e, text)
		default:
			f.Entry, f.Sketch = e, text
		}
	}
	if f.Entry == nil && !r.posts.options.AsNew {
		if f.Entry, err = r.byMovedPage(item, names); err != nil {
			return Found{}, false, err
		}
	}
	adopted := f.Entry != nil && r.posts.options.Adopt
	switch {
	case f.Entry == nil:
		if r.posts.memory.Ledger.Crowded(names) {
			names = append(names, itemName(from))
		}
		whole, err := item.Item()
		if err != nil {
			return Found{}, false, err
		}
		f.Entry, f.Why = r.enter(whole, names)
	case !adopted:
		old := *f.Entry
		f.Old = &old
		f.Rehosted = rehosted(old.Names, names)
		r.posts.memory.Ledger.Rename(f.Entry, names)
	}
	if f.Entry == nil {
		return Found{}, false, nil
	}
	f.Entry.Seen = item.Page
	if f.Supersedes != nil {
		f.Supersedes.Seen = item.Page
	}
	if adopted {
		f.Old = f.Entry
	}
	return f, false, nil
}

// unmade reports whether an entry is of a post that could not be made so far.
func unmade(e *ledger.Entry) bool { return e.Trouble != "" && e.Page+e.Conflict == "" }

// supersede takes the entry of the page that a post resembles in the place of one without a
// page.
func (f *Found) supersede(e *ledger.Entry, text likeness.Sketch) {
	if e != nil && e != f.Entry && e.Page != "" {
		f.Entry, f.Sketch, f.Supersedes = e, text, f.Entry
	}
}

// Stay says where the page of a post lies that stays as it is.
func (r *Reader) Stay(f *Found) { f.Place = r.posts.places.of(f.Entry) }

// Locate finds where the page of a post lies now: its author may have moved it.
func (r *Reader) Locate(f *Found) {
	if e := f.Entry; f.Old != nil {
		if f.Rehosted {
			r.moved[hostOf(e.Names)]++
		}
		f.Moved = r.posts.moves.move(e)
		f.Usurped = f.Moved == "" && e.Page != "" && r.posts.memory.Exists(e.Path) && r.posts.moves.usurped(e)
	}
	f.Place = r.posts.places.of(f.Entry)
}

// enter gives a new post its entry: with a page that is there already, and why it is the
// post's, else with a path of its own. Where pages are but adopted, a post without one has
// no entry.
func (r *Reader) enter(item *source.Item, names []string) (e *ledger.Entry, why string) {
	e = &ledger.Entry{Names: names}
	page, by := r.posts.unclaimed.match(&item.Post, names)
	switch {
	case page != nil && r.posts.moves.owner(page) == nil:
		e.Path, why = page.path, by
	case r.posts.options.Adopt:
		return nil, ""
	default:
		w := r.wish(item.Post)
		r.arrive(item, w)
		e.Path = r.posts.places.new(item.Post, w)
	}
	r.posts.memory.Ledger.Add(e)
	return e, why
}

// wish returns where the page of a new post is to lie.
func (r *Reader) wish(p blog.Post) wish {
	w := wish{section: r.settings.Section, layout: site.Layout(r.settings.Layout), name: p.Slug, longName: p.LongTag}
	if r.path != nil {
		r.dress(&p)
		w.folders, w.name = r.path.Of(p)
		longer := p
		longer.Slug = p.LongTag
		if _, w.longName = r.path.Of(longer); p.LongTag == "" || w.longName == w.name {
			w.longName = ""
		}
	}
	return w
}

// find returns the entry that an item belongs to, or nil for a new post. Again reports that
// the run has had the very post already.
func find(known *ledger.Ledger, names []string, from string, page int32, beside func(name string) int) (best *ledger.Entry, again bool) {
	found := known.Find(names)
	if len(found) == 0 {
		found = known.Find([]string{itemName(from)})
	}
	most := none
	for _, e := range found {
		by := itself
		if !ledger.SameItem(e.From, from) {
			by = weigh(known, e, names, beside)
		}
		switch {
		case e.Seen > 0 && (by == itself || e.Seen != page && by > shared && !apart(e.Names, names)):
			return nil, true
		case e.Seen > 0:
			// Another post has the name: a platform that hands it out twice.
		case by > most:
			best, most = e, by
		}
	}
	return best, false
}

// itemName names a post that shares all else with a crowd by what it says.
func itemName(from string) string { return "item:" + ledger.Item(from) }

func strs[S ~string](in []S) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = string(s)
	}
	return out
}
