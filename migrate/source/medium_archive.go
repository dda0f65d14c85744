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

// mediumZIPName is how the head of an archive calls itself: it has no words of its own.
const mediumZIPName = "Medium archive"

// generatedBy matches the head that an archive was given.
func generatedBy(name string) func(*gofeed.Feed) certainty {
	return func(f *gofeed.Feed) certainty {
		if f.Generator == name {
			return byExport
		}
		return never
	}
}

// mediumFile is the name of a post's file, which may lack its date.
var mediumFile = regex.Lazy(`^(draft_|\d{4}-\d\d-\d\d_)?(?:.*-)?([0-9a-f]{8,12})\.html$`)

func mediumZIP(members []member) (feedscan.Cutter, error) {
	a := &archive{Feed: &gofeed.Feed{Generator: mediumZIPName}}
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
	source, err := unzip(f)
	if err != nil {
		return nil, err
	}
	doc, err := html.Parse(strings.NewReader(source))
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

// fillMediumArchive tells apart the post's own address, which ends in its number, and one that
// its author declared to be the canonical one.
func fillMediumArchive(p *blog.Post, e *feedscan.Entry) {
	if p.URL != nil && !strings.HasSuffix(p.URL.Path, strings.TrimPrefix(p.GUID, "https://medium.com/p/")) {
		p.Canonical, p.URL = p.URL, blog.Resolve(nil, p.GUID)
		p.Names = append(names(p.URL, ""), p.Names...)
		p.Slug = blog.Slug(lastSegment(p.Canonical))
	}
	fillMedium(p, e)
}

// completeArchive takes what only archives know.
func completeArchive(i *Item, e *feedscan.Entry, _ *Feed) {
	i.Post.Draft = e.Custom["draft"] != ""
	i.Hash = digest(i.Hash, e.Custom["draft"])
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
	for _, pre := range dom.Find(body, dom.Named(atom.Pre)) {
		if l := dom.Attr(pre, "data-code-block-lang"); l != "" {
			dom.SetAttr(pre, "data-language", l)
		}
	}
	cleanMedium(body, p)
}
