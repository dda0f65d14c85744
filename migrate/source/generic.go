package source

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
)

// fill reads all of an item but its body, as any feed has it.
func fill(p *blog.Post, e *feedscan.Entry, f *Feed) {
	base := baseOf(e, f)
	p.URL = address(e, base)
	p.Via = via(e, base, p.URL)
	p.GUID = strings.TrimSpace(e.GUID)
	p.Canonical = canonical(e, base)
	p.Cover = cover(e, base)
	p.Title = title(e)
	p.Summary = summary(e)
	p.Published, p.Updated = dates(e, p.URL)
	p.Authors = authors(e, f.authors)
	p.Tags = tags(e.Categories)
	p.Names = names(p.URL, p.GUID)
	if p.Via != nil {
		p.Names = append(p.Names, blog.ID("url:"+bareURL(p.Via)))
	}
	switch {
	case len(outOfLine(e, base)) > 0: // what is said beside it is all
	case excerpt(e):
		p.Losses = append(p.Losses, onlyExcerpt)
	case e.Atom != nil && e.Atom.Content != nil && e.Atom.Content.Src != "" && blog.IsBlank(e.Content):
		p.Losses = append(p.Losses, onlyAddress)
	}
}

// baseOf returns what the addresses of an item start from, but for those of its body; it may be
// nil.
func baseOf(e *feedscan.Entry, f *Feed) *url.URL {
	switch {
	case e.LinkBase != nil:
		return blog.Rebase(f.base, e.LinkBase.String())
	case f.base == nil:
		return e.Base
	}
	return f.base
}

// address returns where a post is read. FeedBurner keeps the address that it hides
// behind a redirect; a guid is an address unless it says that it is none.
func address(e *feedscan.Entry, base *url.URL) *url.URL {
	candidates := []string{extension(e, "feedburner", "origLink"), e.Link}
	if e.RSS != nil && e.RSS.GUID != nil && !strings.EqualFold(e.RSS.GUID.IsPermalink, "false") && blog.IsWeb(e.RSS.GUID.Value) {
		candidates = append(candidates, e.RSS.GUID.Value)
	}
	if e.Atom != nil { // of JSON Feed, gofeed has external_url among them, which is what the post is about
		candidates = append(candidates, e.Links...)
	}
	if blog.IsWeb(e.GUID) && e.RSS == nil {
		candidates = append(candidates, e.GUID)
	}
	for _, c := range candidates {
		if u := blog.Resolve(base, c); u != nil {
			return blog.Untracked(u)
		}
	}
	return nil
}

// via returns the address that the feed has in the place of the post's own, or nil.
func via(e *feedscan.Entry, base, own *url.URL) *url.URL {
	u := blog.Resolve(base, e.Link)
	if u == nil || own == nil || extension(e, "feedburner", "origLink") == "" || bareURL(u) == bareURL(own) {
		return nil
	}
	return u
}

// canonical returns the canonical address that an item declares: no format has a field
// for it but Atom's links, which RSS borrows.
func canonical(e *feedscan.Entry, base *url.URL) *url.URL {
	if e.Atom != nil {
		for _, l := range e.Atom.Links {
			if l.Rel == "canonical" {
				return blog.Resolve(base, l.Href)
			}
		}
	}
	for _, l := range e.Extensions["atom"]["link"] {
		if l.Attrs["rel"] == "canonical" {
			return blog.Resolve(base, l.Attrs["href"])
		}
	}
	return nil
}

// cover returns the picture that stands for a post. WordPress.com puts the author's face
// there.
func cover(e *feedscan.Entry, base *url.URL) *url.URL {
	if shownApart(e) {
		return nil
	}
	addr := pictured(e)
	if e.Image != nil {
		addr = e.Image.URL
	}
	u := blog.Resolve(base, addr)
	if u == nil || strings.HasSuffix(u.Hostname(), "gravatar.com") {
		return nil
	}
	return u
}

// pictured returns the address of the picture that an entry names by Media RSS, which Atom
// borrows (jekyll-feed), or "". A thumbnail may be any picture of the text.
func pictured(e *feedscan.Entry) string {
	for _, c := range e.Extensions["media"]["content"] {
		if c.Attrs["medium"] == "image" || strings.HasPrefix(c.Attrs["type"], "image/") {
			return c.Attrs["url"]
		}
	}
	return ""
}

// extension returns the text of an element of another namespace, or "".
func extension(e *feedscan.Entry, space, name string) string {
	if x := e.Extensions[space][name]; len(x) > 0 {
		return strings.TrimSpace(x[0].Value)
	}
	return ""
}

// authors returns the names of an item's authors, those of the feed where it has none.
// Addresses for mail are nobody's name and stay out.
func authors(e *feedscan.Entry, feed []*gofeed.Person) (all []string) {
	seen := map[string]bool{"": true}
	add := func(name string) {
		if name = blog.PlainTitle(name); !seen[name] && !strings.Contains(name, "@") && !nobody[strings.ToLower(name)] {
			seen[name] = true
			all = append(all, name)
		}
	}
	if e.DublinCoreExt != nil {
		for _, name := range e.DublinCoreExt.Creator {
			add(name)
		}
	}
	for _, people := range [][]*gofeed.Person{e.Authors, feed} {
		for _, a := range people {
			if len(all) == 0 || e.DublinCoreExt == nil {
				add(a.Name)
			}
		}
		if len(all) > 0 {
			return all
		}
	}
	return all
}

// nobody are the names that programs give to authors whom they do not know.
var nobody = map[string]bool{
	"unknown": true, "unknown author": true, "author unknown": true, "anonymous": true, "no author": true, "noreply": true, "no-reply": true,
	"none": true, "null": true, "nil": true, "undefined": true, "n/a": true, "-": true, "author": true, "nobody": true,
}

// A generator makes a folder of each tag and category, and the names of files have 255 bytes. Zola
// spells letters that are not ASCII in several ones each ("sen-").
const termMost, foreignMost = 200, 40

// dropLongTerms takes the tags and categories out of a post that no generator could make a folder
// of: its build would end. Some feeds hold all tags in one category.
func dropLongTerms(p *blog.Post) {
	long := func(term string) bool {
		foreign := 0
		for _, r := range term {
			if r >= utf8.RuneSelf {
				foreign++
			}
		}
		if len(term) <= termMost && foreign <= foreignMost {
			return false
		}
		p.Losses = append(slices.Clip(p.Losses), "a tag that is too long for a folder's name: "+string([]rune(term)[:foreignMost])+"…")
		return true
	}
	p.Tags = slices.DeleteFunc(p.Tags, long)
	p.Categories = slices.DeleteFunc(p.Categories, long)
}

// tags returns a feed's categories: each once, letter case ignored, and none without a
// letter or digit. Categories that are addresses name kinds, not subjects (Blogger).
func tags(categories []string) (all []string) {
	seen := map[string]bool{}
	for _, c := range categories {
		c = blog.PlainTitle(c)
		key := strings.ToLower(c)
		if seen[key] || blog.IsWeb(c) || !strings.ContainsFunc(c, blog.IsAlphanumeric) {
			continue
		}
		seen[key] = true
		all = append(all, c)
	}
	return all
}
