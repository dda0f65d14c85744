package sitetest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// zolaVersion is what .ci/zola installs.
const zolaVersion = "0.22.0"

// Zola returns the path of the Zola that .ci/zola has put into the user's cache, else of
// one on the PATH. Without either the test is skipped, but not where CI is set.
func Zola(tb testing.TB) string {
	tb.Helper()
	dir, err := cache("zola-" + zolaVersion)
	if err != nil {
		tb.Fatalf("zola: %v", err)
	}
	if bin := filepath.Join(dir, "zola"); isFile(bin) {
		return bin
	}
	if bin, err := exec.LookPath("zola"); err == nil {
		return bin
	}
	const absent = "no Zola here: .ci/zola installs one"
	if os.Getenv("CI") != "" {
		tb.Fatal(absent)
	}
	tb.Skip(absent)
	return ""
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// Taxonomies is configuration for [BuildZola]: what replant's pages may use.
const Taxonomies = `taxonomies = [{ name = "tags" }, { name = "categories" }, { name = "series" }]`

// BuildZola builds the content, static and templates folders of a tree with the real
// Zola, as [Build] does with Hugo; more is TOML for its configuration.
func BuildZola(tb testing.TB, tree string, more ...string) (pages map[string]Page, public string) {
	tb.Helper()
	bin, site := Zola(tb), tb.TempDir()
	written := layout{"zola", "config.toml", []string{"content", "static", "templates", "data"}}.lay(tb, tree, site, more)
	public = filepath.Join(site, "public")
	cmd := exec.Command(bin, "build", "--drafts", "--output-dir", public)
	cmd.Dir = site
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil || strings.Contains(out.String(), "WARN") {
		tb.Fatalf("zola: %v\n%s", err, &out)
	}
	pages, err := readPages(public)
	if err != nil {
		tb.Fatalf("zola: %v", err)
	}
	if len(pages) != len(written) {
		tb.Fatalf("zola: %d pages built of %d written:\n%s", len(pages), len(written), strings.Join(written, "\n"))
	}
	return pages, public
}
