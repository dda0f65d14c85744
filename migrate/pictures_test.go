package migrate_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"replant/migrate"
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

func retryImages(m *migrate.Migration) { m.RetryImages = true }

// TestRetriedPicturesLeaveNoTrace has pictures of one name of which each fails in turn, an
// original behind another address, and one that leads elsewhere at full size. Once all
// are in reach the site is what it would be if they had been from the start.
func TestRetriedPicturesLeaveNoTrace(t *testing.T) {
	t.Parallel()
	addrs := []string{
		"https://one.example/a.png", "https://two.example/a.png", "https://full.example/b.png",
		"https://small.example/b.png", "https://up.example/wp-content/uploads/c.png",
	}
	blog := func() *weblog {
		b := foremBlog(1, "new", "hello", "old")
		b.posts[1].body = img(addrs[0]) + img(addrs[1]) +
			`<p><a href="` + addrs[2] + `"><img src="` + addrs[3] + `"></a></p>` +
			img("https://media2.dev.to/dynamic/image/width=800/https%3A%2F%2Fup.example%2Fwp-content%2Fuploads%2Fc.png")
		return b
	}
	world := func(without ...string) *world {
		w := newWorld(t)
		for _, addr := range append(addrs, "https://media2.dev.to/dynamic/image/width=800/https%3A%2F%2Fup.example%2Fwp-content%2Fuploads%2Fc.png") {
			if !slices.Contains(without, addr) {
				w.pictures[addr] = png(addr)
			}
		}
		w.publish(blog())
		w.run()
		return w
	}
	want := files(t, world().site)
	for _, gone := range addrs {
		w := world(gone)
		w.settled()
		w.pictures[gone] = png(gone)
		w.idle() // it was told once; nobody asked to try again
		out := w.run(retryImages)
		if got := files(t, w.site); !maps.Equal(got, want) {
			t.Errorf("%s: %q\n%s\nwant\n%s", gone, changes(out), got[hello]+got[".replant/ledger.json"], want[hello]+want[".replant/ledger.json"])
		}
		if len(out.Troubles) > 0 {
			t.Errorf("%s: %q", gone, troubles(out))
		}
		w.settled()
	}
}
