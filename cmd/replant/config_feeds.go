package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"replant/migrate"
	"replant/migrate/tree"
)

// configOf reads a site's replant.yaml. A site without one has an empty config.
func configOf(site string) (*config, error) {
	name := filepath.Join(site, configName)
	text, err := contents(name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return &config{}, nil
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, cause(err))
	}
	return parseConfig(name, text, os.LookupEnv)
}

// contents reads a file. A pipe in its place would be read for ever.
func contents(name string) ([]byte, error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return nil, tree.ErrNoFile
	}
	return os.ReadFile(name)
}

// open opens the feeds of the list, as far as they can be.
func (c *config) open(site string) (feeds []migrate.Feed, err error) {
	at := map[string]*configFeed{}
	for i := range c.feeds {
		f := &c.feeds[i]
		feed, err := f.open(site)
		if err != nil { // its address may be none that a ledger may keep
			feed = &migrate.Feed{Address: fmt.Sprintf("%s:%d", configName, f.node.Line), Err: err}
		}
		if twin := at[feed.Address]; twin != nil {
			return nil, f.fails("the same feed as in line %d", twin.node.Line)
		}
		at[feed.Address] = f
		feed.Settings = f.form.Or(c.form)
		feeds = append(feeds, *feed)
	}
	return feeds, nil
}

func (f *configFeed) open(site string) (*migrate.Feed, error) {
	switch scheme, _, _ := strings.Cut(f.feed, "://"); {
	case scheme == "http" || scheme == "https":
		feed, err := addressFeed(f.feed)
		switch {
		case err == nil:
			return feed, nil
		case hintOf(err) != "":
			return nil, f.fails("feed: a mark such as ~0a1b2c3d stands for a part that is not kept; put a ${VARIABLE} in its place")
		}
		return nil, f.fails("feed: not a complete address")
	case scheme != f.feed:
		return nil, f.fails("feed: %s addresses cannot be read", scheme)
	}
	name := filepath.FromSlash(f.feed)
	if !filepath.IsAbs(name) {
		name = filepath.Join(site, name)
	}
	return fileFeed(name, site)
}

// formOf gives the settings for a feed that the command line names: those of the feed in
// the list, if it is there, else those for every feed.
func (c *config) formOf(address, site string) migrate.Settings {
	feeds, _ := c.open(site) // what cannot be opened is another feed
	for _, f := range feeds {
		if f.Address == address {
			return f.Settings
		}
	}
	return c.form
}
