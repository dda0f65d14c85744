package source

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// litterClasses are the boxes that feeds, and the plug-ins of blogs, put among an
// author's words: buttons to share by, to subscribe by, to look at code by.
var litterClasses = []string{
	"feedflare",                                   // FeedBurner
	"sharedaddy", "jp-relatedposts", "sd-sharing", // Jetpack
	"addtoany_share_save_container", "addtoany_content", "heateor_sss_sharing_container", "ssba", "shareaholic-canvas",
	"highlight__panel", "js-actions-panel", // Forem, wherever its pages were copied to
	"subscription-widget-wrap", "subscription-widget-wrap-editor", "mc4wp-form", "newsletter-form-wrapper",
}

// counter is the address of a picture, or of a link, that a feed adds to count its
// readers. An advertisement is not one: a reader sees it.
var counter = regexp.MustCompile(`^(?:https?:)?//(?:` + strings.Join([]string{
	`feeds\.feedburner\.com/~\w+/`, `feedproxy\.google\.com/~(?:f+|4)/`, `\w+\.feedburner\.com/~r/`,
	`feeds\.wordpress\.com/1\.0/`, `stats\.wordpress\.com/`, `pixel\.wp\.com/`, `medium\.com/_/stat\?`,
	`(?:www\.)?blogger\.com/tracker`, `blogger\.googleusercontent\.com/tracker/`, `px\.ads\.linkedin\.com/`, `pixel\.quantserve\.com/`,
}, "|") + `)`)

// litter removes what neither the author wrote nor a reader wants from any feed: one
// that passed through FeedBurner may come from everywhere.
func litter(body *html.Node) {
	for _, n := range find(body, class(litterClasses...)) {
		drop(n)
	}
	for _, n := range find(body, named(atom.Img)) {
		if counter.MatchString(strings.TrimSpace(blog.Attr(n, "src"))) {
			drop(n)
		}
	}
	for _, n := range find(body, named(atom.A)) {
		if counter.MatchString(strings.TrimSpace(blog.Attr(n, "href"))) && empty(n) {
			drop(n)
		}
	}
}

// drop removes n, and the paragraphs and links around it that showed nothing else.
func drop(n *html.Node) {
	p := n.Parent
	blog.Remove(n)
	for p != nil && p.Parent != nil && (p.DataAtom == atom.P || p.DataAtom == atom.A || p.DataAtom == atom.Div) && empty(p) {
		n, p = p, p.Parent
		blog.Remove(n)
	}
}

// lastBlock gives the last paragraph of a body that shows anything; nil where the body
// ends in something else.
func lastBlock(body *html.Node) *html.Node {
	n := body
	for {
		last := n.LastChild
		for last != nil && (last.Type != html.ElementNode && gap(last) || last.Type == html.ElementNode && empty(last)) {
			last = last.PrevSibling
		}
		switch {
		case last == nil || last.Type != html.ElementNode:
			return nil
		case last.DataAtom == atom.P:
			return last
		case !isBlock(last):
			return nil
		}
		n = last
	}
}

// removeEnd removes a last paragraph, and the rule that parts it from the post.
func removeEnd(p *html.Node) {
	before := p.PrevSibling
	for before != nil && (gap(before) || before.Type == html.ElementNode && before.DataAtom != atom.Hr && empty(before)) {
		before = before.PrevSibling
	}
	if is(before, atom.Hr) {
		blog.Remove(before)
	}
	drop(p)
}
