package source

import "replant/migrate/blog"

// Named gives the name that a post at an address goes by; empty for a text that is no
// address, and for that of a front page, which is no post's.
func Named(address string) blog.ID {
	u := blog.ParseURL(address)
	if u == nil || !blog.IsWeb(address) || len(u.Path) < 2 && u.RawQuery == "" {
		return ""
	}
	return blog.ID("url:" + bareURL(u))
}

// NamedByGUID gives the name that a guid gives a post.
func NamedByGUID(guid string) blog.ID { return blog.ID("guid:" + bareGUID(guid)) }
