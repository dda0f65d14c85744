package wptext

import (
	"encoding/json"
	"html"
	"slices"
	"strings"

	"replant/migrate/blog"
)

// The names that parts of builders have for what they show, in the order in which they show it.
var (
	cardPictures = []string{"image", "src", "image_url", "image_id", "img", "portrait_url", "picture", "pic_link", "photo", "header_image_url", "logo_image_url", "icon_image"}
	cardAlts     = []string{"alt", "image_alt"}
	cardTitles   = []string{"title", "heading", "title_text", "name", "primary_title", "hover_title", "heading_text", "label", "h2", "title_front"}
	cardUnder    = []string{"subtitle", "subhead", "subheading", "subheading_text", "h4", "position", "author", "job_title", "company", "company_name", "artist_name", "album_name",
		"number", "value", "percent", "percentage", "price", "text_front", "title_back", "address", "pin_address", "date_time", "call_text"}
	cardTexts = []string{"text", "description", "content", "body", "caption", "footer_content", "text_back"}
	cardLinks = []string{"url", "link", "link_url", "href", "link_option_url"}
)

// buttons are the pairs of names that the label of a button and its address have.
var buttons = [][2]string{
	{"button_text", "button_url"}, {"button_text", "button_link"}, {"button_one_text", "button_one_url"}, {"button_two_text", "button_two_url"},
	{"more_text", "button_url"}, {"btn_title", "btn_link"}, {"hover_btn_title", "hover_btn_link"}, {"link_text", "link_url"}, {"linktext", "link"}, {"link_text", "link"}, {"button", "link"},
}

// card is a part on its way: what of its attributes was shown.
type card struct {
	w      *writer
	c      shortcode
	before strings.Builder
	used   map[string]bool
}

// newCard returns the translation of a part of any kind: its picture, its heading on a level,
// its texts around what it encloses, its buttons.
func newCard(level string) func(*writer, shortcode) (string, string) {
	return func(w *writer, c shortcode) (string, string) {
		d := &card{w: w, c: c, used: map[string]bool{}}
		buttons := d.buttons()
		href, _ := d.link()
		d.picture(href)
		d.title(level, href)
		for _, name := range cardUnder {
			d.text(name)
		}
		if sum := c.attr("sum"); sum != "" {
			d.paragraph(strings.TrimSpace(c.attr("currency") + sum + " " + c.attr("per")))
		}
		for _, name := range cardTexts {
			d.text(name)
		}
		d.lists()
		return "\n\n" + d.before.String(), "\n\n" + buttons
	}
}

// take returns the first of the attributes that has a value and was not shown yet.
func (d *card) take(names ...string) string {
	for _, name := range names {
		if v := d.c.attrs[name]; v != "" && !d.used[name] {
			d.used[name] = true
			return v
		}
	}
	return ""
}

func (d *card) text(name string) {
	if v := d.take(name); v != "" && v != "none" && !blog.IsWeb(v) {
		d.paragraph(v)
	}
}

func (d *card) paragraph(v string) {
	if !strings.Contains(v, "<p") {
		v = "<p>" + v + "</p>"
	}
	d.before.WriteString("\n\n" + flow(v) + "\n\n")
}

// link returns where the part as a whole leads, and what it calls that.
func (d *card) link() (href, label string) { return linkOf(d.take(cardLinks...)) }

// linkOf reads an address, or WPBakery's form of a link: url:…|title:…|target:…
func linkOf(v string) (href, label string) {
	if !strings.HasPrefix(v, "url:") && !strings.Contains(v, "|") {
		return linkTarget(v), ""
	}
	for field := range strings.SplitSeq(v, "|") {
		key, value, _ := strings.Cut(field, ":")
		switch value = unescapedURL(strings.TrimSpace(value)); strings.TrimSpace(key) {
		case "url":
			href = linkTarget(value)
		case "title":
			label = value
		}
	}
	return href, label
}

// linkTarget returns an address that leads somewhere, or "".
func linkTarget(v string) string {
	v = html.UnescapeString(strings.TrimSpace(v))
	if v == "#" || strings.ContainsAny(v, " \n<>") {
		return ""
	}
	return v
}

func linked(content, href string) string {
	if href == "" || strings.Contains(content, "<a ") {
		return content
	}
	return `<a href="` + html.EscapeString(href) + `">` + content + "</a>"
}

func (d *card) picture(href string) {
	shown := map[string]bool{}
	for _, name := range cardPictures {
		f, ok := pictureBy(d.w, d.c.attrs[name])
		if !ok || shown[f.URL] {
			continue
		}
		d.used[name], shown[f.URL] = true, true
		if alt := d.take(cardAlts...); alt != "" {
			f.Alt = plain(alt)
		}
		d.before.WriteString("\n\n" + figure(linked(image(f), href), "") + "\n\n")
	}
}

func (d *card) title(level, href string) {
	for first := true; ; first = false {
		title := d.take(cardTitles...)
		if title == "" {
			return
		}
		if l := d.c.attr("header_level", "title_level", "toggle_level", "heading_level", "title_tag", "title_size"); first && isHeading(l) {
			level = l
		}
		if first {
			d.before.WriteString(heading(level, linked(title, href)))
		} else {
			d.paragraph(title)
		}
	}
}

// isHeading reports whether a name is that of a heading's element.
func isHeading(name string) bool {
	return len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6'
}

// heading returns a heading on a level; one of no text is none.
func heading(level, text string) string {
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	if !isHeading(level) {
		return "\n\n<p>" + flow(text) + "</p>\n\n"
	}
	return "\n\n<" + level + ">" + flow(text) + "</" + level + ">\n\n"
}

func (d *card) buttons() string {
	var b strings.Builder
	for _, names := range buttons {
		label := d.c.attrs[names[0]]
		href, title := linkOf(d.c.attrs[names[1]])
		if d.used[names[0]] || label == "" && title == "" || label == "" && !strings.HasPrefix(names[1], "btn") {
			continue
		}
		if label == "" {
			label = title
		}
		d.used[names[0]], d.used[names[1]] = true, true
		b.WriteString(button(label, href))
	}
	return b.String()
}

// button returns a link that stands alone; without an address it is its label.
func button(label, href string) string { return "\n\n<p>" + linked(flow(label), href) + "</p>\n\n" }

// lists shows the attributes that are lists of things: WPBakery encodes them as JSON.
func (d *card) lists() {
	for _, name := range []string{"values", "lines", "items", "list", "slides"} {
		var things []map[string]any
		v := unescapedURL(d.c.attrs[name])
		if v == "" || json.Unmarshal([]byte(v), &things) != nil {
			continue
		}
		d.used[name] = true
		d.before.WriteString("\n\n<ul>")
		for _, t := range things {
			d.before.WriteString("<li>" + flow(strings.Join(wordsOf(t), " ")) + "</li>")
		}
		d.before.WriteString("</ul>\n\n")
	}
}

// wordsOf returns the texts of a thing in a list, its name first.
func wordsOf(thing map[string]any) (all []string) {
	for _, name := range slices.Concat(cardTitles, cardUnder, cardTexts) {
		if s, ok := thing[name].(string); ok && strings.TrimSpace(s) != "" {
			all = append(all, strings.TrimSpace(s))
		}
	}
	return all
}

// plain returns the text of HTML, for an attribute.
func plain(source string) string {
	var b strings.Builder
	for source != "" {
		t := next(source)
		if t.plain {
			b.WriteString(t.text)
		}
		source = source[len(t.text):]
	}
	return strings.TrimSpace(html.UnescapeString(b.String()))
}
