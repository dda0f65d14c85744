package source

import (
	"strings"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// bloggerExport is Blogger's backup: Atom with all that the blog holds, its template,
// settings and comments too. Its older form says what an entry is by a category, that of
// Google Takeout (feed.atom, since 2024) by an element of its own.
var bloggerExport = &Dialect{
	Name:     "blogger-export",
	Match:    matchBloggerExport,
	Whole:    true,
	Live:     "feeds/posts/default",
	Leave:    leaveBlogger,
	Fill:     fillBloggerExport,
	Complete: completeBlogger,
	Clean:    cleanBlogger,
	Servers:  bloggerServers,
	Of:       blogger,
}

// kindOf finds the category that says what an entry is.
var kindOf = regex.Lazy(`^http://schemas\.google\.com/blogger/\d+/kind#(\w+)$`)

// bloggerKind says what an entry is, in lower case: "post", "page", "comment" and others;
// empty where nothing says.
func bloggerKind(i *gofeed.Item) string {
	if x := i.Extensions["blogger"]["type"]; len(x) > 0 {
		return strings.ToLower(strings.TrimSpace(x[0].Value))
	}
	for _, c := range i.Categories {
		if m := kindOf().FindStringSubmatch(c); m != nil {
			return m[1]
		}
	}
	return ""
}

// matchBloggerExport goes by the first entry, which is the template in the older form;
// feeds say of their posts that they are posts, too.
func matchBloggerExport(f *gofeed.Feed) certainty {
	if len(f.Items) == 0 {
		return never
	}
	i := f.Items[0]
	if kind := bloggerKind(i); len(i.Extensions["blogger"]["type"]) > 0 || kind != "" && kind != "post" {
		return byExport
	}
	return never
}

// leaveBlogger keeps posts and pages, published or yet to be.
func leaveBlogger(e *feedscan.Entry) string {
	switch kind := bloggerKind(e.Item); kind {
	case "post", "page":
	case "":
		return "entries of no kind"
	default:
		return kind
	}
	if strings.Contains(bloggerStatus(e), "TRASH") || extension(e, "blogger", "trashed") != "" {
		return "trash"
	}
	return ""
}

func bloggerStatus(e *feedscan.Entry) string {
	return strings.ToUpper(extension(e, "blogger", "status"))
}

func fillBloggerExport(p *blog.Post, e *feedscan.Entry) {
	fillBlogger(p, e)
	p.Page = bloggerKind(e.Item) == "page"
	p.Draft = bloggerStatus(e) == "DRAFT" || controlled(e)
	p.Scheduled = bloggerStatus(e) == "SCHEDULED"
	p.Summary = summaryOf(e.Content, extension(e, "blogger", "metaDescription"))
	p.Slug = blog.Slug(lastSegment(blog.ParseURL(extension(e, "blogger", "filename"))))
}

// controlled reports whether an entry is held back by app:control, whose namespace is that
// of the Atom Publishing Protocol (RFC 5023) or that of its drafts.
func controlled(e *feedscan.Entry) bool {
	for _, space := range e.Extensions {
		for _, control := range space["control"] {
			if d := control.Children["draft"]; len(d) > 0 && saysYes(d[0]) {
				return true
			}
		}
	}
	return false
}

func saysYes(x ext.Extension) bool { return strings.EqualFold(strings.TrimSpace(x.Value), "yes") }

// completeBlogger makes a post's address of the file that it had; an export of the newer
// form has no other.
func completeBlogger(i *Item, e *feedscan.Entry, f *Feed) {
	p, file := &i.Post, blog.ParseURL(extension(e, "blogger", "filename"))
	if p.URL == nil && file != nil && f.Home != nil && !p.Draft {
		p.URL = f.Home.ResolveReference(file)
		p.Names = append(names(p.URL, ""), p.Names...)
	}
	i.Hash = digest(i.Hash, bloggerKind(e.Item), bloggerStatus(e), extension(e, "blogger", "filename"), p.Summary)
}
