package source

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"html"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// substack is substack.com, on its own hosts and others. Its feed holds the twenty
// latest posts and has no older pages.
var substack = &Dialect{
	Name:    "substack",
	Match:   signs{generator: `^Substack$`, guid: `^substack:post:\d+$`, body: append([]string{"https://substackcdn.com/image/fetch/"}, substackMarkup...)}.match(),
	Fill:    fillSubstack,
	Look:    lookAtSubstack,
	Clean:   cleanSubstack,
	Markup:  append([]string{`class="pullquote"`, `class="button-wrapper" data-attrs=`}, substackMarkup...),
	Servers: substackServers,
	Key:     keySubstack,
	Window:  20,
	Export:  "Substack: Settings, Exports, New export",
}

var substackMarkup = []string{"captioned-image-container", "subscription-widget", "embedded-post-wrap", "digest-post-embed"}

// What Substack names a post by, where it does: its number, in the guid of an episode and
// in the address of a recording.
var (
	substackGUID    = regex.Lazy(`^substack:post:(\d+)$`)
	substackEpisode = regex.Lazy(`^https://api\.substack\.com/feed/podcast/(\d+)/`)
)

// fillSubstack reads the post's number.
func fillSubstack(p *blog.Post, e *feedscan.Entry) {
	if m := substackGUID().FindStringSubmatch(p.GUID); m != nil {
		p.Names = knownAs(p.Names, "substack", m[1])
	}
	for _, enclosure := range e.Enclosures {
		if m := substackEpisode().FindStringSubmatch(enclosure.URL); m != nil {
			p.Names = knownAs(p.Names, "substack", m[1])
		}
	}
	if p.URL != nil && strings.HasPrefix(p.URL.Path, "/p/") {
		p.Names = knownAs(p.Names, "slug", lastSegment(p.URL)) // all that its archive says of the address
	}
}

// lookAtSubstack recognises a post that only paying readers see whole: its feed ends in a
// link to it.
func lookAtSubstack(body *xhtml.Node, p *blog.Post) {
	last := clean.LastBlock(body)
	if last == nil || p.URL == nil || dom.Words(last) != "Read more" {
		return
	}
	if links := dom.Hrefs(last); len(links) == 1 && clean.SamePage(links[0], p.URL) {
		p.Losses = append(p.Losses, blog.OnlyPart+"the beginning of it: it is for paying readers")
	}
}

// substackLitter are the boxes that ask a reader to subscribe, to share or to install
// something, and the words for a screen reader.
var substackLitter = []string{"subscription-widget", "subscribe-widget", "image-link-expand", "install-substack-app-embed", "community-chat",
	"poll-embed", "hide-text", "paywall-jump", "directMessage", "header-anchor-parent", "file-embed-thumbnail-default"}

func cleanSubstack(body *xhtml.Node, p *blog.Post) {
	for _, n := range dom.Find(body, dom.Class(substackLitter...)) {
		clean.Drop(n, clean.Widget)
	}
	for _, n := range dom.Find(body, dom.Class("button-wrapper")) {
		substackButton(n, p)
	}
	for _, n := range dom.Find(body, dom.Class("captioned-button-wrap")) {
		if len(dom.Hrefs(n)) == 0 {
			clean.Drop(n, clean.Widget) // the words around a button that went
		}
	}
	for _, n := range dom.Find(body, dom.Class("pullquote", "callout-block")) {
		dom.Rename(n, atom.Blockquote)
	}
	substackEmbeds(body, p)
	substackNotes(body)
}

// substackButton keeps a button as a link where it leads away from Substack's own
// doings, and where the line above it does not lead already.
func substackButton(n *xhtml.Node, p *blog.Post) {
	a := dom.First(n, dom.Named(atom.A))
	if a == nil || dom.Empty(a) {
		clean.Drop(n, clean.Widget)
		return
	}
	href := dom.Attr(a, "href")
	u := blog.Resolve(p.URL, href)
	own := u == nil || strings.HasSuffix(u.Path, "/subscribe") || u.Query().Get("action") == "share" || p.URL != nil && u.Host == p.URL.Host || strings.HasSuffix(u.Host, "substack.com")
	if own || strings.Contains(href, "%%") || slices.Contains(dom.Hrefs(dom.Previous(n)), href) {
		clean.Drop(n, clean.Widget)
	}
}

// substackNotes sets the id of each footnote to the one that its mark leads to;
// [clean.Finish] does the rest.
func substackNotes(body *xhtml.Node) {
	for _, n := range dom.Find(body, dom.Class("footnote")) {
		number := dom.First(n, dom.Class("footnote-number"))
		if number == nil || dom.Attr(n, "id") != "" {
			continue
		}
		dom.SetAttr(n, "id", dom.Attr(number, "id"))
		dom.DelAttr(number, "id")
	}
}

// substackServers return the file behind Substack's image server. What no browser shows is
// better taken from the server, which makes a picture of it that they do.
var substackServers = []server{{
	hosts: hosts{"substackcdn.com", "cdn.substack.com"},
	by: func(u *url.URL) *url.URL {
		inner := server{path: substackImage, wraps: true}.behind(u)
		if inner == nil || !viewable(inner.Path) {
			return nil
		}
		return inner
	},
}}

var substackImage = regex.Lazy(`/image/fetch/(?:.*?/)??` + wrapped)

// substackArchive is the ZIP that Substack makes of a publication: posts.csv says what
// there is, and each text lies in posts/NUMBER.SLUG.html. The publication's address is
// nowhere in it.
var substackArchive = &Dialect{
	Name:     "substack-archive",
	Match:    generatedBy(substackZIPName),
	Whole:    true,
	Leave:    leftOut,
	Fill:     fillSubstackArchive,
	Complete: completeArchive,
	Clean:    cleanSubstack,
	Servers:  substackServers,
	Of:       substack,
}

const substackZIPName = "Substack archive"

func substackZIP(members []member) (feedscan.Cutter, error) {
	table := tableIn(members)
	if table == nil {
		return nil, nil
	}
	source, err := unzip(*table)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(bytes.NewBufferString(strings.TrimPrefix(source, "\uFEFF"))).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", table.Name, err)
	}
	texts := map[string]*member{}
	for _, f := range pagesIn(members) {
		texts[strings.TrimSuffix(path.Base(f.Name), ".html")] = &f
	}
	a := &archive{head: &gofeed.Feed{Generator: substackZIPName}}
	for _, row := range rows[min(1, len(rows)):] {
		fields := map[string]string{}
		for i, name := range rows[0] {
			fields[name] = row[i]
		}
		a.pages = append(a.pages, func() (*feedscan.Entry, error) { return substackPage(fields, texts[fields["post_id"]]) })
	}
	return a, nil
}

// tableIn finds the list of posts, or nil where there is none.
func tableIn(members []member) *member {
	for _, f := range members {
		if path.Base(f.Name) == "posts.csv" {
			return &f
		}
	}
	return nil
}

// substackPage reads a post by its row and its text, which may be nil.
func substackPage(row map[string]string, text *member) (*feedscan.Entry, error) {
	number, _, _ := strings.Cut(row["post_id"], ".")
	i := gofeed.Item{
		Title: row["title"], Description: html.EscapeString(row["subtitle"]), Published: row["post_date"],
		GUID: "substack:post:" + number, Custom: map[string]string{"slug": slugIn(row)},
	}
	if text != nil {
		var err error
		if i.Content, err = unzip(*text); err != nil {
			return nil, err
		}
	}
	if at := row["podcast_url"]; at != "" && !strings.Contains(i.Content, at) {
		i.Content += `<p><audio controls src="` + html.EscapeString(at) + `"></audio></p>`
	}
	if blog.IsBlank(i.Content) {
		i.Custom["left"] = "without a text"
	}
	if !strings.EqualFold(row["is_published"], "true") {
		i.Custom["draft"] = "yes"
	}
	return archived(i), nil
}

func slugIn(row map[string]string) string {
	_, slug, _ := strings.Cut(row["post_id"], ".")
	return slug
}

// fillSubstackArchive names the post as its feed does, as far as the archive can.
func fillSubstackArchive(p *blog.Post, e *feedscan.Entry) {
	fillSubstack(p, e)
	p.Slug = blog.Slug(e.Custom["slug"])
	p.Names = knownAs(p.Names, "slug", e.Custom["slug"])
}
