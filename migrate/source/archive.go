package source

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/json"
	xhtml "golang.org/x/net/html"

	"replant/migrate/feedscan"
)

// archive cuts an archive that has a file for each post: what Medium and Substack let their
// authors download, and Tumblr before it had posts.xml. It is read in place, a file at a time.
type archive struct {
	head  *gofeed.Feed
	pages []func() (*feedscan.Entry, error)
	index int
}

// archives read the archives of platforms. Each returns nil for files that are no archive of its
// platform's.
var archives = []func([]member) (feedscan.Cutter, error){substackZIP, mediumZIP, tumblrFiles, ghostFolder, wxrParts}

// openArchive reads the table of a ZIP, or of what was unpacked from one. It is nil for any
// other file.
func openArchive(r io.Reader) (feedscan.Cutter, error) {
	if b, ok := r.(*Bundle); ok && b.named {
		return wxrNamed(b.members)
	} else if ok {
		return archiveOf(b.members, "a folder, not a feed, and "+noArchive, "; try %q")
	}
	at, ok := r.(seekable)
	if !ok {
		return nil, nil
	}
	magic := make([]byte, 4)
	if _, err := at.ReadAt(magic, 0); err != nil || string(magic) != "PK\x03\x04" {
		return nil, nil
	}
	size, err := at.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errOnce, err)
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return nil, fmt.Errorf("reading the archive: %w", err)
	}
	return archiveOf(packed(z), "this is a ZIP archive, but "+noArchive, "; unpack it and try %q")
}

// noArchive is said of files that no platform's archive has.
const noArchive = "no export of Ghost, Medium, Substack, Tumblr or WordPress"

// archiveOf returns what reads the files of an archive. For files that are none, what and
// alone are as in [notArchived].
func archiveOf(members []member, what, alone string) (feedscan.Cutter, error) {
	for _, open := range archives {
		if a, err := open(members); a != nil || err != nil {
			return a, err
		}
	}
	if f := foreignIn(members); f != nil {
		return nil, f.error()
	}
	return nil, notArchived(what, alone, members)
}

func (a *archive) Head() (*feedscan.Head, error) { return &feedscan.Head{Feed: a.head}, nil }

func (a *archive) Next() (*feedscan.Entry, error) {
	if a.index == len(a.pages) {
		return nil, io.EOF
	}
	read := a.pages[a.index]
	a.index++
	e, err := read()
	if err != nil {
		return nil, &feedscan.BrokenItem{Index: a.index, Cause: err}
	}
	return e, nil
}

// unzip returns the text of a file, as long as an item may be.
func unzip(f member) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", fmt.Errorf("%s: %w", f.Name, err)
	}
	b, err := io.ReadAll(io.LimitReader(r, feedscan.ItemMost+1))
	switch err := errors.Join(err, r.Close()); {
	case err != nil:
		return "", fmt.Errorf("%s: %w", f.Name, err)
	case len(b) > feedscan.ItemMost:
		return "", fmt.Errorf("%s: %w", f.Name, feedscan.ErrTooLong)
	}
	return strings.ToValidUTF8(string(b), "\uFFFD"), nil
}

// htmlOf reads a page of an archive.
func htmlOf(f member) (*xhtml.Node, error) {
	source, err := unzip(f)
	if err != nil {
		return nil, err
	}
	return xhtml.Parse(strings.NewReader(source))
}

// pagesIn lists the HTML files of an archive that lie in a folder posts, the last name first:
// names begin with dates or numbers.
func pagesIn(members []member) (files []member) {
	for _, f := range members {
		if path.Base(path.Dir(f.Name)) == "posts" && path.Ext(f.Name) == ".html" {
			files = append(files, f)
		}
	}
	slices.SortStableFunc(files, func(a, b member) int { return strings.Compare(b.Name, a.Name) })
	return files
}

// archived returns an entry of an archive. What only archives know of a post stands in Custom.
func archived(i gofeed.Item) *feedscan.Entry {
	return &feedscan.Entry{Item: &i, JSON: &json.Item{ContentHTML: i.Content}}
}

// generatedBy matches the head that a cutter of archives or exports has made up: it has no words
// of its own but this name.
func generatedBy(name string) func(*gofeed.Feed) certainty {
	return func(f *gofeed.Feed) certainty {
		if f.Generator == name {
			return byExport
		}
		return never
	}
}

// leftOut returns what an entry of an archive is that is no post: see [Dialect].
func leftOut(e *feedscan.Entry) string { return e.Custom["left"] }

// completeArchive takes what only archives know.
func completeArchive(i *Item, e *feedscan.Entry, _ *Feed) {
	i.Post.Draft = e.Custom["draft"] != ""
	i.Hash = digest(i.Hash, e.Custom["draft"])
}
