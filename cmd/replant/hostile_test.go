package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/dom"
	"replant/migrate/site/sitetest"
)

// hostilePosts is how many hostile posts are built for each target; REPLANT_HOSTILE sets
// another number, such as 3000.
func hostilePosts(t *testing.T) int {
	t.Helper()
	text := os.Getenv("REPLANT_HOSTILE")
	if text == "" {
		if testing.Short() {
			return 60
		}
		return 300
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("REPLANT_HOSTILE: %v", err)
	}
	return n
}

// generators are how a site of hostile posts is built, with each configuration.
var generators = map[string]struct {
	build   func(testing.TB, string, ...string) (map[string]sitetest.Page, string)
	config  string // the name of its file
	configs map[string]hostileConfig
}{
	"hugo": {sitetest.Build, "hugo.yaml", map[string]hostileConfig{
		"as it comes":      {hugoMarkup("", ""), nil},
		"raw HTML":         {hugoMarkup("renderer: {unsafe: true}", ""), []string{"--embeds", "html"}},
		"attribute blocks": {hugoMarkup("parser: {attribute: {block: true, title: true}}", ""), nil},
		"passthrough":      {hugoMarkup("", passthrough), nil},
		"all":              {hugoMarkup("renderer: {unsafe: true}\n    parser: {attribute: {block: true, title: true}}", passthrough), []string{"--front-matter", "toml"}},
	}},
	"zola": {sitetest.BuildZola, "config.toml", map[string]hostileConfig{
		"as it comes": {sitetest.Taxonomies, nil},
		"plain links": {sitetest.Taxonomies + "\n[markdown]\nexternal_links_external = false\n", []string{"--embeds", "html"}},
		"all": {sitetest.Taxonomies + "\n[markdown]\nexternal_links_target_blank = true\nlazy_async_image = true\nbottom_footnotes = true\ndefinition_list = true\n",
			[]string{"--front-matter", "toml"}},
	}},
}

// hostileConfig is a configuration of a site, and the flags that it is migrated with.
type hostileConfig struct {
	text  string
	flags []string
}

// passthrough is the configuration that Hugo's documentation proposes for formulas, and
// dollars, which many sites add.
const passthrough = `passthrough: {enable: true, delimiters: {block: [['\[', '\]'], ['$$', '$$']], inline: [['\(', '\)'], ['$', '$']]}}`

func hugoMarkup(goldmark, extension string) string {
	return "\nmarkup:\n  goldmark:\n    " + goldmark + "\n    extensions:\n      typographer: {disable: true}\n      " + extension + "\n"
}

// No post and no comment, however hostile, gets a tag, an attribute or a script into the
// page that the real Hugo or Zola builds of it, whatever the site's configuration; and a
// reader sees its text as it was.
func TestHostilePostsStayText(t *testing.T) {
	t.Parallel()
	n := hostilePosts(t)
	seed := rand.Uint64N(1 << 32) // of every third post; REPLANT_HOSTILE_SEED says it again
	if again, err := strconv.ParseUint(os.Getenv("REPLANT_HOSTILE_SEED"), 10, 64); err == nil {
		seed = again
	}
	for target := range generators {
		t.Run(fmt.Sprintf("%s/seed %d", target, seed), func(t *testing.T) {
			t.Parallel()
			stayText(t, target, newHostileBlog(t, n, seed))
		})
	}
}

// stayText migrates hostile posts and builds them with each configuration: that of the site
// when it was migrated, and one that its author changed to later.
func stayText(t *testing.T, target string, b hostileBlog) {
	if target == "zola" {
		sitetest.Zola(t)
	}
	g := generators[target]
	unconfigured := b.migrate(t, target, hostileConfig{})
	for name, config := range g.configs {
		if testing.Short() && name != "all" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, public := g.build(t, unconfigured, config.text)
			checkHarmless(t, public)
			pages, public := g.build(t, b.migrate(t, target, config), config.text)
			checkHarmless(t, public)
			for _, p := range b.posts {
				p.check(t, pages["/posts/"+p.name+"/"].Body, name == "plain links")
			}
		})
	}
}

// hostileBlog is a blog whose posts, and the comments on others, are hostile.
type hostileBlog struct {
	posts []hostilePost
	feeds []string
}

// newHostileBlog makes a blog of so many posts, of which every third is another one with
// each seed.
func newHostileBlog(t *testing.T, count int, seed uint64) (b hostileBlog) {
	t.Helper()
	var commented []hostilePost
	same, fresh := rand.New(rand.NewPCG(1, 1)), rand.New(rand.NewPCG(1, seed))
	for i := range count {
		r := same
		if i%3 == 2 {
			r = fresh
		}
		b.posts = append(b.posts, newHostilePost(r, fmt.Sprint("p", i)))
		if i%5 == 0 {
			commented = append(commented, newHostilePost(r, fmt.Sprint("c", i)))
		}
	}
	for _, text := range []string{hostileFeed(fresh, b.posts), hostileExport(fresh, commented)} {
		feed := filepath.Join(t.TempDir(), "feed.xml")
		if err := os.WriteFile(feed, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		b.feeds = append(b.feeds, feed)
	}
	return b
}

// migrate makes a site of the blog, for a site of that configuration.
func (b hostileBlog) migrate(t *testing.T, target string, config hostileConfig) (site string) {
	t.Helper()
	site = filepath.Join(t.TempDir(), "site")
	if config.text != "" {
		file := generators[target].config
		text := "base_url = 'https://example.org'\n"
		if target == "hugo" {
			text = "baseURL: https://example.org/\n"
		}
		if err := os.MkdirAll(site, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(site, file), []byte(text+config.text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, feed := range b.feeds {
		// The pages that Zola makes of aliases have a script of its own.
		args := append([]string{"--target", target, "--images", "remote", "--comments", "data", "--aliases", "never"}, config.flags...)
		if out, err := replant(t, site, append(args, feed, site)...); err != nil && !strings.Contains(out, "created") {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	return site
}

// checkHarmless reads every page of a built site.
func checkHarmless(t *testing.T, public string) {
	t.Helper()
	site := os.DirFS(public)
	err := fs.WalkDir(site, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".html") {
			return err
		}
		b, err := fs.ReadFile(site, name)
		if found := harm(string(b)); len(found) > 0 {
			t.Errorf("%s holds %q", name, found)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// check compares what a reader sees of a page with the post.
// Where Zola shows the titles of links as it should, their quotation marks have become curly.
func (p hostilePost) check(t *testing.T, page string, curly bool) {
	t.Helper()
	if !p.known {
		return
	}
	want, _, _ := sees(t, p.body)
	got, titles, alts := sees(t, page)
	got, want = dollars.Replace(got), dollars.Replace(want)
	if strings.Contains(page, "<hr") { // which has become of a line of such signs
		got, want = typedRule.ReplaceAllString(got, ""), typedRule.ReplaceAllString(want, "")
	}
	if at := differ(got, want); at >= 0 {
		t.Errorf("%s shows\n\t%.80s\nof\n\t%.80s", p.name, got[at:], want[at:])
		return
	}
	wantTitles := strings.Join(p.titles, "\n")
	if curly {
		wantTitles = strings.ReplaceAll(wantTitles, `"`, "”")
	}
	if got := strings.Join(titles, "\n"); got != wantTitles && (!curly || strings.ReplaceAll(got, `"`, "”") != wantTitles) {
		t.Errorf("%s has the titles\n\t%q\nof\n\t%q", p.name, titles, p.titles)
	}
	if !slices.Equal(alts, p.alts) {
		t.Errorf("%s has pictures of\n\t%q\nfor\n\t%q", p.name, alts, p.alts)
	}
}

// typedRule is what authors type for a rule.
var typedRule = regexp.MustCompile(`[-~=*_+#]{3,}`)

// dollars spells formulas in one way: a page has the delimiters of its site, and commands of
// TeX for the signs in them that would act in a page.
var dollars = strings.NewReplacer(`\(`, "$", `\)`, "$", `\[`, "$$", `\]`, "$$",
	`\lt`, "<", `\gt`, ">", `\vert`, "|", `\Vert`, `\|`)

// differ returns the place shortly before two texts begin to differ, or -1 where they do not.
func differ(a, b string) int {
	if a == b {
		return -1
	}
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	return max(0, at-20)
}

// is returns a pattern that a whole value has to match.
func is(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?s:` + pattern + `)$`) }

var (
	anything = is(`.*`)
	number   = is(`\d+`)
	name     = is(`[^\s"'<>=]*`)
	// look is what generators themselves style: the columns of tables, and code in colour.
	look = is(`max-width: 100%|(?:(?:text-align|color|background-color|font-weight|font-style|-moz-tab-size|-o-tab-size|tab-size|-webkit-text-size-adjust): ?[#\w]+;? ?)*`)
)

// harmless are the elements that a page may hold, with the attributes of each: those that
// replant and the generators write, and those of the layouts of the test.
var harmless = map[string]map[string]*regexp.Regexp{
	"a": {"href": schemes, "title": anything, "rel": is(`external|noopener external|noopener`), "target": is("_blank"),
		"class": is("footnote-ref|footnote-backref|author"), "role": is("doc-noteref|doc-backlink")},
	"img": {"src": pictures, "alt": anything, "title": anything, "width": is(`\d+%?`), "height": is(`\d+%?`), "loading": is("lazy"), "decoding": is("async")},
	"h1":  {"id": name}, "h2": {"id": name}, "h3": {"id": name}, "h4": {"id": name}, "h5": {"id": name}, "h6": {"id": name},
	"code": {"class": is(`language-[a-z0-9+#._-]+`), "data-lang": is(`[a-z0-9+#._-]+`)},
	"pre":  {"tabindex": number, "style": look}, "span": {"style": look},
	"th": {"style": look}, "td": {"style": look}, "ol": {"start": number, "class": is("footnotes-list")}, "li": {"id": is(`fn[:-][a-z0-9-]+`)},
	"sup":  {"id": is(`fnref\d*:[a-z0-9-]+|fr-[a-z0-9-]+`), "class": is("footnote-reference|footnote-definition-label")},
	"abbr": {"title": anything}, "kbd": {"title": anything}, "sub": {"title": anything}, "mark": {"title": anything}, "details": {"open": is("")}, "input": {"type": is("checkbox"), "disabled": is(""), "checked": is("")},
	"section": {"class": is("footnotes")}, "meta": {"charset": is("utf-8"), "name": is("generator"), "content": is(`Hugo [0-9.]+`)},
	"article": {"data-date": anything, "data-lastmod": anything, "data-url": anything},
	"div":     {"class": is("highlight|footnotes|comment|sum|footnote-definition"), "role": is("doc-endnotes"), "id": is(`[a-z0-9-]+`)},
	"p":       {"class": is("tags")},
	"video":   {"src": schemes, "controls": is(""), "preload": is("metadata"), "poster": pictures, "title": anything, "style": look, "autoplay": is(""), "loop": is(""), "muted": is(""), "playsinline": is("")},
	"audio":   {"src": schemes, "controls": is(""), "preload": is("metadata"), "title": anything, "style": look},
	"iframe":  {"src": is(`https?://.*`), "title": anything, "loading": is("lazy"), "allowfullscreen": is("")},
	"html":    {}, "head": {}, "title": {}, "body": {}, "br": {}, "hr": {}, "em": {}, "strong": {}, "del": {}, "ul": {}, "blockquote": {}, "figure": {}, "figcaption": {},
	"table": {}, "thead": {}, "tbody": {}, "tr": {}, "u": {"title": anything}, "summary": {}, "dl": {}, "dt": {}, "dd": {},
}

// schemes are those of addresses that a page may hold.
var schemes = is(schemesPattern)

const schemesPattern = `(?:https?|mailto):.*|[^a-z].*|[a-z][a-z0-9+.-]*(?:[^a-z0-9+.:-].*)?|`

// pictures are the addresses of pictures, in which nothing runs.
var pictures = is(`data:image/.*|` + schemesPattern)

// harm returns what a page holds that it must not hold.
func harm(page string) (found []string) {
	doc, err := xhtml.Parse(strings.NewReader(page))
	if err != nil {
		return []string{err.Error()}
	}
	for n := range doc.Descendants() {
		if n.Type != xhtml.ElementNode {
			continue
		}
		allowed, ok := harmless[n.Data]
		if !ok || n.Namespace != "" {
			found = append(found, "<"+n.Data+">")
		}
		for _, a := range n.Attr {
			pattern, ok := allowed[a.Key]
			if pattern == schemes || pattern == pictures {
				a.Val = strings.ToLower(strings.Map(printed, a.Val))
			}
			if !ok || !pattern.MatchString(a.Val) {
				found = append(found, fmt.Sprintf("<%s %s=%q>", n.Data, a.Key, a.Val))
			}
		}
	}
	return found
}

// printed drops what browsers overlook in an address.
func printed(r rune) rune {
	if r <= ' ' {
		return -1
	}
	return r
}

// sees returns what a reader of HTML sees: its text without any space, the titles of its
// links, and the texts of its pictures.
func sees(t *testing.T, page string) (text string, titles, alts []string) {
	t.Helper()
	doc, err := xhtml.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		switch {
		case n.Type == xhtml.TextNode:
			b.WriteString(n.Data)
		case n.Data == "a":
			titles = appendValue(titles, n, "title")
		case n.Data == "img" && !saysItsCaption(n):
			alts = appendValue(alts, n, "alt")
		}
	}
	return strings.Map(visibleRune, b.String()), titles, alts
}

// saysItsCaption reports whether a picture's alternative text is its caption, as Hugo's
// figure has it where there is no other.
func saysItsCaption(img *xhtml.Node) bool {
	for p := img.Parent; p != nil; p = p.Parent {
		if p.Data != "figure" {
			continue
		}
		alt := strings.Map(visibleRune, dom.Attr(img, "alt"))
		for _, c := range dom.Find(p, dom.Named(atom.Figcaption)) {
			if alt != "" && alt == strings.Map(visibleRune, dom.Text(c)) {
				return true
			}
		}
	}
	return false
}

func appendValue(all []string, n *xhtml.Node, key string) []string {
	for _, a := range n.Attr {
		if says := strings.Join(strings.Fields(a.Val), " "); a.Key == key && says != "" {
			return append(all, says)
		}
	}
	return all
}

// shown drops what takes no place or only that.
func visibleRune(r rune) rune {
	if strings.ContainsRune(" \t\n\r\f\u00a0\u200b\u2028\u2060", r) {
		return -1
	}
	return r
}
