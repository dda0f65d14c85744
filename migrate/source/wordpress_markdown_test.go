package source

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/source/wptext"
)

func TestMarkdownIsRecognised(t *testing.T) {
	t.Parallel()
	const html = "<p>One</p>\n\n<ul>\n<li>Two</li>\n</ul>\n\n<pre>a\n\nb</pre>"
	for _, c := range []struct {
		name, key, value  string
		content, filtered string
		want              bool
	}{
		{name: "Jetpack", key: "_wpcom_is_markdown", value: "1", content: "## One", want: true},
		{name: "Jetpack, by a word", key: "_wpcom_is_markdown", value: "true", content: "One\n\n<p>Two</p>", want: true},
		{name: "Jetpack, switched off", key: "_wpcom_is_markdown", value: "", content: "## One"},
		{name: "Markdown on Save", key: "_cws_is_markdown", value: "1", content: "One", want: true},
		{name: "HTML", key: "_wpcom_is_markdown", value: "1", content: html},
		{name: "HTML beside Markdown", key: "_wpcom_is_markdown", value: "1", content: html, filtered: "One", want: true},
		{name: "a picture first", key: "_wpcom_is_markdown", value: "1", content: "<img src=\"a.png\">\n\n<p>One</p>", want: true},
		{name: "blocks", key: "_wpcom_is_markdown", value: "1", content: "<!-- wp:paragraph -->\n<p>One</p>"},
		{name: "nothing says so", content: "## One"},
	} {
		if got := isMarkdown(map[string]string{c.key: c.value}, c.content, c.filtered); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}

// FuzzMarkdownExport asserts that the code of a listing in Markdown is there as it stands,
// whatever is beside it.
func FuzzMarkdownExport(f *testing.F) {
	for _, code := range []string{"<?php echo '<div>';", "[gallery ids=\"1\"]", "[php]x[/php]", "((A note, it is.))", "<pre lang=php>", "&lt;", "*a*\n\n# b"} {
		f.Add(code, "Some *words* and [php]<b>[/php], [x](y)")
	}
	f.Fuzz(func(t *testing.T, code, text string) {
		markdownPost(t, text)
		if !utf8.ValidString(code) || strings.Contains(code, "`") || strings.ContainsFunc(code, func(r rune) bool { return unicode.IsControl(r) && r != '\n' || !unicode.IsPrint(r) && r != '\n' }) {
			return
		}
		if got := markdownPost(t, "```php\n"+code+"\n```\n\n"+text); !strings.Contains(got, strings.Trim(code, "\n ")) {
			t.Errorf("%q is not in %q", code, got)
		}
	})
}

// markdownPost returns the text of the neutral DOM of a post in Markdown.
func markdownPost(t *testing.T, raw string) string {
	t.Helper()
	source, _ := wptext.Expand(extraHTML(raw), (&library{}).shelf("1", nil))
	body, err := clean.Parse(source)
	if err != nil {
		return ""
	}
	return dom.Text(body)
}
