package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/afero"

	"replant/migrate"
	"replant/migrate/blog"
	"replant/migrate/tree"
)

// openSite opens a site's folder. One that is not there is an empty site.
func openSite(dir string) (afero.Fs, io.Closer, error) {
	root, err := os.OpenRoot(dir)
	switch {
	case err == nil:
		return tree.New(root), root, nil
	case os.IsNotExist(err):
		return afero.NewReadOnlyFs(afero.NewMemMapFs()), io.NopCloser(nil), nil
	}
	return nil, nil, fmt.Errorf("%s: %w", dir, cause(err))
}

// known returns the feeds that a site came from, ready to be read again as far as they can be.
func known(dir string, site afero.Fs) (feeds []migrate.Feed, err error) {
	all, err := migrate.Remembered(site)
	switch {
	case errors.Is(err, migrate.ErrNoLedger), err == nil && len(all) == 0:
		return nil, notASite(dir)
	case err != nil:
		return nil, inSite(dir, err)
	}
	for _, old := range all {
		f, err := again(old, dir)
		if err != nil {
			f = unopened(old.Address, err)
		}
		feeds = append(feeds, *f)
	}
	return feeds, nil
}

// unopened returns a feed that cannot be opened. A file that is not there has a name all the
// same.
func unopened(address string, err error) *migrate.Feed {
	f := &migrate.Feed{Address: address, Err: err}
	if feed := (*migrate.FeedError)(nil); errors.As(err, &feed) {
		f.Address, f.Name, f.Was = feed.Address, feed.Name, address
	}
	return f
}

// isFolder checks a site that is named alone.
func isFolder(dir string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return notASite(dir)
	}
	return nil
}

// again reopens a feed that the ledger remembers.
func again(old migrate.Feed, dir string) (*migrate.Feed, error) {
	switch {
	case old.Address == stdin:
		return nil, &hinted{errors.New("standard input: cannot be read again by itself"), "replant - " + dir + " reads it anew", exitFailed}
	case old.URL != nil: // as a ledger of before has it
		return &old, nil
	case old.Secret != "":
		return nil, &hinted{fmt.Errorf("%s: its secret part is not kept in the ledger", old.Address), "`replant init FEED " + dir + "` with the whole address lists it, the secret as a ${VARIABLE}", exitFailed}
	case blog.IsWeb(old.Address):
		return addressFeed(old.Address)
	case partsIn(old.Address, dir) != nil:
		return partsFeed(partsIn(old.Address, dir), dir)
	case filepath.IsAbs(filepath.FromSlash(old.Address)):
		return fileFeed(filepath.FromSlash(old.Address), dir)
	}
	return fileFeed(filepath.Join(dir, filepath.FromSlash(old.Address)), dir)
}

// notASite says what a single argument may have meant.
func notASite(arg string) error {
	if arg == stdin || blog.IsWeb(arg) {
		return usage("name the site's folder too: replant "+shown(arg)+" SITE", "%s: a feed alone, and nowhere to put it", shown(arg))
	}
	if hint := verbHint(arg); hint != "" {
		return usage(hint, "%s: neither a site that replant knows nor a command", arg)
	}
	info, err := os.Stat(arg)
	if err == nil && !info.IsDir() {
		return usage("name the site's folder too: replant "+quoted(arg)+" SITE", "%s: a feed alone, and nowhere to put it", arg)
	}
	if near := nearSite(arg); near != "" {
		return usage("did you mean `replant "+near+"`?", "%s: no ledger here, so no feed to sync", arg)
	}
	switch g := guessFeed(arg); {
	case err == nil:
	case g.feed != "":
		return usage("name the site's folder too: replant "+shownAddress(g.feed)+" SITE", "%s: a feed alone, and nowhere to put it", shown(arg))
	case g.trouble != "" && strings.HasPrefix(arg, "@"):
		return usage(g.hint, "%s: neither a site nor a feed", arg)
	case strings.Contains(arg, "://"):
		return usage("name the site's folder too: replant "+shown(arg)+" SITE", "%s: a feed alone, and nowhere to put it", shown(arg))
	case g.hint != "":
		return usage("the first time, name the feed too: replant FEED "+shown(arg)+"; "+g.hint, "%s: no such folder", shown(arg))
	default:
		return usage("the first time, name the feed too: replant FEED "+shown(arg), "%s: no such folder", shown(arg))
	}
	return usage("the first time, name the feed too: replant FEED "+arg, "%s: no ledger here, so no feed to sync", arg)
}

// nearSite looks around a folder for one with a ledger: those that it lies in, then
// those beside it, the nearest name first.
func nearSite(arg string) string {
	full, err := filepath.Abs(arg)
	if err != nil {
		return ""
	}
	for dir := filepath.Dir(full); ; dir = filepath.Dir(dir) {
		if migrate.HasLedger(os.DirFS(dir)) {
			return dir
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	entries, err := os.ReadDir(filepath.Dir(full))
	if err != nil {
		return ""
	}
	var sites []string
	for _, e := range entries {
		if e.IsDir() && migrate.HasLedger(os.DirFS(filepath.Join(filepath.Dir(full), e.Name()))) {
			sites = append(sites, e.Name())
		}
	}
	if near := nearest(filepath.Base(full), sites); near != "" {
		return filepath.Join(filepath.Dir(arg), near)
	}
	return ""
}
