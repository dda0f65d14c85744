package proof

import "golang.org/x/net/html"

// Show returns what the Markdown of a page, without its front matter, shows by its generator:
// a body of ordinary HTML, and the neutral DOM's elements for embeds, formulas and footnotes.
// An embed has the shortcode as it stands in the page for its address.
func Show(s Style, markdown []byte) (*html.Node, error) {
	return newPages(s).body(markdown, func(call string) string { return call })
}
