package migrate_test

import (
	"bytes"
	"image"
	"image/color"
	pngs "image/png"
	"maps"
	"math/rand/v2"
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

// photo gives a real picture of random pixels.
func photo(width, height int) string {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.Set(x, y, color.Gray{uint8(rand.IntN(256))})
		}
	}
	var b bytes.Buffer
	if err := pngs.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.String()
}

// A picture stays where its address, or the one of the original behind it, answers with a
// placeholder, something far smaller or nothing at all; that is told once. One that is as
// good comes.
func TestGoodPictureStays(t *testing.T) {
	t.Parallel()
	const small, full = "https://small.example/a.png", "https://full.example/a.png"
	const file = "content/posts/hello/a.png"
	for name, c := range map[string]struct {
		now  map[string]string
		told bool
		come bool
	}{
		"a placeholder for the original": {now: map[string]string{full: png(""), small: "same"}, told: true},
		"a placeholder for both":         {now: map[string]string{full: photo(60, 60), small: photo(60, 60)}, told: true},
		"nothing at all":                 {},
		"the original":                   {now: map[string]string{full: photo(400, 400), small: "same"}, come: true},
		"the same, compressed well":      {now: map[string]string{full: photo(150, 150), small: "same"}, come: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), plainBlog("hello")
			b.posts[0].body = `<p><a href="` + full + `"><img src="` + small + `"></a></p>`
			good := photo(200, 200)
			w.pictures[small] = good
			w.publish(b)
			w.run()
			delete(w.pictures, small)
			for addr, body := range c.now {
				if body == "same" {
					body = good
				}
				w.pictures[addr] = body
			}
			out := w.run(retryImages)
			if stays := w.read(file) == good; stays == c.come || (len(out.Troubles) > 0) != c.told {
				t.Errorf("the picture stays: %v; %q %q", stays, changes(out), troubles(out))
			}
			w.has(hello, "a.png")
			w.expect("told again", troubles(w.run(retryImages)))
			w.settled()
		})
	}
}

// A placeholder may be as large as a picture: several addresses answer with it.
func TestPlaceholderForSeveralPictures(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("hello")
	b.posts[0].body = ""
	for _, name := range []string{"a", "b"} {
		b.posts[0].body += `<p><a href="https://full.example/` + name + `.png"><img src="https://small.example/` + name + `.png"></a></p>`
		w.pictures["https://small.example/"+name+".png"] = photo(50, 50)
	}
	w.publish(b)
	w.run()
	was := files(t, w.site)
	placeholder := photo(90, 90)
	w.pictures["https://full.example/a.png"], w.pictures["https://full.example/b.png"] = placeholder, placeholder
	out := w.run(retryImages)
	w.expect("changes", changes(out))
	if len(out.Troubles) != 2 {
		t.Errorf("troubles are %q", troubles(out))
	}
	for name, text := range files(t, w.site) {
		if strings.HasPrefix(name, "content/") && text != was[name] {
			t.Errorf("%s is another", name)
		}
	}
	w.settled()
}
