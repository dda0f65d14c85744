package main

import (
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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

const help = `replant carries a blog from its feed into a Hugo or Zola site, and keeps it up to date.

FEED is the address of an RSS, Atom or JSON feed, a file, or - for standard input.
SITE is the site's folder; it is made when there is none. Every post becomes a page
with its pictures beside it. Run it again to bring what is new; pages that you edited
stay yours. With SITE alone, every feed that the site came from is synced.`

const examples = `  replant -n https://dev.to/feed/ben blog   look first
  replant https://dev.to/feed/ben blog      migrate, or sync
  replant -q blog                           sync from cron`

// parse reads a command line. It is pure but for help and version, which it writes to
// out; then, and for errors, the options are nil.
func parse(args []string, out io.Writer) (*options, error) {
	var o *options
	cmd := command(func(got *options) { o = got })
	cmd.SetArgs(args)
	cmd.SetOut(out)
	cmd.SetErr(io.Discard)
	err := cmd.Execute()
	if err == nil || isUsage(err) {
		return o, err
	}
	return nil, usage("", "%v", err)
}

func command(done func(*options)) *cobra.Command {
	o := &options{}
	cmd := &cobra.Command{
		Use: "replant [flags] FEED SITE", Long: help, Example: examples, Version: release() + " " + runtime.Version(),
		SilenceErrors: true, SilenceUsage: true,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 && args[0] == "help" {
				return cmd.Help()
			}
			if err := o.check(args); err != nil {
				return err
			}
			done(o)
			return nil
		},
	}
	cmd.SetVersionTemplate("replant {{.Version}}\n")
	cmd.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return flagError(c.Flags(), err) })
	o.define(cmd.Flags())
	return cmd
}

func (o *options) define(f *pflag.FlagSet) {
	f.SortFlags = false
	f.BoolVarP(&o.dryRun, "dry-run", "n", false, "show what would change and change nothing")
	f.BoolVar(&o.patch, "patch", false, "print it as one patch for git apply; changes nothing")
	f.BoolVar(&o.exitCode, "exit-code", false, "with -n: exit 4 when there are changes")
	f.BoolVar(&o.json, "json", false, "print a line of JSON for each change, and one of totals")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "print nothing but what needs you")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "say more")
	f.StringVar(&o.target, "target", "", "site generator: hugo or zola (default: by the site's configuration, else hugo)")
	f.StringVar(&o.section, "section", "", "section of new posts (default: as the last time, else posts)")
	f.StringVar(&o.layout, "layout", "", "bundle or flat: pictures beside the page, or in static/images (default bundle)")
	f.StringVar(&o.images, "images", "", "local or remote: fetch pictures, or leave them where they are (default local)")
	f.StringVar(&o.breaks, "hard-breaks", "", "keep, soften or auto: line breaks in paragraphs; auto softens wrapped text (default keep)")
	f.StringVar(&o.shift, "shift-headings", "", "move headings down by so many levels, for themes that own the first (default 0)")
	f.StringVar(&o.embeds, "embeds", "", "shortcode, link or html: how videos and the like are shown (default shortcode)")
	f.StringVar(&o.frontMatter, "front-matter", "", "yaml or toml (default yaml)")
	f.IntVar(&o.pages, "pages", 0, "read at most this many pages of the feed (default all)")
	f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "posts converted at a time")
	f.BoolVar(&o.refresh, "refresh", false, "make every page anew, as this version of replant would")
	f.BoolVar(&o.restore, "restore", false, "bring back pages and pictures that you deleted")
	f.BoolVar(&o.allowPrivate, "allow-private-addresses", false, "fetch pictures from private networks too")
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

// release is the version of the module, "devel" when built from a working copy.
func release() string {
	b, ok := debug.ReadBuildInfo()
	if !ok || b.Main.Version == "" || b.Main.Version == "(devel)" {
		return "devel"
	}
	return b.Main.Version
}
