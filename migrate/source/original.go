package source

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// server is a form of address by which an image server is asked for less than it has: a
// smaller copy, or a copy of what lies elsewhere. Exactly one of to, wraps, param, drop
// and by says what it has.
type server struct {
	hosts hosts                 // that it is; nil for any
	in    []string              // the path has one of these, which spares most the expression; nil for any
	path  func() *regexp.Regexp // of the path, its percent signs as they stand; nil for any
	to    string                // what the path's match becomes, or a whole address; the query goes
	wraps bool                  // the path's last group is the address itself, percent-encoded once
	param string                // the parameter that is the address itself
	drop  []string              // parameters that ask for a size; with any of them, the query goes
	by    func(*url.URL) *url.URL
}

// wrapped is an address of the web at the end of another one's path.
const wrapped = `(https?(?::|%3[Aa]).+)$`

// servers are the image servers that posts of any platform show pictures by: those that
// sites of any make put in front of their own.
var servers = []server{
	{in: []string{"/image/"}, path: regex.Lazy(`^/(?:cdn-cgi|dynamic)/image/[^/]*/` + wrapped), wraps: true}, // Cloudflare; dev.to
	{in: []string{"/cdn-cgi/"}, path: regex.Lazy(`^/cdn-cgi/image/[^/]*=[^/]*(/.+)$`), to: "$1"},             // Cloudflare, of the same host
	{hosts: hosts{"res.cloudinary.com"}, path: regex.Lazy(`/image/fetch/(?:.*?/)??` + wrapped), wraps: true}, // Forem's before 2023
	{hosts: hosts{"cdn.shortpixel.ai"}, path: regex.Lazy(`^/.*?` + wrapped), wraps: true},
	{hosts: hosts{"images.weserv.nl", "wsrv.nl"}, by: weserv},
	{in: []string{"/image"}, path: regex.Lazy(`^(?:/.*)?/_next/image/?$|^/_vercel/image$|^/\.netlify/images$`), param: "url"},
}

// layersMost is how many image servers an address may pass through; four were seen.
const layersMost = 5

// originals returns what an image address wraps, one server after another, best first: the
// innermost address, or the first that is known for one, where known is not nil. Own are
// the servers of the post's own platform, which come first.
func originals(own []server, image *url.URL, known func(*url.URL) bool) (found []*url.URL) {
	for range layersMost {
		if known != nil && known(image) {
			break
		}
		next := better(own, image)
		if next == nil {
			break
		}
		found = slices.Insert(found, 0, next)
		image = next
	}
	return found
}

// better takes one server off an address. It returns nil where none is in it. Posts move from
// platform to platform with their pictures, and so all platforms' servers count that
// have a host of their own.
func better(own []server, image *url.URL) *url.URL {
	for _, s := range own {
		if u := s.behind(image); u != nil {
			return u
		}
	}
	for _, s := range servers {
		if u := s.behind(image); u != nil {
			return u
		}
	}
	for _, d := range dialects {
		for _, s := range d.Servers {
			if s.hosts == nil {
				continue
			}
			if u := s.behind(image); u != nil {
				return u
			}
		}
	}
	return nil
}

// behind returns the better address behind one, or nil where this server is not asked, or
// has nothing better.
func (s server) behind(u *url.URL) *url.URL {
	if s.hosts != nil && !s.hosts.have(u.Hostname()) {
		return nil
	}
	escaped := u.EscapedPath()
	if s.in != nil && !slices.ContainsFunc(s.in, func(part string) bool { return strings.Contains(escaped, part) }) {
		return nil
	}
	var m []int
	if s.path != nil {
		if m = s.path().FindStringSubmatchIndex(escaped); m == nil {
			return nil
		}
	}
	switch {
	case s.by != nil:
		return other(u, s.by(u))
	case s.wraps:
		return s.inner(u, escaped[m[len(m)-2]:m[len(m)-1]])
	case s.param != "":
		return blog.Resolve(u, u.Query().Get(s.param))
	case s.drop != nil:
		return without(u, s.drop)
	}
	to := s.path().ReplaceAllString(escaped, s.to)
	if !blog.IsWeb(to) {
		to = u.Scheme + "://" + u.Host + to
	}
	return other(u, blog.Resolve(nil, to))
}

// other returns the better address unless it is the same one.
func other(given, better *url.URL) *url.URL {
	if better == nil || better.String() == given.String() {
		return nil
	}
	return better
}

// inner reads the address at the end of a path, decoding it once. A raw one may go on
// in the query.
func (s server) inner(u *url.URL, address string) *url.URL {
	if !strings.Contains(address, "://") || strings.Contains(address, "%") {
		decoded, err := url.PathUnescape(address)
		if err != nil {
			return nil
		}
		address = decoded
	}
	if u.RawQuery != "" && s.hosts != nil {
		address += "?" + u.RawQuery
	}
	return blog.Resolve(nil, address)
}

// without returns an address without its query where that asks for a size or a form; nil
// where it asks for neither.
func without(u *url.URL, asks []string) *url.URL {
	q := u.Query()
	if !slices.ContainsFunc(asks, q.Has) {
		return nil
	}
	bare := *u
	bare.RawQuery = ""
	return &bare
}

// hosts are names of hosts, in lower case; a # stands for a digit. Each stands for those
// below it too.
type hosts []string

// have reports whether a host is one of them.
func (h hosts) have(name string) bool {
	return slices.ContainsFunc(h, func(host string) bool {
		above := len(name) - len(host)
		return above >= 0 && (above == 0 || name[above-1] == '.') && sameHost(name[above:], host)
	})
}

// sameHost compares a name with one of [hosts] that is as long; letter case does not count.
func sameHost(name, host string) bool {
	for i := range len(host) {
		switch c := name[i]; {
		case host[i] == '#' && c >= '0' && c <= '9', host[i] == c, alphabetic(c) && host[i] == c|0x20:
		default:
			return false
		}
	}
	return true
}

// weserv reads an address that may lack its scheme (images.weserv.nl/docs).
func weserv(u *url.URL) *url.URL {
	address := u.Query().Get("url")
	if blog.IsWeb(address) {
		return blog.Resolve(nil, address)
	}
	if secure, ok := strings.CutPrefix(address, "ssl:"); ok {
		return blog.Resolve(nil, "https://"+secure)
	}
	return blog.Resolve(nil, "http://"+address)
}

// viewable reports whether browsers show a picture of that name's kind.
func viewable(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".heic", ".heif", ".tif", ".tiff", ".jxl", ".psd":
		return false
	}
	return true
}
