package crawl

import (
	"hash/maphash"
	"io"
	"net/url"

	"replant/migrate/source"
)

// neighbours are all items on a page of a feed, for the rare question whether an entry is
// another item's further down. The page is read again then, since a feed may be too long to
// hold.
type neighbours struct {
	open     func() (io.ReadCloser, error)
	from     *url.URL
	encoding string // as the server says
	seed     maphash.Seed
	names    map[uint64]int // how many items have a name, by its hash; nil until somebody asks
}

// count returns how many items have a name.
func (n *neighbours) count(name string) int {
	if n.names == nil {
		n.read(func(*source.Item) {})
	}
	return n.names[maphash.String(n.seed, name)]
}

// read counts the names of all items and lets look at each. What cannot be read a second
// time, such as standard input, has none.
func (n *neighbours) read(look func(*source.Item)) {
	n.seed, n.names = maphash.MakeSeed(), map[uint64]int{}
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
		if err != nil {
			continue
		}
		for _, id := range item.Post.Names {
			n.names[maphash.String(n.seed, string(id))]++
		}
		look(item)
	}
}
