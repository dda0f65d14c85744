package crawl

import (
	"hash/maphash"
	"io"
	"net/url"

	"replant/migrate/source"
)

// names counts the names of all items on a page of a feed, for the rare question whether
// an entry is another item's further down. The page is read a second time then, since a
// feed may be too long to hold.
type names struct {
	open     func() (io.ReadCloser, error)
	from     *url.URL
	encoding string // as the server says
	seed     maphash.Seed
	all      map[uint64]int // how many items have a name, by its hash; nil until somebody asks
}

func (n *names) count(name string) int {
	if n.all == nil {
		n.seed, n.all = maphash.MakeSeed(), map[uint64]int{}
		n.read()
	}
	return n.all[maphash.String(n.seed, name)]
}

// read takes in all names. What cannot be read a second time, such as standard input,
// has none.
func (n *names) read() {
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
			n.all[maphash.String(n.seed, string(id))]++
		}
	}
}
