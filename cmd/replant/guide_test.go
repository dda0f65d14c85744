package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestGuide follows CONTRIBUTING.md: it lays a platform, a target and an embed of
// testdata/guide.txtar over the module, builds the program, and migrates a feed. Each file
// touched is one that the guide names.
func TestGuide(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program anew")
	}
	archive, err := txtar.ParseFile("../../testdata/guide.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range archive.Files {
		lay(t, filepath.Join(dir, f.Name), f.Data)
	}
	program, site, feed := filepath.Join(dir, "replant"), filepath.Join(dir, "site"), filepath.Join(dir, "feed.xml")
	out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", program, "-overlay", overlay(t, dir, archive), ".").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := func(args ...string) string {
		cmd := exec.Command(program, args...)
		cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return string(out)
	}
	run("-q", "--strict", feed, site)
	made := readTree(site)
	for name := range made {
		if strings.HasPrefix(name, ".replant/") {
			delete(made, name)
		}
	}
	if diff := treeDiff(readTree(filepath.Join(dir, "want")), made); diff != "" {
		t.Error(diff)
	}
	if out := run(feed, site); out != "" {
		t.Errorf("a second run: %s", out)
	}
	if help := run("--help"); !strings.Contains(help, "--target hugo|zola|astro ") {
		t.Errorf("the new target is not among those of --target:\n%s", help)
	}
}

// overlay writes what go build reads files of the module from instead.
func overlay(t *testing.T, dir string, archive *txtar.Archive) (name string) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	replace := map[string]string{}
	for _, f := range archive.Files {
		kind, name, _ := strings.Cut(f.Name, "/")
		switch kind {
		case "edit":
			text, err := os.ReadFile(filepath.Join(root, name))
			if err != nil {
				t.Fatal(err)
			}
			old, more, _ := bytes.Cut(f.Data, []byte("\n"))
			if bytes.Count(text, old) != 1 {
				t.Fatalf("%s: %q stands there %d times", name, old, bytes.Count(text, old))
			}
			lay(t, filepath.Join(dir, f.Name), bytes.Replace(text, old, bytes.TrimSuffix(more, []byte("\n")), 1))
		case "module":
		default:
			continue
		}
		guided(t, kind, name)
		replace[filepath.Join(root, name)] = filepath.Join(dir, f.Name)
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	name = filepath.Join(dir, "overlay.json")
	lay(t, name, text)
	return name
}

// guided checks that CONTRIBUTING.md names a file: as it is, or a new one as NAME.
func guided(t *testing.T, kind, name string) {
	t.Helper()
	guide, err := os.ReadFile("../../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	if kind == "module" {
		name = path.Join(path.Dir(name), "NAME.go")
	}
	if !regexp.MustCompile("`" + regexp.QuoteMeta(name) + "`").Match(guide) {
		t.Errorf("CONTRIBUTING.md does not name %s", name)
	}
}

// lay writes a file and the folders that it lies in.
func lay(t *testing.T, name string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}
