package site

import (
	"fmt"
	"html"
	"net/url"
	"path"
	"strings"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

var (
	youtubeID = regex.Lazy(`^[A-Za-z0-9_-]{6,20}$`)
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
		if markdown, shortcode = t.Shortcode(e); shortcode != "" {
			return markdown, shortcode
		}
	}
	return link(label(e), e.URL), ""
}

// frame gives an embed's frame as raw HTML; empty where it has none on the web. Nothing
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

// hugoShortcode uses the two shortcodes that Hugo brings along and that need no network
// to build.
func hugoShortcode(e dom.Embed) (call, name string) {
	switch {
	case isYouTube(e):
		return youtube(e.ID, e.Start), "youtube"
	case isVimeo(e):
		return fmt.Sprintf("{{< vimeo %s >}}", e.ID), "vimeo"
	}
	return "", ""
}

// youtube quotes an id that does not begin with a letter: to Hugo one of digits alone
// would be a number, and make a broken address.
func youtube(id, start string) string {
	switch {
	case seconds().MatchString(start):
		return fmt.Sprintf(`{{< youtube id="%s" start="%s" >}}`, id, start)
	case letter().MatchString(id):
		return fmt.Sprintf("{{< youtube %s >}}", id)
	}
	return fmt.Sprintf(`{{< youtube "%s" >}}`, id)
}

// listed tells whether a video's address is its id alone. One that is not listed has a
// key behind it, and the shortcode no place for that.
func listed(e dom.Embed) bool {
	u, err := url.Parse(e.URL)
	return err == nil && path.Base(u.Path) == e.ID && !u.Query().Has("h")
}
