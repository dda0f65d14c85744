package frontmatter_test

import (
	"fmt"
	"time"

	"replant/frontmatter"
)

func ExampleMatter_YAML() {
	m := frontmatter.Matter{
		{Key: "title", Value: `Quotes: "safe"`},
		{Key: "date", Value: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)},
		{Key: "tags", Value: []string{"go", "yes"}},
		{Key: "params", Value: frontmatter.Matter{{Key: "source", Value: "https://blog.example/quotes"}}},
	}
	page, err := m.YAML()
	if err != nil {
		fmt.Println(err)
	}
	fmt.Print(string(page))
	// Output:
	// ---
	// title: "Quotes: \"safe\""
	// date: 2024-01-02T03:04:05Z
	// tags: ["go", "yes"]
	// params:
	//   source: "https://blog.example/quotes"
	// ---
}

func ExampleParse() {
	m, body, err := frontmatter.Parse([]byte("---\ntitle: Hello\ntags: [go, blog]\n---\nWords.\n"))
	if err != nil {
		fmt.Println(err)
	}
	title, _ := m.Get("title")
	fmt.Printf("%s, %d fields, then %q\n", title, len(m), body)
	// Output: Hello, 2 fields, then "Words.\n"
}
