package identity

import (
	"slices"

	"replant/migrate/crawl"
	"replant/migrate/ledger"
	"replant/migrate/likeness"
	"replant/migrate/memory"
	"replant/migrate/source"
)

// lookalikes finds the posts of the last run by what names do not say outright. It is filled
// when a run meets the first post that no name knows, in a site that has others.
type lookalikes struct {
	memory          *memory.Memory
	posts           []*ledger.Entry     // that the ledger had when the run began
	bySlug, byTitle map[string][]uint32 // places in the ledger
	hosts           map[string]bool     // on which the posts are
	index           *likeness.Index     // of their texts; nil until asked for
	whole           bool                // texts that the ledger has no sketch of have been read
}

// alikeMost bounds how many entries are compared with a newcomer for each slug and title,
// and how many for its text: what more posts have in common tells them no more apart.
const alikeMost = 16

// fill reads the names of the posts, the first time.
func (l *lookalikes) fill() *lookalikes {
	if l.hosts != nil {
		return l
	}
	l.bySlug, l.byTitle, l.hosts = map[string][]uint32{}, map[string][]uint32{}, map[string]bool{}
	for place, e := range l.posts {
		l.hosts[hostOf(e.Names)] = true
		t := traitsOf(e.Names, slug(e.Path))
		for _, slug := range t.slugs {
			l.bySlug[slug] = append(l.bySlug[slug], uint32(place)) //nolint:gosec // more posts than that fit no memory
		}
		for _, title := range t.titles {
			l.byTitle[title] = append(l.byTitle[title], uint32(place)) //nolint:gosec // as above
		}
	}
	return l
}

// byNames returns the places of entries that have a slug or a title of some traits, but for
// those that many have.
func (l *lookalikes) byNames(t traits) (places []int) {
	add := func(all []uint32) {
		for _, place := range all[:min(len(all), alikeMost)] {
			places = append(places, int(place))
		}
	}
	for _, slug := range t.slugs {
		add(l.bySlug[slug])
	}
	for _, title := range t.titles {
		add(l.byTitle[title])
	}
	return places
}

// near returns the places of the entries whose texts are most like a newcomer's, if there
// are any on another host. On a host where no post of the site was before, pages that the
// ledger has no sketch of are read.
func (l *lookalikes) near(n *newcomer) []int {
	posts, host := l.posts, hostOf(n.names)
	if host == "" || n.text.Len() < brief || len(l.hosts) == 1 && l.hosts[host] {
		return nil
	}
	if !l.hosts[host] && !l.whole {
		l.whole, l.index = true, nil
		l.readTexts()
	}
	if l.index == nil {
		l.index = likeness.NewIndex(len(posts), func(i int) likeness.Sketch { return posts[i].Text })
	}
	near := l.index.Near(n.sketch, high-0.15)
	if !slices.ContainsFunc(near, func(i int) bool { return hostOf(posts[i].Names) != host }) {
		return nil
	}
	if len(near) > alikeMost {
		slices.SortFunc(near, func(i, j int) int {
			return posts[i].Text.Distance(n.sketch) - posts[j].Text.Distance(n.sketch)
		})
		near = near[:alikeMost]
	}
	return near
}

// readTexts takes the sketches of pages that were written before there were any.
func (l *lookalikes) readTexts() {
	for _, e := range l.posts {
		if !e.Text.IsZero() {
			continue
		}
		if text := pageText(l.memory, e); text != nil {
			e.Text = text.Sketch()
		}
	}
}

// rivaled reports whether another item of the page, yet to come, is more like an entry than
// the newcomer is: then the entry is that one's. Of an entry that is an excerpt no text has
// much, and what is less than fair is chance.
func (r *Reader) rivaled(e *ledger.Entry, n *newcomer) bool {
	if r.others.page != n.item.Page {
		r.others = r.unknownBeside(n.item)
	}
	mine, slugs := n.sketch.To(e.Text), traitsOf(e.Names, slug(e.Path)).slugs
	for _, i := range r.others.texts.Near(e.Text, max(mine, fair)) {
		o := r.others.all[i]
		like := o.sketch.To(e.Text)
		if o.item != n.item.Hash && (like > mine || slices.Contains(slugs, o.slug) && !meet(slugs, n.traits.slugs)) {
			return true
		}
	}
	return false
}

// strangers are the items on a page of the feed that no name in the ledger knows.
type strangers struct {
	page  int32 // see [crawl.Item]; 0 for none
	all   []stranger
	texts *likeness.Index
}

type stranger struct {
	item   string // its hash
	slug   string
	sketch likeness.Sketch
}

// unknownBeside returns the strangers on an item's page.
func (r *Reader) unknownBeside(item *crawl.Item) strangers {
	o := strangers{page: item.Page}
	item.Reread(func(s *source.Sighting) {
		if len(r.posts.memory.Ledger.Find(strs(s.Names))) > 0 {
			return
		}
		if i, err := s.Item(); err == nil {
			o.all = append(o.all, stranger{i.Hash, bareSlug(i.Post.Slug), likeness.HTML(i.Source().Text).Sketch()})
		}
	})
	o.texts = likeness.NewIndex(len(o.all), func(i int) likeness.Sketch { return o.all[i].sketch })
	return o
}
