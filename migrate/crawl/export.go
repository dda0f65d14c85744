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
	return source.OpenFolder(folder, name)
}

// CheckFolder reports why a folder holds no export; nil for one that does.
func CheckFolder(folder fs.FS, name string) error {
	b, err := source.OpenFolder(folder, name)
	if err != nil {
		return err
	}
	return b.Check()
}

// OpenParts opens the parts of an export: see [source.OpenParts].
func OpenParts(parts []Part) io.ReadCloser { return source.OpenParts(parts) }
