package main

import "github.com/spf13/pflag"

// define gives a command all flags of a run.
func (o *options) define(f *pflag.FlagSet) {
	f.SortFlags = false
	o.defineLook(f)
	o.defineReport(f)
	o.defineForm(f)
	o.defineRead(f)
	f.BoolVar(&o.refresh, "refresh", false, "make every page anew, as this version of replant would")
	f.BoolVar(&o.strict, "strict", false, "leave out pages that do not show all that their posts do")
	f.BoolVar(&o.retryImages, "retry-images", false, "ask again for pictures that could not be had")
	f.StringVar(&o.prune, "prune", "", "remove the pages of posts that are gone at the source, where the feed says that it is complete; all: be they ever so many")
	f.Lookup("prune").NoOptDefVal = "some"
	f.BoolVar(&o.acceptShrunk, "accept-shrunk", false, "let pages become what their sources have now, however little that is")
	f.BoolVar(&o.asNew, "as-new", false, "take posts for new ones though pages that are there have their slugs or their texts")
	f.BoolVar(&o.restore, "restore", false, "bring back pages and pictures that you deleted")
}

// defineLook gives the flags of what can be looked at first.
func (o *options) defineLook(f *pflag.FlagSet) {
	f.BoolVarP(&o.dryRun, "dry-run", "n", false, "show what would change and change nothing")
	f.BoolVar(&o.patch, "patch", false, "print it as one patch for git apply; changes nothing")
	f.BoolVar(&o.exitCode, "exit-code", false, "with -n: exit 4 when there are changes")
}

// defineReport gives the flags of what is told.
func (o *options) defineReport(f *pflag.FlagSet) {
	f.BoolVar(&o.json, "json", false, "print a line of JSON for each change, and one of totals")
	f.StringVar(&o.summary, "summary", "", "markdown: print a summary for a pull request instead of lines")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "print nothing but what needs you")
	f.CountVarP(&o.verbose, "verbose", "v", "say more; -vv every request")
	f.StringVar(&o.logFormat, "log-format", "", "text or json: what standard error is written in (default text)")
}

// defineForm gives the flags of what pages are made by, which the ledger remembers.
func (o *options) defineForm(f *pflag.FlagSet) {
	for _, s := range settingsIn(&o.form) {
		s.define(f)
	}
}

// defineRead gives the flags of how feeds and pictures are read.
func (o *options) defineRead(f *pflag.FlagSet) {
	o.defineWait(f)
	f.IntVar(&o.pages, "pages", 0, "read at most this many pages of the feed (default all)")
	f.IntVar(&o.jobs, "jobs", o.jobs, "posts converted at a time (default: as many as there are CPUs)")
	f.DurationVar(&o.timeLimit, "time-limit", 0, "give up on pictures after so long in all (default 1h)")
	f.StringVar(&o.uploads, "uploads", "", "a copy of the blog's wp-content/uploads, to take its pictures from")
	f.BoolVar(&o.allowPrivate, "allow-private-addresses", false, "fetch pictures from private networks too")
}

// defineWait gives the flag of what needs the site to itself.
func (o *options) defineWait(f *pflag.FlagSet) {
	f.DurationVar(&o.wait, "wait", 0, "wait so long for another run to end, such as 10m")
}
