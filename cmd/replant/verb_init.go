package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"replant/migrate"
	"replant/migrate/tree"
)

const initHelp = `Write a replant.yaml into the site: the list of its feeds, with every setting in it and
what it is by default. A file that is there already gets the feed added to its list, and
stays as it is otherwise. A secret in FEED's address becomes a ${VARIABLE}.`

func initVerb(do func(op)) *cobra.Command {
	o := newOptions()
	cmd := &cobra.Command{
		Use: "init [flags] FEED SITE", Short: "Write or complete the site's replant.yaml", Long: initHelp,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage("replant init FEED SITE", "init: name a feed and the site's folder")
			}
			if err := o.check(args); err != nil {
				return err
			}
			do(initOp{o})
			return nil
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "print the file and write nothing")
	o.defineForm(cmd.Flags())
	return cmd
}

// initOp is replant init.
type initOp struct{ *options }

func (o initOp) run(_ context.Context, std streams) (int, error) {
	name := filepath.Join(o.site, configName)
	feed, listed, err := o.look(std.in)
	switch {
	case err != nil:
		return 0, err
	case listed:
		notice(std.log, fmt.Sprintf("%s: lists %s already", name, feed.Address), "")
		return exitDone, nil
	}
	text, done, hints, err := o.text(name, feed)
	switch {
	case err != nil:
		return 0, err
	case o.dryRun:
		_, err := std.out.Write(text)
		return exitDone, err
	}
	if err := writeConfig(o.site, text); err != nil {
		return 0, fmt.Errorf("%s: %w", name, cause(err))
	}
	for _, h := range hints {
		notice(std.log, "", h)
	}
	_, err = fmt.Fprintln(std.out, done)
	return exitDone, err
}

// look opens the feed, and reports whether the site's list has it already.
func (o initOp) look(in io.Reader) (feed *migrate.Feed, listed bool, err error) {
	c, err := configOf(o.site)
	if err != nil {
		return nil, false, err
	}
	if feed, err = feedOf(o.feed, o.site, in); err != nil {
		return nil, false, err
	}
	if err := checkSite(o.site); err != nil {
		return nil, false, err
	}
	if feed.Address == stdin {
		return nil, false, usage("", "init: standard input cannot be read again by itself")
	}
	feeds, err := c.open(o.site)
	return feed, slices.ContainsFunc(feeds, func(f migrate.Feed) bool { return f.Address == feed.Address }), err
}

// text returns the file as it is to be, what is to be said of it, and the next steps.
func (o initOp) text(name string, feed *migrate.Feed) (text []byte, done string, hints []string, err error) {
	item := configFeed{feed: feed.Address, form: o.form}
	if feed.URL != nil {
		var variables []string
		item.feed, variables = hidden(o.feed)
		hints = setHints(variables)
	}
	old, err := os.ReadFile(name)
	switch {
	case err == nil:
		text, err = added(name, old, item)
		return text, "update  " + configName + "  lists " + item.feed, hints, err
	case !errors.Is(err, fs.ErrNotExist):
		return nil, "", nil, err
	}
	others, more, err := o.others(feed.Address)
	text = newConfig(append([]configFeed{item}, others...))
	return text, "create  " + configName + "  lists " + item.feed, append(hints, more...), err
}

func setHints(variables []string) (hints []string) {
	for _, v := range variables {
		hints = append(hints, "set "+v+" in the environment: it stands for a secret")
	}
	return hints
}

// others returns the other feeds that the site came from. A new list needs them too, since
// a list is all that is read.
func (o initOp) others(address string) (feeds []configFeed, hints []string, err error) {
	site, folder, err := openSite(o.site)
	if err != nil {
		return nil, nil, err
	}
	defer folder.Close()
	known, err := migrate.Remembered(site)
	if err != nil && !errors.Is(err, migrate.ErrNoLedger) {
		return nil, nil, fmt.Errorf("%s: %w", o.site, err)
	}
	for _, f := range known {
		if f.Address == stdin || f.Address == address {
			continue
		}
		item := configFeed{feed: f.Address}
		if name := filepath.FromSlash(f.Address); filepath.IsAbs(name) { // as a ledger of before has it
			item.feed = addressOf(name, o.site)
		}
		switch {
		case f.URL != nil: // as a ledger of before has it
			var more []string
			item.feed, more = hidden(f.URL.String())
			hints = append(hints, setHints(more)...)
		case f.Secret != "":
			hints = append(hints, "complete "+f.Address+" by its secret, as a ${VARIABLE}")
		}
		feeds = append(feeds, item)
	}
	return feeds, hints, nil
}

// writeConfig puts a replant.yaml in its place, whole or not at all.
func writeConfig(site string, text []byte) error {
	if err := os.MkdirAll(site, 0o755); err != nil {
		return err
	}
	disk, folder, err := openSite(site)
	if err != nil {
		return err
	}
	defer folder.Close()
	return tree.WriteFile(disk, ".", configName, bytes.NewReader(text))
}
