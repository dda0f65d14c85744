package page

import (
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/ledger"
	"replant/migrate/site"
)

// siteOf returns a site whose configuration is a file of that name.
func siteOf(t *testing.T, target, name, text string) *site.Site {
	t.Helper()
	dir := t.TempDir()
	if name != "" {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := site.Find(os.DirFS(dir), target)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func fields(t *testing.T, text string) frontmatter.Matter {
	t.Helper()
	m, _, err := frontmatter.Parse([]byte("---\n" + text + "---\n"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// What cannot be had is refused in one line that says why.
func TestKeysSayWhatCannotBe(t *testing.T) {
	t.Parallel()
	hugo, zola := siteOf(t, "hugo", "", ""), siteOf(t, "zola", "config.toml", "base_url = \"https://a.example\"\ntaxonomies = [{name = \"tags\"}]\n")
	for _, c := range []struct {
		keys ledger.Keys
		site *site.Site
		want string
	}{
		{ledger.Keys{Drop: []string{"draft"}}, hugo, "drop: draft: without it, drafts would be published"},
		{ledger.Keys{Rename: map[string]string{"Draft": "hidden"}}, hugo, "rename: draft: without it, drafts would be published"},
		{ledger.Keys{Rename: map[string]string{"guid": "draft"}}, hugo, "rename: guid: becomes draft, by which generators hide pages"},
		{ledger.Keys{Rename: map[string]string{"a": "x", "b": "X"}}, hugo, "rename: a and b: both become x"},
		{ledger.Keys{Rename: map[string]string{"a": "x", "b": "x.y"}}, hugo, "rename: a and b: both become x"},
		{ledger.Keys{Rename: map[string]string{"a": "x"}, Drop: []string{"A"}}, hugo, "a: renamed and dropped"},
		{ledger.Keys{Drop: []string{"params."}}, hugo, `drop: "params.": not a key; a dot parts it from its table`},
		{ledger.Keys{Add: "slug: about\n"}, hugo, "add: slug: two pages would have one address: name a field of the post in it, such as {{ .Slug }}"},
		{ledger.Keys{Add: "aliases: [/old/, '/{{ .Date.Year }}/']\n"}, hugo, "add: aliases: two pages would have one address"},
		{ledger.Keys{Add: "draft: \"{{ .Title }}\"\n"}, hugo, "add: draft: must be true or false"},
		{ledger.Keys{Add: "by: \"{{ .Byline }}\"\n"}, hugo, "add: by: .Byline: no such field; there are .Aliases, "},
		{ledger.Keys{Add: "a:\n"}, hugo, "add: a: has no value; drop: takes a key away"},
		{ledger.Keys{Add: "a: {b: 1}\na.b: 2\n"}, hugo, "add: a.b: here for the second time"},
		{ledger.Keys{Add: "menus: [{name: x}]\n"}, hugo, "add: menus: cannot write a list of tables"},
		{ledger.Keys{Add: "lang: en\n"}, hugo, "add: lang: Hugo ends its build at this key"},
		{ledger.Keys{Rename: map[string]string{"source": "kind"}}, hugo, "rename: kind: Hugo ends its build at this key"},
		{ledger.Keys{Add: "url: \"{{ .URL }}\"\n"}, hugo, "add: url: Hugo takes a path here, such as {{ .URL.Path }}"},
		{ledger.Keys{Add: "published: true\n"}, hugo, "add: published: Hugo takes a date here"},
		{ledger.Keys{Drop: []string{"date"}}, zola, "date: Zola leaves out pages without it"},
		{ledger.Keys{Rename: map[string]string{"date": "extra.date"}}, zola, "date: Zola leaves out pages without it"},
		{ledger.Keys{Add: "weight: -1\n"}, zola, "add: weight: Zola takes a whole number here"},
		{ledger.Keys{Add: "authors: \"{{ .Author }}\"\n"}, zola, "add: authors: Zola takes a list of texts here"},
		{ledger.Keys{Add: "taxonomies: {series: [a]}\n"}, zola, `add: taxonomies.series: config.toml declares no taxonomy "series"`},
		{ledger.Keys{Add: "title: {a: b}\n"}, zola, "add: title.a: Zola has no table of that name"},
	} {
		if _, err := KeysOf(c.keys, c.site, nil); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%+v: %v\nwant %s", c.keys, err, c.want)
		}
	}
}

func TestKeysAreApplied(t *testing.T) {
	t.Parallel()
	const page = "title: \"Bees\"\ndraft: true\ntags: [\"a\", \"b\"]\nauthors: [\"Ida\"]\nparams:\n  author: \"Ida\"\n  source: \"https://a.example/bees\"\n"
	post := blog.Post{Title: "Bees", Slug: "bees", Tags: []string{"a", "b"}, Authors: []string{"Ida"}, URL: &url.URL{Scheme: "https", Host: "a.example", Path: "/bees"}}
	s := siteOf(t, "hugo", "", "")
	for _, c := range []struct {
		name, want string
		keys       ledger.Keys
	}{
		{"nothing", page, ledger.Keys{}},
		{"a key of the theme's table by its last part", "title: \"Bees\"\ndraft: true\ntags: [\"a\", \"b\"]\nparams:\n  author: \"Ida\"\n  original: \"https://a.example/bees\"\n",
			ledger.Keys{Rename: map[string]string{"source": "original"}, Drop: []string{"authors"}}},
		{"a table that loses all", "title: \"Bees\"\ndraft: true\ntags: [\"a\", \"b\"]\nsource: \"https://a.example/bees\"\n",
			ledger.Keys{Rename: map[string]string{"params.source": "source", "authors": ""}, Drop: []string{"author"}}},
		{"values of all kinds", "title: \"Bees, by Ida\"\ndraft: true\ntags: [\"post\", \"a\", \"b\"]\nauthors: [\"Ida\"]\nweight: 10\nratio: 0.5\nwhen: 2024-01-02T00:00:00Z\nshow: false\nnumbers: [1, 2.5]\nparams:\n  author: \"Ben\"\n  source: \"https://a.example/bees\"\n  lang: \"en\"\n",
			ledger.Keys{Add: "title: \"{{ .Title }}, by {{ .Author }}\"\nauthor: Ben\ntags: [post, \"{{ .Tags }}\", a]\nweight: 10\nratio: 0.5\nwhen: 2024-01-02\nshow: false\nnumbers: [1, 2.5]\nparams: {lang: en}\nseries: \"{{ .Series }}\"\n"}},
		{"drafts stay drafts", page, ledger.Keys{Add: "draft: false\n"}},
		{"names that change places", "title: \"Bees\"\ndraft: true\nauthors: [\"a\", \"b\"]\ntags: [\"Ida\"]\nparams:\n  author: \"Ida\"\n  source: \"https://a.example/bees\"\n",
			ledger.Keys{Rename: map[string]string{"tags": "authors", "authors": "tags"}}},
	} {
		k, err := KeysOf(c.keys, s, nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		m, err := k.apply(fields(t, page), post, "posts")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got, err := m.YAML(); err != nil || string(got) != "---\n"+c.want+"---\n" {
			t.Errorf("%s: %v\n%s\nwant\n%s", c.name, err, got, c.want)
		}
	}
}

// What a post says leads its page nowhere out of the site.
func TestMappedAddressesStayInside(t *testing.T) {
	t.Parallel()
	k, err := KeysOf(ledger.Keys{Add: "url: '/{{ .Title }}/x/'\nslug: '{{ .Title }}'\naliases: ['/old/{{ .Title }}/', '/{{ .Slug }}.html']\n"}, siteOf(t, "hugo", "", ""), nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := k.apply(nil, blog.Post{Title: `../..\./etc`, Slug: "etc"}, "posts")
	if err != nil {
		t.Fatal(err)
	}
	const want = "---\nurl: \"/etc/x/\"\nslug: \"-..-.-etc\"\naliases: [\"/old/etc/\", \"/etc.html\"]\n---\n"
	if got, err := m.YAML(); err != nil || string(got) != want {
		t.Errorf("%s%v", got, err)
	}
}

// A page is read by the names that replant gives its keys.
func TestKeysHaveTheirOriginalNames(t *testing.T) {
	t.Parallel()
	k, err := KeysOf(ledger.Keys{Rename: map[string]string{"source": "original", "title": "params.name"}, Add: "from: \"{{ .URL }}\"\nhost: \"{{ .URL.Host }}\"\n"}, siteOf(t, "hugo", "", ""), nil)
	if err != nil {
		t.Fatal(err)
	}
	m := k.Original(fields(t, "params: {original: a, name: b}\n"))
	if got, err := m.YAML(); err != nil || string(got) != "---\ntitle: \"b\"\nparams:\n  source: \"a\"\n---\n" {
		t.Errorf("%s%v", got, err)
	}
	m = k.Original(fields(t, "title: mine\nparams: {name: b}\n"))
	if got, _ := m.Get("title"); got != "mine" {
		t.Errorf("the page's own title became %v", got)
	}
	if !k.Tells("From") || k.Tells("host") {
		t.Error("the key of the post's address is not told from others")
	}
}

// What an index of Zola cannot have stays out of one.
func TestIndexesTakeFewKeys(t *testing.T) {
	t.Parallel()
	k, err := KeysOf(ledger.Keys{Rename: map[string]string{"title": "name"}, Add: "slug: \"{{ .Slug }}\"\nextra: {lang: en}\n"}, siteOf(t, "zola", "", ""), nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := k.apply(fields(t, "title: a\n"), blog.Post{Slug: "a", Branch: true}, "posts")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := m.YAML(); err != nil || string(got) != "---\ntitle: \"a\"\nextra:\n  lang: \"en\"\n---\n" {
		t.Errorf("%s%v", got, err)
	}
}

// A post may have any number of tags.
func TestManyTagsAreFoldedInStep(t *testing.T) {
	t.Parallel()
	var many []string
	for i := range 100_000 {
		many = append(many, "tag "+strconv.Itoa(i))
	}
	p := blog.Post{Slug: "a", Tags: many, Categories: many}
	s := ledger.Settings{Fit: ledger.Fit{Categories: ledger.AsTags, TagCase: ledger.TitleTags}}
	start := time.Now()
	give(s, &p)
	fold(s, &p)
	k, err := KeysOf(ledger.Keys{Add: "tags: ['{{ .Tags | lower }}', '{{ .Tags }}']\n"}, siteOf(t, "hugo", "", ""), nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := k.apply(nil, p, "posts")
	tags, _ := m.Get("tags")
	if all, _ := tags.([]string); err != nil || len(all) != 2*len(many) || time.Since(start) > 15*time.Second {
		t.Errorf("%d tags after %v, %v", len(all), time.Since(start), err)
	}
}
