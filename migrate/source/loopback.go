package source

import (
	"net"
	"net/url"
	"slices"
	"strings"
)

// loopback reports whether an address leads to the machine that asks it.
func loopback(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
}

// atHome returns where a picture of a blog that was written on its author's own machine is
// in public (Ghost and others keep whole addresses): at the first address of the blog, best one
// that everybody can read. It is nil for any other picture, and where the feed comes from the
// same server.
func (i *Item) atHome(image *url.URL) *url.URL {
	if !loopback(image) || i.blog[0] != nil && i.blog[0].Host == image.Host {
		return nil
	}
	elsewhere := slices.DeleteFunc(slices.Clone(i.blog), func(u *url.URL) bool { return u == nil || u.Host == image.Host })
	if len(elsewhere) == 0 {
		return nil
	}
	at := max(0, slices.IndexFunc(elsewhere, func(u *url.URL) bool { return !loopback(u) }))
	u := *image
	u.Scheme, u.Host, u.User = elsewhere[at].Scheme, elsewhere[at].Host, nil
	return &u
}

// coverAtHome puts a cover where it is in public: see [Item.atHome].
func (i *Item) coverAtHome() {
	if c := i.Post.Cover; c != nil {
		if u := i.atHome(c); u != nil {
			i.Post.Cover = u
		}
	}
}
