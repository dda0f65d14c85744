package migrate

import (
	"io"
	"io/fs"

	"replant/migrate/crawl"
)

// Part is a file of an export that came in several.
type Part = crawl.Part

// OpenFolder opens a folder that an archive was unpacked to, in the place of a feed's file.
// The name is the folder's. A folder that is none fails.
func OpenFolder(folder fs.FS, name string) (io.ReadCloser, error) {
	return crawl.OpenFolder(folder, name)
}

// OpenParts opens the parts of an export in the place of one file.
func OpenParts(parts []Part) io.ReadCloser { return crawl.OpenParts(parts) }
