package assets

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

func TestAddress(t *testing.T) {
	t.Parallel()
	o := Options{Base: mustURL(t, "http://blog.example/a/b.html?q=1#f")}
	for raw, want := range map[string]string{
		"x.png":                             "http://blog.example/a/x.png",
		"./x.png":                           "http://blog.example/a/x.png",
		"../../../x.png":                    "http://blog.example/x.png",
		"/x.png":                            "http://blog.example/x.png",
		"?v=2":                              "http://blog.example/a/b.html?v=2",
		"//cdn.example/x.png":               "https://cdn.example/x.png",
		"HTTP://CDN.example/X.png":          "http://CDN.example/X.png",
		"\n https://a.example/\n\tx.png \r": "https://a.example/x.png",
		"https://a.example/x y.png":         "https://a.example/x%20y.png",
		"https://a.example/100%.png":        "https://a.example/100%25.png",
		"https://a.example/%41%zz":          "https://a.example/%41%25zz",
		"https://a.example/ü?ü=\"<ü>\"":     "https://a.example/%C3%BC?%C3%BC=%22%3C%C3%BC%3E%22",
		"https://a.example/a,b;c=(1)!$@~*'": "https://a.example/a,b;c=(1)!$@~*'",
		"https://a.example/?a[]=1&b=c|d^e":  "https://a.example/?a[]=1&b=c|d^e",
		"https://a.example/x?s=a%2Bb%3D+c":  "https://a.example/x?s=a%2Bb%3D+c",
		"https://a.example/https%3A%2F%2Fb": "https://a.example/https%3A%2F%2Fb",
		`https://a.example\x\y.png?c=\d`:    `https://a.example/x/y.png?c=\d`,
		"https://bücher.example:80/ü":       "https://xn--bcher-kva.example:80/%C3%BC",
		"https://a.example/x.png#frag":      "https://a.example/x.png",
		"mailto:me@a.example":               "mailto:me@a.example",
	} {
		a, ok := o.address(raw)
		if !ok || a.err != nil || a.key != want {
			t.Errorf("%q: got %q, %v, want %q", raw, a.key, a.err, want)
		}
	}
	for _, raw := range []string{"", " \n", "#", "#note"} {
		if a, ok := o.address(raw); ok {
			t.Errorf("%q is taken for the address %q", raw, a.key)
		}
	}
}

func TestBeneath(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"a.png":                "a.png",
		"./a/b.png":            "a/b.png",
		"a%20b.png?x#y":        "a b.png",
		"../a.png":             "",
		"a/../../b.png":        "",
		"a/%2e%2e/%2e%2e/b":    "",
		"..%2fa.png":           "",
		"/etc/passwd":          "",
		"//h/a.png":            "",
		"https://h/a.png":      "",
		"file:a.png":           "",
		".":                    "",
		"?x":                   "",
		"a//b.png":             "",
		"%2Fetc%2Fpasswd":      "",
		"~/a.png":              "~/a.png",
		"con/../a.png":         "",
		"https:a.png":          "",
		"a.png%00":             "a.png\x00",
		"very/deep/folder.png": "very/deep/folder.png",
	} {
		if got := beneath(mustURL(t, raw)); got != want {
			t.Errorf("%q: got %q, want %q", raw, got, want)
		}
	}
}

// What has been read once reads the same again, so that memory finds it.
func FuzzAddress(f *testing.F) {
	for _, s := range []string{"x.png", "//h/ü", "https://a.example/%", `\\h\x`, "http://[", "a:b", "https:/x", "?#%"} {
		f.Add(s)
	}
	base, err := url.Parse("https://blog.example/a/")
	if err != nil {
		f.Fatal(err)
	}
	o := Options{Base: base}
	f.Fuzz(func(t *testing.T, raw string) {
		a, ok := o.address(raw)
		if !ok || a.url == nil {
			return
		}
		again, ok := o.address(a.key)
		if !ok || again.key != a.key {
			t.Errorf("%q is %q, and that is %q", raw, a.key, again.key)
		}
	})
}

// FuzzSpelling holds how addresses are cleaned and escaped to doing it character by character.
func FuzzSpelling(f *testing.F) {
	for _, raw := range []string{"", " https://a.example/b?c=%20#d ", "a\tb\nc", "a b<\"c\">%zz%", "ä\xff", "%", "\x7f\x00"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		if got, want := clean(raw), strings.Map(lineless, strings.TrimSpace(raw)); got != want {
			t.Errorf("%q is cleaned to %q, not %q", raw, got, want)
		}
		var want strings.Builder
		for i, c := range []byte(raw) {
			if stray := c == '%' && (i+2 >= len(raw) || !hexDigit(raw[i+1]) || !hexDigit(raw[i+2])); stray || c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>", c) >= 0 {
				fmt.Fprintf(&want, "%%%02X", c)
				continue
			}
			want.WriteByte(c)
		}
		if got := escape(raw); got != want.String() {
			t.Errorf("%q is escaped to %q, not %q", raw, got, want.String())
		}
	})
}
