package source

import (
	"regexp"
	"strings"

	"replant/migrate/blog"
)

// liquidPages are the addresses of the things that Liquid tags name by an id, which
// stands in the place of the star (forem/forem, app/liquid_tags). Tags that take an
// address alone need none.
var liquidPages = map[string]string{
	"embed": "", "youtube": "https://www.youtube.com/watch?v=*", "vimeo": "https://vimeo.com/*",
	"twitter": "https://twitter.com/i/status/*", "tweet": "https://twitter.com/i/status/*", "x": "https://twitter.com/i/status/*",
	"gist": "https://gist.github.com/*", "github": "https://github.com/*", "gitpitch": "", "emgithub": "",
	"codepen": "https://codepen.io/*", "codesandbox": "https://codesandbox.io/s/*", "stackblitz": "https://stackblitz.com/edit/*",
	"replit": "https://replit.com/*", "glitch": "https://glitch.com/edit/#!/*", "jsfiddle": "https://jsfiddle.net/*",
	"jsitor": "https://jsitor.com/*", "dotnetfiddle": "https://dotnetfiddle.net/*", "kotlin": "https://pl.kotl.in/*",
	"instagram": "https://www.instagram.com/p/*/", "tiktok": "", "bluesky": "", "mastodon": "", "threads": "", "facebook": "", "linkedin": "",
	"twitch": "https://clips.twitch.tv/*", "spotify": "https://open.spotify.com/*", "soundcloud": "", "bandcamp": "",
	"speakerdeck": "https://speakerdeck.com/player/*", "slideshare": "https://www.slideshare.net/slideshow/embed_code/key/*",
	"stackoverflow": "https://stackoverflow.com/questions/*", "stackexchange": "https://stackoverflow.com/questions/*",
	"reddit": "", "wikipedia": "", "medium": "", "podcast": "https://dev.to/*", "link": "https://dev.to/*", "post": "https://dev.to/*",
	"user": "https://dev.to/*", "org": "https://dev.to/*", "organization": "https://dev.to/*", "tag": "https://dev.to/t/*",
	"comment": "https://dev.to/comment/*", "devcomment": "https://dev.to/comment/*", "listing": "https://dev.to/listings/*",
	"asciinema": "https://asciinema.org/a/*", "loom": "https://www.loom.com/share/*", "blogcast": "https://blogcast.host/embed/*",
	"nexttech": "", "figma": "", "observable": "https://observablehq.com/*", "huggingface": "https://huggingface.co/spaces/*",
	"streamlit": "", "mux": "https://player.mux.com/*", "livecodes": "", "warp": "", "descript": "", "hackernews": "", "unsplash": "",
}

var liquidID = regexp.MustCompile(`^[\w@.:/#!?=-]+$`)

// liquidAddress gives the address of what a tag shows; empty where it cannot be told.
// Options follow the id.
func liquidAddress(name, arg string) string {
	page, known := liquidPages[name]
	first, _, _ := strings.Cut(strings.Trim(arg, `"' `), " ")
	switch {
	case !known || first == "":
		return ""
	case blog.IsWeb(first):
		return first
	case name == "spotify":
		first = strings.ReplaceAll(strings.TrimPrefix(first, "spotify:"), ":", "/")
	case name == "stackexchange":
		if site := strings.Fields(arg); len(site) > 1 && liquidID.MatchString(site[1]) {
			page = "https://" + site[1] + ".stackexchange.com/questions/*"
		}
	}
	if page == "" || !liquidID.MatchString(first) {
		return ""
	}
	return strings.Replace(page, "*", strings.Trim(first, "/"), 1)
}
