package site

import (
	"encoding/csv"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"replant/migrate/site/sitetest"
)

// TestHugoAgrees asks the real Hugo, for each configuration that Find reads, whether
// it publishes what stands where Find says that pages go, and under which path.
func TestHugoAgrees(t *testing.T) {
	t.Parallel()
	bin := sitetest.Hugo(t)
	for name, c := range sites {
		if c.want.target == "zola" || beyondHugo[name] {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := Find(c.files, "")
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := os.CopyFS(dir, c.files); err != nil {
				t.Fatal(err)
			}
			page := filepath.FromSlash(s.Place("posts", "sample", Bundle).Page)
			if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, page)), 0o755); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, page), "---\ntitle: Sample\ndate: 2024-01-02\n---\n")
			got := published(t, bin, dir)
			if want := s.Base + "posts/sample/"; !slices.Contains(got, want) {
				t.Errorf("%s is published as %q, want %q", page, got, want)
			}
		})
	}
}

// beyondHugo are configurations that replant takes for what they mean, and that Hugo
// on this system takes otherwise or not at all.
var beyondHugo = map[string]bool{
	"configuration folder": true, // one of its files, none of ours, is broken
	"no host":              true, // Hugo joins the address to every path
	"Windows":              true,
}

// published gives the paths at which Hugo publishes a site's pages.
func published(t *testing.T, bin, dir string) (paths []string) {
	t.Helper()
	cmd := exec.Command(bin, "list", "all", "--source", dir)
	cmd.Env = append(os.Environ(), "HUGO_CACHEDIR="+filepath.Join(dir, ".cache"))
	var trouble strings.Builder
	cmd.Stderr = &trouble
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("hugo list all: %v\n%s", err, &trouble)
	}
	rows, err := csv.NewReader(strings.NewReader(string(out))).ReadAll()
	if err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	column := slices.Index(rows[0], "permalink")
	for _, row := range rows[1:] {
		u, err := url.Parse(row[column])
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, u.EscapedPath())
	}
	return paths
}
