package assets

import "testing"

func TestPatterns(t *testing.T) {
	t.Parallel()
	for list, addrs := range map[string]map[string]bool{
		"img.shields.io": {
			"https://img.shields.io/a/b.svg?c": true, "https://IMG.shields.io": true, "https://a.example/img.shields.io/x.png": false,
			"https://eimg.shields.io/a": false,
		},
		"*.gif,?.svg": {
			"https://a.example/b/c.GIF?d=e": true, "https://a.example/c.svg": true, "https://a.example/cc.svg": false,
			"https://a.gif/b.png": true, "https://a.example/b.gif/c.png": false,
		},
		"a.example/ads/* b.example/": {
			"https://a.example/ads/x/y.png": true, "https://a.example/x/ads/y.png": false, "https://b.example": true,
			"https://b.example/a.png": false,
		},
		"":       {"https://a.example/none": false},
		"none":   {"https://a.example/none": false},
		"badges": {"https://img.shields.io/a": true, "https://travis-ci.org/a/b.svg": true, "https://a.example/badge.png": false},
	} {
		p, err := ParsePatterns(list)
		if err != nil {
			t.Fatal(err)
		}
		for addr, want := range addrs {
			if got := p.Match(mustURL(t, addr)); got != want {
				t.Errorf("%s matches %s: %t", list, addr, got)
			}
		}
	}
}

func TestPatternsThatSayNothing(t *testing.T) {
	t.Parallel()
	for list, want := range map[string]string{
		" , ":             "no pattern in it",
		"https://a.b/*":   "https://a.b/*: a pattern has no scheme: begin with the host",
		"*.gif,[ab].png":  "[ab].png: only * and ? have a meaning in a pattern",
		"*":               "*: would match every picture; --images remote leaves them all",
		"badges, */*":     "*/*: would match every picture; --images remote leaves them all",
		`a.example\b.png`: `a.example\b.png: only * and ? have a meaning in a pattern`,
	} {
		if _, err := ParsePatterns(list); err == nil || err.Error() != want {
			t.Errorf("%q: %v", list, err)
		}
	}
}
