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
		"https://ada.substack.com/feed":     "look for the page's RSS or Atom link; it is often at /feed, /rss.xml or /feed.xml",
		"https://ada.example/":              "try https://ada.example/rss/", // made with Ghost
	} {
		page, err := url.Parse(addr)
		if err != nil {
			t.Fatal(err)
		}
		not := &feedscan.NotFeedError{Generator: "Ghost 5.82"}
		if page.Host == "ada.substack.com" {
			not.Generator = ""
		}
		if got := feedHint(page, not); got != want {
			t.Errorf("%s: %q, want %q", addr, got, want)
		}
	}
}
