package migrate

import (
	"errors"
	"io"
	"io/fs"

	"replant/migrate/crawl"
	"replant/migrate/feedscan"
)

// Part is a file of an export that came in several.
type Part = crawl.Part

// OpenFolder opens a folder that an archive was unpacked to, in the place of a feed's file.
// The name is the folder's.
func OpenFolder(folder fs.FS, name string) (io.ReadCloser, error) {
	return crawl.OpenFolder(folder, name)
}

// CheckFolder reports why a folder holds no export; nil for one that does. It is a [*FeedError]
// where it holds one that is not read.
func CheckFolder(folder fs.FS, name string) error {
	err := crawl.CheckFolder(folder, name)
	var not *feedscan.NotFeedError
	if errors.As(err, &not) && not.Instead != "" {
		return &FeedError{Address: name, Err: err, Next: not.Instead}
	}
	return err
}

// OpenParts opens the parts of an export in the place of one file.
func OpenParts(parts []Part) io.ReadCloser { return crawl.OpenParts(parts) }
