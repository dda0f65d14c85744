package wptext

import (
	"html"
	"strings"

	"replant/migrate/regex"
)

// services are the names of social icons that are more than their key with a capital
// (Gutenberg, packages/block-library/src/social-link/variations.js).
var services = map[string]string{
	"chain": "Link", "feed": "RSS Feed", "mail": "Mail", "fivehundredpx": "500px", "wordpress": "WordPress",
	"deviantart": "DeviantArt", "github": "GitHub", "goodreads": "Goodreads", "google": "Google", "lastfm": "Last.fm",
	"linkedin": "LinkedIn", "soundcloud": "SoundCloud", "tiktok": "TikTok", "vk": "VK", "whatsapp": "WhatsApp",
	"youtube": "YouTube", "codepen": "CodePen",
}

var schemed = regex.Lazy(`^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//|#)`)

// social returns a social icon as an item of the list in which it stands. As WordPress does,
// it shows none without an address, takes an address of mail for one, and one without a scheme
// for the web's.
func social(d block) string {
	name, to := strings.TrimSpace(d.Label), strings.TrimSpace(d.URL)
	if to == "" {
		return ""
	}
	switch {
	case name != "":
	case services[d.Service] != "":
		name = services[d.Service]
	case d.Service != "":
		name = strings.ToUpper(d.Service[:1]) + d.Service[1:]
	}
	switch {
	case strings.Contains(to, "@") && !strings.ContainsAny(to, "/:"):
		to = "mailto:" + to
	case !schemed().MatchString(to):
		to = "https://" + to
	}
	return `<li><a href="` + html.EscapeString(to) + `">` + html.EscapeString(name) + "</a></li>"
}
