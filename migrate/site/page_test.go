package site

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"replant/migrate/blog"
)

// fixture is a post as the fixtures spell it: the fields that front matter is made of.
type fixture struct {
	URL, GUID, Canonical string
	Title, Summary       string
	Published, Updated   time.Time
	Draft                bool
	Authors, Tags        []string
	Categories           []string
	Series               string
	Cover                string
	CoverLeads           bool
}

func (f fixture) post(t *testing.T) blog.Post {
	t.Helper()
	return blog.Post{
		URL: address(t, f.URL), GUID: f.GUID, Canonical: address(t, f.Canonical),
		Title: f.Title, Summary: f.Summary, Published: f.Published, Updated: f.Updated, Draft: f.Draft,
		Authors: f.Authors, Tags: f.Tags, Categories: f.Categories, Series: f.Series,
		Cover: address(t, f.Cover), CoverLeads: f.CoverLeads,
	}
}

func address(t *testing.T, s string) *url.URL {
	t.Helper()
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// fixtures gives the posts of a folder by the names of their files.
func fixtures(t *testing.T, dir string) map[string]blog.Post {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures in %s: %v", dir, err)
	}
	posts := map[string]blog.Post{}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var f fixture
		if err := json.Unmarshal(b, &f); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		posts[strings.TrimSuffix(filepath.Base(name), ".json")] = f.post(t)
	}
	return posts
}

// golden compares a text with what a file expects.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		write(t, name, got)
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n got\n%s\nwant\n%s", name, got, want)
	}
}

func date(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
