package migrate_test

import (
	"strings"
	"testing"
)

// TestLostMemoryFindsItsPictures loses .replant/ with the pictures still beside the page:
// they are known again by their bytes, and the page is what it was.
func TestLostMemoryFindsItsPictures(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("hello")
	b.posts[0].body = `<p><img src="https://img.example/a.png"> <img src="https://other.example/a.png"></p>`
	w.pictures["https://img.example/a.png"], w.pictures["https://other.example/a.png"] = png("one"), png("two")
	w.publish(b)
	w.run()
	before := files(t, w.site)
	for name := range before {
		if strings.HasPrefix(name, ".replant/") {
			w.remove(name)
		}
	}
	w.forget()
	w.expect("changes", changes(w.run()))
	if now := files(t, w.site); now[hello] != before[hello] || len(now) != len(before) {
		t.Errorf("%d files became %d, the page\n%s", len(before), len(now), now[hello])
	}
	b.posts[0].body += "<p>More.</p>"
	w.expect("when the source changes", changes(w.run()), "update "+hello)
	w.settled()
}
