package crawl

import (
	"context"
	"errors"
	"hash/maphash"
	"io"
	"io/fs"
	"net/url"
	"sync"
	"time"

	"replant/migrate/source"
)

// articleMost bounds what an API may say of one post, in bytes.
const articleMost = 16 << 20

// Enricher asks platforms for posts as their authors wrote them, one a second.
type Enricher struct {
	// Fetch reads an address as [assets.Fetcher] does.
	Fetch func(ctx context.Context, addr *url.URL, most int64, accept func(head []byte) error) (name string, size int64, err error)
	Files fs.FS // holds what Fetch read
	// Count is told how many posts a host is to be asked for, and how many of them it was asked
	// for; may be nil.
	Count func(host string, wanted, done int)
	// Offline says that Fetch asks nobody: no question has to wait, and a failure says nothing
	// of the next one.
	Offline bool

	mu     sync.Mutex
	next   time.Time // for the next question
	failed int       // questions in a row
	away   error     // why none is asked any more in this run
}

// patience is how many questions in a row may fail before no further one is asked.
const patience = 3

// Enrich completes an item with its platform's answer. It is safe for concurrent use.
func (e *Enricher) Enrich(ctx context.Context, item *source.Item) error {
	addr := item.Article()
	if e.Count != nil {
		e.Count(addr.Hostname(), 1, 0)
		defer e.Count(addr.Hostname(), 0, 1)
	}
	addr.RawQuery = url.Values{"edition": {item.Hash[:8]}}.Encode() // what the cache has of an older one is stale
	if e.Offline {
		return e.complete(ctx, item, addr)
	}
	if err := e.wait(ctx); err != nil {
		return err
	}
	return e.learn(e.complete(ctx, item, addr))
}

func (e *Enricher) complete(ctx context.Context, item *source.Item, addr *url.URL) error {
	reply, err := e.ask(ctx, addr)
	if err != nil {
		return err
	}
	return item.Enrich(reply)
}

func (e *Enricher) ask(ctx context.Context, addr *url.URL) ([]byte, error) {
	name, _, err := e.Fetch(ctx, addr, articleMost, isObject)
	if err != nil {
		return nil, err
	}
	return fs.ReadFile(e.Files, name)
}

// learn notes whether a question was answered.
func (e *Enricher) learn(err error) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.failed++; err == nil {
		e.failed = 0
	}
	if e.failed >= patience {
		e.away = err
	}
	return err
}

var errNoObject = errors.New("the answer is no JSON")

func isObject(head []byte) error {
	if len(head) == 0 || head[0] != '{' {
		return errNoObject
	}
	return nil
}

// wait lets one in at a time, and the next one a second after.
func (e *Enricher) wait(ctx context.Context) error {
	e.mu.Lock()
	if e.away != nil {
		defer e.mu.Unlock()
		return e.away
	}
	now := time.Now()
	at := now
	if e.next.After(now) {
		at = e.next
	}
	e.next = at.Add(time.Second)
	e.mu.Unlock()
	select {
	case <-time.After(at.Sub(now)):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pageItems are all items on a page of a feed, for the rare question whether an entry is
// another item's further down. The page is read again then, since a feed may be too long to
// hold.
type pageItems struct {
	open     func() (io.ReadCloser, error)
	from     *url.URL
	encoding string // as the server says
	noted    *outlines
	seed     maphash.Seed
	names    map[uint64]int // how many items have a name, by its hash; nil until somebody asks
}

// count returns how many items have a name.
func (n *pageItems) count(name string) int {
	if n.names == nil {
		n.read(func(*source.Sighting) {})
	}
	return n.names[maphash.String(n.seed, name)]
}

// read counts the names of all items and lets look at each. What cannot be read a second
// time, such as standard input, has none.
func (n *pageItems) read(look func(*source.Sighting)) {
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
	for item, err := range feed.Sightings(n.noted.before()) {
		if err != nil {
			continue
		}
		for _, id := range item.Names {
			n.names[maphash.String(n.seed, string(id))]++
		}
		look(item)
	}
}
