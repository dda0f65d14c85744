package identity

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"replant/migrate/blog"
	"replant/migrate/ledger"
)

// FuzzIdentity lets pages of items pass by that have names in common. No two items of a
// page get one entry; the second time each finds the entry that it had, in whatever order
// they come; and so does each that has a name of its own when all of them were edited.
func FuzzIdentity(f *testing.F) {
	f.Add([]byte("\x00\x11\x22\x33\x44\x55"), []byte("\x00\x11\x23"))
	f.Add([]byte("\xff\xff\x00\x01\x80\x91\x10"), []byte("\x01\x02\x03\x04\xf0\xf1"))
	f.Add([]byte("one address, many guids"), []byte("one guid, many addresses"))
	f.Fuzz(readPages)
}

// TestIdentityOfRandomNames is the same with random pages, on every run.
func TestIdentityOfRandomNames(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 5))
	some := func() []byte {
		b := make([]byte, 2+random.IntN(16))
		for i := range b {
			b[i] = byte(random.Uint32())
		}
		return b
	}
	for range randomPages {
		before, after := some(), some()
		if readPages(t, before, after); t.Failed() {
			t.Fatalf("of %q and %q", before, after)
		}
	}
}

const randomPages = 2000

func readPages(t *testing.T, before, after []byte) {
	r := &pageReader{T: t, ledger: &ledger.Ledger{}}
	items := itemsOf(before)
	was := r.page(items, 0)
	slices.Reverse(items)
	r.same(items, was, r.page(items, 0), func(item) bool { return true })
	slices.Reverse(items)
	r.same(items, was, r.page(items, 1), func(i item) bool { return slices.ContainsFunc(i.names, r.alone) })
	r.page(itemsOf(after), 2)
	r.page(items, 3)
}

// item is what identity goes by.
type item struct {
	number int
	names  []string
}

// itemsOf makes items of bytes, two an item; the same twice is one item.
func itemsOf(b []byte) (all []item) {
	seen := map[string]bool{}
	for ; len(b) > 1; b = b[2:] {
		if names := namesOf(b[0], b[1]); !seen[fmt.Sprint(names)] {
			seen[fmt.Sprint(names)] = true
			all = append(all, item{len(all), names})
		}
	}
	return all
}

// namesOf returns an item names: few, so that they meet.
func namesOf(a, b byte) (names []string) {
	addr := []string{"", "blog.example", "blog.example/1/hello", "blog.example/2/hello", "blog.example/garden", "other.example/1/hello", "other.example", "blog.example/notes"}[a&7]
	if addr != "" {
		names = append(names, "url:"+addr)
	}
	if guid := []string{"", "1", "2", "blog.example", "urn:uuid:1", "urn:uuid:2", "blog.example/?p=1", "blog.example/hello"}[a>>3&7]; guid != "" {
		names = append(names, "guid:"+guid)
	}
	if a&0x80 != 0 {
		names = append(names, fmt.Sprint("forem:", b&3))
	}
	if len(names) == 0 {
		names = append(names, fmt.Sprint("hash:", b))
	}
	title := []string{"", "Hello", "Garden", "Notes"}[b>>2&3]
	if b&0x80 != 0 {
		return append(names, string(blog.Titled(addr, title)))
	}
	date := time.Date(2026, 1, 1+int(b>>4&7), 9, 0, 0, 0, time.UTC)
	return append(names, string(blog.Dated(date, title)))
}

// pageReader identifies pages of items as a run does.
type pageReader struct {
	*testing.T
	ledger *ledger.Ledger
	leaf   int32
}

// page returns the entry of each item of a page that a run of its own reads, by number.
func (r *pageReader) page(items []item, edition int) map[int]*ledger.Entry {
	for _, e := range r.ledger.Posts {
		e.Seen = 0
	}
	r.leaf++
	count := map[string]int{}
	for _, i := range items {
		for _, n := range i.names {
			count[n]++
		}
	}
	beside := func(name string) int { return count[name] }
	got, taken := map[int]*ledger.Entry{}, map[*ledger.Entry]bool{}
	for _, i := range items {
		from := fmt.Sprintf("%d %q-look", edition, i.names)
		e, again := find(r.ledger, i.names, from, r.leaf, beside)
		if again {
			r.Fatalf("%q has been there, of %v", i.names, items)
		}
		if e == nil {
			e = &ledger.Entry{Names: slices.Clone(i.names), Path: fmt.Sprint(len(r.ledger.Posts))}
			r.ledger.Add(e)
		} else {
			r.ledger.Rename(e, i.names)
		}
		if taken[e] || !slices.Equal(e.Names[:len(i.names)], i.names) {
			r.Fatalf("%q gets an entry of %q, taken %t", i.names, e.Names, taken[e])
		}
		taken[e], got[i.number] = true, e
		e.Seen, e.From = r.leaf, from
	}
	return got
}

// same asserts that items have the entries that they had.
func (r *pageReader) same(items []item, was, now map[int]*ledger.Entry, which func(item) bool) {
	r.Helper()
	for _, i := range items {
		if which(i) && was[i.number] != now[i.number] {
			r.Errorf("%q had the entry %q and has %q, of %v", i.names, was[i.number].Names, now[i.number].Names, items)
		}
	}
}

// alone reports whether one entry alone has a name.
func (r *pageReader) alone(name string) bool { return r.ledger.Count(name) == 1 }
