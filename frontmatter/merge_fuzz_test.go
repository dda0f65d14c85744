package frontmatter_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"replant/frontmatter"
)

// Whatever three pages hold, a merge ends without panic, and leaves the body alone.
func FuzzMerge(f *testing.F) {
	names, _ := filepath.Glob("testdata/merge/*.txtar")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		pages := map[string][]byte{}
		for _, file := range a.Files {
			pages[file.Name] = file.Data
		}
		f.Add(pages["base"], pages["mine"], pages["source"])
	}
	f.Fuzz(func(t *testing.T, base, mine, source []byte) {
		b, _, err1 := frontmatter.Parse(base)
		m, body, err2 := frontmatter.Parse(mine)
		s, _, err3 := frontmatter.Parse(source)
		if err1 != nil || err2 != nil || err3 != nil {
			return
		}
		edits, clashes := frontmatter.Merge(b, m, s)
		if len(clashes) > 0 {
			return
		}
		got, err := frontmatter.Rewrite(mine, edits)
		if err == nil && !bytes.HasSuffix(got, body) {
			t.Errorf("the body became %q", got)
		}
	})
}
