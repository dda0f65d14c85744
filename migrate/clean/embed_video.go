package clean

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"replant/migrate/dom"
)

var (
	youtubeID  = regexp.MustCompile(`^[\w-]{6,20}$`)
	vimeoVideo = regexp.MustCompile(`^/(?:video/)?(\d+)(?:/(\w+))?`)
)

// youtube reads all forms of YouTube's addresses; a playlist has no id of a video.
func youtube(u *url.URL) *dom.Embed {
	q := u.Query()
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	id := q.Get("v")
	switch {
	case id != "":
	case strings.HasSuffix(u.Hostname(), "youtu.be"):
		id = parts[0]
	case len(parts) > 1 && (parts[0] == "embed" || parts[0] == "v" || parts[0] == "shorts" || parts[0] == "live"):
		id = parts[1]
	}
	if list := q.Get("list"); list != "" && (id == "" || id == "videoseries") {
		return &dom.Embed{Kind: "link", URL: "https://www.youtube.com/playlist?list=" + url.QueryEscape(list)}
	}
	if !youtubeID.MatchString(id) {
		return nil
	}
	e := &dom.Embed{Kind: "youtube", ID: id, URL: "https://www.youtube.com/watch?v=" + id}
	for _, key := range []string{"start", "t"} {
		if s := seconds(q.Get(key)); s != "" && e.Start == "" {
			e.Start = s
			e.URL += "&t=" + s + "s"
		}
	}
	return e
}

// seconds reads 90, 90s and 1m30s; "" for anything else, and for the beginning.
func seconds(s string) string {
	if n, err := strconv.Atoi(s); err == nil && n > 0 {
		return strconv.Itoa(n)
	}
	if d, err := time.ParseDuration(s); err == nil && d >= time.Second {
		return strconv.Itoa(int(d.Seconds()))
	}
	return ""
}

// vimeo reads players and pages; a video that is not listed has a key besides.
func vimeo(u *url.URL) *dom.Embed {
	m := vimeoVideo.FindStringSubmatch(u.Path)
	if m == nil {
		return nil
	}
	key := m[2]
	if key == "" {
		key = u.Query().Get("h")
	}
	e := &dom.Embed{Kind: "vimeo", ID: m[1], URL: "https://vimeo.com/" + m[1]}
	if key != "" {
		e.URL += "/" + url.PathEscape(key)
	}
	return e
}
