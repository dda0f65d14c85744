package wptext

import (
	"html"
	"strings"

	"replant/migrate/blog"
)

// Themes and plug-ins bring shortcodes of their own that work as a builder's do: Enfold (av_),
// Flatsome (ux_), X and Pro with Cornerstone (x_, cs_), Themify, Ultimate Addons, and Shortcodes
// Ultimate (su_).
const (
	themeBoxes = "av_section av_layout_row av_cell_one_full av_cell_one_half av_cell_one_third av_cell_two_third av_cell_one_fourth av_cell_three_fourth av_one_full av_one_half av_one_third " +
		"av_two_third av_one_fourth av_three_fourth av_one_fifth av_two_fifth av_three_fifth av_four_fifth av_textblock av_codeblock av_toggle_container av_tab_container av_tab_section " +
		"av_tab_sub_section av_iconlist av_icongrid av_testimonials av_slideshow av_slideshow_full av_fullscreen av_content_slider av_partner av_buttonrow av_catalogue av_progress av_timeline " +
		"ux_text ux_html text_box ux_slider ux_banner_grid ux_stack row_inner col_inner tabgroup message_box col_grid page_header " +
		"cs_content cs_section cs_row cs_column cs_text cs_content_seo x_section x_row x_column x_container x_content_band x_text x_columnize x_accordion x_icon_list x_block_grid x_block_grid_item " +
		"x_tabs x_tab_nav x_slider x_slide x_raw_content x_video_embed x_audio_embed x_map_embed x_protect " +
		"themify_box themify_col themify_row themify_layout_part themify_list " +
		"su_row su_column su_accordion su_tabs su_list su_table su_lead su_expand su_animate su_frame su_note su_media su_document su_slider su_carousel"
	themeInline = "av_dropcap1 av_dropcap2 x_dropcap x_highlight su_dropcap su_highlight su_label su_tooltip su_popup x_popovers x_extra mk_dropcaps mk_highlight mk_tooltip themify_icon"
	themeFilled = "av_blog av_postslider av_masonry_entries av_magazine av_portfolio av_productgrid av_contact av_mailchimp blog_posts ux_products ux_portfolio ux_product_categories " +
		"x_recent_posts x_contact_form_7 su_posts su_custom_gallery su_feed su_subpages su_siblings themify_post_slider themify_list_posts mk_blog mk_portfolio dt_blog_posts"
	themeSilent = "av_font_icon av_social_share av_comments_list av_sidebar av_submenu scroll_to x_gap x_share x_clear x_icon su_spacer su_icon su_qrcode ux_menu mk_padding_divider mk_clearboth dt_gap " +
		"ult_ihover_effects lwptoc table_of_contents sharethis-inline-buttons"
)

var themes = map[string]part{
	"av_heading": {show: headingOf("heading")},
	"av_image":   {show: themePicture}, "ux_image": {show: themePicture}, "x_image": {show: themePicture}, "su_image": {show: themePicture}, "themify_image": {show: themePicture},
	"av_gallery": {show: themeGallery}, "av_horizontal_gallery": {show: themeGallery}, "av_masonry_gallery": {show: themeGallery}, "ux_gallery": {show: themeGallery}, "su_image_carousel": {show: themeGallery},
	"av_slide": {show: themePicture}, "av_slide_full": {show: themePicture}, "ux_banner": {show: themeBanner},
	"av_button": {show: themeButton}, "av_buttonrow_item": {show: themeButton}, "av_button_big": {show: themeButton}, "x_button": {show: themeButton}, "themify_button": {show: themeButton},
	"su_button": {show: themeButton}, "mk_button": {show: themeButton}, "dt_button": {show: themeButton},
	"av_video": {show: themeVideo}, "av_player": {show: themeVideo}, "ux_video": {show: themeVideo}, "su_video": {show: themeVideo}, "su_youtube": {show: themeVideo},
	"su_youtube_advanced": {show: themeVideo}, "su_vimeo": {show: themeVideo}, "su_dailymotion": {show: themeVideo}, "su_audio": {show: themeVideo}, "x_video_player": {show: themeVideo},
	"x_audio_player": {show: themeVideo},
	"av_hr":          {show: themeRule}, "x_line": {show: ruled}, "su_divider": {show: ruled}, "themify_hr": {show: ruled}, "mk_divider": {show: ruled}, "dt_divider": {show: ruled},
	"av_table": {show: around("table")}, "av_row": {show: around("tr")}, "av_cell": {show: around("td")},
	"x_icon_list_item": {show: around("li")},
	"x_blockquote":     {show: quoted}, "x_pullquote": {show: quoted}, "su_quote": {show: quoted}, "su_pullquote": {show: quoted}, "themify_quote": {show: quoted}, "mk_blockquote": {show: quoted}, "dt_quote": {show: quoted},
	"av_testimonial_single": {show: themeTestimonial},
	"x_custom_headline":     {show: headingOf("")}, "su_heading": {show: headingOf("")}, "mk_fancy_title": {show: headingOf("")}, "x_feature_headline": {show: headingOf("")}, "ultimate_heading": {show: headingOf("main_heading")},
}

// themeCards are the parts that [newCard] translates, by the level of their headings.
var themeCards = map[string]string{
	"h2": "x_callout x_prompt av_promobox",
	"h4": "av_toggle av_tab av_iconlist_item av_icon_box av_icongrid_item av_team_member av_notification av_timeline_item accordion-item featured_box ux_image_box team_member " +
		"x_accordion_item x_tab x_feature_box x_promo x_alert su_spoiler su_tab su_box su_service bsf-info-box ult_content_box themify_toggle mk_toggle dt_toggle",
	"p": "av_catalogue_item av_progress_bar av_animated_numbers x_skill_bar x_counter",
}

// common are shortcodes that many themes have, under names that are words: see [isCall].
var common = map[string]part{
	"section": {show: box}, "row": {show: box}, "col": {show: box}, "column": {show: box}, "columns": {show: box}, "container": {show: box}, "accordion": {show: box}, "accordions": {show: box},
	"toggles": {show: box}, "tabs": {show: box}, "box": {show: titled}, "alert": {show: titled}, "callout": {show: titled}, "infobox": {show: titled}, "notice": {show: titled}, "message": {show: titled},
	"toggle": {show: titled}, "accordion_item": {show: titled}, "spoiler": {show: titled}, "tab": {show: titled}, "faq": {show: titled},
	"dropcap": {show: inline}, "highlight": {show: inline}, "tooltip": {show: inline}, "lead": {show: box}, "checklist": {show: box},
	"pullquote": {show: quoted}, "blockquote": {show: quoted}, "quote": {show: quoted},
	"button": {show: themeButton}, "title": {show: headingOf("text")}, "heading": {show: headingOf("")}, "headline": {show: headingOf("")}, "divider": {show: ruled}, "separator": {show: ruled},
	"testimonial": {show: themeTestimonial}, "clear": {show: box}, "spacer": {show: box}, "gap": {show: box}, "toc": {show: box}, "ez-toc": {show: box}, "addtoany": {show: box}, "sharethis": {show: box}, "social_share": {show: box},
}

// isCall reports whether a tag with a name of common words is a call: it has attributes or an end,
// or stands alone.
func isCall(name, given string, ends, alone bool) bool {
	_, word := common[name]
	if !word || ends || alone && strings.TrimSpace(given) == "" {
		return true
	}
	named, args := attributes(given)
	return len(named) > 0 && len(args) == 0
}

// standsAlone reports whether nothing but tags stands beside one on its line.
func standsAlone(before, behind string) bool {
	before, behind = strings.TrimRight(before, " \t"), strings.TrimLeft(behind, " \t")
	return (before == "" || strings.ContainsRune("\n>]", rune(before[len(before)-1]))) && (behind == "" || strings.ContainsRune("\n<[", rune(behind[0])))
}

// titled is a box whose title is a heading.
func titled(_ *writer, c shortcode) (before, behind string) {
	return heading("h4", c.attr("title", "heading")), "\n\n"
}

// around puts what a tag encloses into an element.
func around(tag string) func(*writer, shortcode) (string, string) {
	return func(*writer, shortcode) (before, behind string) { return "<" + tag + ">", "</" + tag + ">" }
}

// headingOf is a heading whose text is an attribute, or else what the tag encloses.
func headingOf(name string) func(*writer, shortcode) (string, string) {
	return func(_ *writer, c shortcode) (before, behind string) {
		level := "h2"
		for _, l := range []string{c.attr("tag", "tag_name", "heading_tag"), c.attr("level")} {
			if isHeading(l) {
				level = l
			}
		}
		if name != "" {
			return heading(level, linked(c.attr(name), themeLink(c))), "\n\n"
		}
		return "\n\n<" + level + ">", "</" + level + ">\n\n"
	}
}

// themeLink returns where a part leads. Enfold says in front of an address how it was chosen.
func themeLink(c shortcode) string {
	href, _ := linkOf(strings.TrimPrefix(c.attr("link", "url", "href", "link_url"), "manually,"))
	if !blog.IsWeb(href) && !strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "#") && !strings.HasPrefix(href, "mailto:") {
		return ""
	}
	return href
}

// themePicture shows a picture by its address, or by its number in the library.
func themePicture(w *writer, c shortcode) (before, behind string) {
	if src := html.UnescapeString(c.attr("video")); blog.IsWeb(src) {
		return "\n\n" + playedAt(src) + "\n\n", "\n\n"
	}
	for _, name := range []string{c.attr("src"), c.attr("id", "attachment", "image", "img")} {
		if name == "" {
			continue
		}
		f, ok := pictureBy(w, name)
		if !ok {
			continue
		}
		if alt := c.attr("alt", "image_alt"); alt != "" {
			f.Alt = plain(alt)
		}
		words := c.attr("caption")
		if words == "yes" { // it is what the tag encloses
			words = ""
		}
		return heading("h4", c.attr("title")) + "\n\n" + figure(linked(image(f), themeLink(c)), words) + "\n\n", "\n\n"
	}
	return heading("h4", c.attr("title")), "\n\n"
}

// themeBanner shows the picture behind a text, and the text.
func themeBanner(w *writer, c shortcode) (before, behind string) {
	if f, ok := pictureBy(w, c.attr("bg")); ok {
		before = figure(linked(image(f), themeLink(c)), "")
	}
	return "\n\n" + before + "\n\n", "\n\n"
}

func themeGallery(w *writer, c shortcode) (before, behind string) {
	return pictures(w, strings.TrimPrefix(c.attr("ids", "images", "source"), "media:")), "\n\n"
}

// themeButton is a link whose label is an attribute, or else what the tag encloses.
func themeButton(_ *writer, c shortcode) (before, behind string) {
	href := themeLink(c)
	if label := c.attr("label", "text", "title"); label != "" {
		return button(label, href), "\n\n"
	}
	if href == "" {
		return "\n\n<p>", "</p>\n\n"
	}
	return "\n\n" + `<p><a href="` + html.EscapeString(href) + `">`, "</a></p>\n\n"
}

func themeVideo(_ *writer, c shortcode) (before, behind string) {
	src := linkTarget(c.attr("src", "url", "link", "m4v", "mp3", "mp4"))
	if !blog.IsWeb(src) {
		return "\n\n", "\n\n"
	}
	return "\n\n" + playedAt(src) + "\n\n", "\n\n"
}

// themeRule is a line, or nothing but space.
func themeRule(w *writer, c shortcode) (before, behind string) {
	if c.attr("class") == "invisible" {
		return box(w, c)
	}
	return ruled(w, c)
}

// quoted is a quote, with who said it below.
func quoted(_ *writer, c shortcode) (before, behind string) {
	if who := c.attr("cite", "author", "name"); who != "" {
		behind = "<p>" + linked(flow(who), themeLink(c)) + "</p>\n\n"
	}
	return "\n\n<blockquote>\n\n", "\n\n" + behind + "</blockquote>\n\n"
}

func themeTestimonial(w *writer, c shortcode) (before, behind string) {
	named := shortcode{name: c.name, attrs: map[string]string{"author": c.attr("name", "author"), "job_title": c.attr("subtitle"), "company_name": c.attr("company"), "url": themeLink(c), "portrait_url": c.attr("src", "image")}}
	return diviTestimonial(w, named)
}
