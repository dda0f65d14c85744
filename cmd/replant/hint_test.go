package main

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestFullDiskIsNamedWhereItIsTheCaches(t *testing.T) {
	base := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", base)
	for path, want := range map[string]bool{
		filepath.Join(base, "replant", "http", "x"): true,
		"/srv/blog/content/posts/x/index.md":        false,
	} {
		err := fmt.Errorf("feed: %w", &fs.PathError{Op: "write", Path: path, Err: syscall.ENOSPC})
		if hint := hintOf(err); strings.Contains(hint, "XDG_CACHE_HOME") != want || !strings.HasPrefix(hint, "make room") {
			t.Errorf("%s: hint %q", path, hint)
		}
	}
}
