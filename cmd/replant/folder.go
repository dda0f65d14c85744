package main

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/afero"

	"replant/migrate"
	"replant/migrate/site"
)

// levelsAbove is how far above a folder a site is looked for that the folder may belong to.
const levelsAbove = 4

// foldersBelow bounds how many folders below one are looked at for the site that was meant.
const foldersBelow = 100

// checkFolder looks, before a first run, whether the folder is the site's: one without a
// configuration may lie inside a site, or above one. That pages would come to lie among the
// pages of another site is refused; the rest is said.
func checkFolder(feed, dir string, log *slog.Logger) error {
	if migrate.HasLedger(os.DirFS(dir)) || siteAt(dir) != nil {
		return nil
	}
	above, where := siteAbove(dir)
	switch below := siteBelow(dir); {
	case where != nil && inContent(where, above, dir):
		return usage("the site is "+above+": replant "+shown(feed)+" "+quoted(above), "%s: lies among the pages of a site", dir)
	case where != nil:
		notice(log, dir+": has no configuration and lies inside a site", "if that is meant: replant "+shown(feed)+" "+quoted(above))
	case below != "":
		notice(log, dir+": has no configuration, and a site lies in it", "if that is meant: replant "+shown(feed)+" "+quoted(below))
	}
	return nil
}

// siteAt returns the site that a folder surely is, or nil.
func siteAt(dir string) *site.Site {
	disk, folder, err := openSite(dir) // which refuses pipes
	if err != nil {
		return nil
	}
	defer folder.Close()
	where, err := site.Find(afero.NewIOFS(disk), "")
	if err != nil || !where.Certain() {
		return nil
	}
	return where
}

// siteAbove returns the nearest site that a folder lies in, and its folder. A repository ends
// the search.
func siteAbove(dir string) (string, *site.Site) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return "", nil
	}
	up := dir
	for range levelsAbove {
		if _, err := os.Stat(filepath.Join(full, ".git")); err == nil || full == filepath.Dir(full) {
			break
		}
		full, up = filepath.Dir(full), filepath.Join(up, "..")
		if where := siteAt(full); where != nil {
			if rel, err := filepath.Rel(".", up); err == nil && !filepath.IsAbs(dir) {
				return rel, where
			}
			return full, where
		}
	}
	return "", nil
}

// inContent reports whether a folder is one of the pages of a site, or the folder of them.
func inContent(where *site.Site, above, dir string) bool {
	pages, err1 := filepath.Abs(filepath.Join(above, filepath.FromSlash(where.Content)))
	full, err2 := filepath.Abs(dir)
	rel, err := filepath.Rel(pages, full)
	return errors.Join(err1, err2, err) == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// siteBelow returns the one folder directly below that is a site, or "".
func siteBelow(dir string) (below string) {
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > foldersBelow {
		return ""
	}
	for _, e := range entries {
		if sub := filepath.Join(dir, e.Name()); e.Type()&fs.ModeDir != 0 && siteAt(sub) != nil {
			if below != "" {
				return ""
			}
			below = sub
		}
	}
	return below
}
