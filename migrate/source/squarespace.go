package source

import (
	"net/url"
	"strings"
)

// squarespace is Squarespace. Its feed is that of one section of a site, and has no
// older pages.
var squarespace = &Dialect{
	Name:     "squarespace",
	Match:    signs{generator: `squarespace\.com`, body: `class="sqs-(?:block|layout|html-content)`}.match(),
	Original: originalSquarespace,
	Window:   20,
	Export:   "Squarespace: Settings, Import and export, Export, WordPress",
}

// originalSquarespace asks for a picture as it was uploaded.
func originalSquarespace(image *url.URL) []*url.URL {
	host := image.Hostname()
	if !strings.HasSuffix(host, ".squarespace-cdn.com") && !strings.HasSuffix(host, "static1.squarespace.com") {
		return unwrap(image)
	}
	whole := *image
	whole.RawQuery = "format=original"
	return []*url.URL{&whole}
}
