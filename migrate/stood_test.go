package migrate_test

import (
	"fmt"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"strings"
	"testing"

	"replant/migrate"
)

// onePixel is a GIF as it is sent for a picture that is not there.
func onePixel() string {
	var b strings.Builder
	img := image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{color.White})
	if err := gif.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	return b.String()
}

func acceptShrunk(m *migrate.Migration) { m.AcceptShrunk = true }

// TestPictureStaysAtItsNextAddress changes the address of a picture at the source, as image
// servers do now and then. Where nothing as good is there, the picture and its page stay,
// and that is told once.
func TestPictureStaysAtItsNextAddress(t *testing.T) {
	t.Parallel()
	const file = "content/posts/hello/a.png"
	const up = "https%3A%2F%2Fup.example%2Fa.png"
	addresses := map[string][2]string{
		"query":    {"https://img.example/a.png?w=400", "https://img.example/a.png?w=800"},
		"scheme":   {"http://img.example/a.png", "https://img.example/a.png"},
		"original": {"https://media2.dev.to/dynamic/image/width=800/" + up, "https://media3.dev.to/dynamic/image/width=1000/" + up},
		"unwrap":   {"https://media2.dev.to/dynamic/image/width=800/" + up, "https://up.example/a.png"},
	}
	answers := map[string]string{
		"pixel": onePixel(), "small": photo(20, 20), "page": "<!doctype html><title>Log in</title>", "none": "",
	}
	for moved, addr := range addresses {
		for comes, answer := range answers {
			t.Run(moved+" "+comes, func(t *testing.T) {
				t.Parallel()
				w, b := newWorld(t), foremBlog(3, "new", "hello", "old")
				good := photo(200, 150)
				b.posts[1].body = img(addr[0])
				w.pictures[addr[0]] = good
				w.publish(b)
				w.run()
				page := w.read(hello)
				delete(w.pictures, addr[0])
				if b.posts[1].body = img(addr[1]); answer != "" {
					w.pictures[addr[1]] = answer
				}
				out := w.run()
				if w.read(file) != good || w.read(hello) != page {
					t.Errorf("%q\n%s", changes(out), w.read(hello))
				}
				if len(out.Troubles) != 1 || !strings.HasSuffix(out.Troubles[0].Text, "so the one that was stays") {
					t.Errorf("troubles are %q", troubles(out))
				}
				w.settled()
				w.expect("told again", troubles(w.run(refresh)))
				w.expect("told again", troubles(w.run(retryImages)))
				w.pictures[addr[1]] = photo(300, 225)
				w.expect("once it is well again", changes(w.run(retryImages)), "update "+file)
				w.settled()
			})
		}
	}
}

// TestAnotherPictureComes has addresses that lead to other pictures, however small.
func TestAnotherPictureComes(t *testing.T) {
	t.Parallel()
	for name, addr := range map[string][2]string{
		"name":  {"https://img.example/a.png", "https://img.example/b.png"},
		"query": {"https://img.example/show?id=1", "https://img.example/show?id=2"},
		"host":  {"https://img.example/a.png", "https://logos.example/a.png"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), plainBlog("hello")
			b.posts[0].body = img(addr[0])
			w.pictures[addr[0]], w.pictures[addr[1]] = photo(200, 150), photo(10, 10)
			w.publish(b)
			w.run()
			b.posts[0].body = img(addr[1])
			out := w.run()
			w.expect("troubles", troubles(out))
			if len(changes(out)) == 0 {
				t.Error("nothing changed")
			}
			w.settled()
		})
	}
}

// TestLesserPictureIsTaken takes what is there where the author says so.
func TestLesserPictureIsTaken(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), plainBlog("hello")
	b.posts[0].body = img("https://img.example/a.png?v=1")
	w.pictures["https://img.example/a.png?v=1"] = photo(200, 150)
	w.publish(b)
	w.run()
	b.posts[0].body = img("https://img.example/a.png?v=2")
	w.pictures["https://img.example/a.png?v=2"] = photo(10, 10)
	w.run()
	w.run(retryImages, acceptShrunk)
	if w.read("content/posts/hello/a.png") != w.pictures["https://img.example/a.png?v=2"] {
		t.Error("the picture stays")
	}
	w.settled()
}

// TestPlaceholderOfSeveralPosts lets one picture, as large as the originals, come at the new
// addresses of different posts' pictures. The posts need not be near to one another.
func TestPlaceholderOfSeveralPosts(t *testing.T) {
	t.Parallel()
	for _, posts := range []int{2, 3, 60} {
		w, b := newWorld(t), foremBlog(posts, numbered(posts)...)
		for i, p := range b.posts {
			addr := fmt.Sprintf("https://img.example/%d.jpg", i)
			p.body = img(addr + "?v=1")
			w.pictures[addr+"?v=1"] = photo(60, 50)
		}
		w.publish(b)
		w.run()
		was := files(t, w.site)
		placeholder := photo(60, 50)
		for i, p := range b.posts {
			addr := fmt.Sprintf("https://img.example/%d.jpg?v=2", i)
			p.body, w.pictures[addr] = img(addr), placeholder
		}
		out := w.run()
		w.expect("changes", changes(out))
		if len(out.Troubles) != posts {
			t.Errorf("%d posts: troubles are %q", posts, troubles(out))
		}
		for name, text := range files(t, w.site) {
			if strings.HasPrefix(name, "content/") && text != was[name] {
				t.Errorf("%d posts: %s is another", posts, name)
			}
		}
		w.settled()
		w.expect("told again", troubles(w.run(retryImages)))
		w.settled()
	}
}

// TestPlaceholderOfAnotherKind comes as a GIF where PNGs were, so that the pages would name
// other files.
func TestPlaceholderOfAnotherKind(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), foremBlog(2, numbered(2)...)
	for i, p := range b.posts {
		addr := fmt.Sprintf("https://img.example/%d.png?v=", i)
		p.body, w.pictures[addr+"1"] = img(addr+"1"), photo(60, 50)
		w.pictures[addr+"2"] = noise(60, 50)
	}
	w.publish(b)
	w.run()
	was := files(t, w.site)
	for _, p := range b.posts {
		p.body = strings.Replace(p.body, "v=1", "v=2", 1)
	}
	out := w.run()
	w.expect("changes", changes(out))
	for name, text := range files(t, w.site) {
		if strings.HasPrefix(name, "content/") && text != was[name] {
			t.Errorf("%s is another", name)
		}
	}
	w.settled()
}

// TestSharedPictureIsReplaced has a banner that all posts show, and that is another one
// now: an author's work.
func TestSharedPictureIsReplaced(t *testing.T) {
	t.Parallel()
	w, b := newWorld(t), foremBlog(3, numbered(3)...)
	const addr = "https://img.example/banner.png?v="
	w.pictures[addr+"1"], w.pictures[addr+"2"] = photo(60, 50), photo(60, 50)
	for _, p := range b.posts {
		p.body = img(addr + "1")
	}
	w.publish(b)
	w.run()
	for _, p := range b.posts {
		p.body = img(addr + "2")
	}
	out := w.run()
	w.expect("troubles", troubles(out))
	if n := len(changes(out)); n != 3 {
		t.Errorf("changes are %q", changes(out))
	}
	w.settled()
}

// numbered gives posts names.
func numbered(n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprintf("post-%d", i))
	}
	return names
}

// noise gives a GIF that is the same for each size, and no smaller than a photo.
func noise(width, height int) string {
	img := image.NewPaletted(image.Rect(0, 0, width, height), palette.Plan9)
	for i := range img.Pix {
		img.Pix[i] = uint8(i * i * 7919 >> 5)
	}
	var b strings.Builder
	if err := gif.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	return b.String()
}

// TestRestoreBringsBackPicturesOfALesserSource deletes a page with its picture whose source
// has a teaser without any by now.
func TestRestoreBringsBackPicturesOfALesserSource(t *testing.T) {
	t.Parallel()
	const addr, file = "https://img.example/a.png", "content/posts/hello/a.png"
	for name, c := range map[string]struct {
		now   string // what the address answers with; empty for nothing
		page  bool   // whether the page went too
		after bool   // whether that was after the source got worse, else before
		told  string
	}{
		"both, before":       {now: "same", page: true},
		"both, after":        {now: "same", page: true, after: true},
		"the picture, after": {now: "same", after: true},
		"gone":               {page: true, after: true, told: "404 Not Found, so it is not brought back"},
		"gone, page stands":  {after: true, told: "404 Not Found, so it is not brought back"},
		"a pixel":            {now: onePixel(), page: true, told: "a file of another kind is there now, so it is not brought back"},
		"a small one":        {now: photo(9, 9), page: true, told: "far less of it is there now: 9x9 pixels, not 200x150, so it is not brought back"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, b := newWorld(t), longSoup()
			good := photo(200, 150)
			b.posts[0].body += img(addr)
			w.pictures[addr] = good
			w.publish(b)
			w.run()
			page := w.read(hello)
			remove := func() {
				if w.remove(file); c.page {
					w.remove(hello)
				}
			}
			if !c.after {
				remove()
			}
			b.mood = hollow
			w.run()
			if c.after {
				remove()
				w.run()
			}
			if delete(w.pictures, addr); c.now == "same" {
				w.pictures[addr] = good
			} else if c.now != "" {
				w.pictures[addr] = c.now
			}
			out := w.run(restore)
			if got := w.read(hello); got != page {
				t.Errorf("the page is\n%s", got)
			}
			switch _, back := files(t, w.site)[file]; {
			case c.told != "":
				if back || len(out.Troubles) != 1 || !strings.HasSuffix(out.Troubles[0].Text, c.told) {
					t.Errorf("back %v, troubles are %q", back, troubles(out))
				}
			case !back || w.read(file) != good || len(out.Troubles) != 0:
				t.Errorf("back %v, troubles are %q", back, troubles(out))
			}
			w.settled()
		})
	}
}

// TestRestoreTakesNoPlaceholder deletes a picture whose address has next to nothing by now.
func TestRestoreTakesNoPlaceholder(t *testing.T) {
	t.Parallel()
	const addr, file = "https://img.example/a.png", "content/posts/hello/a.png"
	w, b := newWorld(t), plainBlog("hello")
	b.posts[0].body = img(addr)
	w.pictures[addr] = photo(200, 150)
	w.publish(b)
	w.run()
	w.remove(file)
	w.pictures[addr] = photo(9, 9)
	out := w.run(restore)
	if _, back := files(t, w.site)[file]; back || len(out.Troubles) != 1 {
		t.Errorf("back %v, troubles are %q", back, troubles(out))
	}
	w.settled()
}

// TestRestoreTakesWhatWasFetched has the picture in the cache that its address has no more.
func TestRestoreTakesWhatWasFetched(t *testing.T) {
	t.Parallel()
	const addr, file = "https://img.example/a.png", "content/posts/hello/a.png"
	for _, m := range []mood{"", hollow} {
		for name, now := range map[string]string{"nothing": "", "a pixel": onePixel(), "a small one": photo(9, 9)} {
			w, b := newWorld(t), longSoup()
			b.posts[0].body += img(addr)
			w.stock = true
			w.pictures[addr] = photo(200, 150)
			w.publish(b)
			w.run()
			was := files(t, w.site)
			w.remove(file)
			w.remove(hello)
			b.mood = m
			w.pictures[addr] = now
			if now == "" {
				delete(w.pictures, addr)
			}
			out := w.run(restore)
			w.expect("troubles", troubles(out))
			if got := files(t, w.site); got[file] != was[file] || got[hello] != was[hello] {
				t.Errorf("%q, %s: %q\n%s", m, name, changes(out), got[hello])
			}
			w.settled()
		}
	}
}
