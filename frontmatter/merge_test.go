package frontmatter_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"replant/frontmatter"
)

// Each testdata/merge/*.txtar holds three versions of a page and what is wanted: the
// merged page, or the keys that clash, or why it is not edited. A line "-- crlf --" makes
// all of mine and of what is wanted end in CRLF.
func TestMerge(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/merge/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no fixtures", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := merged(t, a)
			want := a.Files[len(a.Files)-1]
			if rewrite() && !bytes.Equal(got, want.Data) {
				a.Files[len(a.Files)-1].Data = got
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if string(got) != string(want.Data) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want.Data)
			}
		})
	}
}

// merged returns what a merge of an archive's files base, mine and source comes to, in
// lines that end as Unix has them.
func merged(t *testing.T, a *txtar.Archive) []byte {
	pages := map[string][]byte{}
	for _, f := range a.Files {
		pages[f.Name] = f.Data
	}
	if _, crlf := pages["crlf"]; crlf {
		pages["mine"] = bytes.ReplaceAll(pages["mine"], []byte("\n"), []byte("\r\n"))
	}
	var matters []frontmatter.Matter
	for _, side := range []string{"base", "mine", "source"} {
		m, _, err := frontmatter.Parse(pages[side])
		if err != nil {
			t.Fatalf("%s: %v", side, err)
		}
		matters = append(matters, m)
	}
	edits, clashes := frontmatter.Merge(matters[0], matters[1], matters[2])
	if len(clashes) > 0 {
		return []byte("clash " + strings.Join(clashes, " ") + "\n")
	}
	got, err := frontmatter.Rewrite(pages["mine"], edits)
	if err != nil {
		return []byte(err.Error() + "\n")
	}
	if _, crlf := pages["crlf"]; crlf {
		if n := bytes.Count(got, []byte("\n")); n != bytes.Count(got, []byte("\r\n")) {
			t.Errorf("line endings are mixed: %q", got)
		}
		got = bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n"))
	}
	return got
}

// What is merged once needs no edit again, and a byte order mark stays.
func TestMergeIsStable(t *testing.T) {
	t.Parallel()
	base := []byte("---\ntitle: \"A\"\n---\n\nText.\n")
	source := []byte("---\ntitle: \"B\"\n---\n\nText.\n")
	mine := slices.Concat([]byte("\ufeff"), base)
	b, _, _ := frontmatter.Parse(base)
	s, _, _ := frontmatter.Parse(source)
	m, _, _ := frontmatter.Parse(mine)
	edits, _ := frontmatter.Merge(b, m, s)
	got, err := frontmatter.Rewrite(mine, edits)
	if want := "\ufeff" + string(source); err != nil || string(got) != want {
		t.Fatalf("got %q, %v, not %q", got, err, want)
	}
	m, _, _ = frontmatter.Parse(got)
	if edits, clashes := frontmatter.Merge(b, m, s); len(edits)+len(clashes) > 0 {
		t.Errorf("again: %v, %v", edits, clashes)
	}
}

// rewrite reports whether the tests were asked to rewrite what they expect.
func rewrite() bool { return flag.Lookup("update").Value.String() == "true" }

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
