package site

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/site/sitetest"
)

const zolaFixtures = "../../testdata/page/zola"

// declared is a site whose configuration declares some taxonomies.
func declared(taxonomies ...string) *Site {
	return &Site{Target: Zola(), Content: "content", config: zolaFile, taxonomies: taxonomies}
}

// TestZolaMatter compares each post NAME.json with its front matter in NAME.md.
func TestZolaMatter(t *testing.T) {
	t.Parallel()
	for name, post := range fixtures(t, zolaFixtures) {
		got, err := zolaMatter(post, declared("tags", "series")).YAML()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		golden(t, filepath.Join(zolaFixtures, name+".md"), string(got))
	}
}

// TestZolaReadsMatter builds the fixtures' posts, their fields in either form, and
// compares what Zola made of them.
func TestZolaReadsMatter(t *testing.T) {
	t.Parallel()
	sitetest.Zola(t)
	for form, spell := range map[string]func(frontmatter.Matter) ([]byte, error){
		"yaml": frontmatter.Matter.YAML, "toml": frontmatter.Matter.TOML,
	} {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			tree := t.TempDir()
			site := &Site{Target: Zola(), Content: "content"}
			for name, post := range fixtures(t, zolaFixtures) {
				head, err := spell(site.Matter(post))
				if err != nil {
					t.Fatal(err)
				}
				page := site.Place(site.Section(os.DirFS(tree), "posts", post), name, Bundle).Page
				lay(t, tree, page, string(head)+"\nBody.\n")
				for _, f := range site.Files(os.DirFS(tree), &blog.Post{}, page, nil) {
					index, err := spell(f.Matter)
					if err != nil {
						t.Fatal(err)
					}
					lay(t, tree, f.Path, string(index))
				}
			}
			pages, _ := sitetest.BuildZola(t, tree, sitetest.Taxonomies)
			compareZola(t, pages)
		})
	}
}

func compareZola(t *testing.T, pages map[string]sitetest.Page) {
	t.Helper()
	for name, post := range fixtures(t, zolaFixtures) {
		address := "/posts/" + name + "/"
		if !sayable(post.Published) {
			address = "/posts/undated/" + name + "/"
		}
		page, ok := pages[address]
		if !ok {
			t.Errorf("%s: no page at %s", name, address)
		}
		if page.Title != fold(post.Title) {
			t.Errorf("%s: title %q, want %q", name, page.Title, post.Title)
		}
		if sayable(post.Published) && !sameSecond(date(t, page.Date), post.Published) {
			t.Errorf("%s: date %s, want %s", name, page.Date, post.Published)
		}
		if want := terms(post.Tags); !slices.Equal(page.Tags, want) {
			t.Errorf("%s: tags %q, want %q", name, page.Tags, want)
		}
	}
}

// lay writes a file below a folder.
func lay(t *testing.T, tree, name, text string) {
	t.Helper()
	full := filepath.Join(tree, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, full, text)
}

// The templates that replant supplies show what their shortcodes are called with.
func TestZolaShowsEmbeds(t *testing.T) {
	t.Parallel()
	sitetest.Zola(t)
	tree := t.TempDir()
	site := &Site{Target: Zola(), Content: "content"}
	for name, e := range embeds {
		for _, how := range []Embeds{Shortcode, Link, InlineHTML} {
			markdown, shortcode := site.Target.Embed(e.embed, how)
			page := fmt.Sprintf("content/%s-%s.md", blog.Slug(name), how)
			lay(t, tree, page, "---\ntitle: x\n---\nbefore\n\n"+markdown+"\n\nafter\n")
			for _, f := range site.Files(os.DirFS(tree), &blog.Post{}, page, []string{shortcode}) {
				lay(t, tree, f.Path, f.Text)
			}
		}
	}
	pages, _ := sitetest.BuildZola(t, tree)
	for address, frame := range map[string]string{
		"/video-shortcode/":                   "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
		"/video-from-a-moment-on-shortcode/":  "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90",
		"/video-that-is-a-number-shortcode/":  "https://www.youtube-nocookie.com/embed/01234567890",
		"/vimeo-shortcode/":                   "https://player.vimeo.com/video/19899678?dnt=1",
		"/pen-html/":                          "https://codepen.io/ada/embed/xYz?a={{ b() }}&c=\"",
		"/video-html/":                        "",
		"/video-with-a-hostile-id-shortcode/": "",
	} {
		if got := look(t, pages[address].Body).frame; got != frame {
			t.Errorf("%s shows a frame of %q, want %q", address, got, frame)
		}
	}
	for name, e := range embeds {
		got := look(t, pages["/"+blog.Slug(name)+"-link/"].Body)
		if e.href != "" && (got.text != e.text || got.frame != "") {
			t.Errorf("%s: as a link it shows %q, want %q", name, got.text, e.text)
		}
	}
}
