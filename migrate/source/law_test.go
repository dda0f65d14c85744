package source

import (
	"cmp"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"replant/migrate/blog"
)

// aimedAt names the dialect that a hostile body is made for; the general one without.
var aimedAt = map[string]*Dialect{
	"callouts": ghost, "captions": blogger, "galleries": wordpress, "data": substack, "farewells": wordpress,
	"toggles": ghost, "boxes": substack, "quotes of parts": tumblr, "frames in data": squarespace, "labels": zola, "tables of code": zola,
	"notes behind marks": wordpress, "cards of posts": wordpress, "importers": medium,
}

// hostile are bodies that grow with n, made to cost a dialect more than they should.
var hostile = map[string]func(n int) string{
	"footnotes": func(n int) string { return strings.Repeat(`<a id=a href=#b>1</a><p id=b><a href=#a>1</a>`, n/46) },
	"marks":     func(n int) string { return strings.Repeat(`<sup><a href=#n>1</a></sup>`, n/27) + `<p id=n>x` },
	"notes":     func(n int) string { return `<ol>` + strings.Repeat(`<li id=fn1><a href=#fnref1>x</a>`, n/32) },
	"callouts": func(n int) string {
		return strings.Repeat(`<div class="kg-callout-card"><div class="kg-callout-text">x`, n/60)
	},
	"cards": func(n int) string { return strings.Repeat(`<div class="ltag__link"><h2>x</h2>`, n/34) },
	"captions": func(n int) string {
		return strings.Repeat(`<table class=tr-caption-container><tr><td><img><tr><td class=tr-caption>x`, n/72)
	},
	"galleries": func(n int) string {
		return strings.Repeat(`<div class=gallery-item><div class=gallery-icon>x</div>`, n/54)
	},
	"crayons": func(n int) string {
		return strings.Repeat(`<div class=crayon-syntax><div class=crayon-line>x</div>`, n/54)
	},
	"formulas": func(n int) string { return strings.Repeat(`<span class=math>\(x\)`, n/22) },
	"MathML":   func(n int) string { return strings.Repeat(`<math><msup><mi>x</mi><mrow>`, n/28) },
	"fences":   func(n int) string { return `<math>` + strings.Repeat(`<mrow><mo>(</mo><mfrac><mi>x</mi>`, n/33) },
	"styles": func(n int) string {
		return strings.Repeat(`<b style="font-weight:400">x<i style="font-weight:700">y`, n/56)
	},
	"styles, deep": func(n int) string {
		return strings.Repeat(`<b>`, 200) + strings.Repeat(`<span style="font-style:italic">x</span>y`, n/42)
	},
	"long names":   func(n int) string { return `<math><mi>` + strings.Repeat(`αx`, n/3) },
	"wide fences":  func(n int) string { return `<math><mfenced>` + strings.Repeat(`<mi>x</mi>`, n/10) },
	"wide scripts": func(n int) string { return `<math><mmultiscripts>` + strings.Repeat(`<mi>x</mi>`, n/10) },
	"drawn": func(n int) string {
		return `<mjx-container><mjx-math>` + strings.Repeat(`<mjx-mfrac><mjx-frac><mjx-num>`, n/32)
	},
	"openers":      func(n int) string { return `<p>` + strings.Repeat(`\(`, n/4) + strings.Repeat(`\[<br>`, n/12) },
	"far closers":  func(n int) string { return strings.Repeat(`<p>\(x`+strings.Repeat(`<br>`, 9), n/43) + `\)` },
	"in the text":  func(n int) string { return `<p>` + strings.Repeat(`\(x_1\) `, n/8) },
	"on own lines": func(n int) string { return `<p>` + strings.Repeat(`a\[x_1\] `, n/9) },
	"pixels": func(n int) string {
		return strings.Repeat(`<p><a href="//stats.wordpress.com/"><img src="//stats.wordpress.com/b">`, n/72)
	},
	"frames": func(n int) string { return `<p>` + strings.Repeat(`a<iframe src=//a.example/b></iframe>`, n/36) },
	"deep inlines": func(n int) string {
		return strings.Repeat(`<b>`, 200) + strings.Repeat(`<iframe src=//a.example></iframe>`, n/36)
	},
	"data": func(n int) string {
		return `<div class=tweet data-attrs='` + strings.Repeat(`{"url":`, n/7) + `'>x</div>`
	},
	"toggles": func(n int) string {
		return strings.Repeat(`<div class="kg-card kg-toggle-card"><h4 class=kg-toggle-heading-text>x</h4>`, n/72)
	},
	"boxes": func(n int) string {
		return strings.Repeat(`<div class="twitter-embed captioned-image-container" data-attrs='{"full_text":"x"}'>`, n/80)
	},
	"quotes of parts": func(n int) string { return strings.Repeat(`<p class=npf_quote><b>x`, n/23) },
	"frames in data": func(n int) string {
		return strings.Repeat(`<div data-html="&lt;div data-html=x&gt;&lt;iframe src=//a.example&gt;">`, n/70)
	},
	"labels": func(n int) string {
		return strings.Repeat(`<sup class=footnote-reference><a href=#1>1</a></sup><div class=footnote-definition id=1><sup class=footnote-definition-label>1</sup>x`, n/138)
	},
	"tables of code": func(n int) string { return strings.Repeat(`<pre data-lang=x><table><tr><td>1<td>x`, n/38) },
	"notes behind marks": func(n int) string {
		return strings.Repeat(`<sup class=modern-footnotes-footnote>1</sup><span class=modern-footnotes-footnote__note>x`, n/90)
	},
	"cards of posts": func(n int) string {
		return strings.Repeat(`<p><blockquote class=wp-embedded-content data-secret=x><a href=//a.example>x</a></blockquote><iframe class=wp-embedded-content data-secret=x src=//a.example></iframe>`, n/160)
	},
	"importers": func(n int) string {
		return strings.Repeat(`<p>Originally published at <a href=//a.example>x</a>.</p>`, n/54)
	},
	"numbers": func(n int) string { return strings.Repeat(`<pre><span style="user-select:none">1</span>`, n/43) },
	"cells of numbers": func(n int) string {
		return "<table role=presentation><tr>" + strings.Repeat("<td>1", n/6) + "<td><pre>x"
	},
	"ids":         func(n int) string { return strings.Repeat("<a href=#é><h2 id=é>", n/20) },
	"far ids":     func(n int) string { return "<h2>x</h2>" + strings.Repeat("<a href=#é>y</a><p id=é>", n/26) },
	"items":       func(n int) string { return strings.Repeat("<li>a<p>b", n/9) },
	"languages":   func(n int) string { return strings.Repeat("<div class=highlight><pre><code class=go>a", n/42) },
	"empty lines": func(n int) string { return strings.Repeat("x\n\n", n/3) },
	"farewells":   func(n int) string { return `<p>` + strings.Repeat(`<a href="https://dev.to/ada/x">x</a>`, n/36) },
}

// TestCleaningIsLinear makes hostile bodies eight times as long: what is allocated may
// not grow as squares do, by sixty-four. Both sizes are beyond what the parser nests,
// which costs it several tries. The benchmark shows the time.
//
//nolint:paralleltest // it counts what the whole program allocates
func TestCleaningIsLinear(t *testing.T) {
	for name, source := range hostile {
		t.Run(name, func(t *testing.T) {
			d := cmp.Or(aimedAt[name], generic)
			const size = 32 << 10
			small, large := allocated(t, d, source(size)), allocated(t, d, source(8*size))
			if large > 24*small+1<<20 {
				t.Errorf("%d bytes became %d when the body grew eightfold", small, large)
			}
		})
	}
}

// allocated counts the bytes that the reading of a body allocates.
func allocated(t *testing.T, d *Dialect, body string) uint64 {
	t.Helper()
	addr := &url.URL{Scheme: "https", Host: "dev.to", Path: "/ada/x"}
	item := &Item{Post: blog.Post{URL: addr, Title: "x"}, dialect: d, body: body, base: addr}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := item.Parse(); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
