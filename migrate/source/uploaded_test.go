package source

import (
	"slices"
	"strings"
	"testing"

	"replant/migrate/blog"
)

// What an export lists among its uploads is an original, even where its name ends as
// those of smaller copies do.
func TestUploadedOriginals(t *testing.T) {
	t.Parallel()
	const export = `<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<link>https://moss.example</link><wp:wxr_version>1.2</wp:wxr_version>
<item><title>Moss</title><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>
<item><title>Bank</title><wp:post_id>2</wp:post_id><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://moss.example/wp-content/uploads/bank-580x300.jpg</wp:attachment_url></item>
</channel></rss>`
	feed, err := Open(strings.NewReader(export), nil)
	if err != nil {
		t.Fatal(err)
	}
	var items []*Item
	for item, err := range feed.Items() {
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, item)
	}
	if len(items) != 1 {
		t.Fatalf("the export gives %d posts, want 1", len(items))
	}
	for given, want := range map[string][]string{
		"https://moss.example/wp-content/uploads/bank-580x300.jpg":                 nil,
		"http://www.moss.example/wp-content/uploads/bank-580x300.jpg":              nil,
		"https://moss.example/wp-content/uploads/bank-580x300-300x155.jpg":         {"https://moss.example/wp-content/uploads/bank-580x300.jpg"},
		"https://moss.example/wp-content/uploads/bank-580x300.jpg?w=300":           {"https://moss.example/wp-content/uploads/bank-580x300.jpg"},
		"https://i0.wp.com/moss.example/wp-content/uploads/bank-580x300.jpg?ssl=1": {"https://moss.example/wp-content/uploads/bank-580x300.jpg"},
		"https://moss.example/wp-content/uploads/stone-580x300.jpg":                {"https://moss.example/wp-content/uploads/stone.jpg"},
	} {
		var got []string
		for _, u := range items[0].Original(blog.ParseURL(given)) {
			got = append(got, u.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("behind %s lies %q, want %q", given, got, want)
		}
	}
}
