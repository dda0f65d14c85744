package migrate

import (
	"testing"

	"replant/migrate/ledger"
)

func TestLabels(t *testing.T) {
	t.Parallel()
	l := &ledger.Ledger{}
	for _, page := range []string{
		"content/posts/soup/index.md", "content/posts/stew.md", "content/posts/2024/broth/index.md", "content/posts/both/index.md",
		"content/posts/both.md", "content/notes/soup/index.md", "content/2024/broth/index.md", "content/about/_index.md", "pages/far.md",
		"content/posts/index.de.md", "content/posts/more.md", "content/posts/most.md", "content/posts/2023/all.md",
	} {
		l.Add(&ledger.Entry{Path: page})
	}
	labels := newLabels(l)
	for page, want := range map[string]string{
		"content/posts/soup/index.md":       "soup",
		"content/posts/stew.md":             "stew",
		"content/notes/soup/index.md":       "notes/soup",
		"content/about/_index.md":           "about",
		"content/posts/both/index.md":       "content/posts/both/index.md",
		"content/posts/both.md":             "content/posts/both.md",
		"content/posts/2024/broth/index.md": "content/posts/2024/broth/index.md",
		"content/2024/broth/index.md":       "content/2024/broth/index.md",
		"pages/far.md":                      "pages/far.md",
		"content/posts/index.de.md":         "index.de",
		"content/posts/2023/all.md":         "2023/all",
	} {
		if got := labels.of(page); got != want {
			t.Errorf("%s: %s, want %s", page, got, want)
		}
	}
	halves := &ledger.Ledger{}
	halves.Add(&ledger.Entry{Path: "content/posts/a.md"})
	halves.Add(&ledger.Entry{Path: "content/notes/b.md"})
	if got := newLabels(halves).of("content/posts/a.md"); got != "posts/a" {
		t.Errorf("with two sections alike: %s", got)
	}
	if got := newLabels(&ledger.Ledger{}).of("content/a.md"); got != "content/a.md" {
		t.Errorf("without posts: %s", got)
	}
}
