// Package assets finds the pictures that a post shows, and where they are asked for its
// audio and video, and brings them beside its page.
//
// Start at [Localize]: it finds every picture below a node of HTML, gets each address
// once, gives each distinct content one readable file name, and makes the references
// point there. It writes nothing: an [Asset] says where the bytes lie.
package assets

import (
	"context"
	"io/fs"
	"net/url"

	"golang.org/x/net/html"
)

// Fetcher gets pictures.
type Fetcher interface {
	// Fetch gets addr and returns the name of a file that holds the whole body, in the
	// Files of [Options], and its size in bytes. The body may have most bytes; 0 is the
	// fetcher's own limit, for pictures. Accept sees the first 3 KB and may refuse them.
	Fetch(ctx context.Context, addr *url.URL, most int64, accept func(head []byte) error) (name string, size int64, err error)
}

// Options say where pictures come from and how they are named. Fetcher, Original and
// Known are used by several goroutines at once.
type Options struct {
	// Base is what relative addresses are resolved against; may be nil.
	Base *url.URL
	// Original gives better addresses behind one, such as the file that a CDN address
	// wraps, best first; may be nil. The given address is tried after them.
	Original func(*url.URL) []*url.URL

	// Fetcher gets the pictures, into Files. Without it nothing is fetched: addresses
	// are made absolute and no more.
	Fetcher Fetcher
	Files   fs.FS

	// Beside is the folder of a feed that was read from a file: a relative address is
	// looked up there first. Else nil.
	Beside fs.FS
	// Copies is a folder with copies of files that lie on the web too, and CopyOf says
	// where in it the copy of an address would be; empty for an address without one.
	// They are looked up before the web. Else nil.
	Copies fs.FS
	CopyOf func(*url.URL) string
	// Known returns what the last run stored for an address (the Addr of [Asset]). Such
	// a picture is not fetched again and keeps its name. May be nil.
	Known func(addr string) (Known, bool)
	// Stood returns what the last run stored for an address that Known says nothing of, or for
	// another address of the same picture (see [SamePicture]), with its size in bytes: it
	// stays where what comes is a placeholder, or far smaller, or nothing. May be nil.
	Stood func(addr string) (Known, bool)
	// Common are the hashes of pictures that came in the place of different ones elsewhere:
	// where one of them comes, what stood stays.
	Common []string
	// Taken are the names beside the page that belong to others. A picture takes one of
	// them only where HashOf, which may be nil, says that the very bytes lie there.
	Taken  []string
	HashOf func(name string) string // SHA-256 in hex
	// Prefix stands before a file's name in a reference: "" in a bundle,
	// "/images/hello/" in a flat layout.
	Prefix string
	// Media asks for audio and video too.
	Media bool
	// Skip are the addresses of pictures that are not to be fetched.
	Skip Patterns
	// Unsized leaves out in which size the text shows its pictures.
	Unsized bool
	// Count is told how many files are wanted, and of each that it was had or given up: how
	// many these are, and how many of them are new. It is called by several goroutines at
	// once; may be nil.
	Count func(wanted, done, fresh int)
	// More are pictures that the post shows outside its text, such as its cover; any
	// may be nil.
	More []*url.URL
	// Called is what the names of the files of More begin with; empty where any name will do.
	// Opens says that the first picture of the text would be seen twice: that file keeps a name
	// of its own.
	Called string
	Opens  bool
}

// Known is a picture that the last run stored.
type Known struct {
	File string // its name beside the page
	Hash string // of its bytes as they were written; SHA-256 in hex
	Own  Size   // as it was then; may be zero
	Size int64  // in bytes, as it lies there; 0 where nobody asked
	Gone bool   // it does not lie there any more: nothing stays, but no placeholder comes
}

// Asset is what became of one address.
type Asset struct {
	// Addr is the address as the feed gave it, made absolute, without fragment; for a
	// data: address, which may be megabytes long, data: and a hash.
	Addr  string
	Media bool   // it is no picture but audio or video
	File  string // name beside the page; assets of equal content share one
	Hash  string // of the bytes, SHA-256 in hex
	Size  int64  // in bytes
	Own   Size   // of a picture; zero where it is not known
	// FS and Name say where the bytes lie: FS.Open(Name). FS is nil for a known one.
	FS   fs.FS
	Name string
	// Was is the hash of what the last run stored, and Came that of what the address answers
	// with, where these differ, whichever of them is shown; empty without both.
	Was, Came string
	// Missed says why a better version could not be had, such as the original behind a
	// CDN's address; nil when this is the best there is.
	Missed error
	// Err says why the picture could not be had; its references are remote then, and
	// all but Addr is empty.
	Err error
}

// FileOf returns the name of the file that an address became; empty where it became none.
func FileOf(all []Asset, addr *url.URL) string {
	key := addressOf(addr).key
	for _, a := range all {
		if a.Addr == key {
			return a.File
		}
	}
	return ""
}

// Localize finds every picture below root, gets them, and makes their references
// local. A picture that cannot be had keeps its remote address.
//
// There is one Asset for each address that a reference needs, in the order of the
// document, those of o.More last. An img is left with src, alt and title, and with
// width and height where they make it other than it is; tracking pixels are dropped. The error is that of a context which ended.
func Localize(ctx context.Context, root *html.Node, o Options) ([]Asset, error) {
	pictures := find(root, o)
	if o.Unsized {
		unsize(pictures)
	}
	if o.Fetcher == nil {
		for _, p := range pictures {
			p.keepRemote()
		}
		return nil, nil
	}
	pictures = append(pictures, outside(o)...)
	s := newStore(o, pictures)
	if err := s.getAll(ctx, pictures); err != nil {
		return nil, err
	}
	s.spare(pictures)
	s.choose(pictures)
	s.name()
	for _, p := range pictures {
		s.refer(p)
	}
	s.relink(root, pictures)
	return s.assets(), nil
}
