package ledger

import "cmp"

// Settings say how a feed's pages are made. An empty field stands for the value of the last
// run, and in the first run for the default.
type Settings struct {
	Target  string `json:"target"`  // the site generator's name; the same for all feeds of a site
	Section string `json:"section"` // of new posts
	Layout  string `json:"layout"`  // of new posts, as package site has it
	Images  string `json:"images"`  // local or remote
	// SkipImages are patterns of pictures that stay where they are.
	SkipImages string `json:"skipImages,omitempty"`
	// Comments is data for files of readers' comments.
	Comments string `json:"comments,omitempty"`
	// Enrich is on to ask the platform for each post as its author wrote it.
	Enrich string `json:"enrich,omitempty"`
	Media  string `json:"media,omitempty"` // local or remote: audio and video
	// Sizes is drop where pictures are shown as large as they are.
	Sizes string `json:"imageSizes,omitempty"`
	// Figures is markdown where pictures, their captions and what unfolds are written without
	// shortcodes and tags.
	Figures string `json:"figures,omitempty"`
	// Breaks is keep, soften or auto: line breaks in paragraphs.
	Breaks string `json:"hardBreaks,omitempty"`
	// Shift is how many levels headings move down, as a decimal number.
	Shift string `json:"shiftHeadings,omitempty"`
	// Embeds, as package site has them, and FrontMatter, yaml or toml, are empty in
	// ledgers older than these choices.
	Embeds      string `json:"embeds,omitempty"`
	FrontMatter string `json:"frontMatter,omitempty"`
	// Since is the day before which new posts are left alone, as 2006-01-02; empty for none.
	Since string `json:"since,omitempty"`
	// Links is path, ref or keep: how a link to another post of the site is written; the same
	// for all feeds of a site. Empty stands for path.
	Links string `json:"links,omitempty"`
	// Aliases is auto, always or never: whether pages answer at their posts' old addresses. Empty
	// stands for auto.
	Aliases string `json:"aliases,omitempty"`
	// Redirects is the file of the table that leads from old addresses to new ones, with what
	// reads it in front where its name does not say that; the same for all feeds of a site.
	// Empty for none.
	Redirects string `json:"redirects,omitempty"`

	Fit

	// Terms and Keys are not remembered: a run that does not ask for them has none.
	Terms `json:"-"`
	Keys  Keys `json:"-"`
}

// Fit says how pages fit the site that they come to.
type Fit struct {
	// Theme is whose keys front matter has, or none; empty for the site's own theme.
	Theme string `json:"theme,omitempty"`
	// Timezone is the name of the zone in which dates are written whose source says none of its
	// own; empty for that of the site, else UTC.
	Timezone string `json:"timezone,omitempty"`
	// More is never where no mark is to end the summary of a post that has none.
	More string `json:"more,omitempty"`
	// Path is where new posts lie below their section, as package template has it; empty where
	// they lie in the section itself.
	Path string `json:"path,omitempty"`
	// Categories is tags where categories are tags too; empty where they are kept.
	Categories string `json:"categories,omitempty"`
	// TagCase is lower or title where tags and categories are spelled so; empty as the source has
	// them.
	TagCase string `json:"tagCase,omitempty"`
}

// Terms are the authors and tags that posts are given beside their own. The zero value
// leaves them as the feed has them.
type Terms struct {
	Authors        []string // of every post, instead of its own
	DefaultAuthors []string // of posts that name none

	AddTags    []string          // to every post
	DropTags   []string          // as the feed writes them, in whatever case
	RenameTags map[string]string // from, as the feed writes it, in whatever case, to; to nothing drops it
}

// Keys say what becomes of the keys of front matter. A dot in a key stands for a table. The zero
// value leaves them as replant has them.
type Keys struct {
	Rename map[string]string // from, as replant calls it, to; to nothing drops it
	Drop   []string          // as replant calls them
	// Add is fields in YAML whose texts are as package template has them; empty for none.
	Add string
	// Archetype is true where pages get the defaults of the site's archetypes.
	Archetype string
}

// words lists the settings that the ledger remembers.
func (s *Settings) words() []*string {
	return []*string{
		&s.Target, &s.Section, &s.Layout, &s.Images, &s.SkipImages, &s.Comments, &s.Enrich, &s.Media,
		&s.Sizes, &s.Figures, &s.Breaks, &s.Shift, &s.Embeds, &s.FrontMatter, &s.Since, &s.Links, &s.Aliases, &s.Redirects,
		&s.Theme, &s.Timezone, &s.More, &s.Path, &s.Categories, &s.TagCase,
	}
}

// Or returns the settings, completed by others.
func (s Settings) Or(d Settings) Settings {
	others := d.words()
	for i, word := range s.words() {
		*word = cmp.Or(*word, *others[i])
	}
	s.Terms = s.Terms.or(d.Terms)
	s.Keys = s.Keys.or(d.Keys)
	return s
}

// or completes keys by others.
func (k Keys) or(d Keys) Keys {
	if k.Rename == nil {
		k.Rename = d.Rename
	}
	k.Drop = longer(k.Drop, d.Drop)
	k.Add = cmp.Or(k.Add, d.Add)
	k.Archetype = cmp.Or(k.Archetype, d.Archetype)
	return k
}

// or completes terms by others.
func (t Terms) or(d Terms) Terms {
	t.Authors = longer(t.Authors, d.Authors)
	t.DefaultAuthors = longer(t.DefaultAuthors, d.DefaultAuthors)
	t.AddTags = longer(t.AddTags, d.AddTags)
	t.DropTags = longer(t.DropTags, d.DropTags)
	if t.RenameTags == nil {
		t.RenameTags = d.RenameTags
	}
	return t
}

// longer returns the first list, or the second where there is no first: one that is empty
// is there.
func longer(a, b []string) []string {
	if a == nil {
		return b
	}
	return a
}

// The formats of front matter.
const (
	YAML = "yaml"
	TOML = "toml"
)

// The values of Images and Media.
const (
	Local  = "local"  // fetched and put beside the page
	Remote = "remote" // left where they are
)

// The values of Sizes.
const (
	KeepSizes = "keep"
	DropSizes = "drop" // all are shown as large as they are
)

// PlainFigures is the value of Figures for plain Markdown.
const PlainFigures = "markdown"

// The values of Links.
const (
	LinkByPath = "path" // a path from page to page
	LinkByRef  = "ref"  // what the generator finds the page by
	KeepLinks  = "keep" // links stay as they are
)

// The values of Aliases.
const (
	OwnAliases = "auto"   // where the host of the address is the author's own
	AllAliases = "always" // of any host
	NoAliases  = "never"
)

// On is the value of a setting that is switched on.
const On = "on"

// Never is the value of More that leaves summaries to the generator.
const Never = "never"

// FromArchetypes is the value of Archetype that takes their defaults.
const FromArchetypes = "true"

// AsTags is the value of Categories that makes tags of them.
const AsTags = "tags"

// The values of TagCase.
const (
	LowerTags = "lower"
	TitleTags = "title"
)

// Data is the value of Comments for data files, which templates read.
const Data = "data"
