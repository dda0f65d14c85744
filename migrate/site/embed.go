package site

import (
	"fmt"
	"html"
	"net/url"
	"path"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

var (
	youtubeID = regex.Lazy(`^[A-Za-z0-9_-]{6,20}$`)
	postID    = regex.Lazy(`^[A-Za-z0-9_-]{5,30}$`)
	vimeoID   = regex.Lazy(`^[0-9]{1,20}$`)
	seconds   = regex.Lazy(`^[1-9][0-9]{0,6}$`)
	letter    = regex.Lazy(`^[A-Za-z]`)
)

// Embeds is how embeds are spelled.
type Embeds string

// The ways of embeds.
const (
	Shortcode  Embeds = "shortcode" // the generator's own, or a titled link where it has none
	Link       Embeds = "link"      // a titled link
	InlineHTML Embeds = "html"      // a frame in raw HTML, or a titled link where it has none
)

// Embed spells an embed as one block of Markdown without a newline at its end. It is
// empty for an embed that has neither an address nor a name. The shortcode that it
// calls is named; empty when it calls none.
func (t *Target) Embed(e dom.Embed, how Embeds) (markdown, shortcode string) {
	switch how {
	case Link:
	case InlineHTML:
		if markdown = frame(e); markdown != "" {
			return markdown, ""
		}
	default:
		if t.Shortcode == nil {
			break
		}
		if markdown, shortcode = t.Shortcode(e); shortcode != "" {
			return markdown, shortcode
		}
	}
	return link(label(e), e.URL), ""
}

// Player spells a film or a sound that plays, as one block of Markdown, and names the
// shortcode that it calls. Both are empty where a link has to stand for it.
func (t *Target) Player(r blog.Recording, how Embeds) (markdown, shortcode string) {
	switch {
	case how == Link:
		return "", ""
	case how == InlineHTML, t.Recording == nil && t.HTML:
		return playerTag(r), ""
	case t.Recording == nil:
		return "", ""
	}
	return t.Recording(r)
}

// playerTag returns a film or a sound as raw HTML. Nothing in it acts in a template.
func playerTag(r blog.Recording) string {
	tag := "audio"
	if r.Film {
		tag = "video"
	}
	var b strings.Builder
	b.WriteString("<" + tag + ` src="` + attribute(r.Src) + `" controls preload="metadata"`)
	if r.Poster != "" && r.Film {
		b.WriteString(` poster="` + attribute(r.Poster) + `"`)
	}
	if r.Title != "" {
		b.WriteString(` title="` + attribute(r.Title) + `"`)
	}
	if r.Loop {
		b.WriteString(" autoplay loop muted playsinline")
	}
	return b.String() + "></" + tag + ">"
}

// frame returns an embed's frame as raw HTML, or "" where it has none on the web. Nothing
// in it acts in a template.
func frame(e dom.Embed) string {
	u, err := url.Parse(e.Frame)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return fmt.Sprintf(`<iframe src="%s" title="%s" loading="lazy" allowfullscreen></iframe>`, attribute(e.Frame), attribute(label(e)))
}

// attribute writes a text as the value of an attribute.
func attribute(s string) string {
	return strings.NewReplacer("{", "&#123;", "\n", "&#10;").Replace(html.EscapeString(s))
}

// isYouTube and isVimeo tell whether a shortcode can say the whole of an embed.
func isYouTube(e dom.Embed) bool { return e.Kind == "youtube" && youtubeID().MatchString(e.ID) }
func isVimeo(e dom.Embed) bool {
	return e.Kind == "vimeo" && vimeoID().MatchString(e.ID) && listed(e)
}

// hugoShortcode uses the shortcodes that Hugo brings along and that need no network to build.
func hugoShortcode(e dom.Embed) (call, name string) {
	switch {
	case isYouTube(e):
		return youtube(e.ID, e.Start), "youtube"
	case isVimeo(e):
		return fmt.Sprintf("{{< vimeo %s >}}", e.ID), "vimeo"
	case e.Kind == "instagram" && postID().MatchString(e.ID):
		return fmt.Sprintf("{{< instagram %s >}}", worded(e.ID)), "instagram"
	}
	return "", ""
}

// worded quotes an id that does not begin with a letter: to Hugo one of digits alone would be
// a number, and make a broken address.
func worded(id string) string {
	if letter().MatchString(id) {
		return id
	}
	return `"` + id + `"`
}

// youtube calls the shortcode with what it knows of a video.
func youtube(id, start string) string {
	if seconds().MatchString(start) {
		return fmt.Sprintf(`{{< youtube id="%s" start="%s" >}}`, id, start)
	}
	return fmt.Sprintf("{{< youtube %s >}}", worded(id))
}

// listed reports whether a video's address is its id alone. One that is not listed has a
// key behind it, and the shortcode no place for that.
func listed(e dom.Embed) bool {
	u, err := url.Parse(e.URL)
	return err == nil && path.Base(u.Path) == e.ID && !u.Query().Has("h")
}

// link returns a Markdown link that fills a paragraph. Where the address leads nowhere
// that a browser may go, the text stands alone.
func link(text, addr string) string {
	text = plain(text)
	u, err := url.Parse(addr)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return paragraph(text)
	}
	return fmt.Sprintf("[%s](%s)", text, destination(addr))
}

// acting are the characters that may mean something inside a line of Markdown.
const acting = "\\`*_[]<>&~|"

// plain writes a folded text so that a reader of the page sees it as it is, and no generator
// takes it for a template.
func plain(text string) string {
	var b strings.Builder
	var last rune
	for _, r := range text {
		template := last == '{' && (r == '{' || r == '%')
		if template || strings.ContainsRune(acting, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// block begins what is no paragraph: a heading, a rule, a list, Hugo's attributes of a block.
var block = regex.Lazy(`^([0-9]*)([-+#=:.){])`)

// paragraph writes a plain text that begins a line.
func paragraph(text string) string { return block().ReplaceAllString(text, `$1\$2`) }

// entity is what a reader of Markdown resolves even in an address. A backslash in front
// would be right too, but Hugo's resolves it all the same.
var entity = regex.Lazy(`&(#?[0-9A-Za-z]+;)`)

// destination writes an address so that Markdown's end of it is its own, and leaves
// all else as the source has it: signed addresses must not change.
func destination(addr string) string {
	var b strings.Builder
	for _, c := range []byte(addr) {
		if c <= ' ' || c == 0x7F || strings.IndexByte("<>\\`|\"{}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	safe := entity().ReplaceAllString(strings.ToValidUTF8(b.String(), "%EF%BF%BD"), `&amp;$1`)
	if !balanced(safe) {
		return "<" + safe + ">"
	}
	return safe
}

// balanced reports whether an address's parentheses close one another.
func balanced(addr string) bool {
	depth := 0
	for _, c := range addr {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth < 0 {
			return false
		}
	}
	return depth == 0
}

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
	"mastodon":     "Mastodon",
	"pastebin":     "Pastebin",
	"reddit":       "Reddit",
	"replit":       "Replit",
	"slideshare":   "SlideShare",
	"soundcloud":   "SoundCloud",
	"speakerdeck":  "Speaker Deck",
	"spotify":      "Spotify",
	"stackblitz":   "StackBlitz",
	"ted":          "TED",
	"threads":      "Threads",
	"tiktok":       "TikTok",
	"tweet":        "Tweet",
	"twitch":       "Twitch",
	"vimeo":        "Vimeo",
	"wikipedia":    "Wikipedia",
	"youtube":      "YouTube",
}

// hosts are the names of those that have no kind of their own, by what their addresses begin
// with. A colon behind a name says that the rest of an address tells a reader something.
var hosts = []struct{ begins, name string }{
	{"google.com/maps", "Google Maps"}, {"maps.google.", "Google Maps"}, {"goo.gl/maps", "Google Maps"}, {"maps.app.goo.gl", "Google Maps"},
	{"openstreetmap.org", "OpenStreetMap"},
	{"docs.google.com/forms", "Google Forms"}, {"docs.google.com/presentation", "Google Slides"},
	{"docs.google.com/spreadsheets", "Google Sheets"}, {"docs.google.com/document", "Google Docs"}, {"drive.google.com", "Google Drive"},
	{"podcasts.apple.com", "Apple Podcasts"}, {"music.apple.com", "Apple Music"},
	{"giphy.com/gifs/", "Giphy:"}, {"tenor.com/view/", "Tenor:"}, {"gfycat.com/", "Gfycat:"}, {"imgur.com/", "Imgur:"},
	{"figma.com", "Figma"}, {"miro.com", "Miro"}, {"canva.com", "Canva"},
	{"observablehq.com/", "Observable:"}, {"datawrapper.dwcdn.net/", "Datawrapper:"}, {"public.flourish.studio/", "Flourish:"},
	{"infogram.com/", "Infogram:"}, {"public.tableau.com", "Tableau"},
	{"kickstarter.com/projects/", "Kickstarter:"}, {"patreon.com", "Patreon"},
	{"youtube.com/playlist", "YouTube playlist"}, {"streamable.com/", "Streamable:"}, {"archive.org/details/", "Internet Archive:"},
	{"ideone.com/", "Ideone:"}, {"poll.fm/", "Crowdsignal:"}, {"strawpoll.com", "StrawPoll"}, {"bilibili.com/video/", "Bilibili:"},
	{"pinterest.com/pin/", "Pinterest:"}, {"linkedin.com/", "LinkedIn"}, {"mixcloud.com", "Mixcloud"}, {"sketchfab.com", "Sketchfab"},
	{"calendly.com/", "Calendly:"}, {"airtable.com", "Airtable"},
}

// hosted names an embed by its host, or returns "".
func hosted(addr string) string {
	bare := bareAddress(addr)
	for _, h := range hosts {
		rest, ok := strings.CutPrefix(bare, h.begins)
		if !ok {
			continue
		}
		if name, told := strings.CutSuffix(h.name, ":"); !told || rest == "" {
			return name
		}
		return h.name + " " + rest
	}
	return ""
}

// label names an embed to a reader: by its title, by its kind and id, by its host, or by its
// address.
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
	if name := hosted(e.URL); name != "" {
		return name
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
