package wptext

import (
	"cmp"
	"encoding/json"
	"html"
	"maps"
	"slices"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// element is one of Elementor's: a box, or a widget that shows something. Its data are in the
// field _elementor_data of a post (elementor/core/base/document.php).
type element struct {
	box      bool
	widget   string
	settings settings
	elements []any
	template string // the number of a widget that several pages share
}

// settings are those of a widget or of an item in it. PHP writes an empty list for none.
type settings map[string]any

// elementOf returns an element that was read; ok is false for anything else.
func elementOf(v any) (e element, ok bool) {
	m, ok := v.(map[string]any)
	if !ok {
		return e, false
	}
	e.box, e.widget, e.template = settings(m).str("elType") != "widget", settings(m).str("widgetType"), settings(m).str("templateID")
	e.settings, _ = m["settings"].(map[string]any)
	e.elements, _ = m["elements"].([]any)
	return e, true
}

// Elementor returns the text of a post that was made with Elementor, in the form in which
// WordPress keeps others, and what of it is lost; ok is false where the data are none.
func Elementor(data string, lib Library) (text string, losses []string, ok bool) {
	e := &elementor{w: newWriter(lib)}
	if !e.read(data) {
		return "", nil, false
	}
	if len(e.strange) > 0 {
		e.w.told.lose("the form of widgets that replant does not know, whose texts stay: %s", strings.Join(e.strange, ", "))
	}
	return Readable(e.out.String()), e.w.told.all(), true
}

// elementor is a page of Elementor on its way.
type elementor struct {
	w       *writer
	out     strings.Builder
	strange []string // widgets that are not known
	depth   int
}

func (e *elementor) read(data string) bool {
	var all []any
	d := json.NewDecoder(strings.NewReader(data))
	d.UseNumber()
	if d.Decode(&all) != nil {
		return false
	}
	e.all(all)
	return true
}

// elementorDeep bounds boxes in boxes.
const elementorDeep = 60

func (e *elementor) all(list []any) {
	if e.depth++; e.depth > elementorDeep {
		e.w.told.lose("boxes of Elementor more than %d deep", elementorDeep)
		list = nil
	}
	for _, v := range list {
		if one, ok := elementOf(v); ok {
			e.element(one)
		}
	}
	e.depth--
}

func (e *elementor) put(parts ...string) {
	e.out.WriteString("\n\n")
	for _, p := range parts {
		e.out.WriteString(p)
	}
	e.out.WriteString("\n\n")
}

func (e *elementor) element(one element) {
	e.undynamic(one.settings)
	hidden := one.settings.str("hide_desktop") != "" && one.settings.str("hide_tablet") != "" && one.settings.str("hide_mobile") != ""
	if hidden {
		e.put(`<div class="` + HiddenClass + `">`)
	}
	from := e.out.Len()
	if one.box { // what is behind a box stands before what is in it
		e.out.WriteString(leftover(shortcode{attrs: one.settings.flat()}, ""))
	}
	switch show, known := widgets[one.widget]; {
	case one.box:
		e.all(one.elements)
	case one.widget == "global":
		e.template(one.template)
	case known:
		show(e, one)
	default:
		e.unknown(one)
	}
	if !one.box && !silentWidgets[one.widget] {
		e.out.WriteString(leftover(shortcode{attrs: one.settings.flat()}, e.out.String()[from:]))
	}
	if hidden {
		e.put("</div>")
	}
}

var tagName = regex.Lazy(`\bname=\\?"([\w-]+)`)

// undynamic leaves out what Elementor takes from elsewhere. A field of its own says so, and what
// else is there is not shown.
func (e *elementor) undynamic(s settings) {
	dynamic, _ := s["__dynamic__"].(map[string]any)
	for key, v := range dynamic {
		delete(s, key)
		tag, _ := v.(string)
		name := ""
		if m := tagName().FindStringSubmatch(tag); m != nil {
			name = m[1]
		}
		if name != "post-title" && name != "popup" && name != "post-featured-image" && name != "post-url" {
			e.w.told.unfill("dynamic " + name)
		}
	}
	delete(s, "__dynamic__")
}

// str returns a setting that is a text or a number, "" without one.
func (s settings) str(names ...string) string {
	for _, name := range names {
		switch v := s[name].(type) {
		case string:
			if strings.TrimSpace(v) != "" {
				return v
			}
		case json.Number:
			return v.String()
		case map[string]any: // a number with its unit
			if n, ok := v["size"].(json.Number); ok {
				return n.String()
			}
		}
	}
	return ""
}

// at returns the address that a setting has: itself, or that of a link or a file.
func (s settings) at(names ...string) string {
	for _, name := range names {
		switch v := s[name].(type) {
		case string:
			if blog.IsWeb(v) {
				return v
			}
		case map[string]any:
			if u, ok := v["url"].(string); ok && linkTarget(u) != "" {
				return linkTarget(u)
			}
		}
	}
	return ""
}

// list returns the items of a setting.
func (s settings) list(names ...string) (all []settings) {
	for _, name := range names {
		items, _ := s[name].([]any)
		for _, i := range items {
			if m, ok := i.(map[string]any); ok {
				all = append(all, m)
			}
		}
	}
	return all
}

// placeholder is the picture that Elementor shows where an author has chosen none.
const placeholder = "elementor/assets/images/placeholder"

// picture returns the picture of a setting.
func (e *elementor) picture(v any) (File, bool) {
	m, _ := v.(map[string]any)
	at, _ := m["url"].(string)
	id := settings(m).str("id")
	if strings.Contains(at, placeholder) {
		return File{}, false
	}
	f, known := e.w.lib.File(id)
	if at != "" {
		f.URL = at
	}
	if alt, ok := m["alt"].(string); ok && alt != "" {
		f.Alt = alt
	}
	if f.URL == "" && !known && id != "" && id != "0" {
		e.w.told.lose("a picture that the export does not hold: %s", id)
	}
	return f, f.URL != ""
}

// flat returns the texts of settings by their names, and the addresses of links and files.
func (s settings) flat() map[string]string {
	flat := map[string]string{}
	for name, v := range s {
		switch v := v.(type) {
		case string:
			flat[name] = strings.TrimSpace(v)
		case map[string]any:
			if inner, ok := v["value"].(map[string]any); ok { // an icon that is a picture
				v, name = inner, "icon_image"
			}
			if at, _ := v["url"].(string); linkTarget(at) != "" && !strings.Contains(at, placeholder) {
				flat[name] = linkTarget(at)
			}
		}
	}
	return flat
}

// card shows settings in the manner of any part of a builder, with names that Elementor has for
// what others call otherwise.
func (e *elementor) card(level string, s settings) {
	attrs := s.flat()
	delete(attrs, "position") // of the picture
	for from, to := range elementorNames {
		if v := attrs[from]; v != "" && attrs[to] == "" {
			attrs[to] = v
			delete(attrs, from)
		}
	}
	for _, name := range cardPictures {
		if f, ok := e.picture(s[name]); ok && f.Alt != "" && attrs["alt"] == "" {
			attrs["alt"] = html.EscapeString(f.Alt)
		}
	}
	before, behind := newCard(level)(e.w, shortcode{attrs: attrs})
	e.out.WriteString(before + behind)
}

// elementorNames are Elementor's names for what other builders call otherwise.
var elementorNames = map[string]string{
	"description_text": "description", "testimonial_image": "image", "graphic_image": "image", "bg_image": "image", "alert_title": "title", "alert_description": "description",
	"sub_heading": "subheading", "footer_additional_info": "footer_content", "title_text_a": "title_front", "description_text_a": "text_front", "title_text_b": "title_back", "description_text_b": "text_back",
	"item_description": "description", "tab_content": "content", "tab_title": "title", "item_title": "title", "item_text": "text", "background_image": "image",
}

// template shows what several pages share.
func (e *elementor) template(id string) {
	data, ok := e.w.lib.Block(id)
	if !ok || e.w.depth == nested {
		e.w.told.lose("a template of Elementor that the export does not hold: %s", id)
		return
	}
	if e.w.expanded += len(data); e.w.full() {
		return
	}
	e.w.depth++
	if !e.read(data) {
		e.put(data)
	}
	e.w.depth--
}

// unknown shows the texts of a widget that is not known: its headings, then the others.
func (e *elementor) unknown(one element) {
	if !slices.Contains(e.strange, one.widget) {
		e.strange = append(e.strange, one.widget)
	}
	e.texts(one.settings, 0)
	e.all(one.elements)
}

func (e *elementor) texts(s settings, depth int) {
	if depth > elementorDeep {
		return
	}
	names := slices.SortedFunc(maps.Keys(s), func(a, b string) int {
		return cmp.Or(rank(a)-rank(b), strings.Compare(a, b))
	})
	for _, name := range names {
		switch v := s[name].(type) {
		case string:
			if prose(name, v) {
				e.put(text(v))
			}
		case json.Number:
			if f, ok := e.w.lib.File(v.String()); ok && slices.Contains(cardPictures, name) {
				e.put(figure(image(f), f.Caption))
			}
		case map[string]any:
			e.item(v, depth)
		case []any:
			for _, i := range v {
				if m, ok := i.(map[string]any); ok {
					e.item(m, depth)
				}
			}
		}
	}
}

// item shows what is in a list: a picture, or more texts.
func (e *elementor) item(m map[string]any, depth int) {
	if f, ok := e.picture(m); ok && pictureName().MatchString(strings.SplitN(f.URL, "?", 2)[0]) {
		e.put(figure(image(f), ""))
		return
	}
	from := e.out.Len()
	e.texts(m, depth+1)
	e.out.WriteString(leftover(shortcode{attrs: settings(m).flat()}, e.out.String()[from:]))
}

// rank is where a setting stands among those of a widget that is not known.
func rank(name string) int {
	switch {
	case strings.HasSuffix(name, "title"), strings.HasSuffix(name, "heading"), strings.HasSuffix(name, "name"):
		return 0
	case strings.Contains(name, "button"), strings.Contains(name, "btn"):
		return 2
	}
	return 1
}

// proseNames are how settings are called that are read.
var proseNames = strings.Fields("title heading text content description editor caption label quote html")

var markupStart = regex.Lazy(`(?i)<(?:p|h[1-6]|ul|ol|div|a|br|strong|em|table|blockquote|span)[\s>/]`)

// prose reports whether a setting is read, and does not say how something looks.
func prose(name, v string) bool {
	v = strings.TrimSpace(v)
	if v == "" || strings.HasPrefix(name, "_") || strings.HasSuffix(name, "_css") || blog.IsWeb(v) {
		return false
	}
	named := slices.ContainsFunc(proseNames, func(end string) bool { return strings.HasSuffix(name, end) })
	return markupStart().MatchString(v) || named && v != "yes" && v != "no" && v != "none"
}

// text returns a text that may have its paragraphs already.
func text(v string) string {
	v = strings.TrimSpace(v)
	if strings.Contains(v, "<p") {
		return flow(v)
	}
	return v
}
