package source

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// FuzzOpen reads any bytes as a feed, at once and in halves: neither panics or hangs,
// and both give the same.
func FuzzOpen(f *testing.F) {
	seed(f, "../../testdata/feed/*.*")
	f.Fuzz(func(t *testing.T, source []byte) {
		if fast, slow := hashes(Open(bytes.NewReader(source), nil)), hashes(Open(slowly(source, iotest.HalfReader), nil)); fast != slow {
			t.Errorf("at once:\n%s\nin halves:\n%s", fast, slow)
		}
	})
}

// hashes reads a feed to its end, and gives what is to be told of it.
func hashes(f *Feed, err error) string {
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for item, err := range f.Items() {
		if err != nil {
			fmt.Fprintln(&b, err)
			continue
		}
		_, err := item.Parse()
		fmt.Fprintln(&b, item.Hash, item.Post.Slug, err)
	}
	return b.String()
}

func seed(f *testing.F, pattern string) {
	f.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
}
