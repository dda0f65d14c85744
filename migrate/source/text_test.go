package source

import (
	"strings"
	"testing"
	"time"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
)

func TestPlainTitle(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Tom &amp; J":                          "Tom & J",
		"<em>Very</em> <b>bold<br/>title</b>":  "Very bold title",
		"Use <T> in Go":                        "Use <T> in Go",
		"The <b> tag":                          "The <b> tag",
		"<a href='x'><code>a</code></a>":       "a",
		"1 &lt; 2":                             "1 < 2",
		"?page=1&copy=2;mode=x":                "?page=1&copy=2;mode=x",
		"two\nlines\t here":                    "two lines here",
		"\u202Eevil\u202C \x07bell \uFEFFmark": "evil bell mark",
		"Tom &amp;amp; J":                      "Tom &amp; J",
		"  🎉  ":                                "🎉",
		"\u200Fשלום\u200E":                     "\u200Fשלום\u200E",
		"":                                     "",
		"\n\t ":                                "",
		"<b><i><em><u><s>five</s></u></em></i></b>": "five",
	} {
		if got := blog.PlainTitle(text); got != want {
			t.Errorf("plainTitle(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestTitleOfUntitledPost makes titles of bodies.
func TestTitleOfUntitledPost(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 30)
	for body, want := range map[string]string{
		"<p>Low <b>wa</b>ter.</p><p>More.</p>":      "Low water.",
		"<h2> </h2>\n<h2>The head</h2>And the rest": "The head",
		"bare words": "bare words",
		"<style>p { color: red }</style><p>Red</p>":   "Red",
		"<script></script><p>Tom &amp; J</p>":         "Tom & J",
		"<p>" + long + "</p>":                         strings.Repeat("word ", 11) + "word…",
		"<p>" + strings.Repeat("a", 99) + "</p>":      strings.Repeat("a", 60) + "…",
		"<p>" + strings.Repeat("字", 99) + "</p>":      strings.Repeat("字", 60) + "…",
		"<p>🎉🎉</p>":                                   "🎉🎉",
		"<p><img src=a><img src=b alt='A\nboat'></p>": "A boat",
		"<p><img src=a></p>":                          "",
		"":                                            "",
	} {
		if got := titleOf(body); got != want {
			t.Errorf("%s\nis titled %q, want %q", body, got, want)
		}
	}
}

func TestSlugs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ addr, title, body, want string }{
		{"https://a.example/2024/03/my-post/", "T", "", "my-post"},
		{"https://a.example/My%20P%C3%B6st.html?x=1", "T", "", "my-post"},
		{"https://a.example/archives/123", "The title", "", "the-title"},
		{"https://a.example/deep/index.php", "T", "", "deep"},
		{"https://a.example/forum/viewtopic.php?t=7", "Of soil", "", "of-soil"},
		{"https://a.example/watch?v=abc", "A film", "", "a-film"},
		{"https://a.example/watch/", "T", "", "watch"},
		{"https://a.example/my-post.php", "T", "", "my-post"},
		{"https://a.example/?p=1", "", "<p>Some <b>wo</b>rds of the body</p>", "some-words-of-the-body"},
		{"https://a.example/..%2F..%2Fetc%2Fx", "", "", "etc-x"},
		{"https://a.example/CON", "", "", "post-con"},
		{"", "🎉", "<img src=x>", "post-01234567"},
		{"https://a.example/" + strings.Repeat("long-", 100), "", "", strings.TrimSuffix(strings.Repeat("long-", 20), "-")},
	} {
		p := &blog.Post{URL: blog.ParseURL(c.addr), Title: c.title}
		if got := slugOf(p, c.body, "0123456789"); got != c.want {
			t.Errorf("%s %q: slug %q, want %q", c.addr, c.title, got, c.want)
		}
	}
}

func TestOriginals(t *testing.T) {
	t.Parallel()
	const target = "https://dev-to-uploads.s3.amazonaws.com/uploads/articles/X.png"
	for addr, want := range map[string]string{
		"https://media2.dev.to/dynamic/image/width=800%2Cheight=%2Cfit=scale-down%2Cgravity=auto%2Cformat=auto/https%3A%2F%2Fdev-to-uploads.s3.amazonaws.com%2Fuploads%2Farticles%2FX.png": target,
		"https://media.dev.to/cdn-cgi/image/width=90,height=90,format=auto/https:%2F%2Fdev-to-uploads.s3.amazonaws.com%2Fuploads%2Farticles%2FX.png":                                       target,
		"https://res.cloudinary.com/practicaldev/image/fetch/s--Ab-c_D--/c_limit%2Cf_auto%2Cw_880/https://dev-to-uploads.s3.amazonaws.com/uploads/articles/X.png":                          target,
		"https://res.cloudinary.com/practicaldev/image/fetch/s--Ab--/c_limit%2Cw_800/https://img.example/badge%3Fstyle%3Dflat%26label%3Da%2520b":                                           "https://img.example/badge?style=flat&label=a%20b",
		"https://media2.dev.to/dynamic/image/width=800/https%3A%2F%2Fres.cloudinary.com%2Fpracticaldev%2Fimage%2Ffetch%2Fs--A--%2Fw_880%2Fhttps%3A%2F%2Fa.example%2Fb.png":                 "https://a.example/b.png",
		"https://media2.dev.to/dynamic/image/width=800/https%3A%2F%2Fi1.wp.com%2Fa.example%2Fb.png%3Fssl%3D1":                                                                              "https://a.example/b.png",
		"https://media2.dev.to/dynamic/image/width=800/javascript%3Aalert":                                                                                                                 "",
		"https://media2.dev.to/dynamic/image/width=800/https%3A%2F%2F":                                                                                                                     "",
		target:                                  "",
		"https://i.giphy.com/media/a/giphy.gif": "",
	} {
		item := &Item{dialect: forem}
		got := ""
		if all := item.Original(blog.ParseURL(addr)); len(all) > 0 {
			got = all[0].String()
		}
		if got != want {
			t.Errorf("%s\nwraps %q, want %q", addr, got, want)
		}
	}
	if got := (&Item{dialect: generic}).Original(blog.ParseURL(target)); got != nil {
		t.Errorf("the general dialect unwraps %v", got)
	}
}

func TestDatesInAddresses(t *testing.T) {
	t.Parallel()
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	for addr, want := range map[string]time.Time{
		"https://a.example/2024/03/04/x":  day(2024, 3, 4),
		"https://a.example/2024-3-4-x.md": day(2024, 3, 4),
		"https://a.example/2024/02/31/x":  {},
		"https://a.example/2024/03/x":     {},
		"https://a.example/p/20240304/x":  {},
		"https://a.example/1024/03/04/x":  {},
	} {
		if got := dateIn(blog.ParseURL(addr)); !got.Equal(want) {
			t.Errorf("%s carries %s, want %s", addr, got, want)
		}
	}
}

func TestSummaryIsMoreThanTheBeginning(t *testing.T) {
	t.Parallel()
	for summary, want := range map[string]bool{
		"Trees grow":               true,
		"Trees grow slowly, …":     true,
		"Trees, grow slowly [...]": true,
		"Trees grow… Read more »":  true,
		"Of slowness":              false,
	} {
		if got := begins("Trees grow slowly and die slowly.", summary); got != want {
			t.Errorf("%q begins the text: %t", summary, got)
		}
	}
}

func TestDeepNestingKeepsTheText(t *testing.T) {
	t.Parallel()
	for _, tag := range []string{"div", "b", "span", "ul><li", "blockquote", "table><tr><td"} {
		deep := strings.Repeat("<"+tag+">", 2000) + "bottom" + strings.Repeat("</div>", 2000) + "<p>after</p>"
		body, err := clean.Parse(deep)
		if err != nil {
			t.Errorf("<%s>: %v", tag, err)
		} else if got := dom.Words(body); !strings.Contains(got, "bottom") || !strings.Contains(got, "after") {
			t.Errorf("<%s>: only %.40q is left", tag, got)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ addr, guid, want string }{
		{"http://WWW.a.example/x/?utm_source=f&b=1#top", "", "url:a.example/x?b=1"},
		{"https://a.example/x", "https://a.example/x/", "url:a.example/x"},
		{"https://a.example/x", "tag:1", "url:a.example/x guid:tag:1"},
		{"https://a.example/day#p1", "https://a.example/day#p1", "url:a.example/day#p1"},
		{"", "7", "guid:7"},
		{"", "", ""},
	} {
		u := blog.ParseURL(c.addr)
		var got []string
		for _, id := range names(u, c.guid) {
			got = append(got, string(id))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s %s: %q, want %q", c.addr, c.guid, s, c.want)
		}
	}
}
