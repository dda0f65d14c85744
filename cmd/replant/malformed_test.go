package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMalformed reads every file of testdata/malformed, each into a site of its own, and
// compares what comes of it with the table beside them: the exit code, the number of
// pages, and what is said, the file's name aside. Nothing is written outside the site.
func TestMalformed(t *testing.T) {
	t.Parallel()
	const dir, table = "../../testdata/malformed", "../../testdata/malformed.txt"
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, f := range files {
		fmt.Fprintln(&got, malformed(t, filepath.Join(dir, f.Name())))
	}
	if *update {
		if err := os.WriteFile(table, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// malformed returns a file's line of the table, and of each further line that is said.
func malformed(t *testing.T, feed string) string {
	t.Helper()
	name, folder := filepath.Base(feed), t.TempDir()
	cmd := replantCmd(filepath.Join(folder, "site"), "--images", "remote", feed, filepath.Join(folder, "site"))
	var said strings.Builder
	cmd.Stderr = &said
	code := 0
	if err := cmd.Run(); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			t.Fatal(err)
		}
		code = exit.ExitCode()
	}
	full, err := filepath.Abs(feed)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(strings.NewReplacer(full, "FEED", feed, "FEED").Replace(said.String())) {
		if !strings.HasPrefix(line, "replant: site: ") { // which says the same for each
			lines = append(lines, strings.TrimRight(line, "\n"))
		}
	}
	return strings.TrimSpace(fmt.Sprintf("%-28s %d  %d pages  %s", name, code, pages(t, folder), strings.Join(lines, "\n    ")))
}

// pages counts the pages of the one site in a folder, and looks that nothing else is there.
func pages(t *testing.T, folder string) (n int) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, _ fs.DirEntry, err error) error {
		top, _, _ := strings.Cut(name, "/")
		switch {
		case err != nil:
			return err
		case top != "." && top != "site" && top != "site.cache":
			t.Errorf("%s lies beside the site", name)
		case strings.HasPrefix(name, "site/content/") && strings.HasSuffix(name, "/index.md"):
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
