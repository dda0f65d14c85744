package wptext

import (
	"html"
	"strings"

	"replant/migrate/blog"
)

// themes are the shortcodes that themes and plug-ins bring and that work as a builder's do: those of
// Enfold (av_), Flatsome (ux_), X and Pro with Cornerstone (x_, cs_), Themify, Jupiter (mk_), The7
// (dt_), Ultimate Addons, and Shortcodes Ultimate (su_).
var themes = []part{
	{show: box, names: "av_section av_layout_row av_cell_one_full av_cell_one_half av_cell_one_third av_cell_two_third av_cell_one_fourth av_cell_three_fourth av_one_full " +
		"av_one_half av_one_third av_two_third av_one_fourth av_three_fourth av_one_fifth av_two_fifth av_three_fifth av_four_fifth av_textblock av_codeblock " +
		"av_toggle_container av_tab_container av_tab_section av_tab_sub_section av_iconlist av_icongrid av_testimonials av_slideshow av_slideshow_full " +
		"av_fullscreen av_content_slider av_partner av_buttonrow av_catalogue av_progress av_timeline ux_text ux_html text_box ux_slider ux_banner_grid " +
		"ux_stack row_inner col_inner tabgroup message_box col_grid page_header cs_content cs_section cs_row cs_column cs_text cs_content_seo x_section x_row " +
		"x_column x_container x_content_band x_text x_columnize x_accordion x_icon_list x_block_grid x_block_grid_item x_tabs x_tab_nav x_slider x_slide " +
		"x_raw_content x_video_embed x_audio_embed x_map_embed x_protect themify_box themify_col themify_row themify_layout_part themify_list su_row su_column " +
		"su_accordion su_tabs su_list su_table su_lead su_expand su_animate su_frame su_note su_media su_document su_slider su_carousel"},
	{show: inline, names: "av_dropcap1 av_dropcap2 x_dropcap x_highlight su_dropcap su_highlight su_label su_tooltip su_popup x_popovers x_extra mk_dropcaps mk_highlight " +
		"mk_tooltip themify_icon"},
	{show: headingOf("heading"), names: "av_heading"},
	{show: themePicture, names: "av_image ux_image x_image su_image themify_image av_slide av_slide_full"},
	{show: themeGallery, names: "av_gallery av_horizontal_gallery av_masonry_gallery ux_gallery su_image_carousel"},
	{show: themeBanner, names: "ux_banner"},
	{show: themeButton, names: "av_button av_buttonrow_item av_button_big x_button themify_button su_button mk_button dt_button"},
	{show: themeVideo, names: "av_video av_player ux_video su_video su_youtube su_youtube_advanced su_vimeo su_dailymotion su_audio x_video_player x_audio_player"},
	{show: themeRule, names: "av_hr"},
	{show: ruled, names: "x_line su_divider themify_hr mk_divider dt_divider"},
	{show: around("table"), names: "av_table"},
	{show: around("tr"), names: "av_row"},
	{show: around("td"), names: "av_cell"},
	{show: around("li"), names: "x_icon_list_item"},
	{show: quoted, names: "x_blockquote x_pullquote su_quote su_pullquote themify_quote mk_blockquote dt_quote"},
	{show: themeTestimonial, names: "av_testimonial_single"},
	{show: headingOf(""), names: "x_custom_headline su_heading mk_fancy_title x_feature_headline"},
	{show: headingOf("main_heading"), names: "ultimate_heading"},
	{show: newCard("h2"), names: "x_callout x_prompt av_promobox"},
	{show: newCard("h4"), names: "av_toggle av_tab av_iconlist_item av_icon_box av_icongrid_item av_team_member av_notification av_timeline_item accordion-item featured_box " +
		"ux_image_box team_member x_accordion_item x_tab x_feature_box x_promo x_alert su_spoiler su_tab su_box su_service bsf-info-box ult_content_box " +
		"themify_toggle mk_toggle dt_toggle"},
	{show: newCard("p"), names: "av_catalogue_item av_progress_bar av_animated_numbers x_skill_bar x_counter"},
	{show: filledPart, names: "av_blog av_postslider av_masonry_entries av_magazine av_portfolio av_productgrid av_contact av_mailchimp blog_posts ux_products ux_portfolio " +
		"ux_product_categories x_recent_posts x_contact_form_7 su_posts su_custom_gallery su_feed su_subpages su_siblings themify_post_slider " +
		"themify_list_posts mk_blog mk_portfolio dt_blog_posts"},
	// Of these a reader of the post would miss nothing.
	{show: box, names: "av_font_icon av_social_share av_comments_list av_sidebar av_submenu scroll_to x_gap x_share x_clear x_icon su_spacer su_icon su_qrcode ux_menu " +
		"mk_padding_divider mk_clearboth dt_gap ult_ihover_effects lwptoc table_of_contents sharethis-inline-buttons"},
}

// common are shortcodes that many themes have, under names that are words: see [isCall].
var common = []part{
	{show: box, names: "section row col column columns container accordion accordions toggles tabs lead checklist"},
	{show: titled, names: "box alert callout infobox notice message toggle accordion_item spoiler tab faq"},
	{show: inline, names: "dropcap highlight tooltip"},
	{show: quoted, names: "pullquote blockquote quote"},
	{show: themeButton, names: "button"},
	{show: headingOf("text"), names: "title"},
	{show: headingOf(""), names: "heading headline"},
	{show: ruled, names: "divider separator"},
	{show: themeTestimonial, names: "testimonial"},
	// Of these a reader of the post would miss nothing.
	{show: box, names: "clear spacer gap toc ez-toc addtoany sharethis social_share"},
}

// isCall reports whether a tag with a common name is a call and no word in brackets: it has attributes
// or an end, or stands alone.
func isCall(given string, ends, alone bool) bool {
	if ends || alone && strings.TrimSpace(given) == "" {
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
