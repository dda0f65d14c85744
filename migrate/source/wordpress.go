package source

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// wordpress is WordPress, on its own host and others. Its feed holds ten posts a page
// (wp-includes/feed-rss2.php); a description is always an excerpt, and the whole post
// is there unless the blog's owner chose otherwise.
var wordpress = &Dialect{
	Name:    "wordpress",
	Match:   signs{generator: `^https?://wordpress\.(?:org|com)/`, guid: wordpressID().String(), space: "wfw", body: wordpressMarkup}.match(),
	Fill:    fillWordPress,
	Clean:   cleanWordPress,
	Markup:  wordpressMarkup,
	Older:   olderWordPress,
	Servers: wordpressServers,
	Key:     keyWordPress,
	Window:  10,
	Export:  "WordPress: Tools, Export, All content",
}

var (
	wordpressMarkup = []string{"wp-block-", "wp-caption", "wp-image-", "blocks-gallery", "galleryid-", "wp-smiley"}
	wordpressID     = regex.Lazy(`^(?:https?://([^?]+?))?/?\?(?:\w+=[\w-]+&(?:#0?38;|amp;)?)?(?:p|page_id|attachment_id)=(\d+)$`)
)

// fillWordPress reads the post's number, which is in its guid or, on a blog without
// speaking addresses, in its address. It takes the feed's own last words off the excerpt.
func fillWordPress(p *blog.Post, e *feedscan.Entry) {
	p.Names = knownAs(p.Names, "wordpress", wordpressKey(p))
	if e.RSS != nil && blog.IsBlank(e.Content) && !blog.IsBlank(e.Description) && len(opening(e.Description, excerptMost+1)) <= excerptMost {
		p.Losses = []string{onlyExcerpt} // the blog's setting rss_use_excerpt
	}
	if p.Summary == "" {
		return
	}
	excerpt := clean.Fragment(e.Description)
	if excerpt == nil {
		return
	}
	if last := clean.LastWords(excerpt, p); last != nil {
		clean.Drop(last, clean.OwnWords)
		p.Summary = summaryOf(e.Content, dom.InnerHTML(excerpt))
	}
}

// wordpressKey returns the host of a blog and the number of a post, or "" where nothing
// names them. Some blogs leave the host out of their guids.
func wordpressKey(p *blog.Post) string {
	for _, s := range []string{p.GUID, postAddress(p)} {
		m := wordpressID().FindStringSubmatch(s)
		if m == nil {
			continue
		}
		site := m[1]
		if site == "" && p.URL != nil {
			site = p.URL.Host
		}
		return strings.TrimPrefix(strings.ToLower(site), "www.") + "/" + m[2]
	}
	return ""
}

func cleanWordPress(body *html.Node, _ *blog.Post) { looksOf(body).clean(body) }

// clean cleans a body of WordPress's that has the looks.
func (l *looks) clean(body *html.Node) {
	if l.divider {
		dividers(body)
	}
	for _, step := range wordpressSteps {
		if l.any(step.classes...) {
			step.clean(body)
		}
	}
}

// wordpressSteps are what is to be cleaned, in order, each by the classes that it looks for. None
// makes elements of a class that another one looks for.
var wordpressSteps = []struct {
	classes []string
	clean   func(body *html.Node)
}{
	{[]string{"wp-block-file__button", "wp-block-file__embed"}, fileButtons},
	{[]string{"wp-block-verse", "wp-block-cover", "wp-block-cover-image", "wp-block-button"}, wordpressBlocks},
	{[]string{"wp-caption"}, wordpressCaptions},
	{[]string{"blocks-gallery-item", "gallery-item", "blocks-gallery-grid"}, wordpressGalleries},
	{[]string{"wp-block-embed__wrapper"}, wordpressEmbeds},
	{[]string{"wp-embedded-content"}, wordpressCards},
}

// looks are what the elements of a body are known by.
type looks struct {
	classes map[string]bool
	divider bool // one may be a divider
}

func looksOf(body *html.Node) *looks {
	l := &looks{classes: map[string]bool{}}
	for n := range dom.Below(body) {
		for _, a := range n.Attr {
			switch a.Key {
			case "class":
				for class := range strings.FieldsSeq(a.Val) {
					l.classes[class] = true
				}
			case "id":
				l.divider = l.divider || strings.HasPrefix(a.Val, "more-")
			}
		}
	}
	return l
}

// any reports whether an element has any of the classes.
func (l *looks) any(classes ...string) bool {
	return slices.ContainsFunc(classes, func(class string) bool { return l.classes[class] })
}

// wordpressCaptions makes figures of the boxes that older versions put a picture and
// its caption in.
func wordpressCaptions(body *html.Node) {
	for _, box := range dom.Find(body, dom.Class("wp-caption")) {
		caption := dom.First(box, dom.Class("wp-caption-text", "wp-caption-dd"))
		if caption == nil || box.DataAtom == atom.Figure {
			continue
		}
		for _, term := range dom.Find(box, dom.Named(atom.Dt)) {
			dom.Unwrap(term)
		}
		dom.Rename(box, atom.Figure)
		dom.Rename(caption, atom.Figcaption)
	}
}

// wordpressGalleries makes figures of the lists that galleries are made of.
func wordpressGalleries(body *html.Node) {
	for _, item := range dom.Find(body, dom.Class("blocks-gallery-item", "gallery-item")) {
		for _, part := range dom.Children(item) {
			switch {
			case part.DataAtom == atom.Dt || dom.HasClass(part, "gallery-icon"):
				dom.Unwrap(part)
			case part.DataAtom == atom.Dd || dom.HasClass(part, "gallery-caption"):
				clean.TrimText(part)
				dom.Rename(part, atom.Figcaption)
			}
		}
		if dom.First(item, dom.Named(atom.Figure)) != nil {
			dom.Unwrap(item)
		} else {
			dom.Rename(item, atom.Figure)
		}
	}
	for _, grid := range dom.Find(body, dom.Class("blocks-gallery-grid")) {
		dom.Unwrap(grid)
	}
}

// wordpressEmbeds makes embeds of the boxes in which WordPress found nothing better
// than the address that the author had written.
func wordpressEmbeds(body *html.Node) {
	for _, box := range dom.Find(body, dom.Class("wp-block-embed__wrapper")) {
		addr := strings.TrimSpace(dom.Text(box))
		if u := blog.Resolve(nil, addr); u != nil && !strings.ContainsAny(addr, " \n") && dom.First(box, dom.Named(atom.Iframe)) == nil {
			clean.Clear(box, clean.Frame)
			box.AppendChild(clean.ThingAt(u).Node())
		}
	}
}

// olderWordPress counts the page of a feed up; behind the last one WordPress answers
// 404.
func olderWordPress(page *url.URL, _ *feedscan.Head) *url.URL { return countUp(page, "paged") }

// wordpressServers return the file behind WordPress.com's image server, and the one that a
// smaller copy was made of. Names that end in a size of their own are those of copies
// only in a blog's library.
var wordpressServers = []server{
	{hosts: hosts{"i0.wp.com", "i1.wp.com", "i2.wp.com", "i3.wp.com"}, path: regex.Lazy(`^/[^/]+/.`), by: photon},
	{hosts: hosts{"files.wordpress.com"}, drop: wordpressAsks},
	{in: wordpressLibrary, drop: wordpressAsks},
	{in: wordpressLibrary, path: regex.Lazy(`(/(?:wp-content/uploads|files)/.*)` + smallerCopy), to: "$1$2"},
	{hosts: hosts{"files.wordpress.com"}, path: regex.Lazy(smallerCopy), to: "$1"},
	{hosts: hosts{"cdn.statically.io"}, path: regex.Lazy(`^/img/([^/]+)/(?:[a-z]+=[^/]*/)?(.+)$`), to: "https://$1/$2"},
}

var (
	wordpressAsks    = []string{"w", "h", "resize", "fit", "crop", "quality", "strip"}
	wordpressLibrary = []string{"/wp-content/uploads/", "/files/"}
)

// smallerCopy matches how the name of a copy ends that WordPress made of a bigger picture.
const smallerCopy = `-\d{2,4}x\d{2,4}(\.(?:jpe?g|png|gif|webp|avif))$`

// photon returns what WordPress.com's image server fetches: a host and a path, by https
// only where the address says so.
func photon(u *url.URL) *url.URL {
	scheme := "http:/"
	if u.Query().Get("ssl") == "1" {
		scheme = "https:/"
	}
	inner := blog.Resolve(nil, scheme+u.EscapedPath())
	if q := u.Query().Get("q"); inner != nil && q != "" {
		inner.RawQuery = q
	}
	return inner
}

// wordpressBlocks makes plain HTML of blocks whose looks a style sheet makes.
func wordpressBlocks(body *html.Node) {
	for _, n := range dom.Find(body, dom.Class("wp-block-verse")) {
		verse(n)
	}
	for _, n := range dom.Find(body, dom.Class("wp-block-cover", "wp-block-cover-image")) {
		background(n)
	}
	for _, n := range dom.Find(body, dom.Class("wp-block-button")) {
		dom.Rename(n, atom.P)
	}
}

var moreID = regex.Lazy(`^more-\d+$`)

// dividers finds where the author parted what lists of posts show from the rest.
func dividers(body *html.Node) {
	for _, n := range dom.Find(body, dom.Named(atom.Span, atom.Div)) {
		if moreID().MatchString(dom.Attr(n, "id")) && dom.Empty(n) {
			m := dom.More()
			clean.Replace(n, clean.Arrangement, m)
			clean.Lift(m)
			return // the others of its kind do nothing
		}
	}
}

// verse makes a poem of what is preformatted for its line ends alone.
func verse(n *html.Node) {
	dom.Rename(n, atom.P)
	for _, t := range dom.Descendants(n) {
		if t.Type != html.TextNode {
			continue
		}
		for i, line := range strings.Split(t.Data, "\n") {
			if i > 0 {
				t.Parent.InsertBefore(dom.Elem(atom.Br), t)
			}
			t.Parent.InsertBefore(dom.TextNode(line), t)
		}
		dom.Detach(t)
	}
	clean.TrimText(n)
}

var backgroundURL = regex.Lazy(`background-image:\s*url\(\s*["']?([^"')]+)["']?\s*\)`)

// background shows the picture that a box has behind its words.
func background(n *html.Node) {
	m := backgroundURL().FindStringSubmatch(dom.Attr(n, "style"))
	if m == nil || blog.Resolve(nil, m[1]) == nil {
		return
	}
	img := dom.Elem(atom.Img)
	dom.SetAttr(img, "src", m[1])
	n.InsertBefore(dom.Elem(atom.P, img), n.FirstChild)
}

// wordpressCards makes one link of the two things that stand for a post of another
// WordPress: a quote that links to it, for those who see no frames, and a frame.
func wordpressCards(body *html.Node) {
	quoted := map[string]bool{}
	for _, n := range dom.Find(body, dom.Class("wp-embedded-content")) {
		secret := dom.Attr(n, "data-secret")
		switch links := dom.Find(n, dom.Named(atom.A)); {
		case dom.Is(n, atom.Iframe) && secret != "" && quoted[secret]:
			clean.Drop(n, clean.Twin)
		case dom.Is(n, atom.Blockquote) && len(links) == 1 && dom.Words(n) == dom.Words(links[0]):
			quoted[secret] = true
			blocks := linkTo(dom.Attr(links[0], "href"), dom.Words(n))
			clean.Replace(n, clean.Card, blocks...)
			clean.Lift(blocks...)
		}
	}
}
