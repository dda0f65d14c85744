package site

import (
	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/proof"
)

// Hugo is the target for Hugo (https://gohugo.io), as of v0.161.
func Hugo() *Target {
	return &Target{
		Name:      "hugo",
		Reads:     proof.Hugo,
		Matter:    hugoMatter,
		Shortcode: hugoShortcode,
		Figure:    hugoFigure,
		Code:      hugoPage,
		Detect:    detectHugo,
		configure: configureHugo,
		passes:    true,
	}
}

// hugoMatter keeps to keys that Hugo knows and puts the rest under params. What is
// unknown is left out: Hugo reads an empty date as the year 1.
func hugoMatter(p blog.Post, s *Site) frontmatter.Matter {
	var f fields
	f.opening(p, "lastmod")
	f.list("tags", terms(p.Tags))
	f.list("categories", terms(p.Categories))
	f.list("authors", distinct(p.Authors))
	f.list("series", terms([]string{p.Series}))
	f.address("canonicalURL", p.Canonical)

	var params fields
	hugoCover(&f, &params, p, s)
	params.origin(p)
	f.nest("params", params)
	return frontmatter.Matter(f)
}
