package assets

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"
)

func TestEachAddressIsFetchedOnce(t *testing.T) {
	t.Parallel()
	web := newWeb()
	page := strings.Repeat(`<img src="https://a.example/x.png"><a href="https://a.example/x.png"><img src="https://a.example/y.png"></a>`, 50)
	_, list := localize(t, page, Options{Fetcher: web, Files: web.files})
	if len(list) != 1 || web.asked["https://a.example/x.png"] != 1 || len(web.asked) != 1 {
		t.Errorf("got %d assets, asked for %v", len(list), web.asked)
	}
}

func TestAssetSaysWhereItsBytesLie(t *testing.T) {
	t.Parallel()
	web := newWeb()
	_, list := localize(t, `<img src="https://a.example/x.png">`, Options{Fetcher: web, Files: web.files})
	a := list[0]
	b := content(t, a)
	if int64(len(b)) != a.Size || !strings.HasSuffix(string(b), "<!-- https://a.example/x.png -->") {
		t.Errorf("%d bytes, not %d: %q", len(b), a.Size, b)
	}
	if a.Hash != a.Name { // the fake web names its files so
		t.Errorf("hash is %s, not %s", a.Hash, a.Name)
	}
}

func TestDataAddressIsAFile(t *testing.T) {
	t.Parallel()
	web := newWeb()
	_, list := localize(t, `<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAAA=">`, Options{Fetcher: web, Files: web.files})
	if b := content(t, list[0]); string(b) != samples["png"] {
		t.Errorf("got %q", b)
	}
	if len(web.asked) > 0 {
		t.Errorf("asked for %v", web.asked)
	}
}

func TestPictureBesideTheFeedComesFirst(t *testing.T) {
	t.Parallel()
	web := newWeb()
	folder := fstest.MapFS{
		"img/my cat.png":  {Data: []byte(samples["png"])},
		"img/page.png":    {Data: []byte("<html>")},
		"posts/secret":    {Data: []byte(samples["png"])},
		"etc/passwd.png":  {Data: []byte(samples["png"])},
		"img/folder/a.md": {Data: []byte("x")},
	}
	o := Options{Fetcher: web, Files: web.files, Beside: folder, Base: mustURL(t, "https://blog.example/posts/")}
	for src, want := range map[string]string{
		"img/my cat.png":        "beside",
		"./img/my%20cat.png?v=": "beside",
		`img\my cat.png`:        "beside",
		"img/other.png":         "web",
		"/img/my cat.png":       "web",
		"../etc/passwd.png":     "web",
		"x/../secret":           "web",
		"//h.example/img/a.png": "web",
		"img/page.png":          "a web page, not a picture",
	} {
		_, list := localize(t, `<img src="`+src+`">`, o)
		got := "web"
		switch a := list[0]; {
		case a.Err != nil:
			got = a.Err.Error()
		case !strings.HasPrefix(a.Name, a.Hash):
			got = "beside"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", src, got, want)
		}
	}
}

func TestRelativeAddressWithoutBaseStays(t *testing.T) {
	t.Parallel()
	web := newWeb()
	page, list := localize(t, `<img src="img/a b.png">`, Options{Fetcher: web, Files: web.files, Beside: fstest.MapFS{}})
	if want := `<img src="img/a%20b.png"/>`; page != want {
		t.Errorf("got %s, want %s", page, want)
	}
	if !errors.Is(list[0].Err, errNowhere) {
		t.Errorf("got %v", list[0].Err)
	}
}

func TestKnownPictureKeepsItsNameUnfetched(t *testing.T) {
	t.Parallel()
	web := newWeb()
	old := Known{File: "an-old-name.png", Hash: "0123456789abcdef"}
	o := Options{Fetcher: web, Files: web.files, Prefix: "/images/hello/", Known: func(addr string) (Known, bool) {
		return old, addr == "https://a.example/x.png"
	}}
	page, list := localize(t, `<img src="https://a.example/an-old-name.png"><img src="https://a.example/x.png#top">`, o)
	if !strings.HasSuffix(page, `<img src="/images/hello/an-old-name.png"/>`) {
		t.Errorf("got %s", page)
	}
	if a := list[1]; a.File != old.File || a.Hash != old.Hash || a.FS != nil || web.asked["https://a.example/x.png"] != 0 {
		t.Errorf("got %+v, asked for %v", a, web.asked)
	}
	if list[0].File == old.File {
		t.Errorf("another picture took the name %s", old.File)
	}
}

func TestTakenNamesAreLeftAlone(t *testing.T) {
	t.Parallel()
	web := newWeb()
	o := Options{Fetcher: web, Files: web.files, Taken: []string{"X.PNG"}}
	_, list := localize(t, `<img src="https://a.example/x.png">`, o)
	first := list[0].File
	if want := "x-" + list[0].Hash[:8] + ".png"; first != want {
		t.Fatalf("got %s, want %s", first, want)
	}
	o.Taken = append(o.Taken, first)
	if _, list = localize(t, `<img src="https://a.example/x.png">`, o); list[0].File == first || list[0].File == "x.png" {
		t.Errorf("took %s", list[0].File)
	}
}

func TestTakenNameWithTheSameBytesIsNoOther(t *testing.T) {
	t.Parallel()
	web := newWeb()
	_, list := localize(t, `<img src="https://a.example/x.png">`, Options{Fetcher: web, Files: web.files})
	o := Options{Fetcher: web, Files: web.files, Taken: []string{"x.png", "y.png"}, HashOf: func(string) string { return list[0].Hash }}
	page, _ := localize(t, `<img src="https://a.example/x.png"><img src="https://a.example/y.png">`, o)
	if want := `<img src="x.png"/><img src="y-`; !strings.HasPrefix(page, want) {
		t.Errorf("got %s", page)
	}
}

func TestCoverSharesTheNames(t *testing.T) {
	t.Parallel()
	web := newWeb()
	o := Options{Fetcher: web, Files: web.files, More: []*url.URL{
		mustURL(t, "https://b.example/x.png"), nil, mustURL(t, "https://a.example/x.png"), mustURL(t, "https://gone.example/c.png"),
	}}
	_, list := localize(t, `<img src="https://a.example/x.png">`, o)
	if len(list) != 3 || list[0].File != "x.png" || list[1].File == "x.png" || list[2].Err == nil {
		t.Errorf("got %s", report(list))
	}
}

func TestEndedContextEndsIt(t *testing.T) {
	t.Parallel()
	web := newWeb()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	root := parse(t, `<img src="https://a.example/x.png">`)
	if _, err := Localize(ctx, root, Options{Fetcher: web, Files: web.files}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestPicturesInFlightAreBounded(t *testing.T) {
	t.Parallel()
	const pictures = 10_000
	synctest.Test(t, func(t *testing.T) {
		web := newWeb()
		web.delay = func(*url.URL) time.Duration { return time.Second }
		var page strings.Builder
		for i := range pictures {
			fmt.Fprintf(&page, `<img src="https://a.example/%d.png">`, i)
		}
		start := time.Now()
		_, list := localize(t, page.String(), Options{Fetcher: web, Files: web.files})
		if len(list) != pictures || web.most != inFlight {
			t.Errorf("%d pictures, %d at once", len(list), web.most)
		}
		if took, want := time.Since(start), pictures/inFlight*time.Second; took < want || took > want+2*time.Second {
			t.Errorf("took %s, not about %s", took, want)
		}
	})
}

// Whatever the order in which pictures arrive, a page comes out the same.
func TestTimingLeavesNoTrace(t *testing.T) {
	t.Parallel()
	page := read(t, "testdata/local/names.html") + read(t, "testdata/local/linked.html") +
		read(t, "testdata/local/srcset.html") + read(t, "testdata/local/cdn.html") + read(t, "testdata/local/trouble.html")
	var want string
	for seed := range uint64(30) {
		synctest.Test(t, func(t *testing.T) {
			web := newWeb()
			web.delay = func(u *url.URL) time.Duration {
				r := rand.New(rand.NewPCG(seed, uint64(len(u.String()))))
				return time.Duration(r.IntN(1000)) * time.Millisecond
			}
			got, list := localize(t, page, Options{Fetcher: web, Files: web.files, Original: unwrapCDN})
			got += report(list)
			if want == "" {
				want = got
			}
			if got != want {
				t.Errorf("seed %d: got\n%s\nwant\n%s", seed, got, want)
			}
		})
	}
}
