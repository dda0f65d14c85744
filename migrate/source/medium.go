package source

import (
	"path"
	"strings"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// medium is medium.com, there and on its publications' own hosts. Its feed holds the ten
// latest posts and has no older pages; posts for its members are cut off after some
// words.
var medium = &Dialect{
	Name:    "medium",
	Match:   signs{generator: `^Medium$`, guid: `^https://medium\.com/p/[0-9a-f]+$`, body: []string{"https://medium.com/_/stat?", "medium-feed-item"}}.match(),
	Fill:    fillMedium,
	Clean:   cleanMedium,
	Markup:  []string{"https://medium.com/_/stat?", "medium-feed-item", "graf--mixtapeEmbed"},
	Servers: mediumServers,
	Window:  10,
	Export:  "Medium: Settings, Security and apps, Download your information",
}

var (
	mediumSuffix = regex.Lazy(`^(.+)-([0-9a-f]{8,12})$`)
	mediumGUID   = regex.Lazy(`^https?://medium\.com/p/([0-9a-f]+)$`)
)

// fillMedium takes the post's number off its slug; the guid has it too, and keeps it
// whatever the post is called later.
func fillMedium(p *blog.Post, e *feedscan.Entry) {
	number := ""
	if m := mediumSuffix().FindStringSubmatch(lastSegment(p.URL)); m != nil {
		p.Slug, p.LongTag = blog.Slug(m[1]), blog.Slug(m[0])
		number = m[2]
	}
	if m := mediumGUID().FindStringSubmatch(p.GUID); m != nil {
		number = m[1]
	}
	p.Names = knownAs(p.Names, "medium", number)
	if m := dom.First(clean.Fragment(e.Description), dom.Class("medium-feed-item")); m != nil {
		p.Losses = []string{blog.OnlyPart + "the beginning of it: it is for members of Medium"}
	}
	if p.Canonical == nil && strings.Contains(e.Content, mediumImport) {
		p.Canonical = blog.Resolve(nil, lastOf(dom.Hrefs(mediumImporter(clean.Fragment(e.Content)))))
	}
}

// Medium's last words on a post, always in English: one of a publication's, and one that
// its importer puts there.
var (
	mediumFarewell = regex.Lazy(`was originally published in .+, where people are continuing the conversation`)
	mediumImported = regex.Lazy(`^Originally published at \S+(?: on \pL+ \d{1,2}, \d{4})?\.$`)
)

const mediumImport = "Originally published at"

func cleanMedium(body *html.Node, p *blog.Post) {
	if last := clean.LastBlock(body); last != nil && mediumFarewell().MatchString(dom.Words(last)) {
		clean.RemoveEnd(last, clean.OwnWords)
	}
	if n := mediumImporter(body); n != nil && p.Canonical != nil {
		clean.RemoveEnd(n, clean.OwnWords) // the canonical address says it
	}
	for _, n := range dom.Find(body, dom.Class("medium-feed-link")) {
		for _, a := range dom.Find(n, dom.Named(atom.A)) {
			clean.Relink(a, "href", strings.SplitN(dom.Attr(a, "href"), "?", 2)[0], clean.Detour)
		}
	}
	for _, n := range dom.Find(body, dom.Class("js-mixtapeImage", "mixtapeImage")) {
		clean.Drop(n, clean.Twin) // the second link of a card, around a picture that only styles show
	}
	for card := range dom.Standing(body, dom.Class("graf--mixtapeEmbed")) {
		mediumCard(card)
	}
}

// mediumCard makes one link of the card of a page: its title, a part of its text and its host
// stand in one link, with nothing between them.
func mediumCard(card *html.Node) {
	a := dom.First(card, dom.Named(atom.A))
	title := dom.WordsOf(card, dom.Named(atom.Strong))
	if a == nil || title == "" || dom.Attr(a, "href") == "" {
		return
	}
	blocks := linkTo(dom.Attr(a, "href"), title)
	clean.Replace(card, clean.Card, blocks...)
	clean.Lift(blocks...)
}

// mediumImporter returns the paragraph in which Medium's importer says where a post comes
// from, the last one but for a publication's, or nil.
func mediumImporter(body *html.Node) (last *html.Node) {
	for _, p := range dom.Find(body, dom.Named(atom.P)) {
		switch words := dom.Words(p); {
		case mediumImported().MatchString(words) && len(dom.Hrefs(p)) == 1:
			last = p
		case words != "" && !mediumFarewell().MatchString(words):
			last = nil
		}
	}
	return last
}

// mediumServers ask for a picture without the size that its address asks for.
var mediumServers = []server{{
	hosts: hosts{"miro.medium.com", "cdn-images-#.medium.com", "d262ilb51hltx0.cloudfront.net"},
	path:  regex.Lazy(`^/(?:[\w:]+/)+([^/]+)$`), to: "https://miro.medium.com/v2/$1",
}}

// mediumArchive is the ZIP that Medium makes of an author's account: a page of HTML for
// each post, with the microformat h-entry, drafts and responses too.
var mediumArchive = &Dialect{
	Name:     "medium-archive",
	Match:    generatedBy(mediumZIPName),
	Whole:    true,
	Fill:     fillMediumArchive,
	Complete: completeArchive,
	Clean:    cleanMediumArchive,
	Servers:  mediumServers,
	Of:       medium,
}

const mediumZIPName = "Medium archive"

// mediumFile is the name of a post's file, which may lack its date.
var mediumFile = regex.Lazy(`^(draft_|\d{4}-\d\d-\d\d_)?(?:.*-)?([0-9a-f]{8,12})\.html$`)

func mediumZIP(members []member) (feedscan.Cutter, error) {
	a := &archive{head: &gofeed.Feed{Generator: mediumZIPName}}
	for _, f := range pagesIn(members) {
		m := mediumFile().FindStringSubmatch(path.Base(f.Name))
		if m == nil || m[1] == "" && len(a.pages) == 0 && !ofMedium(f) {
			continue // others have numbers for names
		}
		a.pages = append(a.pages, func() (*feedscan.Entry, error) { return mediumPage(f, m[2]) })
	}
	if len(a.pages) == 0 {
		return nil, nil
	}
	return a, nil
}

// ofMedium reports whether a page has the microformat that Medium's have.
func ofMedium(f member) bool {
	page, err := unzip(f)
	return err == nil && strings.Contains(page, "h-entry") && strings.Contains(page, "e-content")
}

// mediumPage reads the page of a post, whose number its file's name ends in.
func mediumPage(f member, number string) (*feedscan.Entry, error) {
	doc, err := htmlOf(f)
	if err != nil {
		return nil, err
	}
	i := gofeed.Item{GUID: "https://medium.com/p/" + number, Custom: map[string]string{}}
	i.Title = dom.WordsOf(doc, dom.Class("p-name"))
	i.Description = html.EscapeString(dom.WordsOf(doc, dom.Class("p-summary")))
	if body := dom.First(doc, dom.Class("e-content")); body != nil {
		i.Content = dom.InnerHTML(body)
	}
	if at := dom.First(doc, dom.Class("dt-published")); at != nil {
		i.Published = dom.Attr(at, "datetime")
	}
	if name := dom.WordsOf(doc, dom.Class("p-author")); name != "" {
		i.Authors = []*gofeed.Person{{Name: name}}
	}
	if link := dom.First(doc, dom.Class("p-canonical")); link != nil {
		i.Link = dom.Attr(link, "href")
	}
	if strings.HasPrefix(path.Base(f.Name), "draft_") {
		i.Custom["draft"] = "yes"
	}
	return archived(i), nil
}

// fillMediumArchive distinguishes the post's own address, which ends in its number, and one that
// its author declared to be the canonical one.
func fillMediumArchive(p *blog.Post, e *feedscan.Entry) {
	if p.URL != nil && !strings.HasSuffix(p.URL.Path, strings.TrimPrefix(p.GUID, "https://medium.com/p/")) {
		p.Canonical, p.URL = p.URL, blog.Resolve(nil, p.GUID)
		p.Names = append(names(p.URL, ""), p.Names...)
		p.Slug = blog.Slug(lastSegment(p.Canonical))
	}
	fillMedium(p, e)
}

// cleanMediumArchive takes the title off the body, and the rule above each section but
// the first one's.
func cleanMediumArchive(body *html.Node, p *blog.Post) {
	if title := dom.First(body, dom.Class("graf--title")); title != nil && blog.OneLine(dom.Text(title)) == p.Title {
		clean.Drop(title, clean.Title)
	}
	if rule := dom.First(body, func(n *html.Node) bool { return n.DataAtom == atom.Hr && dom.HasClass(n, "section-divider") }); rule != nil {
		clean.Drop(rule, clean.Arrangement)
	}
	cleanMedium(body, p)
}
