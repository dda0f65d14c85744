package source

import (
	"strings"

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
