package proof

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// What Zola, which reads pages with pulldown-cmark, shows otherwise than Hugo does with
// goldmark. Beside these, raw HTML shows (see [Style]). All else of what replant writes
// both read alike: the converter's own tests hold it to that with the real programs.

// zolaExtensions leaves out what Zola has not, or not unless a site asks for it: links
// of bare addresses, and definition lists.
var zolaExtensions = []goldmark.Extender{extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote}

// language gives the language of a fence by its first word. For Zola it ends at a comma;
// options follow (https://www.getzola.org/documentation/content/syntax-highlighting/).
func (g Generator) language(info string) string {
	if g == Zola {
		info, _, _ = strings.Cut(info, ",")
	}
	return info
}

var zolaCall = regexp.MustCompile(`(?s)\{([{%])(/\*)?\s*([A-Za-z_]\w*\s*\(.*?\)|end)\s*(?:\*/)?[}%]\}`)

// zolaShows gives what a shortcode of Zola shows; marks of a comment make it text
// (https://www.getzola.org/documentation/content/shortcodes/).
func zolaShows(m []string) (text string, call bool) {
	if m[2] != "" {
		return strings.NewReplacer("/*", "", "*/", "").Replace(m[0]), false
	}
	return m[3], true
}
