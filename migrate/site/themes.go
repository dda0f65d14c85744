package site

import "replant/frontmatter"

// preset is what a theme's documentation says of the front matter that it reads. All read
// description. A dot in a key stands for a table; those of Zola lie under extra.
type preset struct {
	name    string   // as its people write it
	docs    string   // which documentation names the keys
	also    []string // other names of its folder or repository, as [bareName] returns them
	section string   // the section that its own configuration shows on the home page; may be empty
	// index is what the index of a new section has beside its title and order, so that the
	// theme lists its pages.
	index frontmatter.Matter
	// summaries says that lists show summaries alone, and descriptions nowhere.
	summaries bool
	cover     coverKey
	author    authorKey
	series    string
	canonical string
	math      string // true for a page that shows formulas
	comments  toggle
}

// toggle is the key of a switch; behind an exclamation mark of one that means the opposite.
type toggle string

// coverKey is where a theme looks for a page's cover.
type coverKey struct {
	key    string
	form   coverForm
	remote string // the key of a cover that lies elsewhere, where it has one of its own
	file   string // what the name of a file beside the page has to begin with; may be empty
}

// coverForm is what a cover's key holds.
type coverForm uint8

const (
	anyCover    coverForm = iota // whatever a page calls it by
	besideCover                  // the name of a file beside the page, and nothing else
	rootedCover                  // a path from the site's root
	tableCover                   // a table: image, and relative for a file beside the page
)

// authorKey is where a theme looks for a page's authors, where that is not authors.
type authorKey struct {
	key  string
	list bool // a list of names; else a text
}

// unthemed are the presets of sites whose theme is not known.
var unthemed = map[string]*preset{
	"hugo": {cover: coverKey{key: "cover", form: tableCover}}, // as PaperMod brought it up
	"zola": {},
}

// upwards has a section pass its pages up, for home pages that list those of the root alone.
var upwards = frontmatter.Matter{{Key: "transparent", Value: true}}

// titleOfSection stands for the title of a new section in its index.
const titleOfSection = "{title}"

// presets are the themes that replant knows, by generator.
var presets = map[string][]preset{
	"hugo": {
		{
			name: "PaperMod", docs: "https://github.com/adityatelange/hugo-PaperMod/wiki/Variables",
			cover:  coverKey{key: "cover", form: tableCover},
			author: authorKey{key: "author", list: true}, math: "math", comments: "comments",
		},
		{
			name: "Blowfish", docs: "https://blowfish.page/docs/front-matter/",
			cover: coverKey{file: "feature"}, comments: "showComments",
		},
		{
			name: "Congo", docs: "https://jpanther.github.io/congo/docs/front-matter/",
			cover: coverKey{key: "feature", form: besideCover}, comments: "showComments",
		},
		{
			name: "Stack", docs: "https://github.com/CaiJimmy/hugo-theme-stack/tree/master/archetypes", section: "post",
			cover: coverKey{key: "image"}, math: "math", comments: "comments",
		},
		{
			name: "Ananke", docs: "https://ananke-documentation.netlify.app/customisation/",
			cover: coverKey{key: "featured_image"}, author: authorKey{key: "author"},
		},
		{
			name: "Docsy", docs: "https://www.docsy.dev/docs/content/adding-content/",
			cover: coverKey{file: "featured"}, author: authorKey{key: "author"},
		},
		{
			name: "Hextra", docs: "https://imfing.github.io/hextra/docs/guide/configuration/",
			canonical: "canonical", comments: "comments",
		},
		{
			name: "Terminal", docs: "https://github.com/panr/hugo-theme-terminal/tree/master/archetypes",
			cover: coverKey{key: "cover"}, author: authorKey{key: "author"}, comments: "!hideComments",
		},
		{
			name: "LoveIt", docs: "https://hugoloveit.com/theme-documentation-content/",
			cover: coverKey{key: "featuredImage"}, author: authorKey{key: "author"},
			math: "math.enable", comments: "comment.enable",
		},
		{
			name: "DoIt", docs: "https://hugodoit.pages.dev/theme-documentation-content/",
			cover: coverKey{key: "featuredImage"}, math: "math.enable", comments: "comment.enable",
		},
		{
			name: "FixIt", docs: "https://fixit.lruihao.cn/docs/content-management/front-matter/",
			cover: coverKey{key: "featured_image"}, author: authorKey{key: "author"}, series: "collections",
			math: "math.enable", comments: "comment.enable",
		},
		{
			name: "Hello Friend", docs: "https://github.com/panr/hugo-theme-hello-friend#readme",
			also: []string{"hello-friend", "hello-friend-ng"}, cover: coverKey{key: "cover"},
		},
		{
			name: "Mainroad", docs: "https://github.com/Vimux/Mainroad#readme",
			cover: coverKey{key: "thumbnail"},
		},
	},
	"zola": {
		{
			name: "tabi", docs: "https://welpo.github.io/tabi/blog/mastering-tabi-settings/",
			index:     frontmatter.Matter{{Key: "paginate_by", Value: 10}},
			cover:     coverKey{key: "local_image", form: rootedCover, remote: "remote_image"},
			canonical: "canonical_url", math: "katex",
		},
		{
			name: "apollo", docs: "https://not-matthias.github.io/apollo/posts/configuration/",
			cover: coverKey{key: "local_image", form: rootedCover, remote: "remote_image"},
			math:  "mathjax", comments: "comment",
		},
		{
			name: "Terminimal", docs: "https://github.com/pawroman/zola-theme-terminimal#readme",
			index: upwards, summaries: true,
			cover: coverKey{key: "og_image", form: besideCover},
		},
		{
			name: "after-dark", docs: "https://github.com/getzola/after-dark#readme",
			index: upwards, summaries: true,
			author: authorKey{key: "author"},
		},
		{
			name: "serene", docs: "https://github.com/isunjn/serene/blob/latest/USAGE.md",
			index: frontmatter.Matter{
				{Key: "template", Value: "blog.html"}, {Key: "page_template", Value: "post.html"},
				{Key: "extra", Value: frontmatter.Matter{
					{Key: "lang", Value: "en"}, {Key: "title", Value: titleOfSection}, {Key: "date_format", Value: "%b %-d, %Y"},
					{Key: "categorized", Value: false}, {Key: "back_to_top", Value: true}, {Key: "toc", Value: true},
					{Key: "comment", Value: false}, {Key: "copy", Value: true}, {Key: "outdate_alert", Value: false}, {Key: "outdate_alert_days", Value: 120},
				}},
			},
			cover: coverKey{key: "og_image"}, math: "math", comments: "comment",
		},
		{
			name: "abridge", docs: "https://github.com/Jieiku/abridge#readme",
			cover:  coverKey{key: "thumbnail", form: besideCover, remote: "static_thumbnail"},
			author: authorKey{key: "authors", list: true}, math: "math",
		},
	},
}
