package frontmatter

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestTOML(t *testing.T) {
	t.Parallel()
	m := Matter{
		{"title", "Sample: C# & \"quotes\" +++"},
		{"date", time.Date(2024, 1, 2, 3, 4, 5, 6, time.UTC)},
		{"taxonomies", Matter{{"tags", []string{"go", "yes"}}}},
		{"draft", true},
		{"weight", -3},
		{"extra", Matter{{"deep", Matter{{"two words", "a\nb"}}}, {"source", "https://a.example/b"}, {"none", Matter{}}}},
	}
	const want = `+++
title = "Sample: C# & \"quotes\" +++"
date = 2024-01-02T03:04:05Z
draft = true
weight = -3

[taxonomies]
tags = ["go", "yes"]

[extra]
source = "https://a.example/b"

[extra.deep]
"two words" = "a\nb"

[extra.none]
+++
`
	got, err := m.TOML()
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestWhatTOMLCannotSay(t *testing.T) {
	t.Parallel()
	for why, m := range map[string]Matter{
		`field "a": cannot write a <nil>`: {{"a", nil}},
		`field "a": stands twice`:         {{"a", "1"}, {"a", Matter{}}},
		`field "p": field "a": cannot`:    {{"p", Matter{{"a", 1.5}}}},
	} {
		if _, err := m.TOML(); err == nil || !strings.HasPrefix(err.Error(), why) {
			t.Errorf("got %v, want %s", err, why)
		}
	}
}

// What is written in TOML reads back the same, whatever the strings, and no line within
// closes the block in Zola.
func FuzzTOML(f *testing.F) {
	for _, s := range []string{"", "+++", "a\n+++\nb", `"`, `\`, "{{< x >}}", "\x00\x1b\x7f", "\u0085\u2028\ufeff", "🎉", "a.b", "é"} {
		f.Add(s, "key", true)
		f.Add("x", s, false)
	}
	f.Fuzz(func(t *testing.T, s, key string, b bool) {
		s, key = strings.ToValidUTF8(s, "\ufffd"), strings.ToValidUTF8(key, "\ufffd")
		m := Matter{{"s:" + key, s}, {"b", b}, {"l", []string{s, key}}, {"m", Matter{{key, s}}}}
		page, err := m.TOML()
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(page), "\n"), "\n")
		for _, line := range lines[1 : len(lines)-1] {
			if strings.HasSuffix(line, "+++") {
				t.Errorf("a line within ends the block: %q", line)
			}
		}
		got, body, err := Parse(append(page, "text\n"...))
		if err != nil {
			t.Fatalf("%v\n%s", err, page)
		}
		if string(body) != "text\n" || !reflect.DeepEqual(got, m) {
			t.Errorf("got %#v\nand %q\nfrom\n%s", got, body, page)
		}
	})
}
