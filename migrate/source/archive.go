package source

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/json"
	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// archive cuts an archive of pages, packed or not: what Medium and Substack let their
// authors download. It is read in place, a page at a time.
type archive struct {
	head  *gofeed.Feed
	pages []func() (*feedscan.Entry, error)
	index int
}

// archives are the platforms' archives, each with what reads it. It returns nil for another's.
var archives = []func([]member) (feedscan.Cutter, error){substackZIP, mediumZIP, tumblrFiles, ghostFolder, wxrParts}

// openArchive reads the table of a ZIP, or of what was unpacked from one. It is nil for any
// other file.
func openArchive(r io.Reader) (feedscan.Cutter, error) {
	if b, ok := r.(*Bundle); ok && b.named {
		return wxrNamed(b.members)
	} else if ok {
		return archiveOf(b.members, "a folder, not a feed, and "+noArchive, "; try %q")
	}
	at, ok := r.(interface {
		io.ReaderAt
		io.Seeker
	})
	if !ok {
		return nil, nil
	}
	magic := make([]byte, 4)
	if _, err := at.ReadAt(magic, 0); err != nil || string(magic) != "PK\x03\x04" {
		return nil, nil
	}
	size, err := at.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errOnce, err)
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return nil, fmt.Errorf("reading the archive: %w", err)
	}
	return archiveOf(packed(z), "this is a ZIP archive, but "+noArchive, "; unpack it and try %q")
}

// noArchive is said of files that no platform's archive has.
const noArchive = "no export of Ghost, Medium, Substack, Tumblr or WordPress"

// archiveOf returns what reads the files of an archive. For files that are none, what and
// alone are as in [notArchived].
func archiveOf(members []member, what, alone string) (feedscan.Cutter, error) {
	for _, open := range archives {
		if a, err := open(members); a != nil || err != nil {
			return a, err
		}
	}
	if f := foreignIn(members); f != nil {
		return nil, f.error()
	}
	return nil, notArchived(what, alone, members)
}

func (a *archive) Head() (*feedscan.Head, error) { return &feedscan.Head{Feed: a.head}, nil }

func (a *archive) Next() (*feedscan.Entry, error) {
	if a.index == len(a.pages) {
		return nil, io.EOF
	}
	read := a.pages[a.index]
	a.index++
	e, err := read()
	if err != nil {
		return nil, &feedscan.BrokenItem{Index: a.index, Cause: err}
	}
	e.Head = a.head
	return e, nil
}

// unzip returns the text of a file, as long as an item may be.
func unzip(f member) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", fmt.Errorf("%s: %w", f.Name, err)
	}
	b, err := io.ReadAll(io.LimitReader(r, feedscan.ItemMost+1))
	switch err := errors.Join(err, r.Close()); {
	case err != nil:
		return "", fmt.Errorf("%s: %w", f.Name, err)
	case len(b) > feedscan.ItemMost:
		return "", fmt.Errorf("%s: longer than %d MB", f.Name, feedscan.ItemMost>>20)
	}
	return strings.ToValidUTF8(string(b), "\uFFFD"), nil
}

// pagesIn lists the HTML files of an archive that lie in a folder posts, the last name first:
// names begin with dates or numbers.
func pagesIn(members []member) (files []member) {
	for _, f := range members {
		if path.Base(path.Dir(f.Name)) == "posts" && path.Ext(f.Name) == ".html" {
			files = append(files, f)
		}
	}
	slices.SortStableFunc(files, func(a, b member) int { return strings.Compare(b.Name, a.Name) })
	return files
}

// archived returns an entry of an archive. What only archives know of a post stands in Custom.
func archived(i gofeed.Item) *feedscan.Entry {
	return &feedscan.Entry{Item: &i, JSON: &json.Item{ContentHTML: i.Content}}
}

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

// generatedBy matches the head of an archive.
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
	source, err := unzip(f)
	if err != nil {
		return nil, err
	}
	doc, err := xhtml.Parse(strings.NewReader(source))
	if err != nil {
		return nil, err
	}
	i := gofeed.Item{GUID: "https://medium.com/p/" + number, Custom: map[string]string{}}
	i.Title = dom.WordsOf(doc, dom.Class("p-name"))
	i.Description = xhtml.EscapeString(dom.WordsOf(doc, dom.Class("p-summary")))
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

// completeArchive takes what only archives know.
func completeArchive(i *Item, e *feedscan.Entry, _ *Feed) {
	i.Post.Draft = e.Custom["draft"] != ""
	i.Hash = digest(i.Hash, e.Custom["draft"])
}

// cleanMediumArchive takes the title off the body, and the rule above each section but
// the first one's.
func cleanMediumArchive(body *xhtml.Node, p *blog.Post) {
	if title := dom.First(body, dom.Class("graf--title")); title != nil && blog.OneLine(dom.Text(title)) == p.Title {
		clean.Drop(title, clean.Title)
	}
	if rule := dom.First(body, func(n *xhtml.Node) bool { return n.DataAtom == atom.Hr && dom.HasClass(n, "section-divider") }); rule != nil {
		clean.Drop(rule, clean.Arrangement)
	}
	for _, pre := range dom.Find(body, dom.Named(atom.Pre)) {
		if l := dom.Attr(pre, "data-code-block-lang"); l != "" {
			dom.SetAttr(pre, "data-language", l)
		}
	}
	cleanMedium(body, p)
}

// substackArchive is the ZIP that Substack makes of a publication: posts.csv says what
// there is, and each text lies in posts/NUMBER.SLUG.html. The publication's address is
// nowhere in it.
var substackArchive = &Dialect{
	Name:     "substack-archive",
	Match:    generatedBy(substackZIPName),
	Whole:    true,
	Leave:    func(e *feedscan.Entry) string { return e.Custom["left"] },
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
