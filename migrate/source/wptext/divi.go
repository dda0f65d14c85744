package wptext

import (
	"html"
	"strings"

	"replant/migrate/regex"
)

// The parts of Divi (elegantthemes.com, its folder includes/builder/module), by what becomes
// of them.
const (
	diviBoxes = "et_pb_section et_pb_row et_pb_row_inner et_pb_column et_pb_column_inner et_pb_text et_pb_code et_pb_fullwidth_code et_pb_tabs et_pb_accordion et_pb_slider " +
		"et_pb_fullwidth_slider et_pb_counters et_pb_pricing_tables et_pb_video_slider  et_pb_social_media_follow et_pb_group et_pb_group_carousel et_pb_layout"
	diviFilled = "et_pb_blog et_pb_portfolio et_pb_filterable_portfolio et_pb_fullwidth_portfolio et_pb_shop et_pb_post_slider et_pb_fullwidth_post_slider et_pb_post_content " +
		"et_pb_fullwidth_post_content et_pb_signup et_pb_signup_custom_field et_pb_contact_form et_pb_contact_field"
	diviSilent = "et_pb_post_title et_pb_fullwidth_post_title et_pb_sidebar et_pb_comments et_pb_search et_pb_post_nav et_pb_login et_pb_menu et_pb_fullwidth_menu et_pb_icon"
)

// diviShell matches the block in which Divi hides its shortcodes from the editor.
var diviShell = regex.Lazy(`<!--\s+/?wp:divi/(?:placeholder|layout)\b[\s\S]*?-->`)

var divi = map[string]part{
	"et_pb_image": {show: diviImage}, "et_pb_fullwidth_image": {show: diviImage},
	"et_pb_gallery": {show: diviGallery},
	"et_pb_video":   {show: diviVideo}, "et_pb_video_slider_item": {show: diviVideo},
	"et_pb_audio":                       {show: diviAudio},
	"et_pb_button":                      {show: diviButton},
	"et_pb_divider":                     {show: diviDivider},
	"et_pb_testimonial":                 {show: diviTestimonial},
	"et_pb_social_media_follow_network": {show: diviNetwork, whole: true},
	"et_pb_pricing_item":                {show: item},
}

// diviCards are the parts that [newCard] translates, by the level of their headings.
var diviCards = map[string]string{
	"h1": "et_pb_heading et_pb_fullwidth_header",
	"h2": "et_pb_cta et_pb_promo et_pb_slide et_pb_pricing_table",
	"h3": "et_pb_number_counter et_pb_circle_counter",
	"h4": "et_pb_blurb et_pb_team_member et_pb_countdown_timer",
	"h5": "et_pb_tab et_pb_toggle et_pb_accordion_item",
	"p":  "et_pb_counter et_pb_map_pin et_pb_map et_pb_fullwidth_map",
}

func diviImage(w *writer, c shortcode) (before, behind string) {
	f, ok := pictureBy(w, c.attr("src"))
	if !ok {
		return "\n\n", "\n\n"
	}
	f.Alt = plain(c.attr("alt"))
	return "\n\n" + figure(linked(image(f), linkTarget(c.attr("url"))), c.attr("caption")) + "\n\n", "\n\n"
}

func diviGallery(w *writer, c shortcode) (before, behind string) {
	return pictures(w, c.attr("gallery_ids", "ids")), "\n\n"
}

// pictures shows the files that a list of numbers names, one after the other.
func pictures(w *writer, ids string) string {
	if w.full() {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n\n")
	for _, f := range picked(w, ids) {
		b.WriteString(w.expand(figure(image(f), f.Caption)))
	}
	if len(numbers(ids)) == 0 {
		w.told.lose("a gallery whose pictures the export does not hold")
	}
	return b.String() + "\n\n"
}

func diviVideo(_ *writer, c shortcode) (before, behind string) {
	src := html.UnescapeString(c.attr("src", "src_webm"))
	if src == "" {
		return "\n\n", "\n\n"
	}
	return "\n\n" + playedAt(src) + "\n\n", "\n\n"
}

func diviAudio(w *writer, c shortcode) (before, behind string) {
	before, behind = newCard("h2")(w, c)
	if src := html.UnescapeString(c.attr("audio")); src != "" {
		before += figure(player("audio", src), "") + "\n\n"
	}
	return before, behind
}

func diviButton(_ *writer, c shortcode) (before, behind string) {
	label := c.attr("button_text")
	if label == "" {
		return "\n\n", "\n\n"
	}
	return button(label, linkTarget(c.attr("button_url"))), "\n\n"
}

func diviDivider(_ *writer, c shortcode) (before, behind string) {
	if c.attr("show_divider") == "off" {
		return "\n\n", "\n\n"
	}
	return "\n\n<hr />\n\n", "\n\n"
}

// diviTestimonial is a quote, with who said it below.
func diviTestimonial(w *writer, c shortcode) (before, behind string) {
	var who []string
	for _, name := range []string{"author", "job_title", "position", "company_name"} {
		if v := c.attrs[name]; v != "" {
			who = append(who, v)
		}
	}
	before = "\n\n"
	if f, ok := pictureBy(w, c.attr("portrait_url")); ok {
		f.Alt = plain(c.attr("author"))
		before += figure(image(f), "") + "\n\n"
	}
	if len(who) > 0 {
		behind = "<p>" + linked(flow(strings.Join(who, ", ")), linkTarget(c.attr("url"))) + "</p>\n\n"
	}
	return before + "<blockquote>\n\n", "\n\n" + behind + "</blockquote>\n\n"
}

// diviNetwork is a link to where the author is elsewhere.
func diviNetwork(w *writer, c shortcode) (before, behind string) {
	inner := w.shortcodes(c.inner)
	href := linkTarget(c.attr("url"))
	if href == "" {
		return "\n\n" + inner + "\n\n", ""
	}
	label := strings.TrimSpace(plain(inner))
	if label == "" {
		label = strings.TrimPrefix(c.attr("social_network"), "et-social-")
	}
	return button(html.EscapeString(label), href), ""
}

// item is one of a list that its box does not mark as one.
func item(*writer, shortcode) (before, behind string) { return "\n\n<p>", "</p>\n\n" }
