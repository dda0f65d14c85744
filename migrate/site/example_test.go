package site_test

import (
	"fmt"
	"testing/fstest"

	"replant/migrate/site"
)

func ExampleFind() {
	files := fstest.MapFS{"hugo.toml": {Data: []byte(`
baseURL = "https://example.org/blog/"
contentDir = "pages"
`)}}
	s, err := site.Find(files, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Target.Name)
	fmt.Println(s.Place("posts", "hello", site.Bundle).Page)
	fmt.Println(s.Place("posts", "hello", site.Flat).Prefix)
	// Output:
	// hugo
	// pages/posts/hello/index.md
	// /blog/images/hello/
}
