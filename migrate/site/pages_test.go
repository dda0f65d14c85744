package site

import (
	"slices"
	"testing"
	"testing/fstest"
)

func TestPages(t *testing.T) {
	t.Parallel()
	page := &fstest.MapFile{Data: []byte("text")}
	tree := fstest.MapFS{
		"hugo.toml":        {Data: []byte("[languages.en]\ncontentDir = 'content/english'\n[languages.de]\ncontentDir = 'deutsch'\n[languages.fr]\n")},
		"content/loose.md": page, "content/english/posts/_index.md": page, "content/english/posts/a/index.md": page,
		"content/english/posts/a/pic.png": page, "content/english/b.markdown": page,
		"deutsch/posts/a/index.md": page, "docs/other.md": page,
	}
	s, err := Find(tree, "")
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Collect(s.Pages(tree))
	want := []string{"content/english/b.markdown", "content/english/posts/a/index.md", "content/loose.md", "deutsch/posts/a/index.md"}
	if !slices.Equal(got, want) {
		t.Errorf("pages are %q, not %q", got, want)
	}
	for range s.Pages(tree) {
		break
	}
	if got := s.At("deutsch/posts/a/index.de.md"); got.Assets != "deutsch/posts/a" || got.Prefix != "" {
		t.Errorf("a translation's bundle is %+v", got)
	}
}
