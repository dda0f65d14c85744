package source

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	gfm "github.com/yuin/goldmark/extension"
	render "github.com/yuin/goldmark/renderer/html"
	xhtml "golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
)

// foremMarkdown reads what Forem's authors write: line ends are breaks, and HTML passes.
var foremMarkdown = goldmark.New(
	goldmark.WithExtensions(gfm.GFM, gfm.Footnote),
	goldmark.WithRendererOptions(render.WithHardWraps(), render.WithUnsafe()))

// foremHTML makes HTML of an author's Markdown, its Liquid tags translated, and tells
// which are left as text. Posts and people that it names by their paths are on the host
// of the post.
func foremHTML(text string, post *url.URL) (html string, losses []string) {
	l := &liquid{host: post.Scheme + "://" + post.Host}
	text = outsideCode(runkit.ReplaceAllString(text, "\n\n```javascript\n$1\n```\n\n"), l.translate)
	var b bytes.Buffer
	if err := foremMarkdown.Convert([]byte(text), &b); err != nil {
		return "", []string{"the author's Markdown: " + err.Error()} // a buffer takes all
	}
	return b.String(), l.losses
}

var (
	fence = regexp.MustCompile("^ {0,3}(?:[-*>] *|\\d+[.)] *)*(`{3,}|~{3,})")
	span  = regexp.MustCompile("(?s)(`+)[^`].*?[^`]`+|`[^`\n]`")
)

// outsideCode changes a text where it is not code: Forem runs nothing in code either.
func outsideCode(text string, change func(string) string) string {
	var out, run strings.Builder
	flush := func() {
		out.WriteString(outsideSpans(run.String(), change))
		run.Reset()
	}
	open := ""
	for line := range strings.Lines(text) {
		m := fence.FindStringSubmatch(line)
		switch {
		case open == "" && m != nil:
			flush()
			open = m[1]
			out.WriteString(line)
		case open != "":
			out.WriteString(line)
			if m != nil && m[1][0] == open[0] && len(m[1]) >= len(open) && strings.Trim(line, " \t>`~\r\n") == "" {
				open = ""
			}
		default:
			run.WriteString(line)
		}
	}
	flush()
	return out.String()
}

// outsideSpans changes a text without blocks of code where it is no code span.
func outsideSpans(text string, change func(string) string) string {
	var out strings.Builder
	end := 0
	for _, at := range span.FindAllStringIndex(text, -1) {
		if strings.Contains(text[at[0]:at[1]], "\n\n") {
			continue // two ticks in two paragraphs
		}
		out.WriteString(change(text[end:at[0]]) + text[at[0]:at[1]])
		end = at[1]
	}
	return out.String() + change(text[end:])
}

// runkit is a program that its readers could run.
var runkit = regexp.MustCompile(`(?s)\{%-?\s*runkit\s*-?%\}\s*?\n?(.*?)\s*\{%-?\s*endrunkit\s*-?%\}`)

// liquid translates Liquid tags.
type liquid struct {
	host   string
	losses []string
}

var liquidTag = regexp.MustCompile(`(?m)(^[ \t]*)?\{%-?\s*(\w+)([^%]*(?:%[^}%][^%]*)*?)-?%\}([ \t]*$)?`)

// translate puts HTML where tags stand. One that has a line of its own becomes a block.
func (l *liquid) translate(text string) string {
	var out strings.Builder
	missing := map[string]bool{} // end tags
	for text != "" {
		m := liquidTag.FindStringSubmatchIndex(text)
		if m == nil {
			break
		}
		name, arg := text[m[4]:m[5]], strings.TrimSpace(html.UnescapeString(text[m[6]:m[7]]))
		rest, inner := text[m[1]:], ""
		if end := closers[name]; end != nil && !missing[name] {
			at := end.FindStringIndex(rest)
			if missing[name] = at == nil; at != nil {
				inner, rest = rest[:at[0]], rest[at[1]:]
			}
		}
		spelled, ok := l.spell(name, arg, inner)
		if !ok {
			l.leave(name)
			spelled = html.EscapeString(text[m[0]:m[1]])
		} else if m[2] >= 0 && m[8] >= 0 {
			spelled = "\n\n" + text[m[2]:m[3]] + spelled + "\n\n"
		}
		out.WriteString(text[:m[0]] + spelled)
		text = rest
	}
	return out.String() + text
}

func (l *liquid) leave(name string) {
	if loss := fmt.Sprintf("the Liquid tag %q is left as text", name); !slices.Contains(l.losses, loss) {
		l.losses = append(l.losses, loss)
	}
}

// closers end the tags whose insides are not Markdown.
var closers = map[string]*regexp.Regexp{
	"katex": regexp.MustCompile(`\{%-?\s*endkatex\s*-?%\}`),
	"raw":   regexp.MustCompile(`\{%-?\s*endraw\s*-?%\}`),
	"cta":   regexp.MustCompile(`\{%-?\s*endcta\s*-?%\}`),
}

// spell gives a tag as HTML within Markdown; false for one that is not known. The two
// tags around Markdown, in which code may stand, are spelled each by itself.
func (l *liquid) spell(name, arg, inner string) (string, bool) {
	switch name {
	case "raw":
		return inner, true
	case "katex":
		return formula(inner, !strings.Contains(arg, "inline")), true
	case "details", "collapsible", "spoiler":
		return "<details><summary>" + html.EscapeString(arg) + "</summary>", true
	case "enddetails", "endcollapsible", "endspoiler":
		return "</details>", true
	case "cta":
		return thingTag(arg, blog.OneLine(inner)), blog.IsWeb(arg)
	case "endraw", "user_subscription", "row", "endrow", "col", "endcol", "slides", "endslides":
		return "", true
	}
	at := liquidAddress(name, arg)
	if path, ok := strings.CutPrefix(at, "https://dev.to/"); ok && !blog.IsWeb(arg) {
		at = l.host + "/" + path
	}
	return thingTag(at, ""), at != ""
}

// formula writes TeX so that no Markdown is read in it.
func formula(tex string, block bool) string {
	var b strings.Builder
	for _, r := range blog.OneLine(tex) {
		if blog.IsAlphanumeric(r) || r == ' ' {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	if block {
		return `<div class="math display">&#92;[` + b.String() + "&#92;]</div>"
	}
	return `<span class="math inline">&#92;(` + b.String() + "&#92;)</span>"
}

// liquidClass marks where a thing from elsewhere stands.
const liquidClass = "replant-liquid"

func thingTag(at, title string) string {
	return fmt.Sprintf(`<div class="%s" data-url="%s" title="%s"></div>`, liquidClass, html.EscapeString(at), html.EscapeString(title))
}

// liquidThings makes embeds of the marks that [foremHTML] left.
func liquidThings(body *xhtml.Node) {
	for _, n := range dom.Find(body, dom.Class(liquidClass)) {
		if u := blog.Resolve(nil, dom.Attr(n, "data-url")); u != nil {
			e := clean.ThingAt(u)
			e.Title = blog.OneLine(dom.Attr(n, "title"))
			clean.Replace(n, clean.Frame, e.Node())
		}
	}
}
