package wptext

import (
	"html"
	"strings"

	"replant/migrate/regex"
)

// diviShell matches the block in which Divi hides its shortcodes from the editor.
var diviShell = regex.Lazy(`<!--\s+/?wp:divi/(?:placeholder|layout)\b[\s\S]*?-->`)

// divi are the parts of Divi (elegantthemes.com, its folder includes/builder/module).
var divi = []part{
	{show: box, names: "et_pb_section et_pb_row et_pb_row_inner et_pb_column et_pb_column_inner et_pb_text et_pb_code et_pb_fullwidth_code et_pb_tabs et_pb_accordion " +
		"et_pb_slider et_pb_fullwidth_slider et_pb_counters et_pb_pricing_tables et_pb_video_slider et_pb_social_media_follow et_pb_group et_pb_group_carousel " +
		"et_pb_layout"},
	{show: diviImage, names: "et_pb_image et_pb_fullwidth_image"},
	{show: diviGallery, names: "et_pb_gallery"},
	{show: diviVideo, names: "et_pb_video et_pb_video_slider_item"},
	{show: diviAudio, names: "et_pb_audio"},
	{show: diviButton, names: "et_pb_button"},
	{show: diviDivider, names: "et_pb_divider"},
	{show: diviTestimonial, names: "et_pb_testimonial"},
	{show: diviNetwork, names: "et_pb_social_media_follow_network", whole: true},
	{show: item, names: "et_pb_pricing_item"},
	{show: newCard("h1"), names: "et_pb_heading et_pb_fullwidth_header"},
	{show: newCard("h2"), names: "et_pb_cta et_pb_promo et_pb_slide et_pb_pricing_table"},
	{show: newCard("h3"), names: "et_pb_number_counter et_pb_circle_counter"},
	{show: newCard("h4"), names: "et_pb_blurb et_pb_team_member et_pb_countdown_timer"},
	{show: newCard("h5"), names: "et_pb_tab et_pb_toggle et_pb_accordion_item"},
	{show: newCard("p"), names: "et_pb_counter et_pb_map_pin et_pb_map et_pb_fullwidth_map"},
	{show: filledPart, names: diviFilled},
	// Of these a reader of the post would miss nothing.
	{show: box, names: "et_pb_post_title et_pb_fullwidth_post_title et_pb_sidebar et_pb_comments et_pb_search et_pb_post_nav et_pb_login et_pb_menu et_pb_fullwidth_menu " +
		"et_pb_icon"},
}

// diviFilled are the parts that WordPress fills when it shows the page.
const diviFilled = "et_pb_blog et_pb_portfolio et_pb_filterable_portfolio et_pb_fullwidth_portfolio et_pb_shop et_pb_post_slider et_pb_fullwidth_post_slider " +
	"et_pb_post_content et_pb_fullwidth_post_content et_pb_signup et_pb_signup_custom_field et_pb_contact_form et_pb_contact_field"

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
