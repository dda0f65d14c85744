package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"replant/migrate/site"
	"replant/migrate/site/sitetest"
)

// A new site builds as it is, and with the demo's posts in it, without a warning; what is
// shown is the posts, with their pictures, in lists and by themselves.
func TestNewSiteBuilds(t *testing.T) {
	t.Parallel()
	for target, build := range map[string]func(testing.TB, string){"hugo": buildHugo, "zola": buildZola} {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "my-garden")
			if out, err := replant(t, dir, "new", "--target", target, dir); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			build(t, dir)
			built(t, dir, "index.html", "My garden</title>", "There is no post yet.")
			out, err := replant(t, dir, "../../testdata/demo/feed.xml", dir)
			if err != nil || strings.Contains(out, "no configuration") || strings.Contains(out, "without") {
				t.Fatalf("%v\n%s", err, out)
			}
			cover(t, filepath.Join(dir, "content", "posts", "hello-bed"), target)
			build(t, dir)
			built(t, dir, "index.html", "Watering by numbers</a>", "Hello, bed</a>", "This blog begins with a spade", "posts/hello-bed/plan.png")
			built(t, dir, "posts/hello-bed/index.html", "<h1>Hello, bed</h1>", "posts/hello-bed/plan.png", "Ida Garden", "/tags/gardening/")
			built(t, dir, "posts/watering-by-numbers/index.html", "bed-plan.png", "<table>", "rel=\"prev\"")
			built(t, dir, "tags/index.html", "gardening")
			built(t, dir, "tags/gardening/index.html", "Seedlings &gt;&gt; supermarket</a>")
			built(t, dir, "style.css", "color-scheme")
		})
	}
}

// cover gives a post of the demo a cover, as pages of other feeds have it.
func cover(t *testing.T, post, target string) {
	t.Helper()
	name := filepath.Join(post, "index.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	with := strings.Replace(string(text), "date:", "images: [\"plan.png\"]\ndate:", 1)
	if target == "zola" {
		with = strings.Replace(string(text), "extra:\n", "extra:\n  cover: \"plan.png\"\n", 1)
	}
	picture, err := os.ReadFile("../../testdata/demo/pictures/bed-plan.png")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(with), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(post, "plan.png"), picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

func buildHugo(tb testing.TB, dir string) {
	tb.Helper()
	cmd := exec.Command(sitetest.Hugo(tb), "--source", dir, "--cacheDir", filepath.Join(dir, ".cache"), "--panicOnWarning", "--printPathWarnings")
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "HUGO") })
	if out, err := cmd.CombinedOutput(); err != nil {
		tb.Fatalf("hugo: %v\n%s", err, out)
	}
}

func buildZola(tb testing.TB, dir string) {
	tb.Helper()
	bin := sitetest.Zola(tb)
	out, err := exec.Command(bin, "--root", dir, "build", "--force").CombinedOutput()
	if err != nil || strings.Contains(string(out), "WARN") {
		tb.Fatalf("zola: %v\n%s", err, out)
	}
}

// built checks that a file of the built site holds texts.
func built(t *testing.T, dir, name string, texts ...string) {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(dir, "public", filepath.FromSlash(name)))
	if err != nil {
		t.Error(err)
		return
	}
	for _, text := range texts {
		if !strings.Contains(string(page), text) {
			t.Errorf("%s does not hold %s:\n%s", name, text, page)
		}
	}
}

// Each theme whose keys replant knows can be asked for, for the generator that it is for.
func TestThemesHaveTheirPlaces(t *testing.T) {
	t.Parallel()
	var names []string
	for _, s := range themeSources {
		names = append(names, s.name)
		o := newOp{newOptions()}
		o.site, o.form.Theme = t.TempDir(), s.name
		start, err := o.starter()
		if err != nil || start.target != s.target {
			t.Errorf("%s: %+v, %v", s.name, start, err)
		}
	}
	if want := site.Themes(); !slices.Equal(names, want) {
		t.Errorf("themes are %q, want %q", names, want)
	}
}
