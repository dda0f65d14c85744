package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// readTree reads all files below a folder, by path. Git's own files do not count.
func readTree(root string) map[string]string {
	files := map[string]string{}
	_ = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, name)
		if d.IsDir() {
			if d.Name() == ".git" {
				return filepath.SkipDir
			}
			return nil
		}
		b, err := os.ReadFile(name)
		files[filepath.ToSlash(rel)] = string(b)
		return err
	})
	return files
}

// treeDiff says where two trees differ; empty where they are the same bytes.
func treeDiff(a, b map[string]string) string {
	var out strings.Builder
	names := maps.Clone(a)
	maps.Copy(names, b)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		x, inA := a[name]
		y, inB := b[name]
		switch {
		case !inB:
			fmt.Fprintf(&out, "%s: only in the first\n", name)
		case !inA:
			fmt.Fprintf(&out, "%s: only in the second\n", name)
		case x != y:
			fmt.Fprintf(&out, "%s differs:\n%.400q\n%.400q\n", name, x, y)
		}
	}
	return out.String()
}
