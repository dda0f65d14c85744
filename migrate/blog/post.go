// Package blog holds the nouns of a blog, free of feed formats and of site
// generators: a [Post], the names it goes by, the things it embeds. Sources make
// posts, targets spell them, and everything between speaks of nothing else.
package blog

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/html"
)

// ID is one name of a post, such as "guid:…", "url:…" or "forem:…". Two IDs are
// the same name when they are equal; what stands behind the colon is opaque.
type ID string

// Post is one entry of a blog.
type Post struct {
	// Names are all the names the post goes by, the most telling first: its
	// address, its guid, the platform's own key. Never empty.
	Names []ID

	URL       *url.URL // where the post is read; nil when the feed does not say
	Via       *url.URL // where the feed says that it is read, when that is a redirect to URL; else nil
	GUID      string   // as the feed has it; may be empty
	Canonical *url.URL // only where the source itself declares one; else nil
	Link      *url.URL // the page elsewhere that a link blog's post is about; else nil

	// Cover is a picture the author chose for the post; else nil. Once pictures are
	// brought home it is what the page calls it by, which may be relative.
	Cover *url.URL
	// CoverLeads says that the body begins with the cover, or that the platform has put
	// it there.
	CoverLeads bool
	// Folder is the path from the site's root under which files beside the page are
	// published, such as "/posts/hello/"; empty as long as the page has no place.
	Folder string

	Title   string // plain text on one line; empty when the feed has none
	Slug    string // see [Slug]; never empty
	LongTag string // a longer slug, for when two posts share the short one; may be empty
	Summary string // plain text; only where it is not merely the body's beginning
	// KeepSlug is the slug that the page has to say so that the site keeps it; else empty.
	// Aliases are the paths at which the page answers too.
	KeepSlug string
	Aliases  []string

	Published time.Time // zero when unknown, never invented
	Updated   time.Time // zero when unknown or the same as Published
	Draft     bool
	Scheduled bool // Published is when the author means it to appear

	// Page says that it is no entry of the blog but a page by itself, such as "About".
	// It lies below the pages whose slugs are Parents, the topmost first. Branch says
	// that others lie below it.
	Page    bool
	Parents []string
	Branch  bool

	Authors    []string
	Tags       []string
	Categories []string
	Series     string

	// Notes say what was done about the post that lost nothing; a line each.
	Notes []string

	// Comments are those of readers, in the source's order. Closed says that its author has
	// closed it to them.
	Comments []Comment
	Closed   bool
	// Formulas says that the page shows formulas.
	Formulas bool

	// Body is a neutral DOM: a <body> element holding ordinary HTML and the
	// elements of this package (see [Embed], [Math], [Note]). Whoever converts a
	// post may change it.
	Body *html.Node

	// Removed is what the source's body holds and Body does not.
	Removed []Removal

	// Losses say what the feed itself no longer holds of the post, such as
	// "a gist that the feed left out"; a line each, for the report.
	Losses []string
}

// Removal is a part of a source's body that was left out of the neutral DOM on purpose.
type Removal struct {
	Reason string // such as "a counter"; see package clean for all
	// Node holds what was removed: text, and addresses in attributes. It has no parent.
	Node *html.Node
}

// The reasons for which the markup of an embed is removed: it shows only where the embed stays.
// Package clean has them among its reasons, and the proof reads such markup by them.
const (
	NeverShown  = "never shown"
	EmbedMarkup = "the markup of an embed that stays"
)

// OnlyPart begins a loss of a post of which the feed holds a part, such as an excerpt.
const OnlyPart = "the feed holds only "

// Excerpted reports whether one of a post's losses is that the feed holds a part of it alone.
func Excerpted(losses []string) bool {
	return slices.ContainsFunc(losses, func(l string) bool { return strings.HasPrefix(l, OnlyPart) })
}

// Comment is what a reader said of a post.
type Comment struct {
	ID     string // the platform's own
	Parent string // the ID of the comment that it answers; empty for one on the post
	Author string
	URL    string // the author's own page; may be empty
	Date   time.Time
	Body   *html.Node // a neutral DOM
}

// Picture is one that is shown in a size of its own, or with a caption.
type Picture struct {
	Src     string // an address, with nothing in it that acts in a page
	Alt     string // plain text on one line; may be empty
	Caption string // Markdown on one line, one paragraph; may be empty
	// Width and Height are in pixels, such as "120", or a share of the page, such as
	// "50%"; one of them may be empty.
	Width, Height string
	Link          string // where a click on it leads, spelled like Src; may be empty
}

// Gallery is a group of pictures that belong together.
type Gallery struct {
	Pictures []string // the call for each, on one line
	Caption  string   // of all: Markdown on one line; may be empty
}

// Recording is a film or a sound that a page plays.
type Recording struct {
	Src    string // an address, with nothing in it that acts in a page
	Poster string // the picture that a film shows before it plays, spelled like Src; may be empty
	Title  string // plain text on one line; may be empty
	Film   bool
	Loop   bool // it plays by itself, without sound, again and again
}

// Details are what a reader unfolds.
type Details struct {
	Summary string // the line that unfolds them: Markdown on one line; may be empty
	Open    bool   // they are unfolded at first
	Body    string // in Markdown
}

// Piece is a stretch of a page in Markdown: prose, or one code span or code block.
// Targets see a page in pieces, since what a generator would take for its own
// template stands in code, and may begin in one piece and end in another.
type Piece struct {
	// Text is the Markdown of the piece. That of a code block in a list or a quote has
	// the prefix of its container at the start of each line but the first.
	Text string
	// HTML returns code as raw HTML in which no generator finds a template; it stands
	// where Text stands. It is nil for prose.
	HTML func() string
}

// Source is the body of a post as it came, before anything was made of it.
type Source struct {
	Text string
	Form Form
}

// Form is what a source is written in.
type Form uint8

// The forms.
const (
	HTML      Form = iota
	WordPress      // HTML with WordPress' shortcodes and the comments of its blocks
	Markdown       // with Forem's Liquid tags
)

// The names that posts have, by their prefix:
//
//	url:HOST/PATH     where it is read, without scheme, www. and what trackers add
//	guid:…            as the feed has it; an address in the form above
//	dated:TIME/TITLE  when it was published, and a digest of what it is called
//	titled:URL/TITLE  digests of its address and its title, where it has no date
//	hash:…            a digest of all that it says, where it has neither address nor guid
//	slug:…            the last part of its address, where its host may not be known
//	forem:… and such  a platform's own key
//
// A post that moves with its whole blog to another host or platform keeps its date and
// its title, whatever becomes of its address and guid.

// dateForm is RFC 3339 without its marks.
const dateForm = "20060102T150405Z"

// Dated names a post by when it was published and what it is called.
func Dated(published time.Time, title string) ID {
	return ID("dated:" + published.UTC().Format(dateForm) + "/" + digest(title))
}

// Titled names a post by its address, which many may have, and what it is called.
func Titled(address, title string) ID {
	return ID("titled:" + digest(address) + "/" + digest(title))
}

// Said takes a name apart that says what a post is called: a digest of the title, and
// when it was published, zero where the name does not say. ok is false for other names.
func (id ID) Said() (published time.Time, title string, ok bool) {
	kind, value, _ := strings.Cut(string(id), ":")
	when, title, cut := strings.Cut(value, "/")
	if !cut || kind != "dated" && kind != "titled" {
		return time.Time{}, "", false
	}
	if kind == "dated" {
		var err error
		if published, err = time.Parse(dateForm, when); err != nil {
			return time.Time{}, "", false
		}
	}
	return published, title, true
}

// digest is the same for texts that differ in case and punctuation alone.
func digest(text string) string {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
	if letters == "" {
		letters = text
	}
	sum := sha256.Sum256([]byte(letters))
	return hex.EncodeToString(sum[:4])
}
