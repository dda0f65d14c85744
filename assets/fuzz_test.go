package assets

import (
	"strings"
	"testing"
)

// Whatever a feed holds, what is left of an img is what a page can say of it, and no
// two contents share a name.
func FuzzLocalize(f *testing.F) {
	for _, name := range []string{"lazy", "linked", "noscript", "picture", "data", "players", "trouble", "srcset"} {
		f.Add(read(f, "testdata/local/"+name+".html"))
	}
	f.Add(`<picture><noscript><picture><img src=a><img srcset=b></picture></noscript><a href=c><img data-src=/x></a>`)
	f.Fuzz(func(t *testing.T, text string) {
		root := parse(t, text)
		web := newWeb()
		o := Options{Fetcher: web, Files: web.files, Original: unwrapCDN}
		list, err := Localize(t.Context(), root, o)
		if err != nil {
			t.Fatal(err)
		}
		hashes := map[string]string{}
		for _, a := range list {
			if a.Err == nil && (!validName.MatchString(a.File) || hashes[a.File] != "" && hashes[a.File] != a.Hash) {
				t.Errorf("%q names %s %s", text, a.Addr, a.File)
			}
			hashes[a.File] = a.Hash
		}
		for _, img := range all(root, "img") {
			for _, a := range img.Attr {
				if !said(a) || a.Key == "src" && runnable(a.Val) {
					t.Errorf("%q leaves %s=%q", text, a.Key, a.Val)
				}
			}
			if attr(img, "src") == "" {
				t.Errorf("%q leaves a picture without address", text)
			}
		}
	})
}

func BenchmarkLocalize(b *testing.B) {
	web := newWeb()
	text := strings.Repeat(`<p>Some words <a href="https://a.example/page"><img src="https://a.example/x.png" srcset="https://a.example/x.png 1x, https://a.example/y.png 2x" class="z"></a></p>`, 1000)
	o := Options{Fetcher: web, Files: web.files}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		b.StopTimer()
		root := parse(b, text)
		b.StartTimer()
		if _, err := Localize(b.Context(), root, o); err != nil {
			b.Fatal(err)
		}
	}
}
