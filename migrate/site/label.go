package site

import (
	"net/url"
	"strings"

	"replant/migrate/dom"
)

// brands are the names of what can be embedded, by kind.
var brands = map[string]string{
	"asciinema":    "asciinema",
	"bandcamp":     "Bandcamp",
	"bluesky":      "Bluesky",
	"codepen":      "CodePen",
	"codesandbox":  "CodeSandbox",
	"dailymotion":  "Dailymotion",
	"dotnetfiddle": ".NET Fiddle",
	"facebook":     "Facebook",
	"gist":         "Gist",
	"github":       "GitHub",
	"glitch":       "Glitch",
	"instagram":    "Instagram",
	"jsfiddle":     "JSFiddle",
	"loom":         "Loom",
	"reddit":       "Reddit",
	"replit":       "Replit",
	"slideshare":   "SlideShare",
	"soundcloud":   "SoundCloud",
	"speakerdeck":  "Speaker Deck",
	"spotify":      "Spotify",
	"stackblitz":   "StackBlitz",
	"ted":          "TED",
	"tiktok":       "TikTok",
	"tweet":        "Tweet",
	"twitch":       "Twitch",
	"vimeo":        "Vimeo",
	"wikipedia":    "Wikipedia",
	"youtube":      "YouTube",
}

// label names an embed to a reader: by its title, by its kind and id, or by its address.
func label(e dom.Embed) string {
	title, id := fold(e.Title), fold(e.ID)
	brand, known := brands[e.Kind]
	switch {
	case title != "":
		return title
	case known && id != "":
		return brand + ": " + id
	case known:
		return brand + ": " + bareAddress(e.URL)
	}
	return bareAddress(e.URL)
}

// bareAddress is an address as people say it: no scheme, no www, no query.
func bareAddress(addr string) string {
	u, err := url.Parse(addr)
	if err != nil || u.Host == "" {
		return fold(addr)
	}
	return strings.TrimPrefix(u.Host, "www.") + strings.TrimRight(fold(u.Path), "/")
}
