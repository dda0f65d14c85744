package blog

import (
	"slices"
	"strings"
)

// HostOf returns the host of a name that is an address, as names spell it; "" for any other.
func HostOf(name string) string {
	addr, ok := strings.CutPrefix(name, "url:")
	if !ok {
		return ""
	}
	if end := strings.IndexAny(addr, "/?"); end >= 0 {
		addr = addr[:end]
	}
	return addr
}

// platforms are hosts, and ends of hosts, that stay with their platform when a blog leaves.
var platforms = []string{
	"dev.to", "medium.com", "hackernoon.com", "write.as", "substack.com", "wordpress.com", "tumblr.com", "hashnode.dev", "ghost.io",
	"typepad.com", "livejournal.com", "squarespace.com", "wixsite.com", "weebly.com", "bearblog.dev", "micro.blog", "mataroa.blog",
	"posthaven.com", "svbtle.com", "over-blog.com", "blogger.com", "feedburner.com", "feedproxy.google.com", "beehiiv.com", "buttondown.com",
	"buttondown.email", "telegra.ph", "mirror.xyz", "forem.com", "hatenablog.com", "hatenablog.jp", "note.com", "zenn.dev", "qiita.com", "velog.io",
}

// IsPlatform reports whether a host is a platform's, so that a blog cannot take it along.
func IsPlatform(host string) bool {
	if strings.Contains(host, ".blogspot.") {
		return true
	}
	return slices.ContainsFunc(platforms, func(p string) bool { return host == p || strings.HasSuffix(host, "."+p) })
}

// IsShared reports whether each author has a folder on a host, rather than a host.
func IsShared(host string) bool {
	return slices.Contains([]string{"dev.to", "medium.com", "hackernoon.com", "write.as", "mirror.xyz", "telegra.ph"}, host)
}
