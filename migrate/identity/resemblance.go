package identity

import (
	"cmp"
	"math"
	"path"
	"slices"
	"strings"
	"time"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/crawl"
	"replant/migrate/ledger"
	"replant/migrate/likeness"
	"replant/migrate/memory"
	"replant/migrate/source"
)

// How alike two texts must be, see [likeness.Text.To]. An edited post stays above high as
// long as fewer than one word in thirty has changed; two posts made from a template of
// which they share four words in five stay below it.
const (
	high      = 0.8 // names a post by itself on another host
	fair      = 0.5 // names it together with its slug or its title
	contained = 0.8 // of one text in the other: an excerpt
	estimated = 0.9 // high, where the page is gone and a sketch has to do
	// wordy is how many words a text must have to name a post by itself, and brief how many
	// where another text says the same to the letter.
	wordy = 40
	brief = 10
)

// newcomer is an item that no name in the ledger knows.
type newcomer struct {
	item   *crawl.Item
	noted  bool // the ledger knows it, but has no page of it
	names  []string
	traits traits
	text   *likeness.Text
	sketch likeness.Sketch
}

// traits are what two names of one post may still have in common.
type traits struct {
	slugs, titles []string
	dates         []time.Time
}

func traitsOf(names []string, slug string) traits {
	f := facets(names)
	t := traits{titles: f.titles, dates: f.dates}
	for _, s := range append(f.slugs, slug) {
		if s = bareSlug(s); s != "" && !slices.Contains(t.slugs, s) {
			t.slugs = append(t.slugs, s)
		}
	}
	t.titles = slices.DeleteFunc(t.titles, func(title string) bool { return title == noTitle })
	return t
}

// bareSlug returns the part of a slug that survives another software: neither its case nor
// its ending.
func bareSlug(slug string) string {
	slug = strings.ToLower(slug)
	switch end := path.Ext(slug); end {
	case ".html", ".htm", ".shtml", ".xhtml", ".php", ".asp", ".aspx", ".jsp", ".md":
		return strings.TrimSuffix(slug, end)
	}
	return slug
}

// candidate is a post of the last run that may be the newcomer.
type candidate struct {
	entry               *ledger.Entry
	sameSlug, sameTitle bool
	near                bool          // published at the same time, but for a zone
	apart               time.Duration // between their dates
	otherHost           bool
	free                bool    // no other item has the entry, and nothing says that it is another post's
	like                float64 // how alike their texts are
	claims              bool    // all this is enough
}

// rank orders candidates by the names that they share with the newcomer.
func (c *candidate) rank() int { return 4*count(c.sameSlug) + 2*count(c.sameTitle) + count(c.near) }

// renamed reports whether a post on the same host may have new names, as where its software
// was replaced. A post that repeats a text comes out under a new slug on another day.
func (c *candidate) renamed() bool { return c.sameSlug || c.sameTitle && c.near }

// resembling finds the entry of a post that has changed all its names, as it does when its
// blog moves, by what it says. It returns nil where no entry is clearly the best, and the
// sketch of the text, which is zero where it was not needed.
func (r *Reader) resembling(item *crawl.Item, names []string, noted bool) (*ledger.Entry, likeness.Sketch, error) {
	if o := r.posts.options; o.AsNew || o.Adopt || len(r.posts.alikes.posts) == 0 {
		return nil, likeness.Sketch{}, nil
	}
	whole, err := item.Item()
	if err != nil {
		return nil, likeness.Sketch{}, err
	}
	n := &newcomer{item: item, noted: noted, names: names, traits: traitsOf(names, whole.Post.Slug), text: likeness.HTML(whole.Source().Text)}
	n.sketch = n.text.Sketch()
	return r.clearlyAlike(n), n.sketch, nil
}

// clearlyAlike returns the entry whose page is the most like a newcomer; nil where none clearly
// is.
func (r *Reader) clearlyAlike(n *newcomer) *ledger.Entry {
	all := r.candidates(n)
	if !slices.ContainsFunc(all, func(c candidate) bool { return c.free }) {
		return nil
	}
	for i := range all {
		r.weighText(&all[i], n)
	}
	best := clearest(all)
	if best == nil || !best.claims || r.rivaled(best.entry, n) || spokenFor(best.entry, n, best.otherHost) {
		return nil
	}
	return best.entry
}

// candidates returns all entries that have a slug or a title of the newcomer's, or a text
// that is like its own.
func (r *Reader) candidates(n *newcomer) (all []candidate) {
	known := r.posts.alikes.fill()
	places := append(known.byNames(n.traits), known.near(n)...)
	slices.Sort(places)
	for _, place := range slices.Compact(places) {
		all = append(all, r.compareNames(known.posts[place], n))
	}
	return all
}

func (r *Reader) compareNames(e *ledger.Entry, n *newcomer) candidate {
	mine := traitsOf(e.Names, slug(e.Path))
	c := candidate{
		entry: e, sameSlug: meet(mine.slugs, n.traits.slugs), sameTitle: meet(mine.titles, n.traits.titles),
		otherHost: compare(e.Names, n.names).host,
	}
	c.apart, c.near = between(mine.dates, n.traits.dates)
	c.free = e.Seen == 0 && (c.otherHost || c.renamed() && !sameSoftware(e.Names, n.names)) && !r.livesOn(e, n.noted)
	return c
}

// weighText decides whether a candidate's text, with the names, is enough to take it for
// the newcomer. On the same host, where posts are rarely renamed all at once and columns
// repeat their titles, a name has to be the same and the text much alike.
func (r *Reader) weighText(c *candidate, n *newcomer) {
	var part float64
	c.like, part = alike(r.posts.memory, n, c.entry)
	much := c.like >= high && n.text.Len() >= wordy
	silent := n.sketch.Silent() && c.entry.Text.Silent()
	switch {
	case !c.free:
	case !c.otherHost:
		c.claims = much
	case c.sameSlug && c.sameTitle && (c.near || silent),
		c.sameTitle && c.near && part >= contained: // of which the site has but an excerpt
		c.like, c.claims = max(c.like, estimated), true
	default:
		much = much || c.like == 1 && n.text.Len() >= brief
		c.claims = much || c.sameTitle && c.like >= fair || c.sameSlug && (c.like >= fair || part >= contained)
	}
}

// alike returns how alike the texts of a newcomer and of an entry's page are, and how much
// of the shorter one is in the other. Where the page is gone, the sketch has to do.
func alike(m *memory.Memory, n *newcomer, e *ledger.Entry) (like, part float64) {
	if text := pageText(m, e); text != nil {
		if e.Text.IsZero() {
			e.Text = text.Sketch()
		}
		return n.text.To(text), max(n.text.Within(text), text.Within(n.text))
	}
	if like = n.sketch.To(e.Text); like < estimated {
		like = 0
	}
	return like, 0
}

// pageText reads what an entry's page says, as it was last written or else as it lies
// there; nil where there is none.
func pageText(m *memory.Memory, e *ledger.Entry) *likeness.Text {
	dirs := []string{memory.BaseDir, ""}
	if e.Page == "" { // another file may have its place
		dirs[1] = memory.ConflictDir
	}
	for _, dir := range dirs {
		c, err := m.Of(e, dir)
		if err != nil || !c.Exists() {
			continue
		}
		page, err := memory.Read(c)
		if err != nil {
			continue
		}
		if _, body, err := frontmatter.Parse(page); err == nil {
			return likeness.Markdown(body)
		}
	}
	return nil
}

// clearest returns the candidate whose text is clearly the most alike: the others are twice
// as far from the newcomer. Among those that are not, the names decide, and then the dates.
// It returns nil where nothing does: the posts of a weekly column that says much the same
// each time are alike all around.
func clearest(all []candidate) *candidate {
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.like, a.like) })
	best := all[0].like
	all = slices.DeleteFunc(all, func(c candidate) bool {
		return c.like < best && (best == 1 || 1-c.like >= 2*(1-best)+0.02)
	})
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.rank(), a.rank()), cmp.Compare(a.apart, b.apart))
	})
	if len(all) == 1 || all[0].rank() > all[1].rank() || all[0].rank() > 0 && 2*all[0].apart < all[1].apart {
		return &all[0]
	}
	return nil
}

// spokenFor reports whether another item of the page has a name of the entry's: that one is
// the entry's post. A short guid says nothing on another host.
func spokenFor(e *ledger.Entry, n *newcomer, otherHost bool) bool {
	return slices.ContainsFunc(own(e.Names, n.names), func(name string) bool {
		kind, value, _ := strings.Cut(name, ":")
		if kind == "slug" || kind == "guid" && otherHost && !worldwide(value) {
			return false
		}
		return n.item.Beside(name) > 0
	})
}

// livesOn reports whether an entry's post is still read on the host of another feed of the
// site: the newcomer is a copy of it that the blog's author has put elsewhere. A feed that
// is new here, or whose posts could not be made so far, may be the new place of one that the
// site came from before.
func (r *Reader) livesOn(e *ledger.Entry, noted bool) bool {
	host := hostOf(e.Names)
	reads := func(feed string) bool {
		return feed != r.feed && hostOf([]string{string(source.Named(feed))}) == host
	}
	if host == "" || slices.ContainsFunc(r.posts.options.Feeds, reads) {
		return host != ""
	}
	if r.known == nil || noted || r.known.Pages == 0 || r.known.Resume != nil {
		return false
	}
	return slices.ContainsFunc(r.posts.memory.Ledger.Feeds, func(f *ledger.Feed) bool { return !f.Export && reads(f.Address) })
}

// sameSoftware reports whether two posts have guids of one kind that differ: the software
// that made one of them would have given the other the same.
func sameSoftware(a, b []string) bool {
	x, y := facets(a).guids, facets(b).guids
	return differ(x, y) && slices.ContainsFunc(x, func(g string) bool {
		return slices.ContainsFunc(y, func(h string) bool { return guidKind(g) != "" && guidKind(g) == guidKind(h) })
	})
}

// guidKind returns what kind a guid is of; empty for one that may be the post's address.
func guidKind(guid string) string {
	for _, sign := range platformGUIDs {
		if strings.Contains(guid, sign) {
			return sign
		}
	}
	if strings.Contains(guid, "/") {
		return ""
	}
	return "opaque"
}

// hostOf returns the host of a post's address; empty where it has none.
func hostOf(names []string) string {
	return blog.HostOf(currentAddress(names))
}

// meet reports whether two lists have anything in common.
func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// between returns the least time between two lists of dates, and whether that is no more
// than another zone makes.
func between(a, b []time.Time) (least time.Duration, near bool) {
	least = math.MaxInt64 / 2 // so that it can be doubled
	for _, t := range a {
		for _, u := range b {
			least = min(least, t.Sub(u).Abs())
		}
	}
	return least, least <= dayOrSo
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}
