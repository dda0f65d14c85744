package source

import (
	"github.com/mmcdole/gofeed"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
	"replant/migrate/regex"
)

// jsonFeed is JSON Feed, whatever made it: micro.blog, link blogs, static sites. Its
// posts name their parts, and so little has to be found out.
var jsonFeed = &Dialect{
	Name:    "jsonfeed",
	Match:   isJSONFeed,
	Fill:    fillJSONFeed,
	Servers: jsonFeedServers,
}

func isJSONFeed(f *gofeed.Feed) certainty {
	if f.FeedType == "json" {
		return byHead
	}
	return never
}

// fillJSONFeed reads the cover, for which the format has two fields: the picture that
// stands for a post in lists, and a wider one to show above it. It reads what a link
// blog's post is about, where a reader follows the title to.
func fillJSONFeed(p *blog.Post, e *feedscan.Entry) {
	if u := blog.Resolve(p.URL, e.JSON.ExternalURL); u != nil && u.String() != postAddress(p) {
		p.Link = blog.Untracked(u)
	}
	if p.GUID != "" && blog.IsBlank(e.JSON.URL) { // whose address external_url was taken for
		p.Names = knownAs(p.Names, "guid", bareGUID(p.GUID))
	}
	for _, addr := range []string{e.JSON.Image, e.JSON.BannerImage} {
		if u := blog.Resolve(p.URL, addr); p.Cover == nil && u != nil {
			p.Cover = u
		}
	}
}

var microblogPhoto = regex.Lazy(`^/photos/\w+/` + wrapped)

// jsonFeedServers are micro.blog's.
var jsonFeedServers = []server{{hosts: hosts{"micro.blog"}, path: microblogPhoto, wraps: true}}
