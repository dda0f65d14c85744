package migrate

import (
	"net/url"
	"strings"
)

// uploaded gives where in a copy of wp-content/uploads the file of an address lies; empty
// for an address of anything else. On wordpress.com a blog's files have a host of their
// own.
func uploaded(u *url.URL) string {
	if _, name, ok := strings.Cut(u.Path, "/wp-content/uploads/"); ok {
		return name
	}
	if strings.HasSuffix(u.Hostname(), ".files.wordpress.com") {
		return strings.TrimPrefix(u.Path, "/")
	}
	return ""
}
