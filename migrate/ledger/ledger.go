// Package ledger is the memory between runs: what replant wrote last time, and
// from what. [Judge] decides what happens to a page or a picture; a [Journal] says
// what a run that was killed was about to write.
//
// The ledger lies at .replant/ledger.json in the site, sorted and free of times,
// so that people can commit it and a run with nothing new leaves it as it is.
package ledger

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"replant/migrate/likeness"
)

// Where the memory lies in a site.
const (
	Dir  = ".replant"
	Name = Dir + "/ledger.json"
)

// version is that of the file's form; a newer one is refused rather than lost.
const version = 1

// ErrVersion says that a ledger was written by a newer replant.
var ErrVersion = errors.New("written by a newer replant")

// Ledger is all that is remembered of a site.
type Ledger struct {
	Feeds []*Feed
	Files []*File
	Posts []*Entry // in the order in which Add took them in
	// Told lists what is reported to the author once only and has been, sorted.
	Told []string
	// Outages are the feeds that could not be read the last time.
	Outages []*Outage
	// Theme is what pages were written for the last time, or "none"; empty in older ledgers.
	Theme string

	byName, byPath *index
}

// Feed is one feed that the site came from, and how it was asked for.
type Feed struct {
	// Address is where the feed is read: an address without secrets, the path of a
	// file, or "-" for standard input.
	Address string `json:"address"`
	// Secret is a fingerprint of what was left out of Address; empty when nothing was.
	Secret string `json:"secret,omitempty"`
	// Found is where the feed is that the page at Address names; empty where Address is
	// the feed.
	Found string `json:"found,omitempty"`
	Settings
	// Pages is how many of the feed's pages have been read: All, or as many as the
	// author asked for; 0 while a first migration has not come to its end.
	Pages int `json:"pages"`
	// Export says that it is the whole of a blog, read once.
	Export bool `json:"export,omitempty"`
	// Empty says that it had no post when it was read last.
	Empty bool `json:"empty,omitempty"`
	// Resume is where reading has to go on, after a page that could not be read; nil
	// for the beginning, or where nothing is missing.
	Resume *Bookmark `json:"resume,omitempty"`
}

// Bookmark is a page of a feed.
type Bookmark struct {
	Address string `json:"address"`
	Page    int    `json:"page"` // its number, from the newest on
}

// All is the number of pages of a feed that was read to its end.
const All = -1

// Entry is one post: its names, its page, what both came from.
type Entry struct {
	Names []string `json:"names"` // every name the post has had
	Path  string   `json:"path"`  // of its page, for life
	// From is the hash of the item and the settings that the page was made from;
	// empty asks for it to be made anew.
	From string `json:"from,omitempty"`
	// Page is the hash of the page as written; empty when none was.
	Page string `json:"page,omitempty"`
	// Text is a sketch of what the post says, by which it is known when its blog moves and
	// changes all its names; zero in older ledgers.
	Text likeness.Sketch `json:"text,omitzero"`
	*Extra
	// Seen is on which of all the pages of feeds this run has come across the post, from
	// 1; 0 before. It is not written.
	Seen int32 `json:"-"`

	place uint32 // in its ledger's Posts
}

// Extra holds what few posts have. It is read through its entry and never
// written in place, since entries share it: see [Entry.Note].
type Extra struct {
	// Conflict is the hash of a page whose conflict was reported and is not settled.
	Conflict string `json:"conflict,omitempty"`
	// Clash names what of the author's page is in its way: once that is other than it was,
	// the author has settled it.
	Clash string `json:"clash,omitempty"`
	// Shrunk says why the page in Conflict is less than the author's, where that is what the
	// author has to settle. Declined is the item that the author has refused for good: it is
	// not offered again.
	Shrunk   string `json:"shrunk,omitempty"`
	Declined string `json:"declined,omitempty"`
	// Losses and Trouble are what was reported already.
	Losses  []string `json:"losses,omitempty"`
	Trouble string   `json:"trouble,omitempty"`
	Assets  []Asset  `json:"assets,omitempty"`
	// Links are the links of the page to the blogs of the site that lead to no page of it, each
	// as [blog.ID] has the address: what they lead to may arrive.
	Links []string `json:"links,omitempty"`
	// Feed is the complete feed that the post is of: only such a one can say that it is
	// gone, and Gone says that this was reported. Of a post that could not be made it is any
	// feed: it is looked for there.
	Feed string `json:"feed,omitempty"`
	Gone bool   `json:"gone,omitempty"`
	// Comments is the file of readers' comments; nil without one.
	Comments *File `json:"comments,omitempty"`
	// Origin is what the page was made from: a feed when empty, else an Export or a Draft
	// in one. Twin is the hash of the item that says the same in the other kind.
	Origin string `json:"origin,omitempty"`
	Twin   string `json:"twin,omitempty"`
}

// common are those that most entries share, by their origin.
var common = map[string]*Extra{"": {}, Export: {Origin: Export}, Draft: {Origin: Draft}}

// Note changes the Extra of a post.
func (e *Entry) Note(change func(*Extra)) {
	x := *cmp.Or(e.Extra, common[""])
	change(&x)
	e.Extra = &x
	if shared := common[x.Origin]; shared != nil && x.bare() {
		e.Extra = shared
	}
}

// bare reports whether there is nothing but an origin.
func (x *Extra) bare() bool {
	return x.Conflict+x.Clash+x.Shrunk+x.Declined+x.Trouble+x.Feed+x.Twin == "" && !x.Gone && x.Comments == nil &&
		len(x.Losses)+len(x.Assets)+len(x.Links) == 0
}

// The origins of pages beside feeds.
const (
	Export = "export"
	Draft  = "draft" // of an export: what a feed says of it later is news
)

// Lacks reports whether a picture of the post could not be downloaded, or not in its best version.
func (e *Entry) Lacks() bool {
	return slices.ContainsFunc(e.Assets, func(a Asset) bool { return a.Trouble != "" || a.Missed != "" })
}

// Asset is one picture of a post.
type Asset struct {
	Address string `json:"address"`           // as the feed has it
	File    string `json:"file,omitempty"`    // its path in the site; empty when it could not be had
	Hash    string `json:"hash,omitempty"`    // of the file as written
	Trouble string `json:"trouble,omitempty"` // why it could not be had
	Missed  string `json:"missed,omitempty"`  // why a better version could not be had
	Width   int    `json:"width,omitempty"`   // of the picture itself, in pixels, as Height; 0 where not known
	Height  int    `json:"height,omitempty"`
}

// File is a file beside the pages, such as a section's index.
type File struct {
	Path string `json:"path"`
	Hash string `json:"hash"` // as written
}

// Write writes the ledger, sorted; equal ledgers are written as equal bytes.
func (l *Ledger) Write(w io.Writer) error {
	slices.Sort(l.Told)
	slices.SortFunc(l.Files, func(a, b *File) int { return cmp.Compare(a.Path, b.Path) })
	slices.SortFunc(l.Outages, func(a, b *Outage) int { return cmp.Compare(a.Address, b.Address) })
	slices.SortFunc(l.Feeds, func(a, b *Feed) int { return cmp.Compare(a.Address, b.Address) })
	posts := slices.Clone(l.Posts) // which keep their places
	slices.SortFunc(posts, func(a, b *Entry) int { return cmp.Compare(a.Path, b.Path) })
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "{\n \"version\": %d,\n", version)
	if l.Theme != "" {
		fmt.Fprintf(b, " \"theme\": %s,\n", quoted(l.Theme))
	}
	if len(l.Told) > 0 {
		fmt.Fprint(b, " \"told\": [")
		list(b, l.Told)
		fmt.Fprint(b, "],\n")
	}
	if len(l.Outages) > 0 {
		fmt.Fprint(b, " \"outages\": [")
		list(b, l.Outages)
		fmt.Fprint(b, "],\n")
	}
	fmt.Fprint(b, " \"feeds\": [")
	list(b, l.Feeds)
	if len(l.Files) > 0 {
		fmt.Fprint(b, "],\n \"files\": [")
		list(b, l.Files)
	}
	fmt.Fprint(b, "],\n \"posts\": [")
	listPosts(b, posts)
	fmt.Fprint(b, "]\n}\n")
	return b.Flush()
}

// list writes a JSON list an element at a time, so that memory does not grow with it.
func list[T any](w *bufio.Writer, all []T) {
	enc := json.NewEncoder(&trimmed{w})
	enc.SetEscapeHTML(false)
	enc.SetIndent("  ", " ")
	for i, x := range all {
		if i > 0 {
			fmt.Fprint(w, ",")
		}
		fmt.Fprint(w, "\n  ")
		_ = enc.Encode(x) // strings and numbers alone; the writer keeps its own error
	}
	if len(all) > 0 {
		fmt.Fprint(w, "\n ")
	}
}

// listPosts writes a list of entries just as list would.
func listPosts(out *bufio.Writer, all []*Entry) {
	var w writer
	for i, e := range all {
		if i > 0 {
			_ = out.WriteByte(',') // the writer keeps its own error
		}
		_, _ = out.WriteString("\n  ")
		w = writer{text: w.text[:0]}
		w.entry(e)
		_, _ = out.Write(w.text)
	}
	if len(all) > 0 {
		_, _ = out.WriteString("\n ")
	}
}

// trimmed drops the newline with which a json.Encoder ends each value.
type trimmed struct{ w io.Writer }

func (t *trimmed) Write(p []byte) (int, error) {
	n := len(p)
	if n > 0 && p[n-1] == '\n' {
		p = p[:n-1]
	}
	if _, err := t.w.Write(p); err != nil {
		return 0, err
	}
	return n, nil
}

// Feed returns the feed with that address, or nil.
func (l *Ledger) Feed(address string) *Feed {
	return first(l.Feeds, func(f *Feed) bool { return f.Address == address })
}

// SetFeed records a feed in the place of any with the same address.
func (l *Ledger) SetFeed(f *Feed) {
	l.Feeds = put(l.Feeds, f, func(old *Feed) bool { return old.Address == f.Address })
}

func first[T any](all []*T, is func(*T) bool) *T {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i]
	}
	return nil
}

// put puts x where the first of its like stands, else at the end.
func put[T any](all []*T, x *T, like func(*T) bool) []*T {
	if i := slices.IndexFunc(all, like); i >= 0 {
		all[i] = x
		return all
	}
	return append(all, x)
}

// Outage is a feed that could not be read the last time, or only in part. It is written
// when that begins and removed when it ends: a feed that is away for a week changes the
// ledger twice.
type Outage struct {
	Address string `json:"address"`
	Since   string `json:"since"` // the day, as 2006-01-02
	Text    string `json:"text"`  // why, on that day
	// Told is the day on which the author was reminded of it; empty where that never was.
	Told string `json:"told,omitempty"`
}

// Outage returns the outage of the feed with that address, or nil.
func (l *Ledger) Outage(address string) *Outage {
	return first(l.Outages, func(o *Outage) bool { return o.Address == address })
}

// SetOutage notes that an outage has begun.
func (l *Ledger) SetOutage(o *Outage) {
	l.Outages = put(l.Outages, o, func(old *Outage) bool { return old.Address == o.Address })
}

// EndOutage forgets the outage of a feed.
func (l *Ledger) EndOutage(address string) {
	l.Outages = slices.DeleteFunc(l.Outages, func(o *Outage) bool { return o.Address == address })
}

// Digest returns a short name of what is formatted: 32 hexadecimal digits.
func Digest(format string, a ...any) string {
	sum := sha256.Sum256(fmt.Appendf(nil, format, a...))
	return hex.EncodeToString(sum[:16])
}

// From names what a page is made from: an item, by its hash, and the settings that change how
// pages look.
func From(item, looks string) string {
	return Digest("%s", item)[:24] + "-" + looks[:8]
}

// SameItem reports whether two values of [From] name the same item, by whatever settings.
func SameItem(a, b string) bool { return Item(a) == Item(b) }

// Item returns the part of a value of [From] that names the item.
func Item(from string) string {
	item, _, _ := strings.Cut(from, "-")
	return item
}
