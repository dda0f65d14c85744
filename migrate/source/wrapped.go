package source

import (
	"net/url"
	"path"
	"regexp"
	"strings"
)

// wrapper is a form of address by which an image server is asked for a picture from
// elsewhere; the pattern's last group, with the percent signs as they stand, is where
// it comes from.
type wrapper struct {
	host string // its end; "" for any
	path *regexp.Regexp
}

// wrappers are the image servers of Forem, past and present, of Substack, and those
// that their authors' pictures lay behind before.
var wrappers = []wrapper{
	{"", regexp.MustCompile(`^/(?:cdn-cgi|dynamic)/image/[^/]*/(https?(?::|%3[Aa]).+)$`)},
	{"res.cloudinary.com", regexp.MustCompile(`/image/fetch/(?:.*?/)??(https?(?::|%3[Aa]).+)$`)},
	{"substackcdn.com", regexp.MustCompile(`/image/fetch/(?:.*?/)??(https?(?::|%3[Aa]).+)$`)},
}

var wpImage = regexp.MustCompile(`^i[0-3]\.wp\.com$`)

// unwrap gives where image servers have a picture from; nil where no server is asked.
// One wraps another at times.
func unwrap(image *url.URL) []*url.URL {
	u := image
	for range 5 {
		inner := unwrapped(u)
		if inner == nil {
			break
		}
		u = inner
	}
	if u == image {
		return nil
	}
	return []*url.URL{u}
}

// unwrapped takes one layer off an image address, decoding it once; nil where there
// is none.
func unwrapped(u *url.URL) *url.URL {
	escaped := u.EscapedPath()
	if wpImage.MatchString(u.Hostname()) && strings.Count(escaped, "/") > 1 {
		return photon(u)
	}
	for _, w := range wrappers {
		m := w.path.FindStringSubmatch(escaped)
		if m == nil || !strings.HasSuffix(u.Hostname(), w.host) {
			continue
		}
		wrapped := m[1]
		if !strings.Contains(wrapped, "://") || strings.Contains(wrapped, "%") {
			decoded, err := url.PathUnescape(wrapped)
			if err != nil {
				return nil
			}
			wrapped = decoded
		}
		if u.RawQuery != "" && w.host != "" {
			wrapped += "?" + u.RawQuery
		}
		return resolve(nil, wrapped)
	}
	return nil
}

// photon gives what WordPress's image server fetches: a host and a path, by https
// only where the address says so.
func photon(u *url.URL) *url.URL {
	scheme := "http:/"
	if u.Query().Get("ssl") == "1" {
		scheme = "https:/"
	}
	inner := resolve(nil, scheme+u.EscapedPath())
	if q := u.Query().Get("q"); inner != nil && q != "" {
		inner.RawQuery = q
	}
	return inner
}

// viewable tells whether browsers show a picture of that name's kind.
func viewable(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".heic", ".heif", ".tif", ".tiff", ".jxl", ".psd":
		return false
	}
	return true
}

// without gives an address without its query where that asks for a size or a form;
// nil where it asks for neither.
func without(u *url.URL, asks ...string) []*url.URL {
	q := u.Query()
	for _, key := range asks {
		if q.Has(key) {
			bare := *u
			bare.RawQuery = ""
			return []*url.URL{&bare}
		}
	}
	return nil
}

// better gives an address as the one better one; nil for what is none.
func better(s string) []*url.URL {
	if u := resolve(nil, s); u != nil {
		return []*url.URL{u}
	}
	return nil
}
