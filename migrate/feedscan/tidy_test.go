package feedscan

import (
	"strings"
	"testing"
)

// A piece that is taken for tidy is.
func FuzzTidyPieces(f *testing.F) {
	for _, s := range []string{
		"", "a<b c='d'>&amp;&#39;&lt;</b>", "<![CDATA[a & <b> ] ]]>", "<![CDATA[<![CDATA[]]>", "<![CDATA[\x01]]>", "]]>", "]]", "a\u00a0b\u0085c", "\uFFFD\uFFFE", "\r\n", "<!-- a -->", "<!-- ", "<?a?>",
		"&nbsp;&", "&#13;", "&#x80;", "<![CDATA[\u0085\uFFFF]]>", "<![CDATA[", "\xEF\xBB", "\xC2",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		whole := tidier{in: []byte(s)}
		if got := whole.all(); isTidy([]byte(s)) && string(got) != s {
			t.Errorf("%q is taken for tidy, and %q is", s, got)
		}
	})
}

func FuzzBeginAt(f *testing.F) {
	for _, s := range []string{"", "<", "a<![CDATA[b", "![CDATA[<![CDATA[", "<!--", "!--<!--", "<?", "?<?>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, mark := range []string{sectionBegin, "<!--", "<?"} {
			if got, want := beginAt([]byte(s), mark), strings.Index(s, mark); got != want {
				t.Errorf("%q begins in %q at %d, not %d", mark, s, got, want)
			}
		}
	})
}
