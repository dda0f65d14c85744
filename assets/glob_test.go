package assets

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// asExpression is what patterns mean, as a regular expression.
func asExpression(patterns []string) *regexp.Regexp {
	var either []string
	for _, p := range patterns {
		glob := strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(p))
		if !strings.Contains(p, "/") {
			inside := strings.NewReplacer(`\*`, `[^/]*`, `\?`, `[^/]`).Replace(regexp.QuoteMeta(p))
			glob = inside + `/.*|.*/` + inside
		}
		either = append(either, glob)
	}
	return regexp.MustCompile(`(?is)^(?:` + strings.Join(either, "|") + `)$`)
}

func FuzzPatterns(f *testing.F) {
	chromes := "*gravatar.com favicon.ico *.google.com/s2/favicons *.gstatic.com/faviconV2 icons.duckduckgo.com/ip3/*"
	for _, patterns := range []string{
		strings.Join(badges, " "), chromes, "*.gif ?.svg", "a*b*c a??d/*e*", "**x?*", "a.example/ads/* b.example/", "?", "a", "\u212a*.\u017f",
		"*a*a*b", "*/x*?/y", "\u00fc.example/\u00dc?", "a*a", "a?a/?",
	} {
		for _, path := range []string{
			"", "a/b.svg", "badge.svg", "x/badge", "a/badges/b", "c.GIF", "cc.svg", "ads/x/y.png", "s2/favicons", "faviconV2",
			"axbxc", "\u017f", "aab", "aaab/x/y", "\u00dc\u00fc", "\xff\xfe", "a\nb.gif", "//", "aa", "a",
		} {
			for _, host := range []string{"img.shields.io", "github.com", "www.gravatar.com", "a.example", "K.s", "\u00dc.example", ""} {
				f.Add(patterns, host, path)
			}
		}
	}
	f.Fuzz(func(t *testing.T, patterns, host, path string) {
		if strings.Contains(host, "/") || strings.ToValidUTF8(patterns, "") != patterns {
			t.Skip("no host, or no pattern that an expression could be made of")
		}
		all := strings.Fields(patterns)
		if len(all) == 0 {
			t.Skip("no pattern")
		}
		u := &url.URL{Host: host, Path: path}
		text := u.Hostname() + "/" + strings.TrimPrefix(u.Path, "/")
		if got, want := compile(all).Match(u), asExpression(all).MatchString(text); got != want {
			t.Errorf("%q matches %q: %t, its expression %t", all, text, got, want)
		}
	})
}

func BenchmarkPatterns(b *testing.B) {
	skip, err := ParsePatterns(Badges)
	if err != nil {
		b.Fatal(err)
	}
	o := Options{Skip: skip}
	a, _ := o.address("https://substackcdn.example/image/fetch/f_auto,q_auto:good,fl_progressive:steep/https%3A%2F%2Fbucket.example%2Fpublic%2Fimages%2F0f1e2d3c.png")
	p := &picture{wants: []address{a}}
	for b.Loop() {
		if o.skips(p) {
			b.Fatal("an ordinary picture is skipped")
		}
	}
}
