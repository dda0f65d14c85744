package source

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// names returns the names that any post has: its address, and its guid where that
// says anything else. A feed whose guids are bare fragments of one page's address
// (scripting.com) keeps the fragment, all other addresses lose theirs.
func names(u *url.URL, guid string) (ids []blog.ID) {
	var bare string
	if u != nil {
		bare = bareURL(u)
		if g := blog.ParseURL(guid); g != nil && g.Fragment != "" && g.Fragment == u.Fragment {
			bare += "#" + g.Fragment
		}
		ids = append(ids, blog.ID("url:"+bare))
	}
	if guid == "" {
		return ids
	}
	g := bareGUID(guid)
	if blog.IsWeb(guid) && u != nil && (g == bare || strings.SplitN(g, "#", 2)[0] == bare) {
		return ids
	}
	return append(ids, blog.ID("guid:"+g))
}

// bareGUID returns a guid without what changes while the post stays the same: one that is an
// address as [bareURL] has it, with its fragment.
func bareGUID(guid string) string {
	g := blog.ParseURL(guid)
	switch {
	case g == nil || !blog.IsWeb(guid):
		return guid
	case g.Fragment != "":
		return bareURL(g) + "#" + g.Fragment
	}
	return bareURL(g)
}

// nameAll adds to a post's names those that it keeps when its blog moves, and for one
// that has none what it says.
func nameAll(p *blog.Post, d *Dialect, body string) []blog.ID {
	ids, bare := p.Names, ""
	if p.URL != nil {
		bare = bareURL(p.URL)
	}
	if len(ids) == 0 {
		ids = []blog.ID{blog.ID("hash:" + digest(p.Title, body)[:32])}
	}
	if d.Key != nil {
		ids = knownAs(ids, d.Name, d.Key(p))
	}
	if p.Published.IsZero() {
		return append(ids, blog.Titled(bare, p.Title))
	}
	return append(ids, blog.Dated(p.Published, p.Title))
}

// bareURL is an address without what changes while the post stays the same.
func bareURL(u *url.URL) string {
	u = blog.Untracked(u)
	s := bareHost(u) + strings.TrimRight(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	return s
}

// bareHost is a host without www. and the port that its scheme has anyway.
func bareHost(u *url.URL) string {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	return host
}

// hostless returns the last part of an item's link that has no host, for its slug.
func hostless(p *blog.Post, e *feedscan.Entry) string {
	if p.URL != nil || p.Slug != "" {
		return p.Slug
	}
	return lastSegment(blog.ParseURL(strings.TrimSpace(e.Link)))
}

// slugOf returns the slug of a post: from its address, else its title, else the first words
// of its body, else its hash. What a dialect has set stays.
func slugOf(p *blog.Post, body, hash string) string {
	for _, text := range []string{p.Slug, lastSegment(p.URL), p.Title} {
		if s := blog.Slug(text); s != "" {
			return s
		}
	}
	words := strings.Fields(opening(body, 200))
	if s := blog.Slug(strings.Join(words[:min(len(words), 8)], " ")); s != "" {
		return s
	}
	return "post-" + hash[:8]
}

var (
	pageSuffix = regex.Lazy(`(?i)\.(?:s?html?|php|aspx?|jsp)$`)
	indexPage  = regex.Lazy(`(?i)^(?:index|default)(?:\.\w+)?$`)
	number     = regex.Lazy(`^[\d.,_-]+$`)
	program    = regex.Lazy(`(?i)^watch$|\.(?:php|aspx?|jsp|cgi|pl|cfm|do)$`)
)

// lastSegment returns the part of an address that names the post: the last of its path,
// decoded. Numbers, which are dates and keys of databases, name nothing, and neither do programs
// that are asked for one of many posts (viewtopic.php?t=7, YouTube's watch?v=…).
func lastSegment(u *url.URL) string {
	if u == nil {
		return ""
	}
	s := path.Base("/" + strings.Trim(u.EscapedPath(), "/"))
	if u.RawQuery != "" && program().MatchString(s) {
		return ""
	}
	if indexPage().MatchString(s) {
		s = path.Base(path.Dir("/" + strings.Trim(u.EscapedPath(), "/")))
	}
	if s = blog.Unescaped(s); strings.Contains(s, ".") {
		s = pageSuffix().ReplaceAllString(s, "")
	}
	if number().MatchString(s) {
		return ""
	}
	return s
}

// Named returns the name of a post at an address, or "" for a text that is no
// address, and for that of a front page, which is no post's.
func Named(address string) blog.ID {
	u := blog.ParseURL(address)
	if u == nil || !blog.IsWeb(address) || len(u.Path) < 2 && u.RawQuery == "" {
		return ""
	}
	return blog.ID("url:" + bareURL(u))
}

// NamesAt returns the names that a post may have to which an address leads, the likeliest
// first; none for a text that is no address of the web. What sites add to the address of a post for
// another view of it does not count: see [otherView].
func NamesAt(address string) (names []string) {
	u := blog.ParseURL(address)
	if u == nil || !blog.IsWeb(address) || u.Host == "" {
		return nil
	}
	add := func(u *url.URL) {
		bare := bareURL(u)
		for _, name := range []string{"url:" + bare, "guid:" + bare} {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if u.Fragment != "" {
		names = append(names, "url:"+bareURL(u)+"#"+u.Fragment)
	}
	add(u)
	if key := keyMedium().FindStringSubmatch(u.Path); key != nil {
		names = append(names, "guid:medium.com/p/"+key[1])
	}
	short := *u
	short.RawQuery = ""
	short.Path = otherView().ReplaceAllString(strings.TrimRight(u.Path, "/"), "")
	if short.RawPath = ""; len(short.Path) > 1 {
		add(&short)
	}
	return names
}

var (
	// keyMedium is the key of a story at the end of its address; medium.com/p/KEY leads to it.
	keyMedium = regex.Lazy(`[-/]([0-9a-f]{10,12})$`)
	// otherView is what leads to a post by itself, to a page of its comments, or to its page
	// for telephones.
	otherView = regex.Lazy(`/(?:index\.html?|index\.php|amp|comment-page-\d+|comments)$`)
)

// NamedByGUID returns the name of a post by its guid.
func NamedByGUID(guid string) blog.ID { return blog.ID("guid:" + bareGUID(guid)) }

// What is only unique within a blog names a post for good together with the time of its
// publishing: it outlives the move of the blog to another host, where all else about the
// post may be new.
var (
	rowInGUID     = regex.Lazy(`[?&]p=(\d+)$`)
	slugInAddress = regex.Lazy(`^/p/([\w-]+)$`)
)

// keyWordPress is the number of the post in its blog's database.
func keyWordPress(p *blog.Post) string { return timed(rowInGUID().FindStringSubmatch(p.GUID), p) }

// keySubstack is the slug, by which Substack's own redirects go.
func keySubstack(p *blog.Post) string {
	if p.URL == nil {
		return ""
	}
	return timed(slugInAddress().FindStringSubmatch(p.URL.Path), p)
}

func timed(found []string, p *blog.Post) string {
	if found == nil || p.Published.IsZero() {
		return ""
	}
	return found[1] + "@" + p.Published.UTC().Format(time.RFC3339)
}
