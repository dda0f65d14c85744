package migrate

import (
	"io"
	"io/fs"

	"replant/migrate/crawl"
)

// Part is a file of an export that came in several.
type Part = crawl.Part

// OpenFolder opens a folder that an archive was unpacked to, in the place of a feed's file.
// The name is the folder's.
func OpenFolder(folder fs.FS, name string) (io.ReadCloser, error) {
	return crawl.OpenFolder(folder, name)
}

// CheckFolder reports why a folder holds no export; nil for one that does.
func CheckFolder(folder fs.FS, name string) error { return crawl.CheckFolder(folder, name) }

// OpenParts opens the parts of an export in the place of one file.
func OpenParts(parts []Part) io.ReadCloser { return crawl.OpenParts(parts) }
