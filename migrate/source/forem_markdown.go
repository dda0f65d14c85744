package source

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/yuin/goldmark"
	gfm "github.com/yuin/goldmark/extension"
	render "github.com/yuin/goldmark/renderer/html"
	xhtml "golang.org/x/net/html"

	"replant/migrate/blog"
	"replant/migrate/clean"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// Article returns the address at which the platform's public API has a post as its author
// wrote it, or nil where there is none. Forem's needs no key (/api/articles/{user}/{slug}).
func (i *Item) Article() *url.URL {
	u := i.Post.URL
	if i.dialect != forem || u == nil || strings.Count(strings.Trim(u.Path, "/"), "/") != 1 {
		return nil
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/api/articles/" + strings.Trim(u.Path, "/")}
}

// article is a post as the API returns it, as far as it is used.
type article struct {
	Description string `json:"description"`
	Cover       string `json:"cover_image"`
	Canonical   string `json:"canonical_url"`
	Edited      string `json:"edited_at"`
	Markdown    string `json:"body_markdown"`
}

// Enrich adds to a post what the API's reply says of it, before it is parsed. Where the
// feed has lost something of the text, the author's own Markdown takes its place.
func (i *Item) Enrich(reply []byte) error {
	var a article
	if err := json.Unmarshal(reply, &a); err != nil {
		return fmt.Errorf("not an article: %w", err)
	}
	matter, text := ownMatter(a.Markdown)
	p := &i.Post
	if s := blog.OneLine(cmp.Or(a.Description, matter["description"])); !begins(opening(i.body, 2*summaryMost), s) {
		p.Summary = s
	}
	if cover := blog.Resolve(p.URL, cmp.Or(a.Cover, matter["cover_image"])); cover != nil {
		p.Cover = cover
	}
	if canonical := blog.Resolve(nil, cmp.Or(a.Canonical, matter["canonical_url"])); canonical != nil && bareURL(canonical) != bareURL(p.URL) {
		p.Canonical = canonical
	}
	if series := blog.OneLine(matter["series"]); series != "" {
		p.Series = series
	}
	if edited, err := time.Parse(time.RFC3339, a.Edited); err == nil && edited.After(p.Published) {
		p.Updated = edited
	}
	if lossy(text) {
		html, losses := foremHTML(text, p.URL)
		i.body, i.markdown, p.Losses = html, text, append(p.Losses, losses...)
	}
	return nil
}

// ownMatter takes the front matter off an author's Markdown: lines of key and value.
func ownMatter(markdown string) (matter map[string]string, text string) {
	matter, text = map[string]string{}, strings.ReplaceAll(markdown, "\r\n", "\n")
	head, rest, ok := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---")
	if !ok || !strings.HasPrefix(text, "---\n") {
		return matter, text
	}
	for line := range strings.SplitSeq(head, "\n") {
		if key, value, ok := strings.Cut(line, ":"); ok {
			matter[strings.TrimSpace(key)] = strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}
	_, rest, _ = strings.Cut(rest, "\n")
	return matter, rest
}

// lost is what Forem's feed leaves out of a text or takes the tags off
// (FeedMarkdownScrubber), as it stands in Markdown.
var lost = regex.Lazy(`(?im)\{%-?\s*(?:gist|details|collapsible|spoiler|katex|asciinema|runkit|codepen|quotes?)\b|` +
	`<(?:details|summary|figure|figcaption|video|audio|kbd|mark|abbr|u|ins|s|ruby|hr)\b|\[\^[^\]\n]+\]|\]\(#|^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$`)

// lossy reports whether a text has anything of the kind, outside of its code.
func lossy(text string) bool {
	found := false
	outsideCode(text, func(s string) string {
		found = found || lost().MatchString(s)
		return s
	})
	return found
}

// foremMarkdown reads what Forem's authors write: line ends are breaks, and HTML passes.
var foremMarkdown = goldmark.New(
	goldmark.WithExtensions(gfm.GFM, gfm.Footnote),
	goldmark.WithRendererOptions(render.WithHardWraps(), render.WithUnsafe()))

// foremHTML makes HTML of an author's Markdown, its Liquid tags translated, and reports
// which are left as text. Posts and people that it names by their paths are on the host
// of the post.
func foremHTML(text string, post *url.URL) (html string, losses []string) {
	l := &liquid{host: post.Scheme + "://" + post.Host}
	text = outsideCode(runkit().ReplaceAllString(text, "\n\n```javascript\n$1\n```\n\n"), l.translate)
	var b bytes.Buffer
	if err := foremMarkdown.Convert([]byte(text), &b); err != nil {
		return "", []string{"the author's Markdown: " + err.Error()} // a buffer takes all
	}
	return b.String(), l.losses
}

var (
	fence = regex.Lazy("^ {0,3}(?:[-*>] *|\\d+[.)] *)*(`{3,}|~{3,})")
	span  = regex.Lazy("(?s)(`+)[^`].*?[^`]`+|`[^`\n]`")
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
		m := fence().FindStringSubmatch(line)
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
	for _, at := range span().FindAllStringIndex(text, -1) {
		if strings.Contains(text[at[0]:at[1]], "\n\n") {
			continue // two ticks in two paragraphs
		}
		out.WriteString(change(text[end:at[0]]) + text[at[0]:at[1]])
		end = at[1]
	}
	return out.String() + change(text[end:])
}

// runkit is a program that its readers could run.
var runkit = regex.Lazy(`(?s)\{%-?\s*runkit\s*-?%\}\s*?\n?(.*?)\s*\{%-?\s*endrunkit\s*-?%\}`)

// liquid translates Liquid tags.
type liquid struct {
	host   string
	losses []string
}

var liquidTag = regex.Lazy(`(?m)(^[ \t]*)?\{%-?\s*(\w+)([^%]*(?:%[^}%][^%]*)*?)-?%\}([ \t]*$)?`)

// translate puts HTML where tags stand. One that has a line of its own becomes a block.
func (l *liquid) translate(text string) string {
	var out strings.Builder
	missing := map[string]bool{} // end tags
	for text != "" {
		m := liquidTag().FindStringSubmatchIndex(text)
		if m == nil {
			break
		}
		name, arg := text[m[4]:m[5]], strings.TrimSpace(html.UnescapeString(text[m[6]:m[7]]))
		rest, inner := text[m[1]:], ""
		if end := closers[name]; end != nil && !missing[name] {
			at := end().FindStringIndex(rest)
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
var closers = map[string]func() *regexp.Regexp{
	"katex": regex.Lazy(`\{%-?\s*endkatex\s*-?%\}`),
	"raw":   regex.Lazy(`\{%-?\s*endraw\s*-?%\}`),
	"cta":   regex.Lazy(`\{%-?\s*endcta\s*-?%\}`),
}

// spell returns a tag as HTML within Markdown; false for one that is not known. The two
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

// liquidPages are the addresses of the things that Liquid tags name by an id, which
// stands in the place of the star (forem/forem, app/liquid_tags). Tags that take an
// address alone need none.
var liquidPages = map[string]string{
	"embed": "", "youtube": "https://www.youtube.com/watch?v=*", "vimeo": "https://vimeo.com/*",
	"twitter": "https://twitter.com/i/status/*", "tweet": "https://twitter.com/i/status/*", "x": "https://twitter.com/i/status/*",
	"gist": "https://gist.github.com/*", "github": "https://github.com/*", "gitpitch": "", "emgithub": "",
	"codepen": "https://codepen.io/*", "codesandbox": "https://codesandbox.io/s/*", "stackblitz": "https://stackblitz.com/edit/*",
	"replit": "https://replit.com/*", "glitch": "https://glitch.com/edit/#!/*", "jsfiddle": "https://jsfiddle.net/*",
	"jsitor": "https://jsitor.com/*", "dotnetfiddle": "https://dotnetfiddle.net/*", "kotlin": "https://pl.kotl.in/*",
	"instagram": "https://www.instagram.com/p/*/", "tiktok": "", "bluesky": "", "mastodon": "", "threads": "", "facebook": "", "linkedin": "",
	"twitch": "https://clips.twitch.tv/*", "spotify": "https://open.spotify.com/*", "soundcloud": "", "bandcamp": "",
	"speakerdeck": "https://speakerdeck.com/player/*", "slideshare": "https://www.slideshare.net/slideshow/embed_code/key/*",
	"stackoverflow": "https://stackoverflow.com/questions/*", "stackexchange": "https://stackoverflow.com/questions/*",
	"reddit": "", "wikipedia": "", "medium": "", "podcast": "https://dev.to/*", "link": "https://dev.to/*", "post": "https://dev.to/*",
	"user": "https://dev.to/*", "org": "https://dev.to/*", "organization": "https://dev.to/*", "tag": "https://dev.to/t/*",
	"comment": "https://dev.to/comment/*", "devcomment": "https://dev.to/comment/*", "listing": "https://dev.to/listings/*",
	"asciinema": "https://asciinema.org/a/*", "loom": "https://www.loom.com/share/*", "blogcast": "https://blogcast.host/embed/*",
	"nexttech": "", "figma": "", "observable": "https://observablehq.com/*", "huggingface": "https://huggingface.co/spaces/*",
	"streamlit": "", "mux": "https://player.mux.com/*", "livecodes": "", "warp": "", "descript": "", "hackernews": "", "unsplash": "",
}

var liquidID = regex.Lazy(`^[\w@.:/#!?=-]+$`)

// liquidAddress returns the address of what a tag shows, or "" where it is not known.
// Options follow the id.
func liquidAddress(name, arg string) string {
	page, known := liquidPages[name]
	first, _, _ := strings.Cut(strings.Trim(arg, `"' `), " ")
	switch {
	case !known || first == "":
		return ""
	case blog.IsWeb(first):
		return first
	case name == "spotify":
		first = strings.ReplaceAll(strings.TrimPrefix(first, "spotify:"), ":", "/")
	case name == "stackexchange":
		if site := strings.Fields(arg); len(site) > 1 && liquidID().MatchString(site[1]) {
			page = "https://" + site[1] + ".stackexchange.com/questions/*"
		}
	}
	if page == "" || !liquidID().MatchString(first) {
		return ""
	}
	return strings.Replace(page, "*", strings.Trim(first, "/"), 1)
}
