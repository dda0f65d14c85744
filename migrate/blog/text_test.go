package blog

import (
	"regexp"
	"strings"
	"testing"
)

func TestSlug(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Hello, World!":         "hello-world",
		"C# & Go":               "c-and-go",
		"under_score":           "under-score",
		"Ünïcödé":               "unicode",
		"日本語":                   "ri-ben-yu",
		"../../etc/passwd":      "etc-passwd",
		"Index":                 "post-index",
		"CON":                   "post-con",
		"lpt1":                  "post-lpt1",
		"2024-03-04 dated":      "post-2024-03-04-dated",
		"2024-03-04":            "post-2024-03-04",
		"🎉🎉":                    "",
		"":                      "",
		"\u202etxt.exe":         "txt-exe",
		"a\x00b\x07c":           "a-b-c",
		strings.Repeat("x", 99): strings.Repeat("x", 99),
	} {
		if got := Slug(text); got != want {
			t.Errorf("Slug(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzSlug(f *testing.F) {
	for _, s := range []string{"a", "CON", "ß", "2024-01-01-x", strings.Repeat("ab ", 200), "\xff\xfe", "__", "a-1-b", "a--b", "-a"} {
		f.Add(s)
	}
	valid := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	f.Fuzz(func(t *testing.T, text string) {
		s := Slug(text)
		if s != "" && !valid.MatchString(s) {
			t.Errorf("Slug(%q) = %q", text, s)
		}
		if len(s) > slugMax {
			t.Errorf("Slug(%q) has %d bytes", text, len(s))
		}
		if made := madeSlug(text); plainSlug(text) && made != text {
			t.Errorf("%q is a slug, and is made %q", text, made)
		}
		if again := Slug(s); again != s {
			t.Errorf("Slug(Slug(%q)) = %q, not %q", text, again, s)
		}
	})
}

func FuzzOneLine(f *testing.F) {
	for _, s := range []string{"", "a b", "a  b", " a", "a ", "a\tb", "a\x00b\x7f", "ä b", "a\u2028b\ufeff", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := OneLine(s), foldedLine(s); got != want {
			t.Errorf("OneLine(%q) = %q, not %q", s, got, want)
		}
	})
}

func TestRuns(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"javascript:alert(1)": true, "JavaScript:x": true, "\x20\tjava\nscript:x": true, "java\x7fscript:x": true, "java\u0085script:x": true,
		"\ufeffjavascript:x": true, "java\uffffscript:x": true, "\x01vbscript:x": true, "data:text/html,x": true, "DATA:image/svg+xml,x": true,
		"feed:javascript:x": true, "view-source:jar:data:x": true, "blob:https://a.example/x": true, "filesystem:x": true,
		"https://a.example/javascript:x": false, "javascript": false, "/javascript:x": false, "feed:https://a.example/": false,
		"mailto:a@b.example": false, "#javascript:x": false, "": false, "java/script:x": false, "tel:1": false,
	} {
		if got := Runs(address); got != want {
			t.Errorf("Runs(%q) is %v", address, got)
		}
	}
}

// Schemes compare without regard to case (RFC 3986, 3.1).
func TestIsWeb(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"https://a.example/": true, "http://a.example": true, "HTTPS://a.example/": true, "Http://a.example/": true,
		"": false, "http:/a": false, "https:": false, "ftp://a.example/": false, "//a.example/": false, "see https://a.example/": false,
	} {
		if got := IsWeb(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
