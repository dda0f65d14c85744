package merge_test

import (
	"strings"
	"testing"

	"replant/migrate/merge"
)

// plain compares lines but for backslashes.
func plain(a, b []byte) bool {
	return strings.ReplaceAll(string(a), `\`, "") == strings.ReplaceAll(string(b), `\`, "")
}

func TestInForm(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ base, text, want string }{
		"equal":             {"a\n\nb\n", "a\n\nb\n", "a\n\nb\n"},
		"another spelling":  {"a\\_b\n\nc\n", "a_b\n\nd\n", "a\\_b\n\nd\n"},
		"another text":      {"*a*\n", "**a**\n", "**a**\n"},
		"a new line":        {"a\\_b\n\nc\\_d\n", "a_b\n\nnew\n\nc_d\n", "a\\_b\n\nnew\n\nc\\_d\n"},
		"a line is gone":    {"a\\_b\n\nold\n\nc\\_d\n", "a_b\n\nc_d\n", "a\\_b\n\nc\\_d\n"},
		"a list gets tight": {"- one\n\n- two\n\n- three\n\nx\n", "- one\n- two\n- four\n\nx\n", "- one\n\n- two\n- four\n\nx\n"},
		"a list gets loose": {"1. one\n2. two\n", "1. one\n\n2. two\n", "1. one\n2. two\n"},
		"paragraphs part":   {"one\ntwo\n", "one\n\ntwo\n", "one\n\ntwo\n"},
		"code":              {"```\na\\_b\n\n\nc\n```\n", "```\na_b\n\nc\n```\n", "```\na_b\n\nc\n```\n"},
		"code in an item":   {"- x\n  ```\n  a\\_b\n  ```\n- c\\_d\n", "- x\n  ```\n  a_b\n  ```\n- c_d\n", "- x\n  ```\n  a_b\n  ```\n- c\\_d\n"},
		"moved in":          {"- a\\_b\n", "  - a_b\n", "  - a_b\n"},
		"nothing before":    {"", "a\n", "a\n"},
		"nothing now":       {"a\n", "", ""},
		"no line end":       {"\na\\_b", "\na_b", "\na\\_b"},
	} {
		if got := string(merge.InForm([]byte(c.base), []byte(c.text), plain)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// FuzzInForm asserts that only the spelling of lines and the empty lines between items change.
func FuzzInForm(f *testing.F) {
	f.Add("a\\_b\n\n- c\n\n- d\n", "a_b\n- c\n- d\n")
	f.Add("```\na\n", "- ```\n  a\n")
	f.Fuzz(func(t *testing.T, base, text string) {
		got := string(merge.InForm([]byte(base), []byte(text), plain))
		if a, b := squeezed(got), squeezed(text); a != b {
			t.Errorf("got %q from %q and %q", got, base, text)
		}
		if again := string(merge.InForm([]byte(text), []byte(text), plain)); again != text {
			t.Errorf("%q in its own form is %q", text, again)
		}
	})
}

func squeezed(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, `\`, "")), " ")
}
