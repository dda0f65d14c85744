package wptext

import (
	"html"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// translations are the shortcodes of WordPress itself, of wordpress.com (Jetpack) and of
// the highlighters that many blogs have. False leaves the call as text.
var translations map[string]func(*writer, shortcode) (string, bool)

// calledCode are the shortcodes of code, with the language that each means; "?" asks the
// attributes.
var calledCode = map[string]string{"code": "?", "sourcecode": "?", "source": "?", "highlight": "?", "cc": "?", "cci": "?", "crayon": "?", "enlighter": "?",
	"bash": "bash", "shell": "bash", "c": "c", "cpp": "cpp", "csharp": "csharp", "css": "css", "diff": "diff", "go": "go", "golang": "go",
	"html": "html", "java": "java", "javascript": "javascript", "js": "javascript", "json": "json", "perl": "perl", "php": "php",
	"powershell": "powershell", "python": "python", "ruby": "ruby", "sql": "sql", "text": "text", "xml": "xml", "yaml": "yaml"}

func init() { // the functions call back into the table
	translations = map[string]func(*writer, shortcode) (string, bool){
		"caption": (*writer).caption, "wp_caption": (*writer).caption,
		"gallery": (*writer).gallery, "playlist": (*writer).playlist,
		"audio": (*writer).audio, "video": (*writer).video, "wpvideo": unlinked, "videopress": unlinked,
		"embed": (*writer).embed, "latex": latex,
	}
	for name := range calledCode {
		translations[name] = (*writer).code
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

// code translates a listing. Editors keep its characters as references or as they are.
func (w *writer) code(c shortcode) (string, bool) {
	if !c.enclosed {
		return "", false
	}
	language := calledCode[c.name]
	if language == "?" {
		language = c.attr("language", "lang", "type")
		if language == "" {
			language = c.arg()
		}
	}
	class := ""
	if language != "" {
		class = ` class="language-` + html.EscapeString(language) + `"`
	}
	inner := strings.Trim(html.UnescapeString(c.inner), "\n")
	return "<pre" + class + "><code>" + html.EscapeString(inner) + "</code></pre>\n", true
}

func latex(_ *writer, c shortcode) (string, bool) {
	return `<span class="math inline">\(` + strings.TrimSpace(c.inner) + `\)</span>`, c.enclosed
}
