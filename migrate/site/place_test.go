package site

import "testing"

func TestPlace(t *testing.T) {
	t.Parallel()
	plain := &Site{Content: "content", Static: "static", Base: "/"}
	other := &Site{Content: "src/de", Static: "public", Base: "/blog/"}
	for _, c := range []struct {
		site    *Site
		section string
		layout  Layout
		want    Place
	}{
		{plain, "posts", Bundle, Place{Page: "content/posts/x/index.md", Assets: "content/posts/x"}},
		{plain, "posts", "", Place{Page: "content/posts/x/index.md", Assets: "content/posts/x"}},
		{plain, "posts", Flat, Place{Page: "content/posts/x.md", Assets: "static/images/x", Prefix: "/images/x/"}},
		{plain, "", Bundle, Place{Page: "content/x/index.md", Assets: "content/x"}},
		{plain, "../../etc", Bundle, Place{Page: "content/etc/x/index.md", Assets: "content/etc/x"}},
		{other, "a/b", Bundle, Place{Page: "src/de/a/b/x/index.md", Assets: "src/de/a/b/x"}},
		{other, "a/b/", Flat, Place{Page: "src/de/a/b/x.md", Assets: "public/images/x", Prefix: "/blog/images/x/"}},
	} {
		got := c.site.Place(c.section, "x", c.layout)
		if got != c.want {
			t.Errorf("Place(%q, x, %q) = %+v, want %+v", c.section, c.layout, got, c.want)
		}
		if again := c.site.At(got.Page); again != got {
			t.Errorf("At(%q) = %+v, not %+v", got.Page, again, got)
		}
	}
}
