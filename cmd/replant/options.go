package main

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"replant/migrate"
	"replant/migrate/site"
)

// options is what a command line asks for.
type options struct {
	feed  string   // an address, a file, or "-"; empty to sync what the site knows
	parts []string // the files of an export that came in several, feed among them; else nil
	site  string

	dryRun, patch, diff, exitCode bool
	say                           reporting
	read                          reading
	prune                         string          // some or all; empty for none
	migration                     migrate.Options // but what prune and the site say

	form migrate.Settings // what was asked for; what was not stays empty
}

// reporting says what is printed.
type reporting struct {
	json, quiet, stat  bool
	verbose            int
	summary, logFormat string
	atTerminal, color  bool // a person reads standard error; standard output may be coloured
}

// reading says how feeds and pictures are read.
type reading struct {
	allowPrivate    bool
	uploads         string // a copy of wp-content/uploads or content/images; empty without one
	jobs            int
	wait, timeLimit time.Duration
}

// newOptions returns the options of a command line that says nothing.
func newOptions() *options { return &options{read: reading{jobs: runtime.GOMAXPROCS(0)}} }

// check completes and checks what the flags left open.
func (o *options) check(args []string) error {
	if err := o.checkBare(args); err != nil {
		return err
	}
	switch len(args) {
	case 0:
		return usage("replant FEED SITE, or replant --help", "name a feed and the site's folder")
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
		last := len(args) - 1
		o.feed, o.parts, o.site = args[0], args[:last], args[last]
	}
	if o.site == "" {
		return usage("an empty variable?", "the name of the site's folder is empty")
	}
	switch {
	case o.read.jobs < 1:
		return usage("", "--jobs %d: must be at least 1", o.read.jobs)
	case o.read.timeLimit < 0:
		return usage("", "--time-limit %v: must not be negative", o.read.timeLimit)
	case o.migration.Pages < 0:
		return usage("", "--pages %d: must not be negative", o.migration.Pages)
	}
	if err := checkAll(settingsIn(&o.form)); err != nil {
		return err
	}
	return o.checkReport()
}

// checkBare refuses the value of a flag that stands apart from it, where the flag alone means
// something: it would be taken for a feed.
func (o *options) checkBare(args []string) error {
	if len(args) == 0 {
		return nil
	}
	prune := setting{name: "prune", value: &o.prune, allowed: []string{"some", "all"}, bare: "some"}
	for _, s := range append(settingsIn(&o.form), prune) {
		if s.bare != "" && *s.value == s.bare && slices.Contains(s.allowed, args[0]) {
			return usage("did you mean --"+s.name+"="+args[0]+"?", "--%s %s: the value of this flag stands behind =", s.name, args[0])
		}
	}
	return nil
}

// checkReport completes and checks the flags for dry runs and reports.
func (o *options) checkReport() error {
	o.dryRun = o.dryRun || o.patch || o.diff
	switch {
	case o.diff && (o.patch || o.say.json || o.say.summary != ""):
		return usage("", "--diff goes with none of --patch, --json and --summary")
	case o.diff && o.say.quiet:
		return usage("", "--diff and --quiet exclude each other")
	case o.exitCode && !o.dryRun:
		return usage("", "--exit-code goes with -n")
	case o.say.json && o.patch:
		return usage("", "--json and --patch exclude each other")
	case o.say.summary != "" && (o.say.json || o.patch):
		return usage("", "--summary goes neither with --json nor with --patch")
	case o.say.quiet && o.say.verbose > 0:
		return usage("", "--quiet and --verbose exclude each other")
	case o.read.wait < 0:
		return usage("", "--wait %v: must not be negative", o.read.wait)
	}
	return checkAll(o.words())
}

// words lists the flags that take one of a few words and are no settings.
func (o *options) words() []setting {
	return []setting{
		{name: "summary", value: &o.say.summary, allowed: []string{"markdown"}},
		{name: "prune", value: &o.prune, allowed: []string{"some", "all"}},
		{name: "log-format", value: &o.say.logFormat, allowed: []string{"text", "json"}},
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

// define defines all flags of a run.
func (o *options) define(f *pflag.FlagSet) {
	f.SortFlags = false
	o.defineLook(f)
	o.say.define(f)
	o.defineForm(f)
	o.defineRead(f)
	f.BoolVar(&o.migration.Refresh, "refresh", false, "make every page anew with this version of replant")
	f.BoolVar(&o.migration.Strict, "strict", false, "leave out pages that do not show everything in their posts")
	f.BoolVar(&o.migration.RetryImages, "retry-images", false, "ask again for pictures that could not be downloaded")
	f.StringVar(&o.prune, "prune", "", "remove pages whose posts are gone from a feed that says that it is complete; all: however many")
	f.Lookup("prune").NoOptDefVal = "some"
	f.BoolVar(&o.migration.AcceptShrunk, "accept-shrunk", false, "accept what the sources have now, even where it is much less")
	f.BoolVar(&o.migration.AsNew, "as-new", false, "treat posts as new although existing pages have their slugs or texts")
	f.Var((*days)(&o.migration.Remind), "remind", "tell again of a feed that still fails after so many days, such as 7d")
	f.BoolVar(&o.migration.Restore, "restore", false, "bring back pages and pictures that you deleted")
}

// defineLook defines the flags of dry runs.
func (o *options) defineLook(f *pflag.FlagSet) {
	f.BoolVarP(&o.dryRun, "dry-run", "n", false, "show what would change and change nothing")
	f.BoolVar(&o.diff, "diff", false, "show also what would change inside the pages; changes nothing")
	f.BoolVar(&o.patch, "patch", false, "print it as one patch for git apply; changes nothing")
	f.BoolVar(&o.exitCode, "exit-code", false, "with -n: exit 4 when there are changes")
}

// define defines the flags of what is reported.
func (r *reporting) define(f *pflag.FlagSet) {
	f.BoolVar(&r.json, "json", false, "print a line of JSON for each change, and one of totals")
	f.BoolVar(&r.stat, "stat", false, "print sizes too")
	f.StringVar(&r.summary, "summary", "", "markdown: print a summary for a pull request instead of lines")
	f.BoolVarP(&r.quiet, "quiet", "q", false, "print only what needs your attention")
	f.CountVarP(&r.verbose, "verbose", "v", "print a line a file, and more; -vv every request")
	f.StringVar(&r.logFormat, "log-format", "", "text or json: format of standard error (default text)")
}

// defineForm defines the flags of the settings, which the ledger remembers.
func (o *options) defineForm(f *pflag.FlagSet) {
	for _, s := range settingsIn(&o.form) {
		s.define(f)
	}
}

// defineRead defines the flags of how feeds and pictures are read.
func (o *options) defineRead(f *pflag.FlagSet) {
	o.read.defineWait(f)
	f.IntVar(&o.migration.Pages, "pages", 0, "read at most this many pages of the feed (default all)")
	f.IntVar(&o.read.jobs, "jobs", o.read.jobs, "posts converted at a time (default: as many as there are CPUs)")
	f.DurationVar(&o.read.timeLimit, "time-limit", 0, "download pictures for at most this long (default 1h)")
	f.StringVar(&o.read.uploads, "uploads", "", "a copy of the blog's wp-content/uploads, or of Ghost's content/images, to take its pictures from")
	f.BoolVar(&o.read.allowPrivate, "allow-private-addresses", false, "fetch pictures from private networks too")
}

// defineWait defines the flag of verbs that lock the site.
func (r *reading) defineWait(f *pflag.FlagSet) {
	f.DurationVar(&r.wait, "wait", 0, "wait this long for another run to end, such as 10m")
}

// setting is a choice about how a feed's pages are made: a flag of the command line and,
// under the same name, a key of replant.yaml. The ledger remembers it.
type setting struct {
	name    string
	value   *string
	allowed []string // empty where any word will do
	preset  string   // what it is the first time
	usage   string
	bare    string             // what the flag alone stands for; empty where it needs a value
	valid   func(string) error // may be nil
}

// settingsIn lists the settings, each with its place in s.
func settingsIn(s *migrate.Settings) []setting {
	return []setting{
		{name: "target", value: &s.Target, allowed: targets(), preset: "by the site's configuration, else hugo",
			usage: "site generator: " + either(targets())},
		{name: "section", value: &s.Section, preset: "the site's own, else posts", valid: checkSection,
			usage: "section of new posts"},
		{name: "path", value: &s.Path, preset: migrate.NoFolders, valid: migrate.CheckPath,
			usage: "where new posts lie in their section, such as {{ .Date.Year }}/{{ .Slug }}"},
		{name: "theme", value: &s.Theme, allowed: append([]string{migrate.Auto, site.NoTheme}, site.Themes()...), preset: migrate.Auto, valid: checkTheme,
			usage: "theme whose keys front matter has; none for plain keys"},
		{name: "layout", value: &s.Layout, allowed: []string{"bundle", "flat"}, preset: "bundle",
			usage: "bundle or flat: pictures beside the page, or in static/images"},
		{name: "images", value: &s.Images, allowed: []string{"local", "remote"}, preset: "local",
			usage: "local or remote: fetch pictures, or leave them where they are"},
		{name: "skip-images", value: &s.SkipImages, preset: "none", valid: migrate.CheckSkip,
			usage: "pictures not to download, such as badges,*.gif,ads.example"},
		{name: "media", value: &s.Media, allowed: []string{"local", "remote"}, preset: "remote", bare: "local",
			usage: "fetch audio and video too; --media=remote leaves them where they are"},
		{name: "image-sizes", value: &s.Sizes, allowed: []string{"keep", "drop"}, preset: "keep",
			usage: "keep or drop: the sizes that the source shows pictures in, where they differ from the files"},
		{name: "figures", value: &s.Figures, allowed: []string{"shortcode", "markdown"}, preset: "shortcode",
			usage: "shortcode or markdown: how captions, sizes of pictures and what unfolds are written"},
		{name: "hard-breaks", value: &s.Breaks, allowed: []string{"keep", "soften", "auto"}, preset: "keep",
			usage: "keep, soften or auto: line breaks in paragraphs; auto softens wrapped text and sentences of prose"},
		{name: "shift-headings", value: &s.Shift, allowed: []string{"-2", "-1", "0", "1", "2", "3", "4", "5"}, preset: "0",
			usage: "move headings down by so many levels, for themes that own the first"},
		{name: "embeds", value: &s.Embeds, allowed: []string{"shortcode", "link", "html"}, preset: "shortcode",
			usage: "shortcode, link or html: how videos and other embeds are shown"},
		{name: "links", value: &s.Links, allowed: []string{"path", "ref", "keep"}, preset: "path",
			usage: "path, ref or keep: links between posts as paths, as references, or to the old blog"},
		{name: "aliases", value: &s.Aliases, allowed: []string{"auto", "always", "never"}, preset: "auto",
			usage: "auto, always or never: pages answer at their posts' old paths; auto where the host was your own"},
		{name: "redirects", value: &s.Redirects, preset: migrate.NoRedirects, valid: migrate.CheckRedirects,
			usage: "a table of old addresses for a server, such as static/_redirects or nginx:old.map"},
		{name: "enrich", value: &s.Enrich, allowed: []string{"on", "off"}, preset: "on for dev.to, else off", bare: "on",
			usage: "ask dev.to for the source of each post, one a second; --enrich=off does without"},
		{name: "comments", value: &s.Comments, allowed: []string{"data", "none"}, preset: "none",
			usage: "data: readers' comments of an export, in data/comments"},
		{name: "front-matter", value: &s.FrontMatter, allowed: []string{"yaml", "toml"}, preset: "yaml",
			usage: "yaml or toml: format of front matter"},
		{name: "categories", value: &s.Categories, allowed: []string{migrate.Keep, migrate.AsTags}, preset: migrate.Keep,
			usage: "keep or tags: categories as they are, or as tags beside the others"},
		{name: "tag-case", value: &s.TagCase, allowed: []string{migrate.Keep, migrate.Lower, migrate.Title}, preset: migrate.Keep,
			usage: "keep, lower or title: the case of tags and categories"},
		{name: "more", value: &s.More, allowed: []string{migrate.Auto, migrate.Never}, preset: migrate.Auto,
			usage: "auto or never: for Zola, end summaries behind the first paragraph"},
		{name: "timezone", value: &s.Timezone, allowed: []string{migrate.Auto, aZone}, preset: migrate.Auto, valid: checkZone,
			usage: "zone of dates, such as Europe/Berlin or +02:00, where the source has none"},
		{name: "since", value: &s.Since, allowed: []string{migrate.Ever, aDay}, preset: migrate.Ever, valid: checkDay,
			usage: "skip posts published before a day, such as 2024-01-31"},
	}
}

// settingNamed returns one of the settings.
func settingNamed(s *migrate.Settings, name string) setting {
	all := settingsIn(s)
	return all[slices.IndexFunc(all, func(s setting) bool { return s.name == name })]
}

// targets lists the names of the site generators.
func targets() (names []string) {
	for _, t := range site.Targets() {
		names = append(names, t.Name)
	}
	return names
}

// aDay stands, among what a setting may be, for any day of the calendar.
const aDay = "a day such as 2024-01-31"

func checkDay(value string) error {
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		return usage("year, month and day, each in full: "+dayHint(value), "%s: must be %s", value, either([]string{migrate.Ever, aDay}))
	}
	return nil
}

// dayHint returns the day that a value was probably meant to be, else the form of one.
func dayHint(value string) string {
	for _, form := range []string{"2006-1-2", "2006/1/2", "2.1.2006", "2 Jan 2006", "Jan 2, 2006", "20060102", "2006-1", "2006"} {
		if day, err := time.Parse(form, value); err == nil {
			return day.Format(time.DateOnly)
		}
	}
	return "YYYY-MM-DD"
}

// checkSection refuses a section outside the content folder: the pages would lie elsewhere than
// the words say.
func checkSection(value string) error {
	parts := strings.FieldsFunc(value, func(r rune) bool { return r == '/' || r == '\\' })
	if strings.HasPrefix(value, "/") || slices.Contains(parts, "..") {
		return usage("", "%s: must be a folder in the content folder, such as posts or notes/2024", value)
	}
	return nil
}

func checkTheme(value string) error {
	if site.KnowsTheme(value) {
		return nil
	}
	if near := nearest(strings.ToLower(value), lowered(site.Themes())); near != "" {
		return usage("did you mean "+site.Themes()[slices.Index(lowered(site.Themes()), near)]+"?", "%s: not a theme whose keys replant knows", value)
	}
	return usage("known are "+strings.Join(site.Themes(), ", ")+"; none for plain keys", "%s: not a theme whose keys replant knows", value)
}

func lowered(words []string) []string {
	low := make([]string, 0, len(words))
	for _, w := range words {
		low = append(low, strings.ToLower(w))
	}
	return low
}

// aZone stands, among what a setting may be, for any time zone.
const aZone = "a zone such as Europe/Berlin or +02:00"

func checkZone(value string) error {
	if site.ZoneOf(value) == nil {
		return usage(zoneHint(value), "%s: must be %s", value, either([]string{migrate.Auto, aZone}))
	}
	return nil
}

// zoneHint returns the zone that a value was probably meant to be, else where they are listed.
func zoneHint(value string) string {
	city := strings.ReplaceAll(value, " ", "_")
	if city != "" {
		city = strings.ToUpper(city[:1]) + city[1:]
	}
	for _, area := range []string{"Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian"} {
		if zone := area + "/" + city; site.ZoneOf(zone) != nil {
			return "did you mean " + zone + "?"
		}
	}
	if hours, err := strconv.Atoi(strings.TrimPrefix(strings.ToUpper(value), "UTC")); err == nil {
		if zone := fmt.Sprintf("%+03d:00", hours); site.ZoneOf(zone) != nil {
			return "did you mean " + zone + "?"
		}
	}
	return "https://en.wikipedia.org/wiki/List_of_tz_database_time_zones"
}

func (s setting) define(f *pflag.FlagSet) {
	f.StringVar(s.value, s.name, "", s.usage+" (default "+s.preset+")")
	f.Lookup(s.name).NoOptDefVal = s.bare
}

// check checks the value; an empty one is not set.
func (s setting) check() error {
	switch {
	case *s.value == "" || slices.Contains(s.allowed, *s.value):
		return nil
	case s.valid != nil:
		return s.valid(*s.value)
	case len(s.allowed) == 0:
		return nil
	}
	hint := ""
	if near := nearest(strings.ToLower(*s.value), s.allowed); near != "" {
		hint = "did you mean " + near + "?"
	}
	return usage(hint, "%s: must be %s", *s.value, either(s.allowed))
}

// free reports whether the setting takes more than words to choose from.
func (s setting) free() bool {
	return slices.Contains(s.allowed, aDay) || slices.Contains(s.allowed, aZone)
}
