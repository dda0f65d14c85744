package source

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// medium is medium.com. Its feed holds the ten latest posts and has no older pages;
// posts for its members are cut off after some words.
var medium = &Dialect{
	Name:     "medium",
	Match:    signs{generator: `^Medium$`, guid: `^https://medium\.com/p/[0-9a-f]+$`}.match(),
	Fill:     fillMedium,
	Clean:    cleanMedium,
	Original: originalMedium,
	Window:   10,
	Export:   "Medium: Settings, Security and apps, Download your information",
}

var mediumSuffix = regexp.MustCompile(`^(.+)-([0-9a-f]{8,12})$`)

// fillMedium takes the post's number off its slug; the guid has it too.
func fillMedium(p *blog.Post, e *Entry) {
	if m := mediumSuffix.FindStringSubmatch(lastSegment(p.URL)); m != nil {
		p.Slug, p.LongTag = blog.Slug(m[1]), blog.Slug(m[0])
	}
	if m := first(fragment(e.Description), class("medium-feed-item")); m != nil {
		p.Losses = []string{"the feed holds only the beginning of it: it is for members of Medium"}
	}
}

// mediumFarewell is Medium's last word on a post, always in English.
var mediumFarewell = regexp.MustCompile(`was originally published in .+, where people are continuing the conversation`)

func cleanMedium(body *html.Node, _ *blog.Post) {
	if last := lastBlock(body); last != nil && mediumFarewell.MatchString(blog.Words(last)) {
		removeEnd(last)
	}
	for _, n := range find(body, class("medium-feed-link")) {
		for _, a := range find(n, named(atom.A)) {
			blog.SetAttr(a, "href", strings.SplitN(blog.Attr(a, "href"), "?", 2)[0])
		}
	}
}

var mediumSize = regexp.MustCompile(`^/(?:v2/)?(?:max/\d+|fit/\w/\d+/\d+|(?:resize|crop)[^/]*|freeze/max/\d+|proxy)(?:/(?:resize|crop|format|max)[^/]*)*/([^/]+)$`)

// originalMedium asks for a picture without the size that its address asks for.
func originalMedium(image *url.URL) []*url.URL {
	host := image.Hostname()
	if host != "miro.medium.com" && !strings.HasPrefix(host, "cdn-images-") {
		return nil
	}
	m := mediumSize.FindStringSubmatch(image.EscapedPath())
	if m == nil {
		return nil
	}
	return better("https://miro.medium.com/v2/" + m[1])
}
