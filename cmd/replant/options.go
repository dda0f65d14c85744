package main

import (
	"slices"
	"strings"
)

// options is what a command line asks for.
type options struct {
	feed string // an address, a file, or "-"; empty to sync what the site knows
	site string

	dryRun, patch, exitCode bool
	json, quiet, verbose    bool
	refresh, restore        bool
	allowPrivate            bool
	target, section         string
	layout, images          string
	breaks, shift           string
	embeds, frontMatter     string
	pages, jobs             int
}

// check completes and checks what the flags left open.
func (o *options) check(args []string) error {
	switch len(args) {
	case 0:
		return usage("replant --help shows how", "name a feed and the site's folder")
	case 1:
		o.site = args[0]
	case 2:
		o.feed, o.site = args[0], args[1]
		if o.feed == "" {
			return usage("an empty variable?", "the feed's name is empty")
		}
	default:
		if hint := verbHint(args[0]); hint != "" {
			return usage(hint, "%s: neither a feed nor a command", args[0])
		}
		return usage("quote names that contain spaces", "too many arguments: %s", strings.Join(args[2:], " "))
	}
	o.dryRun = o.dryRun || o.patch
	switch {
	case o.exitCode && !o.dryRun:
		return usage("", "--exit-code goes with -n")
	case o.json && o.patch:
		return usage("", "--json and --patch exclude each other")
	case o.quiet && o.verbose:
		return usage("", "--quiet and --verbose exclude each other")
	case o.jobs < 1:
		return usage("", "--jobs %d: must be at least 1", o.jobs)
	case o.pages < 0:
		return usage("", "--pages %d: must not be negative", o.pages)
	}
	for _, c := range []struct {
		flag, value string
		allowed     []string
	}{
		{"target", o.target, []string{"hugo", "zola"}},
		{"layout", o.layout, []string{"bundle", "flat"}},
		{"images", o.images, []string{"local", "remote"}},
		{"hard-breaks", o.breaks, []string{"keep", "soften", "auto"}},
		{"shift-headings", o.shift, []string{"-2", "-1", "0", "1", "2", "3", "4", "5"}},
		{"embeds", o.embeds, []string{"shortcode", "link", "html"}},
		{"front-matter", o.frontMatter, []string{"yaml", "toml"}},
	} {
		if c.value != "" && !slices.Contains(c.allowed, c.value) {
			return usage(didYouMean("", c.value, c.allowed), "--%s %s: must be %s", c.flag, c.value, either(c.allowed))
		}
	}
	return nil
}

// either lists words to choose from.
func either(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
