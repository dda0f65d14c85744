package migrate

import (
	"net/url"
	"testing"

	"replant/migrate/feedscan"
)

func TestHintsOfKnownHomes(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{
		"https://dev.to/ben":                "try https://dev.to/feed/ben",
		"https://medium.com/@ada":           "try https://medium.com/feed/@ada",
		"https://ada.medium.com/":           "try https://ada.medium.com/feed",
		"https://ada.substack.com/p/a-post": "try https://ada.substack.com/feed",
		"https://www.ada.wordpress.com/":    "try https://www.ada.wordpress.com/feed/",
		"https://ada.hashnode.dev":          "try https://ada.hashnode.dev/rss.xml",
		"https://ada.substack.com/feed":     "give the address of an RSS, Atom or JSON feed; on a page it is behind a link or an icon for RSS",
	} {
		page, err := url.Parse(addr)
		if err != nil {
			t.Fatal(err)
		}
		if got := feedHint(page, &feedscan.NotFeedError{Page: true}); got != want {
			t.Errorf("%s: %q, want %q", addr, got, want)
		}
	}
}
