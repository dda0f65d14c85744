package source

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// wordpress is WordPress, on its own host and others. Its feed holds ten posts a page
// (wp-includes/feed-rss2.php); a description is always an excerpt, and the whole post
// is there unless the blog's owner chose otherwise.
var wordpress = &Dialect{
	Name:     "wordpress",
	Match:    windowed(signs{generator: `^https?://wordpress\.(?:org|com)/`, guid: `^https?://[^/]+/\?p=\d+$`, space: "wfw"}.match()),
	Fill:     fillWordPress,
	Clean:    cleanWordPress,
	Older:    olderWordPress,
	Original: originalWordPress,
	Window:   10,
	Export:   "WordPress: Tools, Export, All content",
}

// fillWordPress takes the feed's own last words off the excerpt.
func fillWordPress(p *blog.Post, e *Entry) {
	excerpt := fragment(e.Description)
	if p.Summary == "" || excerpt == nil {
		return
	}
	if last := farewell(excerpt, p); last != nil {
		drop(last)
		p.Summary = summaryOf(e.Content, rendered(excerpt))
	}
}

func cleanWordPress(body *html.Node, p *blog.Post) {
	if last := farewell(body, p); last != nil {
		removeEnd(last)
	}
	smileys(body)
	wordpressBlocks(body)
	wordpressCaptions(body)
	wordpressGalleries(body)
	wordpressEmbeds(body)
}

// smileys puts characters where WordPress put pictures of them.
func smileys(body *html.Node) {
	for _, img := range find(body, named(atom.Img)) {
		if blog.HasClass(img, "wp-smiley", "emoji") || strings.Contains(blog.Attr(img, "src"), "s.w.org/images/core/emoji/") {
			blog.Replace(img, text(blog.Attr(img, "alt")))
		}
	}
}

// wordpressCaptions makes figures of the boxes that older versions put a picture and
// its caption in.
func wordpressCaptions(body *html.Node) {
	for _, box := range find(body, class("wp-caption")) {
		caption := first(box, class("wp-caption-text", "wp-caption-dd"))
		if caption == nil || box.DataAtom == atom.Figure {
			continue
		}
		rename(box, atom.Figure)
		rename(caption, atom.Figcaption)
	}
}

// wordpressGalleries makes figures of the lists that galleries are made of.
func wordpressGalleries(body *html.Node) {
	for _, item := range find(body, class("blocks-gallery-item", "gallery-item")) {
		for _, part := range children(item) {
			switch {
			case part.DataAtom == atom.Dt || blog.HasClass(part, "gallery-icon"):
				blog.Unwrap(part)
			case part.DataAtom == atom.Dd || blog.HasClass(part, "gallery-caption"):
				trimText(part)
				rename(part, atom.Figcaption)
			}
		}
		if first(item, named(atom.Figure)) != nil {
			blog.Unwrap(item)
		} else {
			rename(item, atom.Figure)
		}
	}
	for _, grid := range find(body, class("blocks-gallery-grid")) {
		blog.Unwrap(grid)
	}
}

// wordpressEmbeds makes embeds of the boxes in which WordPress found nothing better
// than the address that the author had written.
func wordpressEmbeds(body *html.Node) {
	for _, box := range find(body, class("wp-block-embed__wrapper")) {
		addr := strings.TrimSpace(blog.Text(box))
		if u := resolve(nil, addr); u != nil && !strings.ContainsAny(addr, " \n") && first(box, named(atom.Iframe)) == nil {
			take(box)
			box.AppendChild(thingAt(u).Node())
		}
	}
}

// olderWordPress counts the page of a feed up; behind the last one WordPress answers
// 404.
func olderWordPress(page *url.URL, _ *head) *url.URL { return countUp(page, "paged") }

var (
	wordpressSize = regexp.MustCompile(`-\d{2,4}x\d{2,4}(\.(?:jpe?g|png|gif|webp|avif))$`)
	uploads       = regexp.MustCompile(`/(?:wp-content/uploads|files)/`)
)

// originalWordPress gives the file behind WordPress's image server, and the one that a
// smaller copy was made of.
func originalWordPress(image *url.URL) []*url.URL {
	u, found := image, unwrap(image)
	if len(found) > 0 {
		u = found[0]
	}
	if bare := without(u, "w", "h", "resize", "fit", "crop", "quality", "strip"); bare != nil && wordpressFiles(u) {
		u, found = bare[0], append(bare, found...)
	}
	if path := u.EscapedPath(); wordpressSize.MatchString(path) && wordpressFiles(u) {
		whole := *u
		whole.RawPath = wordpressSize.ReplaceAllString(path, "$1")
		whole.Path, _ = url.PathUnescape(whole.RawPath) // it was well formed before
		found = append([]*url.URL{&whole}, found...)
	}
	return found
}

// wordpressFiles tells whether an address is that of a file in a blog's library.
func wordpressFiles(u *url.URL) bool {
	return uploads.MatchString(u.Path) || strings.HasSuffix(u.Hostname(), ".files.wordpress.com")
}
