package source

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
)

// placeholder are the alternative texts that Forem's editor writes for those who do
// not.
var placeholder = map[string]bool{"image description": true, "alt text": true}

// foremImages frees pictures of the link to themselves that Forem puts around them,
// unless its address does not look like a picture's: then it may be a page of its own,
// as a badge's or a button's is, and a reader can follow it.
func foremImages(body *html.Node) {
	for _, a := range find(body, class("article-body-image-wrapper")) {
		own := a.PrevSibling
		if !is(own, atom.A) || own.FirstChild != nil || blog.Attr(own, "href") == "" {
			own = nil
		}
		switch plain := pictureName(blog.Attr(a, "href")); {
		case plain && own != nil:
			relink(own, a)
		case plain:
			blog.Unwrap(a)
		case own != nil: // both lead somewhere, and one picture cannot lead to two places
			own.AppendChild(text("↗"))
			a.Parent.RemoveChild(own)
			a.Parent.InsertBefore(own, a.NextSibling)
		}
	}
	for _, img := range find(body, named(atom.Img)) {
		if placeholder[strings.ToLower(strings.TrimSpace(blog.Attr(img, "alt")))] || blank(blog.Attr(img, "alt")) {
			blog.SetAttr(img, "alt", "")
		}
	}
}

// relink gives an author's own link its picture back: the parser, which nests no links,
// has pushed the picture out of it.
func relink(own, wrapper *html.Node) {
	for _, c := range take(wrapper) {
		own.AppendChild(c)
	}
	blog.Remove(wrapper)
}

// pictureName tells whether an address ends as a picture's does.
func pictureName(addr string) bool {
	addr, _, _ = strings.Cut(addr, "?")
	switch strings.ToLower(path.Ext(addr)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif":
		return true
	}
	return false
}

// wrapper is a form of address by which an image server is asked for a picture from
// elsewhere; the pattern's last group, with the percent signs as they stand, is where
// it comes from.
type wrapper struct {
	host string // its end; "" for any
	path *regexp.Regexp
}

// wrappers are Forem's image servers past and present, and those that its authors'
// pictures lay behind before.
var wrappers = []wrapper{
	{"", regexp.MustCompile(`^/(?:cdn-cgi|dynamic)/image/[^/]*/(https?(?::|%3[Aa]).+)$`)},
	{"res.cloudinary.com", regexp.MustCompile(`/image/fetch/(?:.*?/)??(https?(?::|%3[Aa]).+)$`)},
}

var wpImage = regexp.MustCompile(`^i[0-3]\.wp\.com$`)

// unwrapForem gives where Forem's image servers have a picture from. One wraps
// another at times.
func unwrapForem(image *url.URL) []*url.URL {
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
		return resolve(nil, "https:/"+escaped)
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
