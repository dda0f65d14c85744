package migrate

import (
	"replant/assets"
	"replant/migrate/ledger"
	"replant/migrate/page"
	"replant/migrate/plan"
	"replant/migrate/redirects"
	"replant/migrate/site"
	"replant/migrate/template"
)

type (
	// Settings are what a feed's pages are made by. What is left empty is as the last time,
	// and the first time as usual says.
	Settings = ledger.Settings
	// Fit says how pages fit the site that they come to.
	Fit = ledger.Fit
	// Terms are the authors and tags that posts are given beside their own.
	Terms = ledger.Terms
	// Keys say what becomes of the keys of front matter.
	Keys = ledger.Keys
)

// What some settings may say.
const (
	YAML   = ledger.YAML
	TOML   = ledger.TOML
	Local  = ledger.Local
	Remote = ledger.Remote
	Keep   = ledger.KeepSizes
	Drop   = ledger.DropSizes
	On     = ledger.On
	Data   = ledger.Data
	Never  = ledger.Never
	AsTags = ledger.AsTags
	Lower  = ledger.LowerTags
	Title  = ledger.TitleTags
	Ever   = "all"  // the Since that takes an earlier one back
	Auto   = "auto" // what is as the site has it
)

// usual are the settings of a first run that asks for none.
var usual = Settings{
	Layout: string(site.Bundle), Images: Local, Embeds: string(site.Shortcode), FrontMatter: YAML,
}

// asKept returns settings as they are kept: nothing stands for what was taken back.
func asKept(s Settings) Settings {
	if s.Since == Ever {
		s.Since = ""
	}
	for _, word := range []*string{&s.Theme, &s.Timezone, &s.More} {
		if *word == Auto {
			*word = ""
		}
	}
	for _, word := range []*string{&s.Categories, &s.TagCase} {
		if *word == Keep {
			*word = ""
		}
	}
	if s.Path == NoFolders {
		s.Path = ""
	}
	if s.Redirects == NoRedirects {
		s.Redirects = ""
	}
	return s
}

// CheckKeys says which of some keys no site can have.
func CheckKeys(k Keys) error {
	_, err := page.ParseKeys(k)
	return err
}

// CheckSkip checks patterns of pictures that stay where they are: see
// [assets.ParsePatterns].
func CheckSkip(patterns string) error {
	_, err := assets.ParsePatterns(patterns)
	return err
}

// CheckPath checks a template of where pages lie: see [template.ParsePath].
func CheckPath(path string) error {
	_, err := template.ParsePath(path)
	return err
}

// NoFolders is the Path that takes an earlier one back.
const NoFolders = template.NamesOnly

// CheckRedirects checks where a table of redirects is to lie: see [redirects.Parse].
func CheckRedirects(file string) error {
	if file == NoRedirects {
		return nil
	}
	_, err := redirects.Parse(file)
	return err
}

// NoRedirects is the Redirects that takes an earlier one back.
const NoRedirects = "none"

// state names what a ledger knows and what a feed is asked for: validators speak only
// for the state that they were noted under. It is empty without a ledger.
func state(s Settings, file plan.Content) string {
	if !file.Exists() {
		return ""
	}
	return ledger.Digest("%s %+v", file.Hash(), s)
}
