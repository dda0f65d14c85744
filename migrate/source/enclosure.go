package source

import (
	"cmp"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/feedscan"
)

// enclosures returns the audio and video that are attached to an item: RSS's enclosures,
// Atom's links of that kind, JSON Feed's attachments.
func enclosures(e *feedscan.Entry, base *url.URL) (all []*url.URL) {
	for _, x := range e.Enclosures {
		if x == nil || playerFor(x.Type, x.URL) == 0 {
			continue
		}
		if u := blog.Resolve(base, x.URL); u != nil {
			all = append(all, u)
		}
	}
	return all
}

// playerFor returns the element that plays a file, by its media type, else by its name; 0
// for what is neither audio nor video.
func playerFor(mediaType, addr string) atom.Atom {
	kind, _, _ := strings.Cut(strings.ToLower(mediaType), "/")
	addr, _, _ = strings.Cut(addr, "?")
	switch ext := strings.ToLower(path.Ext(addr)); {
	case kind == "audio", kind != "video" && (ext == ".mp3" || ext == ".m4a" || ext == ".ogg" || ext == ".opus"):
		return atom.Audio
	case kind == "video", ext == ".mp4", ext == ".webm", ext == ".mov", ext == ".m4v":
		return atom.Video
	}
	return 0
}

// attach puts players of what is attached to a post behind its text, but for what the
// text plays or links itself.
func attach(body *html.Node, enclosures []*url.URL) {
	if len(enclosures) == 0 {
		return
	}
	shown := map[string]bool{}
	for n := range dom.Below(body) {
		for _, key := range []string{"src", "href", "url"} {
			shown[bareAddress(dom.Attr(n, key))] = true
		}
	}
	for _, u := range enclosures {
		if addr := u.String(); !shown[bareAddress(addr)] {
			shown[bareAddress(addr)] = true
			n := dom.Elem(cmp.Or(playerFor("", addr), atom.Audio))
			dom.SetAttr(n, "src", addr)
			dom.SetAttr(n, "aria-label", "▶") // no word of ours among the author's
			body.AppendChild(n)
		}
	}
}

// bareAddress is an address without what platforms append to count downloads.
func bareAddress(addr string) string {
	addr, _, _ = strings.Cut(addr, "?")
	_, addr, _ = strings.Cut(addr, "://")
	return addr
}
