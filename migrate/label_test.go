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
		"content/posts/index.de.md",
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
	} {
		if got := labels.of(page); got != want {
			t.Errorf("%s: %s, want %s", page, got, want)
		}
	}
	if got := newLabels(&ledger.Ledger{}).of("content/a.md"); got != "content/a.md" {
		t.Errorf("without posts: %s", got)
	}
}
