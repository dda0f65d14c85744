package crawl

import (
	"io"
	"io/fs"

	"replant/migrate/source"
)

// Part is a file of an export that came in several.
type Part = source.Part

// OpenFolder opens a folder that an archive was unpacked to: see [source.OpenFolder].
func OpenFolder(folder fs.FS, name string) (io.ReadCloser, error) {
	b, err := source.OpenFolder(folder, name)
	if err == nil {
		_, err = source.Open(b, nil)
	}
	return b, err
}

// OpenParts opens the parts of an export: see [source.OpenParts].
func OpenParts(parts []Part) io.ReadCloser { return source.OpenParts(parts) }
