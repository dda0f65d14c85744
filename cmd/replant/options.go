package main

import (
	"runtime"
	"strings"
	"time"

	"replant/migrate"
)

// options is what a command line asks for.
type options struct {
	feed string // an address, a file, or "-"; empty to sync what the site knows
	site string

	dryRun, patch, exitCode bool
	json, quiet             bool
	verbose                 int
	summary, logFormat      string
	refresh, restore        bool
	prune                   string // some or all; empty for none
	adopt                   bool   // nothing but that
	retryImages, strict     bool
	acceptShrunk            bool
	asNew                   bool // posts, whatever pages they resemble
	allowPrivate            bool
	uploads                 string // a copy of wp-content/uploads; empty without one
	pages, jobs             int
	wait, timeLimit         time.Duration
	atTerminal              bool // a person reads standard error

	form migrate.Settings // what was asked for; what was not stays empty
}

// newOptions gives the options of a command line that says nothing.
func newOptions() *options { return &options{jobs: runtime.GOMAXPROCS(0)} }

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
	switch {
	case o.jobs < 1:
		return usage("", "--jobs %d: must be at least 1", o.jobs)
	case o.timeLimit < 0:
		return usage("", "--time-limit %v: must not be negative", o.timeLimit)
	case o.pages < 0:
		return usage("", "--pages %d: must not be negative", o.pages)
	}
	if err := checkAll(settingsIn(&o.form)); err != nil {
		return err
	}
	return o.checkReport()
}

// checkReport completes and checks the flags of what is looked at and told.
func (o *options) checkReport() error {
	o.dryRun = o.dryRun || o.patch
	switch {
	case o.exitCode && !o.dryRun:
		return usage("", "--exit-code goes with -n")
	case o.json && o.patch:
		return usage("", "--json and --patch exclude each other")
	case o.summary != "" && (o.json || o.patch):
		return usage("", "--summary goes neither with --json nor with --patch")
	case o.quiet && o.verbose > 0:
		return usage("", "--quiet and --verbose exclude each other")
	case o.wait < 0:
		return usage("", "--wait %v: must not be negative", o.wait)
	}
	return checkAll(o.words())
}

// words lists the flags that take one of a few words and are no settings.
func (o *options) words() []setting {
	return []setting{
		{name: "summary", value: &o.summary, allowed: []string{"markdown"}},
		{name: "prune", value: &o.prune, allowed: []string{"some", "all"}},
		{name: "log-format", value: &o.logFormat, allowed: []string{"text", "json"}},
	}
}

// checkAll checks what flags may be.
func checkAll(all []setting) error {
	for _, s := range all {
		if err := s.check(); err != nil {
			return usage(hintOf(err), "--%s %w", s.name, err)
		}
	}
	return nil
}

// either lists words to choose from.
func either(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
