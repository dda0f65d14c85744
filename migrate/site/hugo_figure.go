package site

import (
	"io/fs"
	"path"
	"strings"

	"replant/migrate/blog"
)

// hugoFigure calls the shortcode that Hugo brings along for pictures
// (https://gohugo.io/shortcodes/figure/). It is empty for one whose words the call has no
// way to quote.
func hugoFigure(p blog.Picture) string {
	call, ok := hugoCall("figure", []parameter{
		{"src", p.Src}, {"alt", p.Alt}, {"caption", p.Caption}, {"width", p.Width}, {"height", p.Height}, {"link", p.Link},
	})
	if !ok {
		return ""
	}
	return call + " >}}"
}

// quoteParameter quotes a shortcode's parameter: raw where there is a quotation mark or a
// backslash in it, which Hugo would take for an escape.
func quoteParameter(s string) (quoted string, ok bool) {
	switch {
	case strings.ContainsAny(s, "\n\r") || strings.Contains(s, "{{") || strings.Contains(s, "}}") ||
		strings.Contains(s, placeholder) || strings.Contains(s, divider):
		return "", false
	case !strings.ContainsAny(s, `"\`):
		return `"` + s + `"`, true
	case !strings.Contains(s, "`"):
		return "`" + s + "`", true
	}
	return "", false
}

// hugoDetails calls the shortcode that Hugo has for what a reader unfolds since its version
// 0.140 (https://gohugo.io/shortcodes/details/). It reads what is in it as a page of its own
// once more: there must be nothing that looks like a shortcode, not even one that is shown.
func hugoDetails(d blog.Details) string {
	call, ok := hugoCall("details", []parameter{{"summary", d.Summary}})
	if !ok || d.Body == "" || hugoMark().MatchString(d.Body) {
		return ""
	}
	if d.Open {
		call += " open=true"
	}
	return call + " >}}\n\n" + d.Body + "\n\n{{< /details >}}"
}

// overrides are the shortcodes of a site or its theme that stand in the place of Hugo's own
// and do not take what those take.
type overrides struct {
	caption bool // a figure without captions
	details bool // details without a summary
}

func hugoOverrides(fsys fs.FS, layouts, theme string) overrides {
	figure, details := hugoShortcodeText(fsys, layouts, theme, "figure"), hugoShortcodeText(fsys, layouts, theme, "details")
	return overrides{
		caption: figure != "" && !strings.Contains(figure, "caption"),
		details: details != "" && !strings.Contains(details, `"summary"`),
	}
}

// hugoShortcodeText returns the template of a shortcode that a site or the folder of its theme has; empty
// where Hugo's own stands. Before version 0.146 their folder had no underscore.
func hugoShortcodeText(fsys fs.FS, own, theme, name string) string {
	for _, layouts := range []string{own, path.Join(theme, "layouts")} {
		for _, folder := range []string{"_shortcodes", "shortcodes"} {
			text, err := fs.ReadFile(fsys, path.Join(layouts, folder, name+".html"))
			if err == nil && layouts != "" && len(text) > 0 {
				return string(text)
			}
		}
	}
	return ""
}

// figure returns a call for pictures, without those that a site's own figure has no place for.
func (o overrides) figure(call func(blog.Picture) string) func(blog.Picture) string {
	if !o.caption || call == nil {
		return call
	}
	return func(p blog.Picture) string {
		if p.Caption != "" {
			return ""
		}
		return call(p)
	}
}
