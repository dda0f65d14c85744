package clean

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// site reads the address of a thing on one host, framed or not. It returns nil for
// an address that shows no single thing.
type site func(*url.URL) *dom.Embed

// sites are the hosts whose frames have a page that people read. Of all others the
// frame itself is linked.
var sites = map[string]site{
	"youtube.com":          youtube,
	"youtube-nocookie.com": youtube,
	"youtu.be":             youtube,
	"vimeo.com":            vimeo,
	"twitter.com":          tweet,
	"x.com":                tweet,

	"codepen.io":               codepen,
	"codesandbox.io":           page("codesandbox", `^/(?:embed|s|p/sandbox)/([\w-]+)`, "https://codesandbox.io/s/$1"),
	"stackblitz.com":           page("stackblitz", `^/edit/([\w-]+)`, "https://stackblitz.com/edit/$1"),
	"open.spotify.com":         page("spotify", `^/(?:embed/|embed-podcast/)?((?:track|album|playlist|artist|episode|show)/\w+)`, "https://open.spotify.com/$1"),
	"loom.com":                 page("loom", `^/(?:embed|share)/(\w+)`, "https://www.loom.com/share/$1"),
	"jsfiddle.net":             page("jsfiddle", `^/((?:[\w-]+/)?\w+(?:/\d+)?)/(?:embedded|embed)\b`, "https://jsfiddle.net/$1/"),
	"replit.com":               page("replit", `^/(@[\w-]+/[\w-]+)`, "https://replit.com/$1"),
	"repl.it":                  page("replit", `^/(@[\w-]+/[\w-]+)`, "https://replit.com/$1"),
	"glitch.com":               glitch,
	"tiktok.com":               page("tiktok", `^/(?:@[\w.-]+/video|embed(?:/v\d)?|player/v1)/(\d+)`, ""),
	"instagram.com":            page("instagram", `^/(?:[\w.]+/)?(?:p|reel|tv)/([\w-]+)`, "https://www.instagram.com/p/$1/"),
	"bsky.app":                 page("bluesky", `^/profile/([^/]+/post/\w+)`, "https://bsky.app/profile/$1"),
	"embed.bsky.app":           page("bluesky", `^/embed/(did:[^/]+)/app\.bsky\.feed\.post/(\w+)`, "https://bsky.app/profile/$1/post/$2"),
	"dailymotion.com":          page("dailymotion", `^/(?:embed/)?video/(\w+)`, "https://www.dailymotion.com/video/$1"),
	"ted.com":                  page("ted", `^/talks/([\w/-]+)`, "https://www.ted.com/talks/$1"),
	"asciinema.org":            page("asciinema", `^/a/(\w+)`, "https://asciinema.org/a/$1"),
	"dotnetfiddle.net":         page("dotnetfiddle", `^/Widget/(\w+)`, "https://dotnetfiddle.net/$1"),
	"clips.twitch.tv":          query("twitch", "clip", "https://clips.twitch.tv/"),
	"player.twitch.tv":         query("twitch", "video", "https://www.twitch.tv/videos/"),
	"speakerdeck.com":          page("speakerdeck", `^/player/(\w+)`, ""),
	"slideshare.net":           page("slideshare", `^/slideshow/embed_code/(?:key/)?(\w+)`, ""),
	"podcasters.spotify.com":   page("link", `^/pod/show/([\w-]+)/embed/episodes/([\w-]+)`, "https://podcasters.spotify.com/pod/show/$1/episodes/$2"),
	"embed.podcasts.apple.com": elsewhere("podcasts.apple.com"),
	"embed.music.apple.com":    elsewhere("music.apple.com"),
	"giphy.com":                page("link", `^/embed/(\w+)`, "https://giphy.com/gifs/$1"),
	"archive.org":              page("link", `^/embed/([\w.-]+)`, "https://archive.org/details/$1"),
	"streamable.com":           page("link", `^/[eo]/(\w+)`, "https://streamable.com/$1"),
	"videopress.com":           page("link", `^/(?:embed|v)/(\w+)`, "https://videopress.com/v/$1"),
	"video.wordpress.com":      page("link", `^/(?:embed|v)/(\w+)`, "https://videopress.com/v/$1"),
	"observablehq.com":         page("link", `^/embed/(@[\w-]+/[\w-]+)`, "https://observablehq.com/$1"),
	"assets.pinterest.com":     query("link", "id", "https://www.pinterest.com/pin/"),
	"player.bilibili.com":      query("link", "bvid", "https://www.bilibili.com/video/"),
	"threads.net":              page("threads", `^/(@[\w.]+/post/[\w-]+)`, "https://www.threads.net/$1"),
	"threads.com":              page("threads", `^/(@[\w.]+/post/[\w-]+)`, "https://www.threads.com/$1"),
	"gfycat.com":               page("link", `^/ifr/(\w+)`, "https://gfycat.com/$1"),
	"tenor.com":                page("link", `^/embed/(\d+)`, "https://tenor.com/view/$1"),
	"kickstarter.com":          page("link", `^/projects/([\w-]+/[\w-]+)/widget`, "https://www.kickstarter.com/projects/$1"),
	"datawrapper.dwcdn.net":    page("link", `^/(\w+)/`, "https://datawrapper.dwcdn.net/$1/"),
	"linkedin.com":             page("link", `^/embed/(feed/update/urn:li:\w+:\d+)`, "https://www.linkedin.com/$1"),
	"pastebin.com":             pastebin,
	"gitlab.com":               page("link", `^/([\w./-]*snippets/\d+)\.js$`, "https://gitlab.com/$1"),
	"ideone.com":               page("link", `^/(?:e\.js|embed)/(\w+)`, "https://ideone.com/$1"),
	"gist-it.appspot.com":      page("link", `^/(?:https?:/+)?github(?:\.com)?/(.+)`, "https://github.com/$1"),
	"polldaddy.com":            page("link", `^/p/(\d+)`, "https://poll.fm/$1"),
	"buzzsprout.com":           page("link", `^/(\d+/(?:episodes/)?\d+[\w-]*)(?:\.js)?$`, "https://www.buzzsprout.com/$1"),
	"geo.dailymotion.com":      query("dailymotion", "video", "https://www.dailymotion.com/video/"),
	"anchor.fm":                page("link", `^/([\w-]+)/embed/episodes/([\w-]+)`, "https://anchor.fm/$1/episodes/$2"),
}

// frames are the hosts whose frames name the address of what they show, in a parameter.
var frames = map[string]struct{ kind, param string }{
	"w.soundcloud.com": {"soundcloud", "url"},
	"www.facebook.com": {"facebook", "href"},
	"www.figma.com":    {"link", "url"},
	"embed.figma.com":  {"link", "url"},
	"cdn.embedly.com":  {"link", "url"},
	"cdn.iframely.com": {"link", "url"},
	"emgithub.com":     {"link", "target"},
}

// page reads addresses whose path holds the thing's id, the pattern's first group. To
// is the page people read; without one it is the address itself.
func page(kind, pattern, to string) site {
	re := regex.Lazy(pattern)
	return func(u *url.URL) *dom.Embed {
		m := re().FindStringSubmatchIndex(u.Path)
		if m == nil {
			return nil
		}
		e := &dom.Embed{Kind: kind, ID: u.Path[m[2]:m[3]], URL: u.String()}
		if to != "" {
			e.URL = string(re().ExpandString(nil, to, u.Path, m))
		}
		return e
	}
}

// elsewhere reads addresses whose page is the same address on another host.
func elsewhere(host string) site {
	return func(u *url.URL) *dom.Embed {
		there := *u
		there.Host = host
		return &dom.Embed{Kind: "link", URL: there.String()}
	}
}

// query reads addresses that hold the thing's id in a parameter.
func query(kind, key, to string) site {
	return func(u *url.URL) *dom.Embed {
		id := u.Query().Get(key)
		if id == "" {
			return nil
		}
		return &dom.Embed{Kind: kind, ID: id, URL: to + url.PathEscape(strings.TrimPrefix(id, "v"))}
	}
}

var glitchName = regex.Lazy(`^(?:!?/embed/)?([\w-]+)`)

// glitch reads addresses whose frame names the project behind a "#!".
func glitch(u *url.URL) *dom.Embed {
	name := u.Fragment
	if name == "" {
		name = u.Path
	}
	m := glitchName().FindStringSubmatch(name)
	if m == nil {
		return nil
	}
	return &dom.Embed{Kind: "glitch", ID: m[1], URL: "https://glitch.com/~" + m[1]}
}

var pastebinID = regex.Lazy(`^/(?:embed|embed_js|embed_iframe)/(\w+)`)

// pastebin reads frames and scripts, which had the paste's name in a parameter before 2020.
func pastebin(u *url.URL) *dom.Embed {
	id := u.Query().Get("i")
	if m := pastebinID().FindStringSubmatch(u.Path); m != nil {
		id = m[1]
	}
	if id == "" {
		return nil
	}
	return &dom.Embed{Kind: "pastebin", ID: id, URL: "https://pastebin.com/" + url.PathEscape(id)}
}

func codepen(u *url.URL) *dom.Embed {
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) < 3 || parts[1] != "embed" && parts[1] != "pen" || parts[0] == "assets" { // its own scripts
		return nil
	}
	id := parts[2]
	if id == "preview" && len(parts) > 3 {
		id = parts[3]
	}
	return &dom.Embed{Kind: "codepen", ID: parts[0] + "/" + id, URL: "https://codepen.io/" + url.PathEscape(parts[0]) + "/pen/" + url.PathEscape(id)}
}

var tweetPath = regex.Lazy(`^/(?:(\w+)|i(?:/web)?)/status(?:es)?/(\d+)`)

// tweet reads the addresses of Twitter's posts. A frame names only the number.
func tweet(u *url.URL) *dom.Embed {
	if id := u.Query().Get("id"); id != "" && u.Hostname() == "platform.twitter.com" {
		return &dom.Embed{Kind: "tweet", ID: id, URL: "https://twitter.com/i/status/" + url.PathEscape(id)}
	}
	m := tweetPath().FindStringSubmatch(u.Path)
	if m == nil {
		return nil
	}
	user := m[1]
	if user == "" {
		user = "i"
	}
	return &dom.Embed{Kind: "tweet", ID: m[2], URL: "https://twitter.com/" + user + "/status/" + m[2]}
}

var (
	youtubeID  = regex.Lazy(`^[\w-]{6,20}$`)
	vimeoVideo = regex.Lazy(`^/(?:video/)?(\d+)(?:/(\w+))?`)
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
	case len(parts) > 1 && slices.Contains([]string{"embed", "v", "e", "shorts", "live"}, parts[0]):
		id = parts[1]
	}
	if cut := strings.IndexAny(id, "&?;"); cut > 0 {
		id = id[:cut] // what old players had behind it without a question mark, or with two
	}
	if list := q.Get("list"); list != "" && (id == "" || id == "videoseries") {
		return &dom.Embed{Kind: "link", URL: "https://www.youtube.com/playlist?list=" + url.QueryEscape(list)}
	}
	if !youtubeID().MatchString(id) {
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

// seconds returns the seconds in 90, 90s and 1m30s, or "" for anything else and for zero.
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
	at := u.Path
	if clip := u.Query().Get("clip_id"); clip != "" && strings.HasSuffix(at, "/moogaloop.swf") {
		at = "/" + clip // the player of before 2010
	}
	m := vimeoVideo().FindStringSubmatch(at)
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
