package migrate

import (
	"hash/maphash"
	"io"
	"net/url"

	"replant/migrate/likeness"
	"replant/migrate/source"
)

// neighbours are all items on a page of a feed, for the rare question whether an entry is
// another item's further down. The page is read again then, since a feed may be too long to
// hold.
type neighbours struct {
	open     func() (io.ReadCloser, error)
	from     *url.URL
	encoding string // as the server says

	seed maphash.Seed
	all  map[uint64]int // how many items have a name, by its hash; nil until somebody asks

	unknown []neighbour     // those that no name knew
	texts   *likeness.Index // of theirs; nil until somebody asks
}

// neighbour is one of them that no name knew when the page was read again.
type neighbour struct {
	item   string // its hash
	slug   string
	sketch likeness.Sketch
}

// beside tells how many items on the page being read have a name.
func (s *stream) beside(name string) int {
	n := s.others
	if n.all == nil {
		n.readNames(func(*source.Item) {})
	}
	return n.all[maphash.String(n.seed, name)]
}

// readNames counts how many items have each name, and lets look at each item.
func (n *neighbours) readNames(look func(*source.Item)) {
	n.seed, n.all = maphash.MakeSeed(), map[uint64]int{}
	n.read(func(item *source.Item) {
		for _, id := range item.Post.Names {
			n.all[maphash.String(n.seed, string(id))]++
		}
		look(item)
	})
}

// readTexts takes the sketches of all items that are unknown, and the names of all.
func (n *neighbours) readTexts(unknown func(names []string) bool) {
	n.readNames(func(item *source.Item) {
		if unknown(strs(item.Post.Names)) {
			n.unknown = append(n.unknown, neighbour{item.Hash, bareSlug(item.Post.Slug), likeness.HTML(item.Source()).Sketch()})
		}
	})
	n.texts = likeness.NewIndex(len(n.unknown), func(i int) likeness.Sketch { return n.unknown[i].sketch })
}

// read reads all items once more. What cannot be read a second time, such as standard
// input, has none.
func (n *neighbours) read(take func(*source.Item)) {
	body, err := n.open()
	if err != nil {
		return
	}
	defer body.Close()
	feed, err := source.OpenEncoded(body, n.from, n.encoding)
	if err != nil {
		return
	}
	for item, err := range feed.Items() {
		if err == nil {
			take(item)
		}
	}
}
