package main

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"replant/migrate"
)

// folderFeed reads a folder that an export was unpacked to.
func folderFeed(arg, site string) (*migrate.Feed, error) {
	full, err := filepath.Abs(arg)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(full)
	if err != nil {
		return nil, err
	}
	folder, name := root.FS(), filepath.Base(full)
	if err := migrate.CheckFolder(folder, name); err != nil {
		root.Close()
		if foreign := (*migrate.FeedError)(nil); errors.As(err, &foreign) {
			return nil, err
		}
		hint := "give the address or the file of a feed, or the folder of an export"
		if looksLikeFeed(site) {
			hint = "the feed comes first: " + replantLine(completed(site), arg)
		}
		return nil, usage(hint, "%s: %w", arg, err)
	}
	open := func() (io.ReadCloser, error) { return migrate.OpenFolder(folder, name) }
	f := &migrate.Feed{Open: open, Beside: folder}
	f.Address, f.Name, f.Was = addressOf(full, site), arg, filepath.ToSlash(full)
	return f, nil
}

// addressOf is how the ledger names a file: by its path from the site, so that it says nothing
// of the machine. One on another drive of Windows has none, and is named by its whole path.
func addressOf(full, site string) string {
	if in, err := relative(site, full); err == nil {
		return filepath.ToSlash(in)
	}
	return filepath.ToSlash(full)
}

// partsMark stands between the parts of an export in the address that the ledger keeps.
const partsMark = " + "

// partsFeed reads an export that came in several files, which have to be there.
func partsFeed(files []string, site string) (*migrate.Feed, error) {
	var addresses, was []string
	var parts []migrate.Part
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
			return nil, tooMany(append(slices.Clone(files), site))
		}
		full, err := filepath.Abs(file)
		if err != nil {
			return nil, err
		}
		addresses, was = append(addresses, addressOf(full, site)), append(was, filepath.ToSlash(full))
		parts = append(parts, migrate.Part{Name: filepath.Base(full), Open: func() (io.ReadCloser, error) { return os.Open(full) }})
	}
	near, err := beside(files[0])
	if err != nil {
		return nil, err
	}
	open := func() (io.ReadCloser, error) { return migrate.OpenParts(parts), nil }
	f := &migrate.Feed{Address: strings.Join(addresses, partsMark), Open: open, Beside: near}
	f.Name, f.Was = strings.Join(files, partsMark), strings.Join(was, partsMark)
	return f, nil
}

// tooMany says what a command line with more than a feed and a site was meant to be.
func tooMany(args []string) error {
	for i := range args {
		for j := i + 2; j <= len(args); j++ {
			name := strings.Join(args[i:j], " ")
			if _, err := os.Stat(name); err == nil {
				return usage("quote names that contain spaces: "+quoted(name), "too many arguments: %s", shownAll(args[2:]))
			}
		}
	}
	if looksLikeFeed(args[0]) && looksLikeFeed(args[1]) && !isFile(args[0]) {
		return usage("several feeds come one by one: replant init FEED SITE", "too many arguments: %s", shownAll(args[2:]))
	}
	return usage("quote names that contain spaces; several files are the parts of one export", "too many arguments: %s", shownAll(args[2:]))
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// shownAll returns arguments as messages may have them.
func shownAll(args []string) string {
	var all []string
	for _, arg := range args {
		all = append(all, shown(arg))
	}
	return strings.Join(all, " ")
}

// partsIn returns the files of an export that the ledger remembers in one address; nil for
// an address of one.
func partsIn(address, site string) (files []string) {
	for part := range strings.SplitSeq(address, partsMark) {
		file := filepath.FromSlash(part)
		if !filepath.IsAbs(file) {
			file = filepath.Join(site, file)
		}
		files = append(files, file)
	}
	if _, err := os.Stat(files[0]); len(files) == 1 || err != nil {
		return nil
	}
	return files
}

// around returns the folder of a file, and in front of it what a ZIP holds: pictures may lie
// in either.
func around(file string) (fs.FS, error) {
	folder, err := beside(file)
	if z, notZIP := zip.OpenReader(file); err == nil && notZIP == nil {
		return layers{z, folder}, nil
	}
	return folder, err
}

// layers are file systems of which the first that has a file gives it.
type layers []fs.FS

// Open opens a file.
func (l layers) Open(name string) (f fs.File, err error) {
	for _, layer := range l {
		if f, err = layer.Open(name); err == nil {
			break
		}
	}
	return f, err
}
