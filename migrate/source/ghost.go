package source

import (
	"cmp"
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

// ghost is Ghost. Its feed holds fifteen posts a page, at /rss/N/, and no date of a
// change (TryGhost/Ghost, generate-feed.js).
var ghost = &Dialect{
	Name:    "ghost",
	Match:   signs{generator: `^Ghost \d`, body: ghostMarkup}.match(),
	Fill:    fillGhost,
	Clean:   cleanGhost,
	Markup:  ghostMarkup,
	Older:   olderGhost,
	Servers: ghostServers,
	Window:  15,
}

var (
	ghostMarkup = []string{"kg-card", "kg-image", "kg-width"}
	ghostKey    = regex.Lazy(`^(?:[0-9a-f]{24}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$`)
)

// fillGhost reads the key of a post, which is all of its guid, and recognises a post that only
// members read: of such a one the feed has an excerpt, which is plain text, and an empty
// body. Before 1.0 the whole post stood in the description.
func fillGhost(p *blog.Post, e *feedscan.Entry) {
	if ghostKey().MatchString(p.GUID) {
		p.Names = knownAs(p.Names, "ghost", p.GUID)
	}
	if blog.IsBlank(e.Content) && !blog.IsBlank(e.Description) && !markup().MatchString(e.Description) {
		p.Losses = []string{onlyExcerpt + ": it is for members"}
	}
}

func cleanGhost(body *html.Node, p *blog.Post) {
	if p.URL != nil {
		ghostReferrals(body, p.URL.Hostname())
	}
	if p.Cover != nil {
		ghostCover(body, p)
	}
	ghostCards(body)
	for _, n := range dom.Find(body, dom.Class("gh-post-upgrade-cta")) {
		clean.Drop(n, clean.Invitation)
		p.Losses = append(p.Losses, blog.OnlyPart+"the beginning of it: it is for members")
	}
	for _, n := range dom.Find(body, dom.Class(ghostChrome...)) {
		clean.Drop(n, clean.Button)
	}
}

// ghostCover takes the copy of the cover that Ghost puts in front of a feed's first
// paragraph out again where the text shows the picture itself. Else it stands for the one
// that the blog's page has over the text.
func ghostCover(body *html.Node, p *blog.Post) {
	shown := dom.Find(body, func(n *html.Node) bool { return dom.Is(n, atom.Img) && dom.Attr(n, "src") == p.Cover.String() })
	at := slices.IndexFunc(shown, func(n *html.Node) bool { return dom.Attr(n, "class") == "" && !dom.Is(n.Parent, atom.Figure) })
	switch {
	case at < 0:
	case len(shown) > 1:
		clean.Drop(shown[at], clean.Title)
	default:
		p.CoverLeads = true
	}
}

// ghostReferrals takes off links what shows other blogs where a reader comes from: the
// blog's own name.
func ghostReferrals(body *html.Node, host string) {
	name, _, _ := strings.Cut(strings.TrimPrefix(host, "www."), ".")
	for _, a := range dom.Find(body, dom.Named(atom.A)) {
		u := blog.ParseURL(dom.Attr(a, "href"))
		if u == nil || u.RawQuery == "" {
			continue
		}
		var kept []string
		for param := range strings.SplitSeq(u.RawQuery, "&") {
			if ref, ok := strings.CutPrefix(param, "ref="); !ok || !strings.EqualFold(ref, host) && !strings.EqualFold(ref, name) {
				kept = append(kept, param)
			}
		}
		if rest := strings.Join(kept, "&"); rest != u.RawQuery {
			u.RawQuery = rest
			clean.Relink(a, "href", u.String(), clean.Detour)
		}
	}
}

var ghostPage = regex.Lazy(`^(.*/rss)(?:/(\d+))?/?$`)

// olderGhost counts the page of a feed up; behind the last one Ghost answers 404.
func olderGhost(page *url.URL, _ *feedscan.Head) *url.URL {
	m := ghostPage().FindStringSubmatch(page.Path)
	if m == nil {
		return nil
	}
	return withPath(page, m[1]+"/"+after(m[2])+"/")
}

// ghostServers return the file that a smaller copy was made of, on any host.
var ghostServers = []server{{path: regex.Lazy(`/content/images/size/w\d+(?:h\d+)?(?:/format/\w+)?/`), to: "/content/images/"}}

// ghostChrome are the parts of cards that only work on the blog's own pages, and the card
// that asks a reader to sign up.
var ghostChrome = []string{"kg-video-overlay", "kg-video-player-container", "kg-audio-player", "kg-audio-thumbnail",
	"kg-signup-card", "kg-signup-card-form", "kg-toggle-card-icon", "kg-bookmark-thumbnail", "kg-file-card-icon"}

// ghostCards undoes the cards of Ghost's editor (TryGhost/Koenig, kg-default-nodes).
func ghostCards(body *html.Node) {
	for card := range dom.Standing(body, dom.Class("kg-card")) {
		switch {
		case dom.HasClass(card, "kg-bookmark-card"):
			ghostBookmark(card)
		case dom.HasClass(card, "kg-callout-card"):
			callout(card, dom.Class("kg-callout-emoji"), dom.Class("kg-callout-text"))
		case dom.HasClass(card, "kg-toggle-card"):
			ghostToggle(card)
		case dom.HasClass(card, "kg-audio-card"):
			ghostAudio(card)
		case dom.HasClass(card, "kg-file-card"):
			ghostFile(card)
		case dom.HasClass(card, "kg-product-card"):
			ghostRating(card)
		case dom.HasClass(card, "kg-header-card"):
			ghostHeader(card)
		}
	}
}

// ghostBookmark makes a titled link of the card of another page, and keeps its caption.
func ghostBookmark(n *html.Node) {
	a := dom.First(n, dom.Class("kg-bookmark-container"))
	if a == nil {
		return
	}
	blocks := linkTo(dom.Attr(a, "href"), dom.WordsOf(n, dom.Class("kg-bookmark-title")))
	if caption := dom.First(n, dom.Named(atom.Figcaption)); caption != nil {
		dom.Detach(caption)
		blocks = append(blocks, dom.Elem(atom.P, dom.Take(caption)...))
	}
	clean.Replace(n, clean.Card, blocks...)
}

// ghostToggle makes a card that a reader unfolds what HTML has for it.
func ghostToggle(n *html.Node) {
	heading, content := dom.First(n, dom.Class("kg-toggle-heading-text")), dom.First(n, dom.Class("kg-toggle-content"))
	if heading == nil || content == nil || dom.Under(content, heading) || dom.Under(heading, content) {
		return
	}
	details := dom.Elem(atom.Details, dom.Elem(atom.Summary, dom.Take(heading)...))
	dom.MoveInto(details, content)
	clean.Replace(n, clean.Arrangement, details)
}

// ghostAudio sets the title of a recording.
func ghostAudio(n *html.Node) {
	audio, title := dom.First(n, dom.Named(atom.Audio)), dom.First(n, dom.Class("kg-audio-title"))
	if audio == nil || title == nil || dom.Under(audio, title) {
		return
	}
	dom.SetAttr(audio, "title", dom.Words(title))
	clean.Drop(title, clean.Card)
}

// ghostFile makes a titled link of the card of a file, and keeps what its author says
// of it.
func ghostFile(n *html.Node) {
	a := dom.First(n, dom.Class("kg-file-card-container"))
	if a == nil {
		return
	}
	name := dom.WordsOf(n, dom.Class("kg-file-card-filename"))
	blocks := linkTo(dom.Attr(a, "href"), cmp.Or(dom.WordsOf(n, dom.Class("kg-file-card-title")), name))
	if about := dom.WordsOf(n, dom.Class("kg-file-card-caption")); about != "" {
		blocks = append(blocks, dom.Elem(atom.P, dom.TextNode(about)))
	}
	clean.Replace(n, clean.Card, blocks...)
}

// ghostRating writes the stars of a product, which are drawings.
func ghostRating(n *html.Node) {
	rating := dom.First(n, dom.Class("kg-product-card-rating"))
	stars, lit := dom.Find(rating, dom.Class("kg-product-card-rating-star")), dom.Find(rating, dom.Class("kg-product-card-rating-active"))
	if len(stars) == 0 || len(stars) > 10 || len(lit) > len(stars) {
		return
	}
	clean.Replace(rating, clean.Glyphs, dom.Elem(atom.P, dom.TextNode(strings.Repeat("★", len(lit))+strings.Repeat("☆", len(stars)-len(lit)))))
}

// ghostHeader shows the picture behind a heading, which older cards keep in a style.
func ghostHeader(n *html.Node) {
	src := dom.Attr(n, "data-kg-background-image")
	if src == "" || dom.First(n, dom.Named(atom.Img)) != nil {
		return
	}
	img := dom.Elem(atom.Img)
	dom.SetAttr(img, "src", src)
	n.InsertBefore(img, n.FirstChild)
}
