package migrate

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"replant/assets"
	"replant/migrate/ledger"
	"replant/migrate/markdown"
	"replant/migrate/plan"
	"replant/migrate/site"
)

// Settings are what a feed's pages are made by. What is left empty is as the last
// time, and the first time as the defaults say.
type Settings struct {
	Target  string      // the site generator's name; the same for all feeds of a site
	Section string      // of new posts; default posts
	Layout  site.Layout // of new posts; default site.Bundle
	Images  string      // Local or Remote; default Local
	// SkipImages are the pictures that stay where they are: see [CheckSkip].
	SkipImages string
	Media      string // Local or Remote: what becomes of audio and video; default Remote
	// Sizes is Keep or Drop: what becomes of the sizes that pictures are shown in;
	// default Keep.
	Sizes string
	// Breaks is what becomes of line breaks in paragraphs: keep, soften or auto;
	// default keep.
	Breaks string
	// Shift is how many levels headings move down, as a decimal number; default 0.
	Shift  string
	Embeds site.Embeds // default site.Shortcode
	// Enrich is On to ask the platform for each post as its author wrote it; default off.
	Enrich string
	// Comments is Data for files of readers' comments; default none.
	Comments string
	// FrontMatter is YAML or TOML; default YAML.
	FrontMatter string
	// Terms are not remembered by the ledger: what does not ask for them has none.
	Terms
	// Since is the day before which new posts are left alone, as 2006-01-02, or Ever;
	// default Ever.
	Since string
}

// What front matter is written in.
const (
	YAML = "yaml"
	TOML = "toml"
)

// What becomes of pictures.
const (
	Local  = "local"  // fetched and put beside the page
	Remote = "remote" // left where they are
)

// What becomes of the sizes that pictures are shown in.
const (
	Keep = "keep"
	Drop = "drop" // all are shown as large as they are
)

// Or gives the settings, completed by others.
func (s Settings) Or(d Settings) Settings {
	return Settings{
		Target: cmp.Or(s.Target, d.Target), Section: cmp.Or(s.Section, d.Section),
		Layout: cmp.Or(s.Layout, d.Layout), Images: cmp.Or(s.Images, d.Images),
		SkipImages: cmp.Or(s.SkipImages, d.SkipImages), Media: cmp.Or(s.Media, d.Media),
		Sizes:  cmp.Or(s.Sizes, d.Sizes),
		Breaks: cmp.Or(s.Breaks, d.Breaks), Shift: cmp.Or(s.Shift, d.Shift),
		Enrich: cmp.Or(s.Enrich, d.Enrich), Comments: cmp.Or(s.Comments, d.Comments),
		Embeds: cmp.Or(s.Embeds, d.Embeds), FrontMatter: cmp.Or(s.FrontMatter, d.FrontMatter),
		Terms: s.Terms.or(d.Terms),
		Since: cmp.Or(s.Since, d.Since),
	}
}

func settingsOf(f *ledger.Feed) Settings {
	return Settings{
		Target: f.Target, Section: f.Section, Layout: site.Layout(f.Layout), Images: f.Images,
		SkipImages: f.SkipImages, Media: f.Media, Sizes: f.Sizes,
		Breaks: f.Breaks, Shift: f.Shift,
		Enrich: f.Enrich, Comments: f.Comments,
		Embeds: site.Embeds(f.Embeds), FrontMatter: f.FrontMatter, Since: f.Since,
	}
}

// note gives the feed as the ledger keeps it.
func (f *Feed) note() *ledger.Feed {
	return &ledger.Feed{
		Address: f.Address, Secret: f.Secret,
		Target: f.Target, Section: f.Section, Layout: string(f.Layout), Images: f.Images,
		SkipImages: f.SkipImages, Media: f.Media, Sizes: f.Sizes,
		Breaks: f.Breaks, Shift: f.Shift,
		Enrich: f.Enrich, Comments: f.Comments,
		Embeds: string(f.Embeds), FrontMatter: f.FrontMatter, Since: f.Since,
	}
}

// made names what a page is made from: an item, and the settings that change how pages
// look. The section and the layout are not among them, since a page keeps its path for
// life.
func (s Settings) made(item string) string {
	looks := short("%s %s %s %s%s%s", s.Target, s.Images, s.Embeds, s.FrontMatter, s.form(), s.Terms.form()+s.fetched())
	return short("%s", item)[:24] + "-" + looks[:8]
}

// sameItem tells whether two pages were made from the same item, by whatever settings.
func sameItem(a, b string) bool {
	x, _, _ := strings.Cut(a, "-")
	y, _, _ := strings.Cut(b, "-")
	return x == y
}

// form names the settings of the text that are not as usual; "" where all are.
func (s Settings) form() string {
	sizes := ""
	if s.Sizes == Drop {
		sizes = " unsized"
	}
	breaks := cmp.Or(s.Breaks, string(markdown.KeepBreaks))
	if breaks == string(markdown.KeepBreaks) && s.shift() == 0 {
		return sizes
	}
	return fmt.Sprintf(" %s %d", breaks, s.shift()) + sizes
}

// fetched names the settings of what is fetched that are not as usual; "" where all are.
func (s Settings) fetched() string {
	enriched := ""
	if s.Enrich == On {
		enriched = " enriched"
	}
	if s.SkipImages == "" && s.Media != Local {
		return enriched
	}
	return fmt.Sprintf(" %q %s", s.SkipImages, s.Media) + enriched
}

// CheckSkip checks patterns of pictures that stay where they are: see
// [assets.ParsePatterns].
func CheckSkip(patterns string) error {
	_, err := assets.ParsePatterns(patterns)
	return err
}

// shift gives Shift as a number; what is none moves nothing.
func (s Settings) shift() int {
	n, err := strconv.Atoi(s.Shift)
	if err != nil {
		return 0
	}
	return n
}

// state names what a ledger knows and what a feed is asked for: validators speak only
// for the state that they were noted under. It is empty without a ledger.
func (s Settings) state(file plan.Content) string {
	if !file.Exists() {
		return ""
	}
	return short("%s %+v", file.Hash(), s)
}

func short(format string, a ...any) string {
	sum := sha256.Sum256(fmt.Appendf(nil, format, a...))
	return hex.EncodeToString(sum[:16])
}

// softens tells whether line breaks may become spaces.
func (s Settings) softens() bool {
	return s.Breaks != "" && s.Breaks != string(markdown.KeepBreaks)
}
