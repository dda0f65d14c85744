package sitetest

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// tree writes files below a folder of the test: name, content, name, content …
func tree(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i+1 < len(files); i += 2 {
		name := filepath.Join(dir, filepath.FromSlash(files[i]))
		check(t, os.MkdirAll(filepath.Dir(name), 0o755))
		check(t, os.WriteFile(name, []byte(files[i+1]), 0o644))
	}
	return dir
}

const sample = `---
title: "Beds & \"borders\""
date: "2024-01-02T03:04:05Z"
lastmod: "2025-01-02T03:04:05Z"
tags: ["Mulch", "a & b"]
---
"So" ![bed](bed.png)
`

func TestBuildGivesPagesAsReadersGetThem(t *testing.T) {
	t.Parallel()
	pages, public := Build(t, tree(t,
		"content/posts/beds/index.md", sample, "content/posts/beds/bed.png", "picture",
		"content/posts/_index.md", "---\ntitle: Posts\n---\n",
		"content/posts/draft.md", "---\ndraft: true\n---\n",
		"static/images/x.png", "file", ".replant/base/x.md", "not a page",
	), Plain)
	want := Page{
		URL: "/posts/beds/", Title: `Beds & "borders"`, Tags: []string{"Mulch", "a & b"},
		Date: "2024-01-02T03:04:05Z", Lastmod: "2025-01-02T03:04:05Z",
		Body: `<p>&quot;So&quot; <img src="bed.png" alt="bed"></p>`,
	}
	if got := pages["/posts/beds/"]; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got := pages["/posts/draft/"]; got.Date != "0001-01-01T00:00:00Z" || got.Body != "" {
		t.Errorf("a draft without anything is %+v", got)
	}
	for _, name := range []string{"posts/beds/bed.png", "images/x.png"} {
		if _, err := os.Stat(filepath.Join(public, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestBuildRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		files []string
		want  string
	}{
		"an unknown shortcode":    {[]string{"content/a.md", "a {{< nonesuch >}}"}, "nonesuch"},
		"raw HTML":                {[]string{"content/a.md", "a <b>b</b>"}, "Raw HTML omitted"},
		"names differing in case": {[]string{"content/posts/a.md", "x", "content/posts/A.md", "y"}, "1 pages built of 2"},
		"a page that has expired": {[]string{"content/a.md", "---\nexpiryDate: 2001-01-01\n---\n"}, "0 pages built of 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := tree(t, c.files...)
			if got := fatally(t, func(tb testing.TB) { Build(tb, dir) }); !strings.Contains(got, c.want) {
				t.Errorf("the test ended with %q, want %q", got, c.want)
			}
		})
	}
}

// recorder is a test whose end is looked at.
type recorder struct {
	testing.TB
	said string
}

func (r *recorder) Fatalf(format string, a ...any) {
	r.said = fmt.Sprintf(format, a...)
	runtime.Goexit()
}

// fatally returns what a test said when it ended itself, or "" if it did not.
func fatally(t *testing.T, test func(testing.TB)) string {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		test(r)
	}()
	<-done
	return r.said
}

func TestInstallationIsDoneOnce(t *testing.T) {
	t.Parallel()
	first := Hugo(t)
	before, err := os.Stat(first)
	check(t, err)
	again := Hugo(t)
	after, err := os.Stat(again)
	check(t, err)
	if first != again || !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Errorf("%s was put in place again at %s", first, again)
	}
}

func TestBuildOfHugoThatFails(t *testing.T) {
	t.Parallel()
	empty := module{dir: tree(t, "go.mod", "module empty\n\ngo 1.26\n"), version: "v0.0.0"}
	bin := filepath.Join(t.TempDir(), "hugo")
	if err := build(empty, bin); err == nil || !strings.Contains(err.Error(), "v0.0.0") || !strings.Contains(err.Error(), "import lookup disabled") {
		t.Errorf("error %v", err)
	}
	if left, _ := filepath.Glob(bin + "*"); len(left) > 0 {
		t.Errorf("it left %q", left)
	}
}
