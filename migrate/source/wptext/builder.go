package wptext

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"maps"
	"slices"
	"strings"

	"replant/migrate/regex"
)

// A page builder keeps a page as shortcodes within shortcodes: boxes that only arrange, and
// parts that show something, some of it in attributes. Each tag is translated where it
// stands, so that boxes may be cut off or closed twice.

// part translates tags of a builder: what stands before what they enclose, and what behind.
type part struct {
	show  func(w *writer, c shortcode) (before, behind string)
	names string // of the tags, with spaces between them
	// whole says that show needs what the tag encloses, and returns all of it.
	whole bool
	// word says that the names are common words: see [isCall].
	word bool
}

// builders are the parts of all page builders, by the names of their tags, each of one part.
var builders = map[string]part{}

func init() { // the functions call back into the table
	for i := range common {
		common[i].word = true
	}
	for _, parts := range [][]part{common, others, divi, wpBakery, fusion, themes} {
		for _, p := range parts {
			for name := range strings.FieldsSeq(p.names) {
				builders[name] = p
			}
		}
	}
}

// others are parts of several themes or builders, or of a small one.
var others = []part{
	// Columns, by which many themes stand texts side by side.
	{show: box, names: "fullwidth one_full one_half one_third two_third one_fourth three_fourth one_fifth two_fifth three_fifth four_fifth one_sixth five_sixth one_half_last " +
		"one_third_last two_third_last one_fourth_last three_fourth_last one_fifth_last two_fifth_last three_fifth_last four_fifth_last one_sixth_last " +
		"five_sixth_last"},
	{show: sharedPart, names: "templatera elementor-template fusion_global"},
	{show: siteOrigin, names: "siteorigin_widget", whole: true},
}

// opened is a tag of a builder that is to be closed.
type opened struct{ name, behind string }

// openTags are the tags of builders that are open at a place of a text.
type openTags struct {
	stack []opened
	count map[string]int // by name
}

// close closes the last tag of a name and all that were opened in it.
func (o *openTags) close(name string) (behind string) {
	if o.count[name] == 0 {
		return ""
	}
	var b strings.Builder
	for {
		last := o.stack[len(o.stack)-1]
		o.stack = o.stack[:len(o.stack)-1]
		o.count[last.name]--
		b.WriteString(last.behind)
		if last.name == name {
			return b.String()
		}
	}
}

// rest closes all tags.
func (o *openTags) rest() string {
	var b strings.Builder
	for _, tag := range slices.Backward(o.stack) {
		b.WriteString(tag.behind)
	}
	return b.String()
}

// builderTag translates the tag of a builder that s begins with, behind a text, and returns how
// long it is; 0 where there is none.
func (w *writer) builderTag(before, s string) (html string, n int) {
	name, ends := strings.CutPrefix(nameOrEnd(s), "/")
	p, known := builders[name]
	if !known {
		return "", 0
	}
	n = 1 + strings.IndexAny(s[1:], "[]")
	if n == 0 || s[n] == '[' {
		return "", 0
	}
	n++
	if ends {
		if p.word && w.tags.count[name] == 0 {
			return "", 0
		}
		return w.tags.close(name), n
	}
	c := shortcode{name: name}
	given, single := strings.CutSuffix(s[1+len(name):n-1], "/")
	end := -1
	if !single {
		end = w.endOf(s[n:], name)
	}
	if p.word && !isCall(given, end >= 0, standsAlone(before, s[n:])) {
		return "", 0
	}
	c.attrs = builderAttributes(given)
	if p.whole {
		if end >= 0 && !strings.Contains(s[n:n+end], "["+name) {
			c.inner, c.enclosed = s[n:n+end], true
			n += end + len("[/"+name+"]")
		}
		end = -1
	}
	shown, behind := p.show(w, c)
	if id := c.attr("global_module", "global"); id != "" && strings.TrimSpace(s[n:max(n, n+end)]) == "" {
		shown += fromLibrary(w, id)
	}
	shown += leftover(c, shown+behind)
	if disabled(c) && end >= 0 {
		shown, behind = "\n\n"+`<div class="`+HiddenClass+`">`+shown, behind+"</div>\n\n"
	}
	if end < 0 {
		return shown + behind, n
	}
	w.tags.stack = append(w.tags.stack, opened{name, behind})
	if w.tags.count == nil {
		w.tags.count = map[string]int{}
	}
	w.tags.count[name]++
	return shown, n
}

// fromLibrary returns what several pages share of a builder.
func fromLibrary(w *writer, id string) string {
	text, ok := w.lib.Block(id)
	if !ok || w.depth == nested {
		w.told.lose("a shared block that the export does not hold: %s", id)
		return ""
	}
	w.depth++
	defer func() { w.depth-- }()
	if strings.HasPrefix(strings.TrimSpace(text), "[{") {
		e := &elementor{w: w}
		e.read(w.expand(text))
		text = e.out.String()
	} else {
		text = w.expand(text)
	}
	return "\n\n" + w.shortcodes(Readable(text)) + "\n\n"
}

// sharedPart translates the shortcode of what several pages share.
func sharedPart(w *writer, c shortcode) (before, behind string) {
	return fromLibrary(w, c.attr("id", "template_id")), "\n\n"
}

// siteOrigin translates a widget of SiteOrigin, whose data stand in a field.
func siteOrigin(w *writer, c shortcode) (before, behind string) {
	var d struct{ Instance map[string]any }
	_, value, _ := strings.Cut(c.inner, `value="`)
	value, _, _ = strings.Cut(value, `"`)
	data := json.NewDecoder(strings.NewReader(html.UnescapeString(value)))
	data.UseNumber()
	if data.Decode(&d) != nil || len(d.Instance) == 0 {
		return "\n\n" + w.shortcodes(c.inner) + "\n\n", ""
	}
	e := &elementor{w: w}
	e.item(d.Instance, 0)
	return "\n\n" + w.shortcodes(Readable(e.out.String())) + "\n\n", ""
}

// nameOrEnd returns the name of the shortcode that s may begin with, and a slash before that of
// an end tag.
func nameOrEnd(s string) string {
	if strings.HasPrefix(s, "[/") {
		return "/" + nameOf(s[1:])
	}
	return nameOf(s)
}

// The classes of what cleaning is to take out: parts that the author has switched off, and the
// pictures for smaller screens of parts that have one.
const (
	HiddenClass = "wp-builder-hidden"
	CopyClass   = "wp-builder-copy"
)

// disabled reports whether an author has switched a part off.
func disabled(c shortcode) bool {
	return c.attrs["disabled"] == "on" || c.attrs["disable_element"] == "yes" || c.attrs["status"] == "draft"
}

var builderAttribute = regex.Lazy(`([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')`)

// builderAttributes reads the attributes of a builder's tag, whose texts may have bent
// quotation marks of their own.
func builderAttributes(s string) map[string]string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	if !strings.Contains(s, `="`) && !strings.Contains(s, `='`) {
		s = straight.Replace(s)
	}
	named := map[string]string{}
	for _, m := range builderAttribute().FindAllStringSubmatch(s, -1) {
		if v := strings.TrimSpace(decodeAttribute(m[2] + m[3])); v != "" {
			named[strings.ToLower(m[1])] = v
		}
	}
	return named
}

// attributeMarks are how builders spell what would end an attribute or a tag: Divi, then
// WPBakery.
var attributeMarks = strings.NewReplacer("%22", `"`, "%91", "[", "%93", "]", "||et_pb_line_break_holder||", "\n", "``", `"`, "`{`", "[", "`}`", "]")

// decodeAttribute returns the value of an attribute as its author wrote it. A value that
// begins like an encoded list stays encoded.
func decodeAttribute(v string) string {
	if strings.HasPrefix(v, "%5B") || !strings.ContainsAny(v, "%`|") {
		return dynamic(v)
	}
	return dynamic(attributeMarks.Replace(v))
}

// dynamic returns a value that Divi takes from elsewhere as nothing, but for the author's words
// around it.
func dynamic(v string) string {
	encoded, ok := strings.CutPrefix(v, "@ET-DC@")
	if !ok {
		return v
	}
	var d struct {
		Settings struct{ Before, After string }
	}
	b, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(encoded, "@"))
	if err != nil || json.Unmarshal(b, &d) != nil {
		return ""
	}
	return d.Settings.Before + d.Settings.After
}

// inAttribute matches an address in an attribute.
var inAttribute = regex.Lazy(`https?://[^\s"'<>()\[\]|]+`)

// leftover shows what lies at the addresses in the attributes of a tag that its translation does
// not name: backgrounds, videos behind a text, links of whole boxes.
func leftover(c shortcode, translated string) string {
	var b strings.Builder
	shown := ""
	for _, name := range slices.Sorted(maps.Keys(c.attrs)) {
		v := html.UnescapeString(c.attrs[name])
		if !strings.Contains(v, "://") {
			continue
		}
		if shown == "" {
			shown = html.UnescapeString(translated) + " "
		}
		for _, addr := range inAttribute().FindAllString(v, -1) {
			if !strings.Contains(shown, addr) {
				b.WriteString(shownAt(addr, c.variant(name)))
				shown += " " + addr
			}
		}
	}
	return b.String()
}

// variant reports whether an attribute is another one's value on smaller screens, or under a
// pointer.
func (c shortcode) variant(name string) bool {
	for _, end := range []string{"_tablet", "_phone", "__hover", "_mobile", "_medium", "_small", "_hover"} {
		if base, ok := strings.CutSuffix(name, end); ok {
			return c.attrs[base] != ""
		}
	}
	return false
}

var pictureName = regex.Lazy(`(?i)\.(?:jpe?g|png|gif|webp|avif|svg|bmp)$`)

// shownAt returns what shows, or leads to, what lies at an address.
func shownAt(addr string, isCopy bool) string {
	path, _, _ := strings.Cut(addr, "?")
	class := ""
	if isCopy {
		class = ` class="` + CopyClass + `"`
	}
	src := html.EscapeString(addr)
	switch {
	case pictureName().MatchString(path):
		return "\n\n<img" + class + ` src="` + src + `" alt="">` + "\n\n"
	case isCopy:
		return "<a" + class + ` href="` + src + `"></a>`
	case recorded().MatchString(addr), strings.Contains(addr, "youtu"), strings.Contains(addr, "vimeo.com/"):
		return "\n\n" + playedAt(addr) + "\n\n"
	}
	return "\n\n" + `<p><a href="` + src + `">` + src + "</a></p>\n\n"
}

// playedAt returns a player of a file, or an embed of what is elsewhere.
func playedAt(addr string) string {
	path, _, _ := strings.Cut(strings.ToLower(addr), "?")
	switch {
	case !recorded().MatchString(addr):
		return embed(addr)
	case strings.HasSuffix(path, ".mp3"), strings.HasSuffix(path, ".m4a"), strings.HasSuffix(path, ".wav"), strings.HasSuffix(path, ".ogg"), strings.HasSuffix(path, ".flac"):
		return figure(player("audio", addr), "")
	}
	return figure(player("video", addr), "")
}

// box is a part that only arranges what it encloses, or one of which a reader of the post would
// miss nothing.
func box(*writer, shortcode) (before, behind string) { return "\n\n", "\n\n" }

// inline is a part within a line whose text is what it encloses.
func inline(*writer, shortcode) (before, behind string) { return "", "" }

// ruled is a line between two parts.
func ruled(*writer, shortcode) (before, behind string) { return "\n\n<hr />\n\n", "" }

// filledPart is a part that WordPress fills when it shows the page; what it says beside that
// stays.
func filledPart(w *writer, c shortcode) (before, behind string) {
	w.told.unfill(c.name)
	return newCard("h3")(w, c)
}

// flow returns HTML in which no line end is a break or parts paragraphs.
func flow(source string) string {
	if !strings.Contains(source, "\n") {
		return source
	}
	var b strings.Builder
	unclosed := open{}
	for source != "" {
		t := next(source)
		n := len(t.text)
		switch {
		case t.plain:
			b.WriteString(strings.ReplaceAll(t.text, "\n", " "))
		case !t.close && isVerbatim(t.name):
			n = len(unclosed.whole(source, t))
			b.WriteString(source[:n])
		default:
			b.WriteString(t.text)
		}
		source = source[n:]
	}
	return b.String()
}
