package source

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"replant/migrate/clean"
)

// TestEnrich reads each testdata/enrich/<name>.md, the author's Markdown as the API returns
// it, into what its page is made from, <name>.want.html.
func TestEnrich(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../../testdata/enrich/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			markdown, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			reply, err := json.Marshal(map[string]any{"body_markdown": string(markdown), "tag_list": "a, b", "edited_at": nil})
			if err != nil {
				t.Fatal(err)
			}
			i := foremItem(t)
			if err := i.Enrich(reply); err != nil {
				t.Fatal(err)
			}
			p, err := i.Parse()
			if err != nil {
				t.Fatal(err)
			}
			same(t, strings.TrimSuffix(name, ".md")+".want.html", shown(t, p)+"\n")
		})
	}
}

// foremItem returns an item of a Forem feed.
func foremItem(t *testing.T) *Item {
	t.Helper()
	f, err := Open(strings.NewReader(`<rss version="2.0"><channel><title>DEV Community: Ada</title><link>https://dev.to/ada</link>
<description>The latest articles on DEV Community by Ada (@ada).</description>
<item><title>Trees</title><pubDate>Fri, 01 Mar 2024 07:30:00 +0000</pubDate><link>https://dev.to/ada/trees-1abc</link><guid>https://dev.to/ada/trees-1abc</guid>
<description>&lt;p&gt;What the feed has.&lt;/p&gt;</description></item></channel></rss>`), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, err := range f.Items() {
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	t.Fatal("no item")
	return nil
}

func TestEnrichedFields(t *testing.T) {
	t.Parallel()
	i := foremItem(t)
	if got := i.Article().String(); got != "https://dev.to/api/articles/ada/trees-1abc" {
		t.Errorf("asked %s", got)
	}
	err := i.Enrich([]byte(`{"description":"On trees.","cover_image":"https://media2.dev.to/x/cover.png","canonical_url":"https://ada.example/trees",
"edited_at":"2024-03-02T07:30:00Z","tag_list":["a"],"body_markdown":"---\ntitle: Trees\nseries: \"Green things\"\n---\nWhat the feed has."}`))
	if err != nil {
		t.Fatal(err)
	}
	p := i.Post
	if p.Summary != "On trees." || p.Series != "Green things" || p.Canonical.String() != "https://ada.example/trees" ||
		p.Cover == nil || p.Updated.IsZero() || !strings.Contains(i.body, "<p>What the feed has.</p>") {
		t.Errorf("got %+v, body %s", p, i.body)
	}
	if err := i.Enrich([]byte(`[]`)); err == nil {
		t.Error("a list is no article")
	}
}

func FuzzEnrich(f *testing.F) {
	seed(f, "../../testdata/enrich/*.md")
	f.Fuzz(func(t *testing.T, markdown []byte) {
		html, _ := foremHTML(string(markdown), foremItem(t).Post.URL)
		if _, err := clean.Parse(html); err != nil {
			t.Error(err)
		}
	})
}
