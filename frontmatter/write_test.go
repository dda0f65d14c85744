package frontmatter

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
	yaml2 "gopkg.in/yaml.v2"
)

func TestYAML(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("", -5*60*60)
	m := Matter{
		{"title", `Sample: C# & "quotes" ---`},
		{"date", time.Date(2024, 1, 2, 3, 4, 5, 678, time.UTC)},
		{"lastmod", time.Date(2025, 1, 2, 3, 4, 5, 0, zone)},
		{"draft", true},
		{"weight", -3},
		{"tags", []string{"go", "yes", "2024", ""}},
		{"aliases", []string{}},
		{"ratio", 2.0},
		{"mixed", []any{1, "a", true, 0.5, []string{"b"}}},
		{"params", Matter{
			{"source", "https://a.example/b"},
			{"true", "a word that YAML takes for another"},
			{"two words", Matter{{"deeper", "still"}}},
			{"none", Matter{}},
		}},
	}
	const want = `---
title: "Sample: C# & \"quotes\" ---"
date: 2024-01-02T03:04:05Z
lastmod: 2025-01-02T03:04:05-05:00
draft: true
weight: -3
tags: ["go", "yes", "2024", ""]
aliases: []
ratio: 2.0
mixed: [1, "a", true, 0.5, ["b"]]
params:
  source: "https://a.example/b"
  "true": "a word that YAML takes for another"
  "two words":
    deeper: "still"
  none: {}
---
`
	got, err := m.YAML()
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestQuoting(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"":                       `""`,
		"é 日本 🎉":                 `"é 日本 🎉"`,
		"a\nb\tc\rd\x00":         `"a\nb\tc\u000Dd\u0000"`,
		`back\slash "quoted"`:    `"back\\slash \"quoted\""`,
		"<b> & {{< x >}} {% y %": `"<b> & {{< x >}} {% y %"`,
		"\x7f\u0085\u009f":       `"\u007F\u0085\u009F"`,
		"\u2028\u2029\ufeff":     `"\u2028\u2029\uFEFF"`,
		"\ufdd0\uffff\U0001fffe": `"\uFDD0\uFFFF\U0001FFFE"`,
		"bad \xff\xc3 bytes":     `"bad �� bytes"`,
	} {
		if got := string(appendQuoted(nil, s)); got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
}

func TestWhatCannotBeWritten(t *testing.T) {
	t.Parallel()
	for why, m := range map[string]Matter{
		`field "a": cannot write NaN`:       {{"a", math.NaN()}},
		`field "a": cannot write a <nil>`:   {{"a", nil}},
		`field "a": cannot write a list of`: {{"a", []any{Matter{}}}},
		`field "a": stands twice`:           {{"a", "1"}, {"a", "2"}},
		`field "p": field "a": cannot`:      {{"p", Matter{{"a", []any{1, nil}}}}},
		`field "date": `:                    {{"date", time.Date(12024, 1, 1, 0, 0, 0, 0, time.UTC)}},
	} {
		_, err := m.YAML()
		if err == nil || !strings.HasPrefix(err.Error(), why) {
			t.Errorf("got %v, want %s", err, why)
		}
	}
}

// What is written reads back the same, here and in other readers, whatever the
// strings; and no line within is one that closes the block in Hugo or Zola.
func FuzzRoundTrip(f *testing.F) {
	for _, s := range []string{
		"", "---", "a\n---\nb", "a: b", "- x", "# x", "'", `"`, `\`, `\u0041`, "{{< x >}}", "foo ---",
		"\x00\x01\x1b\x7f", "\u0085\u2028\ufeff", "\xff", "🎉", "yes", "0x10", "null", "~", "2024-01-02", "\U0010ffff", " pad ",
	} {
		f.Add(s, "key", int64(1704164645), true)
		f.Add("x", s, int64(0), false)
	}
	f.Fuzz(func(t *testing.T, s, key string, unix int64, b bool) {
		if len(key) > 200 {
			return // YAML's keys end at 1,024 characters
		}
		s, key = strings.ToValidUTF8(s, "\ufffd"), strings.ToValidUTF8(key, "\ufffd")
		const lastSecond = 253402300799 // of the year 9999
		when := time.Unix(min(max(unix, 0), lastSecond), 0).UTC()
		m := Matter{{"s:" + key, s}, {"m", Matter{{key, s}, {key + "l", []string{s, key, s}}}}, {"t", when}, {"b", b}, {"n", len(s)}}
		page, err := m.YAML()
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(page), "\n"), "\n")
		for _, line := range lines[1 : len(lines)-1] {
			if strings.HasSuffix(line, "---") {
				t.Errorf("a line within ends the block: %q", line)
			}
		}
		readsBack(t, m, page)
		othersRead(t, m, page)
	})
}

func readsBack(t *testing.T, m Matter, page []byte) {
	t.Helper()
	const text = "---\n\n# Text\n"
	got, body, err := Parse(append(page, text...))
	if err != nil {
		t.Fatalf("%v\n%s", err, page)
	}
	if string(body) != text || !reflect.DeepEqual(got, m) {
		t.Errorf("got %#v\nand %q\nfrom\n%s", got, body, page)
	}
}

// othersRead compares with plain readings by YAML 1.2's and 1.1's most used libraries.
func othersRead(t *testing.T, m Matter, page []byte) {
	t.Helper()
	want := m[0].Value.(string)
	block := strings.TrimSuffix(strings.TrimPrefix(string(page), "---\n"), "---\n")
	var v3, v2 map[string]any
	if err := yaml.Unmarshal([]byte(block), &v3); err != nil {
		t.Fatalf("yaml.v3: %v\n%s", err, block)
	}
	if err := yaml2.Unmarshal([]byte(block), &v2); err != nil {
		t.Fatalf("yaml.v2: %v\n%s", err, block)
	}
	if v3[m[0].Key] != want || v2[m[0].Key] != want {
		t.Errorf("wrote %q; yaml.v3 reads %q, yaml.v2 %q", want, v3[m[0].Key], v2[m[0].Key])
	}
	if len(v3) != len(m) || len(v2) != len(m) {
		t.Errorf("wrote %d fields; yaml.v3 reads %d, yaml.v2 %d", len(m), len(v3), len(v2))
	}
}

func BenchmarkYAML(b *testing.B) {
	m := Matter{
		{"title", "A title of the usual length, with an é"},
		{"date", time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)},
		{"tags", []string{"go", "blog", "hugo", "migration"}},
		{"params", Matter{{"source", "https://a.example/some/post"}, {"guid", "https://a.example/?p=1"}}},
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.YAML(); err != nil {
			b.Fatal(err)
		}
	}
}

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
		`field "p": field "a": cannot`:    {{"p", Matter{{"a", int8(1)}}}},
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
