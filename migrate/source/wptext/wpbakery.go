package wptext

import (
	"html"
	"strings"
)

// wpBakery are the elements of WPBakery, formerly Visual Composer (its folder config).
var wpBakery = []part{
	{show: box, names: "vc_row vc_row_inner vc_section vc_column vc_column_inner vc_column_text vc_raw_html vc_raw_js vc_tta_tabs vc_tta_accordion vc_tta_tour vc_tta_pageable " +
		"vc_tta_toggle vc_tabs vc_tour vc_accordion vc_gutenberg vc_message vc_message_box"},
	{show: vcHeading, names: "vc_custom_heading"},
	{show: vcImage, names: "vc_single_image"},
	{show: vcGallery, names: "vc_gallery vc_images_carousel vc_media_grid vc_masonry_media_grid"},
	{show: vcVideo, names: "vc_video"},
	{show: vcMap, names: "vc_gmaps"},
	{show: vcButton, names: "vc_btn vc_button vc_button2"},
	{show: ruled, names: "vc_separator vc_zigzag"},
	{show: newCard("h2"), names: "vc_wp_text vc_hoverbox vc_cta vc_cta_button vc_cta_button2 vc_pricing_table vc_progress_bar"},
	{show: newCard("h4"), names: "vc_tta_section vc_tab vc_accordion_tab vc_toggle vc_text_separator vc_pie vc_round_chart vc_line_chart"},
	{show: filledPart, names: "vc_posts_slider vc_basic_grid vc_masonry_grid vc_posts_grid vc_carousel vc_flickr vc_wp_posts vc_wp_rss vc_wp_links vc_wp_pages vc_wp_custommenu " +
		"vc_twitter"},
	// Of these a reader of the post would miss nothing.
	{show: box, names: "vc_empty_space vc_facebook vc_tweetmeme vc_googleplus vc_pinterest vc_linkedin vc_widget_sidebar vc_wp_search vc_wp_meta vc_wp_recentcomments " +
		"vc_wp_calendar vc_wp_tagcloud vc_wp_archives vc_wp_categories vc_icon"},
}

func vcHeading(_ *writer, c shortcode) (before, behind string) {
	level := "h2"
	for field := range strings.SplitSeq(c.attr("font_container"), "|") {
		if tag, ok := strings.CutPrefix(field, "tag:"); ok {
			level = tag
		}
	}
	href, _ := linkOf(c.attr("link"))
	return heading(level, linked(c.attr("text"), href)), "\n\n"
}

func vcImage(w *writer, c shortcode) (before, behind string) {
	f, ok := pictureBy(w, c.attr("image", "custom_src"))
	if !ok {
		return "\n\n", "\n\n"
	}
	href, _ := linkOf(c.attr("link", "img_link"))
	words := c.attr("caption")
	if words == "" && c.attr("add_caption") == "yes" {
		words = f.Caption
	}
	title := ""
	if c.attr("title") != "" {
		title = heading("h2", c.attr("title")) // of the widget; class wpb_heading
	}
	return "\n\n" + title + figure(linked(image(f), href), words) + "\n\n", "\n\n"
}

func vcGallery(w *writer, c shortcode) (before, behind string) {
	before = heading("h2", c.attr("title"))
	if custom := c.attr("custom_srcs"); custom != "" {
		return before + "\n\n" + customPictures(w, custom) + "\n\n", "\n\n"
	}
	return before + pictures(w, c.attr("images", "include")), "\n\n"
}

// customPictures shows pictures by their addresses, which are encoded twice (#E-8_ and base64)
// and parted by line ends or commas.
func customPictures(w *writer, list string) string {
	var b strings.Builder
	for _, addr := range strings.FieldsFunc(decoded64(strings.TrimPrefix(list, "#E-8_")), func(r rune) bool { return r == '\n' || r == ',' || r == ' ' }) {
		if f, ok := pictureBy(w, strings.TrimSpace(plain(addr))); ok {
			b.WriteString(figure(image(f), "") + "\n")
		}
	}
	return b.String()
}

func vcVideo(_ *writer, c shortcode) (before, behind string) {
	before = heading("h2", c.attr("title"))
	if src := linkTarget(c.attr("link")); src != "" {
		before += "\n\n" + playedAt(src) + "\n\n"
	}
	return before, "\n\n"
}

// vcMap shows the frame of a map, which is encoded.
func vcMap(_ *writer, c shortcode) (before, behind string) {
	before = heading("h2", c.attr("title"))
	return before + apart(decoded64(strings.TrimPrefix(c.attr("link"), "#E-8_"))), "\n\n"
}

func vcButton(_ *writer, c shortcode) (before, behind string) {
	href, title := linkOf(c.attr("link", "href"))
	if label := c.attr("title"); label != "" {
		title = label
	} else {
		title = html.EscapeString(title)
	}
	if title == "" {
		title = html.EscapeString(href)
	}
	if title == "" {
		return "\n\n", "\n\n"
	}
	return button(title, href), "\n\n"
}
