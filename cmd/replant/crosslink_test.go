package main

import (
	"fmt"
	"html"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/site/sitetest"
)

// crossBlog is a blog whose posts lead to one another, in one platform's feed or export.
type crossBlog struct {
	name string
	host string // and folder, with a slash at the end
	wrap string // the feed around its items
	item string // title, address, number, RFC 1123 date, MySQL date, body
}

var crossBlogs = []crossBlog{
	{"export", "https://cross.example/", `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel><title>Cross</title><link>https://cross.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://cross.example</wp:base_site_url><wp:base_blog_url>https://cross.example</wp:base_blog_url>%s</channel></rss>`,
		`<item><title>%[1]s</title><link>%[2]s</link><pubDate>%[4]s</pubDate><guid isPermaLink="false">https://cross.example/?p=%[3]d</guid><content:encoded><![CDATA[%[6]s]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>%[3]d</wp:post_id><wp:post_date>%[5]s</wp:post_date><wp:post_date_gmt>%[5]s</wp:post_date_gmt><wp:post_name></wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`},
	{"feed", "https://cross.example/", `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Cross</title><link>https://cross.example</link><generator>https://wordpress.org/?v=6.7</generator>%s</channel></rss>`,
		`<item><title>%[1]s</title><link>%[2]s</link><pubDate>%[4]s</pubDate><guid isPermaLink="false">https://cross.example/?p=%[3]d</guid><content:encoded><![CDATA[%[6]s]]></content:encoded></item>`},
	{"forem", "https://dev.to/cross/", `<?xml version="1.0"?><rss version="2.0"><channel><title>DEV Community: Cross</title><description>The latest articles on DEV Community by Cross (@cross).</description><link>https://dev.to/cross</link>%s</channel></rss>`,
		`<item><title>%[1]s</title><pubDate>%[4]s</pubDate><link>%[2]s</link><guid>%[2]s</guid><description>%[7]s</description></item>`},
}

func crossTitle(i int) string { return fmt.Sprintf("Post number %d", i) }

// address returns that of a post.
func (b crossBlog) address(i int) string {
	if b.name == "forem" {
		return fmt.Sprintf("%spost-number-%d-%04x", b.host, i, i*7919%65536)
	}
	return fmt.Sprintf("%s2024/%02d/post-number-%d/", b.host, i%12+1, i)
}

// spelled returns an address of a post in one of the ways that authors write it.
func (b crossBlog) spelled(i, way int) string {
	addr := b.address(i)
	switch way % 6 {
	case 1:
		return strings.Replace(addr, "https://", "http://www.", 1)
	case 2:
		return strings.TrimSuffix(addr, "/")
	case 3:
		return addr + "?utm_source=newsletter&utm_medium=email"
	case 4:
		if b.name != "forem" {
			return fmt.Sprintf("%s?p=%d", b.host, i)
		}
	case 5:
		return addr + "#tools-and-bees"
	}
	return addr
}

// body returns a post of count ones: three links to others, one to a post that is not here,
// and addresses in code.
func (b crossBlog) body(i, count int) string {
	var s strings.Builder
	for way, to := range []int{(i + 1) % count, (i + count - 1) % count, (i*31 + 7) % count} {
		if to != i {
			fmt.Fprintf(&s, "<p>Read <a href=\"%s\">%s</a> first.</p>\n", html.EscapeString(b.spelled(to, i+way)), crossTitle(to))
		}
	}
	fmt.Fprintf(&s, "<h2>Tools and bees</h2>\n<p>Gone: <a href=\"%s\">an old post</a>. <a href=\"https://other.example/%d\">Elsewhere</a>.</p>\n", b.host+"2019/gone/", i)
	fmt.Fprintf(&s, "<p>Type <code>curl %s</code>.</p>\n<pre><code>[a](%s)\n</code></pre>\n", b.address(0), b.address(1))
	return s.String()
}

// write writes the feed of the posts from first on to a file.
func (b crossBlog) write(t *testing.T, name string, first, count int) {
	t.Helper()
	var items strings.Builder
	for i := first; i < count; i++ {
		body := b.body(i, count)
		date := fmt.Sprintf("Mon, %02d Jan 2024 10:%02d:00 +0000", i%28+1, i%60)
		mysql := fmt.Sprintf("2024-01-%02d 10:%02d:00", i%28+1, i%60)
		fmt.Fprintf(&items, b.item+"\n", crossTitle(i), b.address(i), i, date, mysql, body, html.EscapeString(body))
	}
	if err := os.WriteFile(name, []byte(fmt.Sprintf(b.wrap, &items)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Every link from post to post arrives at the right page of the site that Hugo and Zola
// build, and posts that arrive in two runs end in the same bytes as in one.
func TestLinksArrive(t *testing.T) {
	t.Parallel()
	count := 300
	if testing.Short() {
		count = 8
	}
	const days, table = `--path={{ .Date.Year }}/{{ .Date.Format "02" }}/{{ .Slug }}`, "--redirects=static/_redirects"
	for _, b := range crossBlogs {
		for form, flags := range map[string][]string{
			"hugo": nil, "zola": nil, "hugo by ref": {"--links=ref"}, "zola by ref": {"--links=ref"},
			"hugo by days": {days, table}, "zola by days": {days, table}, "hugo by days, by ref": {days, "--links=ref"}, "zola by days, flat": {days, "--layout=flat"},
		} {
			if b.name != "export" && len(flags) > 0 && strings.Contains(form, "days") || b.name == "feed" && strings.Contains(form, "ref") {
				continue
			}
			t.Run(b.name+" for "+form, func(t *testing.T) {
				t.Parallel()
				b.arrives(t, strings.Fields(form)[0], count, flags...)
			})
		}
	}
}

// page returns where the page of a post is published.
func (b crossBlog) page(i int, flags []string) string {
	if slices.ContainsFunc(flags, func(f string) bool { return strings.HasPrefix(f, "--path") }) {
		return fmt.Sprintf("/posts/2024/%02d/post-number-%d/", i%28+1, i)
	}
	return fmt.Sprintf("/posts/post-number-%d/", i)
}

func (b crossBlog) arrives(t *testing.T, target string, count int, flags ...string) {
	t.Helper()
	dir := t.TempDir()
	feed, site, site2 := filepath.Join(dir, "feed.xml"), filepath.Join(dir, "site"), filepath.Join(dir, "site2")
	run := func(site string) string {
		out, err := replant(t, site, slices.Concat(flags, []string{"--images", "remote", "--target", target, feed, site})...)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return out
	}
	b.write(t, feed, count/2, count)
	run(site2)
	b.write(t, feed, 0, count)
	run(site2)
	want := fmt.Sprintf("%d links between posts, %d to posts that are not here\n", b.links(count), count)
	if out := run(site); !strings.Contains(out, want) {
		t.Errorf("the run does not say %q:\n%s", want, out[max(0, len(out)-300):])
	}
	if once, twice := readTree(site), readTree(site2); !maps.Equal(once, twice) {
		for name := range once {
			if once[name] != twice[name] {
				t.Fatalf("%s is in one run\n%s\nand in two\n%s", name, once[name], twice[name])
			}
		}
		t.Fatalf("%d files in one run, %d in two", len(once), len(twice))
	}
	if out, err := replant(t, site, "check", site); err != nil || !strings.Contains(out, "nothing lost") {
		t.Errorf("check: %v\n%s", err, out)
	}
	var pages map[string]sitetest.Page
	var public string
	if target == "zola" {
		sitetest.Zola(t)
		pages, public = sitetest.BuildZola(t, site, sitetest.Taxonomies)
	} else {
		pages, public = sitetest.Build(t, site, sitetest.Plain)
	}
	b.follow(t, pages, count)
	b.redirected(t, site, pages, count)
	list, err := os.ReadFile(filepath.Join(public, "posts", "index.html"))
	for i := range count {
		if err != nil || !strings.Contains(string(list), ">"+crossTitle(i)+"<") {
			t.Errorf("the section does not list %q: %v", crossTitle(i), err)
		}
	}
	for i := range count {
		old, _ := url.Parse(b.address(i))
		answer, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(old.Path), "index.html"))
		page := b.page(i, flags)
		if pages[page].Title != crossTitle(i) {
			t.Errorf("%s is %q", page, pages[page].Title)
		}
		if own := b.name != "forem"; own && (err != nil || !strings.Contains(string(answer), page)) || !own && err == nil {
			t.Errorf("%s answers %s, %v", old.Path, answer, err)
		}
	}
}

// redirected checks that a table of redirects, where there is one, leads from each post's old
// address to its page.
func (b crossBlog) redirected(t *testing.T, site string, pages map[string]sitetest.Page, count int) {
	t.Helper()
	table, err := os.ReadFile(filepath.Join(site, "static", "_redirects"))
	if err != nil {
		return
	}
	to := map[string]string{}
	for line := range strings.Lines(string(table)) {
		if row := strings.Fields(line); len(row) == 3 {
			to[row[0]] = row[1]
		}
	}
	for i := range count {
		old, _ := url.Parse(b.address(i))
		if page := to[strings.TrimSuffix(old.Path, "/")]; pages[page].Title != crossTitle(i) {
			t.Errorf("%s leads to %q", old.Path, page)
		}
	}
}

// links returns how many links the posts have to one another.
func (b crossBlog) links(count int) (n int) {
	for i := range count {
		n += strings.Count(b.body(i, count), "<p>Read <a ")
	}
	return n
}

// follow follows all links of all pages.
func (b crossBlog) follow(t *testing.T, pages map[string]sitetest.Page, count int) {
	t.Helper()
	followed := 0
	for _, p := range pages {
		base := &url.URL{Scheme: "https", Host: "site.example", Path: p.URL}
		doc, err := xhtml.Parse(strings.NewReader(p.Body))
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range dom.Find(doc, dom.Named(atom.A)) {
			href, says := dom.Attr(a, "href"), dom.Text(a)
			if !strings.HasPrefix(says, "Post number") {
				continue
			}
			to, err := base.Parse(href)
			if err != nil {
				t.Fatal(err)
			}
			there, ok := pages[to.Path]
			if !ok || there.Title != says {
				t.Errorf("%s: the link to %q leads to %s", p.URL, says, href)
			}
			if to.Fragment != "" && !strings.Contains(there.Body, `id="`+to.Fragment+`"`) && !strings.Contains(there.Body, `id=`+to.Fragment) {
				t.Errorf("%s: there is no %s", p.URL, href)
			}
			followed++
		}
		for _, code := range []string{"curl " + b.address(0), "[a](" + b.address(1) + ")"} {
			if !strings.Contains(dom.Text(doc), code) {
				t.Errorf("%s: code became %s", p.URL, dom.Text(doc))
			}
		}
	}
	if followed != b.links(count) {
		t.Errorf("%d links followed of %d", followed, b.links(count))
	}
}
