package site

import (
	"strings"

	"replant/migrate/blog"
)

// hugoCover names a post's cover where Hugo's own templates look for it (images, for
// OpenGraph, Twitter and schema.org) and where the site's theme does, which shows it above
// the text. Where the text begins with the cover itself, a reader would see it twice.
func hugoCover(f, params *fields, p blog.Post, s *Site) {
	if p.Cover == nil {
		return
	}
	ref := p.Cover.String()
	f.list("images", []string{ref})
	if p.CoverLeads {
		return
	}
	if key := coverKeys[bareTheme(s.theme)]; key != "" {
		params.text(key, ref)
		return
	}
	cover := fields{{Key: "image", Value: ref}}
	if beside := !p.Cover.IsAbs() && !strings.HasPrefix(p.Cover.Path, "/"); beside {
		cover.add("relative", true)
	}
	params.nest("cover", cover)
}

// coverKeys are the parameters that themes read instead of cover.image, which PaperMod
// (the theme of most new blogs) brought up. Some of them end the build at a cover that is
// no text.
var coverKeys = map[string]string{
	"terminal": "cover", "hello-friend": "cover", "hello-friend-ng": "cover",
	"stack": "image", "ananke": "featured_image", "mainroad": "thumbnail",
	"loveit": "featuredImage", "doit": "featuredImage",
}

// bareTheme gives a theme's name without what its repository has around it.
func bareTheme(name string) string {
	name = strings.ToLower(name)
	for _, prefix := range []string{"gohugo-", "hugo-", "theme-"} {
		name = strings.TrimPrefix(name, prefix)
	}
	return name
}
