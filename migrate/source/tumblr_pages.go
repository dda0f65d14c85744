package source

import (
	"cmp"
	"html"
	"path"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// tumblrPageName matches the name of a post's page in an archive without posts.xml.
var tumblrPageName = regex.Lazy(`(?:^|/)html/(?:submissions/)?(\d{6,})\.html$`)

// tumblrPages reads an archive of Tumblr's older form, a page a post, or returns nil where there
// are none.
func tumblrPages(members []member, media map[string][]string) feedscan.Cutter {
	var pages []member
	for _, m := range members {
		if tumblrPageName().MatchString(m.Name) {
			pages = append(pages, m)
		}
	}
	if len(pages) == 0 {
		return nil
	}
	number := func(m member) string { return tumblrPageName().FindStringSubmatch(m.Name)[1] }
	slices.SortStableFunc(pages, func(a, b member) int { // the newest number first
		x, y := number(a), number(b)
		return cmp.Or(cmp.Compare(len(y), len(x)), strings.Compare(y, x))
	})
	a := &archive{head: &gofeed.Feed{Generator: tumblrArchiveName}}
	for _, m := range pages {
		a.pages = append(a.pages, func() (*feedscan.Entry, error) { return tumblrOld(m, number(m), media[number(m)]) })
	}
	return a
}

// tumblrOld reads the page of a post. Its date and its tags stand at its end: what a post
// quotes may have brought its own.
func tumblrOld(m member, number string, media []string) (*feedscan.Entry, error) {
	doc, err := htmlOf(m)
	if err != nil {
		return nil, err
	}
	body := dom.First(doc, dom.Named(atom.Body))
	i := gofeed.Item{Custom: map[string]string{"number": number, "left": ""}}
	if feet := dom.Find(body, isFooter); len(feet) > 0 {
		foot := feet[len(feet)-1]
		i.Published = tumblrTime(dom.WordsOf(foot, hasID("timestamp")))
		for _, tag := range dom.Find(foot, dom.Class("tag")) {
			i.Categories = append(i.Categories, strings.TrimPrefix(dom.Words(tag), "#"))
		}
		for _, foot := range feet {
			dom.Detach(foot)
		}
	}
	if title := dom.First(body, dom.Named(atom.H1)); title != nil {
		i.Title = dom.Words(title)
		dom.Detach(title)
	}
	placeMedia(body, path.Dir(m.At))
	i.Content = dom.InnerHTML(body)
	if dom.First(body, dom.Named(atom.Img, atom.Video, atom.Audio, atom.Iframe)) == nil {
		i.Content = tumblrMedia(media) + i.Content
	}
	return archived(i), nil
}

func isFooter(n *xhtml.Node) bool { return dom.Is(n, atom.Footer) || hasID("footer")(n) }

func hasID(id string) func(*xhtml.Node) bool {
	return func(n *xhtml.Node) bool { return dom.Attr(n, "id") == id }
}

// placeMedia writes the addresses of files in the archive from its top, not from the page.
func placeMedia(body *xhtml.Node, folder string) {
	for _, n := range dom.Find(body, dom.Named(atom.Img, atom.Video, atom.Audio, atom.Source)) {
		if src := dom.Attr(n, "src"); strings.HasPrefix(src, "../") {
			dom.SetAttr(n, "src", strings.TrimPrefix(path.Join("/", folder, src), "/"))
		}
	}
}

// tumblrMedia shows the files of a post whose page lacks them: many pages do.
func tumblrMedia(media []string) string {
	var b strings.Builder
	for _, file := range media {
		switch kind := playerFor("", file); kind {
		case 0:
			b.WriteString(`<p><img src="` + html.EscapeString(file) + `" alt=""></p>`)
		default:
			b.WriteString("<" + kind.String() + ` controls src="` + html.EscapeString(file) + `"></` + kind.String() + ">")
		}
	}
	return b.String()
}

var ordinal = regex.Lazy(`(\d)(?:st|nd|rd|th)\b`)

// tumblrTime returns a date such as "March 12th, 2017 3:04pm" in a form that dates are read in.
func tumblrTime(s string) string {
	s = ordinal().ReplaceAllString(s, "$1")
	return strings.TrimSpace(strings.NewReplacer("am", " am", "pm", " pm").Replace(s))
}
