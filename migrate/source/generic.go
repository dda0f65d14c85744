package source

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/mmcdole/gofeed"

	"replant/migrate/blog"
)

// fill reads all of an item but its body, as any feed has it.
func fill(p *blog.Post, e *Entry, f *Feed) {
	base := f.base
	if e.Base != nil {
		base = within(base, e.Base.String())
	}
	p.URL = address(e, base)
	p.Via = via(e, base, p.URL)
	p.GUID = strings.TrimSpace(e.GUID)
	p.Canonical = canonical(e, base)
	p.Cover = cover(e, base)
	p.Enclosures = enclosures(e, base)
	p.Title = title(e)
	p.Summary = summary(e)
	p.Published, p.Updated = dates(e, p.URL)
	p.Authors = authors(e, f.authors)
	p.Tags = tags(e.Categories)
	p.Names = names(p.URL, p.GUID)
	if p.Via != nil {
		p.Names = append(p.Names, blog.ID("url:"+bareURL(p.Via)))
	}
	if excerpt(e) {
		p.Losses = append(p.Losses, onlyExcerpt)
	}
}

// address gives where a post is read. FeedBurner keeps the address that it hides
// behind a redirect; a guid is an address unless it says that it is none.
func address(e *Entry, base *url.URL) *url.URL {
	candidates := []string{extension(e, "feedburner", "origLink"), e.Link}
	if e.RSS != nil && e.RSS.GUID != nil && !strings.EqualFold(e.RSS.GUID.IsPermalink, "false") && web(e.RSS.GUID.Value) {
		candidates = append(candidates, e.RSS.GUID.Value)
	}
	if e.Atom != nil || e.JSON != nil {
		candidates = append(candidates, e.Links...)
	}
	if web(e.GUID) && e.RSS == nil {
		candidates = append(candidates, e.GUID)
	}
	for _, c := range candidates {
		if u := resolve(base, c); u != nil {
			return untracked(u)
		}
	}
	return nil
}

// via gives the address that the feed gives in the place of the post's own; else nil.
func via(e *Entry, base, own *url.URL) *url.URL {
	u := resolve(base, e.Link)
	if u == nil || own == nil || extension(e, "feedburner", "origLink") == "" || bareURL(u) == bareURL(own) {
		return nil
	}
	return u
}

// canonical gives the canonical address that an item declares: no format has a field
// for it but Atom's links, which RSS borrows.
func canonical(e *Entry, base *url.URL) *url.URL {
	if e.Atom != nil {
		for _, l := range e.Atom.Links {
			if l.Rel == "canonical" {
				return resolve(base, l.Href)
			}
		}
	}
	for _, l := range e.Extensions["atom"]["link"] {
		if l.Attrs["rel"] == "canonical" {
			return resolve(base, l.Attrs["href"])
		}
	}
	return nil
}

// cover gives the picture that stands for a post. WordPress.com puts the author's face
// there.
func cover(e *Entry, base *url.URL) *url.URL {
	addr := pictured(e)
	if e.Image != nil {
		addr = e.Image.URL
	}
	u := resolve(base, addr)
	if u == nil || strings.HasSuffix(u.Hostname(), "gravatar.com") {
		return nil
	}
	return u
}

// pictured gives the address of the picture that an entry names by Media RSS, which Atom
// borrows (jekyll-feed); "" without one. A thumbnail may be any picture of the text.
func pictured(e *Entry) string {
	for _, c := range e.Extensions["media"]["content"] {
		if c.Attrs["medium"] == "image" || strings.HasPrefix(c.Attrs["type"], "image/") {
			return c.Attrs["url"]
		}
	}
	return ""
}

// extension gives the text of an element of another namespace; "" without one.
func extension(e *Entry, space, name string) string {
	if x := e.Extensions[space][name]; len(x) > 0 {
		return strings.TrimSpace(x[0].Value)
	}
	return ""
}

// authors gives the names of an item's authors, those of the feed where it has none.
// Addresses for mail are nobody's name and stay out.
func authors(e *Entry, feed []*gofeed.Person) (all []string) {
	seen := map[string]bool{"": true}
	add := func(name string) {
		if name = plainTitle(name); !seen[name] && !strings.Contains(name, "@") {
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

// tags gives a feed's categories: each once, letter case ignored, and none without a
// letter or digit. Categories that are addresses name kinds, not subjects (Blogger).
func tags(categories []string) (all []string) {
	seen := map[string]bool{}
	for _, c := range categories {
		c = plainTitle(c)
		key := strings.ToLower(c)
		if seen[key] || web(c) || !strings.ContainsFunc(c, alphanumeric) {
			continue
		}
		seen[key] = true
		all = append(all, c)
	}
	return all
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
