package site

import (
	"strings"

	"replant/migrate/blog"
)

// hugoFigure calls the shortcode that Hugo brings along for pictures
// (https://gohugo.io/shortcodes/figure/). It is empty for one whose words the call has no
// way to quote.
func hugoFigure(p blog.Picture) string {
	var b strings.Builder
	b.WriteString("{{< figure")
	for _, a := range []struct{ key, value string }{
		{"src", p.Src}, {"alt", p.Alt}, {"width", p.Width}, {"height", p.Height}, {"link", p.Link},
	} {
		if a.value == "" {
			continue
		}
		quoted, ok := quoteParameter(a.value)
		if !ok {
			return ""
		}
		b.WriteString(" " + a.key + "=" + quoted)
	}
	b.WriteString(" >}}")
	return b.String()
}

// quoteParameter quotes a shortcode's parameter: raw where there is a quotation mark or a
// backslash in it, which Hugo would take for an escape.
func quoteParameter(s string) (quoted string, ok bool) {
	switch {
	case strings.ContainsAny(s, "\n\r") || strings.Contains(s, "{{") || strings.Contains(s, "}}") || strings.Contains(s, placeholder):
		return "", false
	case !strings.ContainsAny(s, `"\`):
		return `"` + s + `"`, true
	case !strings.Contains(s, "`"):
		return "`" + s + "`", true
	}
	return "", false
}
