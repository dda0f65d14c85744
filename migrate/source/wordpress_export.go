package source

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
	"replant/migrate/source/wptext"
)

// wxr is WordPress's export (wp-admin/includes/export.php): RSS with all that the blog
// holds, each post as its author's editor left it. Elements of its own have the prefix
// wp; their namespace ends in the version, of which three are about.
var wxr = &Dialect{
	Name:     "wordpress-export",
	Match:    matchWXR,
	Whole:    true,
	Live:     "feed/",
	Survey:   surveyWXR,
	Leave:    leaveWXR,
	Fill:     fillWXR,
	Complete: completeWXR,
	Clean:    cleanWXR,
	Servers:  wordpressServers,
	Of:       wordpress,
}

// matchWXR is surer than WordPress of its own feed, whose marks an export has too.
func matchWXR(f *gofeed.Feed) certainty {
	wp := f.Extensions["wp"]
	if len(wp["wxr_version"]) > 0 || len(f.Items) > 0 && len(f.Items[0].Extensions["wp"]["post_type"]) > 0 {
		return byExport
	}
	return never
}

func wp(e *feedscan.Entry, name string) string { return extension(e, "wp", name) }

// leaveWXR keeps posts and pages, published or yet to be.
func leaveWXR(e *feedscan.Entry) string {
	switch kind := wp(e, "post_type"); {
	case kind != "post" && kind != "page" && kind != "":
		return kind
	case wp(e, "post_password") != "":
		return "protected by a password"
	}
	switch status := wp(e, "status"); status {
	case "publish", "draft", "pending", "future", "":
		return ""
	default:
		return status
	}
}

func fillWXR(p *blog.Post, e *feedscan.Entry) {
	status := wp(e, "status")
	p.Names = knownAs(p.Names, "wordpress", wordpressKey(p))
	p.Draft, p.Scheduled = status == "draft" || status == "pending", status == "future"
	p.Page, p.Closed = wp(e, "post_type") == "page", wp(e, "comment_status") == "closed"
	if name := NamedByGUID(p.GUID); p.GUID != "" && !slices.Contains(p.Names, name) {
		p.Names = append(p.Names, name) // a draft's address, until it has another
	}
	p.Slug = blog.Slug(blog.Unescaped(wp(e, "post_name"))) // percent-encoded in other scripts
	p.Summary = summaryOf(e.Content, extension(e, "excerpt", "encoded"))
	p.Published = wxrTime(e, "post_date")
	if p.Published.IsZero() {
		p.Published = readDate(e.Published)
	}
	if p.Updated = wxrTime(e, "post_modified"); !p.Updated.After(p.Published) {
		p.Updated = time.Time{}
	}
	p.Tags, p.Categories = nil, nil
	if e.RSS == nil {
		return
	}
	for _, c := range e.RSS.Categories {
		switch c.Domain {
		case "category":
			p.Categories = append(p.Categories, blog.PlainTitle(c.Value))
		case "post_tag", "tag":
			p.Tags = append(p.Tags, blog.PlainTitle(c.Value))
		case "series":
			p.Series = blog.PlainTitle(c.Value)
		}
	}
	p.Tags, p.Categories = tags(p.Tags), tags(p.Categories)
}

// wxrTime reads a time in GMT, in the zone that the blog's own clock beside it shows. A draft
// has none in GMT, since zeros stand there: the blog's clock is read as if it were GMT's.
func wxrTime(e *feedscan.Entry, name string) time.Time {
	gmt, local := timeIn(wp(e, name+"_gmt")), timeIn(wp(e, name))
	switch ahead := local.Sub(gmt); {
	case gmt.IsZero():
		return local
	case local.IsZero(), ahead.Abs() > zoneMost, ahead%(15*time.Minute) != 0: // no zone is
		return gmt
	default:
		return gmt.In(time.FixedZone("", int(ahead/time.Second)))
	}
}

// timeIn returns the first of the texts that is a time.
func timeIn(texts ...string) time.Time {
	for _, s := range texts {
		if t, err := time.Parse(time.DateTime, s); err == nil {
			return plausible(t)
		}
	}
	return time.Time{}
}

// completeWXR looks up what a post refers to, and has its text made into HTML when its
// turn comes.
func completeWXR(i *Item, e *feedscan.Entry, f *Feed) {
	lib, p := f.library, &i.Post
	for k, login := range p.Authors {
		if name := lib.authors[login]; name != "" {
			p.Authors[k] = name
		}
	}
	meta := metaOf(e)
	p.Cover = lib.cover(p, meta["_thumbnail_id"], f.base)
	id := wp(e, "post_id")
	if p.Page {
		p.Parents, p.Branch = lib.above(wp(e, "post_parent")), lib.branches[id]
	}
	i.uploaded = lib.uploaded
	notes := wxrNotes(meta["footnotes"])
	shelf := lib.shelf(id, notes)
	i.readable = func(raw string) (string, []string) { return wptext.Readable(raw), nil }
	i.text = func(raw string, p *blog.Post) string {
		source, losses := wptext.HTML(raw, shelf)
		p.Losses = append(p.Losses, losses...)
		return source
	}
	filtered := wp(e, "post_content_filtered")
	switch data := meta["_elementor_data"]; {
	case data != "":
		if wp(e, "post_modified_gmt") == "" { // before WordPress 5.7; else it stands for the data
			i.Hash = digest(i.Hash, data)
		}
		i.builtBy(data, meta["_elementor_edit_mode"] == "builder", shelf)
	case isMarkdown(meta, i.body, filtered):
		i.writtenInMarkdown(filtered, shelf)
	case blog.IsBlank(i.body):
		p.Losses = append(p.Losses, keptApart(meta)...)
	}
	cover := "<nil>" // as ledgers have it hashed
	if p.Cover != nil {
		cover = p.Cover.String()
	}
	i.Hash = digest(i.Hash, wp(e, "status"), wp(e, "post_name"), wp(e, "post_date_gmt"), wp(e, "post_modified_gmt"),
		extension(e, "excerpt", "encoded"), cover, meta["footnotes"], strings.Join(p.Authors, "\n"), strings.Join(p.Parents, "/"))
}

// metaOf returns the custom fields of a post that are used.
func metaOf(e *feedscan.Entry) map[string]string {
	m := map[string]string{}
	for _, x := range e.Extensions["wp"]["postmeta"] {
		if k, v := x.Children["meta_key"], x.Children["meta_value"]; len(k) > 0 && len(v) > 0 {
			m[strings.TrimSpace(k[0].Value)] = strings.TrimSpace(v[0].Value)
		}
	}
	return m
}

// wxrNotes reads the footnotes of a post, which its text only marks.
func wxrNotes(meta string) (notes []wptext.Note) {
	var all []struct{ ID, Content string }
	if json.Unmarshal([]byte(meta), &all) != nil {
		return nil // none, or a field of another plugin by that name
	}
	for _, n := range all {
		notes = append(notes, wptext.Note(n))
	}
	return notes
}

// shelf returns what the text of a post may refer to.
func (l *library) shelf(id string, notes []wptext.Note) wptext.Library {
	return wptext.Library{
		File:     l.file,
		Attached: func() []string { return l.uploadedFor(id) },
		Block: func(id string) (string, bool) {
			text, ok := l.blocks[id]
			return text, ok
		},
		Notes: notes,
	}
}

// cleanWXR makes a body a neutral DOM that package wptext has made.
func cleanWXR(body *html.Node, _ *blog.Post) {
	found := looksOf(body)
	if found.any(wptext.HiddenClass, wptext.CopyClass) {
		wordpressBuilders(body)
	}
	found.clean(body)
}

// pagesDeep bounds how far above a page others are looked for: a file may say that two
// pages lie below each other.
const pagesDeep = 16

// above returns the slugs of the pages above one, the topmost first.
func (l *library) above(parent string) (slugs []string) {
	for range pagesDeep {
		p, ok := l.pages[parent]
		if !ok {
			break
		}
		slugs = append(slugs, p.slug)
		parent = p.parent
	}
	slices.Reverse(slugs)
	return slugs
}
