package wptext

import (
	"html"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// translations are the shortcodes of WordPress itself and of wordpress.com (Jetpack), and the
// footnotes of plug-ins. False leaves the call as text.
var translations map[string]func(*writer, shortcode) (string, bool)

func init() { // the functions call back into the table
	translations = map[string]func(*writer, shortcode) (string, bool){
		"caption": (*writer).caption, "wp_caption": (*writer).caption,
		"gallery": (*writer).gallery, "playlist": (*writer).playlist,
		"audio": (*writer).audio, "video": (*writer).video, "wpvideo": unlinked, "videopress": unlinked,
		"embed": (*writer).embed, "latex": latex, "tex": latex, "katex": latex, "math": latex, "note": (*writer).noteInLine,
	}
	for _, name := range noteNames {
		translations[name] = (*writer).note
	}
	for _, name := range noteLists {
		translations[name] = (*writer).noteList
	}
	for name, page := range things {
		translations[name] = func(_ *writer, c shortcode) (string, bool) { return thing(c, page) }
	}
}

// embed returns the box in which WordPress puts what it fetches for an address.
func embed(address string) string {
	return `<div class="wp-block-embed__wrapper">` + html.EscapeString(html.UnescapeString(address)) + "</div>\n"
}

func (w *writer) embed(c shortcode) (string, bool) {
	address := strings.TrimSpace(c.inner)
	if !c.enclosed {
		address = c.attr("src", "url")
	}
	return embed(address), blog.IsWeb(address)
}

// things are the shortcodes of what other sites show, with the address of one
// whose id stands in the place of the star.
var things = map[string]string{
	"youtube": "https://www.youtube.com/watch?v=*", "vimeo": "https://vimeo.com/*", "dailymotion": "https://www.dailymotion.com/video/*",
	"gist": "https://gist.github.com/*", "tweet": "https://twitter.com/i/status/*", "twitter": "https://twitter.com/i/status/*",
	"instagram": "https://www.instagram.com/p/*/", "soundcloud": "", "spotify": "", "ted": "https://www.ted.com/talks/view/id/*",
	"codepen": "", "googlemaps": "", "flickr": "", "slideshare": "", "facebook": "", "tiktok": "", "twitch": "",
}

var thingID = regex.Lazy(`^[\w/-]+$`)

// thing translates the shortcode of a thing: its address stands in an attribute, as an
// argument or inside, or its id does.
func thing(c shortcode, page string) (string, bool) {
	at := strings.TrimSpace(html.UnescapeString(c.inner))
	for _, v := range []string{c.attr("url", "src", "href"), c.arg(), c.attr("id", "tweet")} {
		if at == "" {
			at = v
		}
	}
	if !blog.IsWeb(at) && page != "" && thingID().MatchString(at) {
		at = strings.Replace(page, "*", at, 1)
	}
	return embed(at), blog.IsWeb(at)
}

// unlinked are players of wordpress.com, whose address nobody but it knows.
func unlinked(_ *writer, c shortcode) (string, bool) {
	at := "https://videopress.com/v/" + c.arg()
	return embed(at), thingID().MatchString(c.arg())
}

func latex(_ *writer, c shortcode) (string, bool) {
	return `<span class="math inline">\(` + strings.TrimSpace(c.inner) + `\)</span>`, c.enclosed
}
