package site

import (
	"fmt"
	"net/url"
	"path"
	"regexp"

	"replant/migrate/blog"
)

var (
	youtubeID = regexp.MustCompile(`^[A-Za-z0-9_-]{6,20}$`)
	vimeoID   = regexp.MustCompile(`^[0-9]{1,20}$`)
	seconds   = regexp.MustCompile(`^[1-9][0-9]{0,6}$`)
	letter    = regexp.MustCompile(`^[A-Za-z]`)
)

// hugoEmbed uses the two shortcodes that Hugo brings along and that need no network
// to build; everything else is a link to where it is seen.
func hugoEmbed(e blog.Embed) string {
	switch {
	case e.Kind == "youtube" && youtubeID.MatchString(e.ID):
		return youtube(e.ID, e.Start)
	case e.Kind == "vimeo" && vimeoID.MatchString(e.ID) && listed(e):
		return fmt.Sprintf("{{< vimeo %s >}}", e.ID)
	}
	return link(label(e), e.URL)
}

// youtube quotes an id that does not begin with a letter: to Hugo one of digits alone
// would be a number, and make a broken address.
func youtube(id, start string) string {
	switch {
	case seconds.MatchString(start):
		return fmt.Sprintf(`{{< youtube id="%s" start="%s" >}}`, id, start)
	case letter.MatchString(id):
		return fmt.Sprintf("{{< youtube %s >}}", id)
	}
	return fmt.Sprintf(`{{< youtube "%s" >}}`, id)
}

// listed tells whether a video's address is its id alone. One that is not listed has a
// key behind it, and the shortcode no place for that.
func listed(e blog.Embed) bool {
	u, err := url.Parse(e.URL)
	return err == nil && path.Base(u.Path) == e.ID && !u.Query().Has("h")
}
