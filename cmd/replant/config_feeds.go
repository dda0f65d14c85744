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
)

// configOf reads a site's replant.yaml. A site without one has an empty config.
func configOf(site string) (*config, error) {
	name := filepath.Join(site, configName)
	text, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return &config{}, nil
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, cause(err))
	}
	return parseConfig(name, text, os.LookupEnv)
}

// open opens the feeds of the list, and gives an error for each that cannot be.
func (c *config) open(site string) (feeds []migrate.Feed, failed []error, err error) {
	at := map[string]*configFeed{}
	for i := range c.feeds {
		f := &c.feeds[i]
		feed, err := f.open(site)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		if twin := at[feed.Address]; twin != nil {
			return nil, nil, f.fails("the same feed as in line %d", twin.node.Line)
		}
		at[feed.Address] = f
		feed.Settings = f.form.Or(c.form)
		feeds = append(feeds, *feed)
	}
	return feeds, failed, nil
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
	feeds, _, _ := c.open(site) // what cannot be opened is another feed
	for _, f := range feeds {
		if f.Address == address {
			return f.Settings
		}
	}
	return c.form
}
