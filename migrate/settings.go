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

// Settings are what a feed's pages are made by. What is left empty is as the last time, and
// the first time as usual says.
type Settings = ledger.Settings

// usual are the settings of a first run that asks for none.
var usual = Settings{
	Section: "posts", Layout: string(site.Bundle), Images: Local, Embeds: string(site.Shortcode), FrontMatter: YAML,
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

// madeFrom names what a page is made from: an item, and the settings that change how pages
// look. The section and the layout are not among them, since a page keeps its path for
// life.
func madeFrom(s Settings, item string) string {
	looks := short("%s %s %s %s%s%s", s.Target, s.Images, s.Embeds, s.FrontMatter, formOfText(s), formOfTerms(s.Terms)+formOfFetched(s))
	return short("%s", item)[:24] + "-" + looks[:8]
}

// sameItem tells whether two pages were made from the same item, by whatever settings.
func sameItem(a, b string) bool {
	x, _, _ := strings.Cut(a, "-")
	y, _, _ := strings.Cut(b, "-")
	return x == y
}

// formOfText names the settings of the text that are not as usual; "" where all are.
func formOfText(s Settings) string {
	sizes := ""
	if s.Sizes == Drop {
		sizes = " unsized"
	}
	breaks := cmp.Or(s.Breaks, string(markdown.KeepBreaks))
	if breaks == string(markdown.KeepBreaks) && shift(s) == 0 {
		return sizes
	}
	return fmt.Sprintf(" %s %d", breaks, shift(s)) + sizes
}

// formOfFetched names the settings of what is fetched that are not as usual; "" where all are.
func formOfFetched(s Settings) string {
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

// shift returns Shift as a number; what is none moves nothing.
func shift(s Settings) int {
	n, err := strconv.Atoi(s.Shift)
	if err != nil {
		return 0
	}
	return n
}

// state names what a ledger knows and what a feed is asked for: validators speak only
// for the state that they were noted under. It is empty without a ledger.
func state(s Settings, file plan.Content) string {
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
func softens(s Settings) bool {
	return s.Breaks != "" && s.Breaks != string(markdown.KeepBreaks)
}
