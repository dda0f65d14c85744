package wptext

import (
	"html"
	"strings"

	"replant/migrate/blog"
)

// fusion are the elements of Avada's Fusion Builder (its folder shortcodes).
var fusion = []part{
	{show: box, names: "fusion_builder_container fusion_builder_row fusion_builder_row_inner fusion_builder_column fusion_builder_column_inner fusion_builder_form_step " +
		"fusion_text fusion_code fusion_tabs fusion_accordion fusion_content_boxes fusion_testimonials fusion_slider fusion_images fusion_flip_boxes " +
		"fusion_alert fusion_table fusion_counters_box fusion_counters_circle fusion_modal_text_link fusion_image_carousel fusion_lightbox fusion_pricing_table " +
		"fusion_social_links fusion_builder_next_page"},
	{show: fusionTitle, names: "fusion_title"},
	{show: fusionImage, names: "fusion_imageframe fusion_image fusion_gallery_image fusion_slide", whole: true},
	{show: fusionGallery, names: "fusion_gallery"},
	{show: fusionVideo("https://www.youtube.com/watch?v="), names: "fusion_youtube"},
	{show: fusionVideo("https://vimeo.com/"), names: "fusion_vimeo"},
	{show: fusionVideo(""), names: "fusion_video fusion_audio fusion_soundcloud"},
	{show: fusionButton, names: "fusion_button"},
	{show: fusionSeparator, names: "fusion_separator"},
	{show: func(*writer, shortcode) (string, string) { return "\n\n<ul>", "</ul>\n\n" }, names: "fusion_checklist"},
	{show: around("li"), names: "fusion_li_item"},
	{show: fusionTestimonial, names: "fusion_testimonial"},
	{show: fusionPerson, names: "fusion_person"},
	{show: fusionModal, names: "fusion_modal"},
	{show: item, names: "fusion_pricing_row fusion_pricing_footer"},
	{show: inline, names: "fusion_highlight fusion_dropcap fusion_tooltip fusion_popover fusion_fontawesome"},
	{show: fusionInlineLink, names: "fusion_one_page_text_link"},
	{show: newCard("h2"), names: "fusion_content_box fusion_tagline_box fusion_flip_box"},
	{show: newCard("h3"), names: "fusion_countdown fusion_pricing_column"},
	{show: newCard("h4"), names: "fusion_toggle fusion_tab"},
	{show: newCard("p"), names: "fusion_counter_box fusion_counter_circle fusion_progress fusion_map fusion_pricing_price"},
	{show: filledPart, names: "fusion_blog fusion_recent_posts fusion_portfolio fusion_widget fusion_widget_area fusion_form fusion_events fusion_faq fusion_post_slider " +
		"fusion_postslider fusion_woo_featured_products_slider fusion_woo_product_grid fusion_woo_shortcodes fusion_products_slider " +
		"fusion_featured_products_slider fusion_post_cards"},
	// Of these a reader of the post would miss nothing.
	{show: box, names: "fusion_menu_anchor fusion_section_separator fusion_sharing fusion_login fusion_register fusion_lost_password fusion_search fusion_user_login " +
		"fusion_breadcrumbs fusion_menu"},
}

func fusionTitle(_ *writer, c shortcode) (before, behind string) {
	level := "h" + c.attr("size")
	if size := c.attr("size"); isHeading(size) {
		level = size
	}
	if !isHeading(level) {
		level = "h1"
	}
	return "\n\n<" + level + ">", "</" + level + ">\n\n"
}

// fusionImage shows a picture that the tag encloses, as an element or by its address, or names
// by its number. A slide may be a video.
func fusionImage(w *writer, c shortcode) (before, behind string) {
	href, words := linkTarget(c.attr("link")), c.attr("caption_text", "caption")
	inner := strings.TrimSpace(c.inner)
	if address, ok := strings.CutPrefix(inner, solePicture); ok && blog.IsWeb(address) && strings.HasSuffix(address, `">`) && strings.Count(address, `"`) == 1 {
		inner = strings.TrimSuffix(address, `">`)
	}
	if strings.Contains(inner, "<img") || strings.Contains(inner, "[") {
		return "\n\n" + figure(linked(w.shortcodes(inner), href), words) + "\n\n", ""
	}
	f, ok := pictureBy(w, plain(inner))
	if !ok {
		f, ok = pictureBy(w, c.attr("image"))
	}
	if !ok {
		f, ok = pictureBy(w, c.attr("image_id"))
	}
	switch {
	case !ok:
		return "\n\n" + w.shortcodes(inner) + "\n\n", ""
	case c.attr("type") == "video":
		return "\n\n" + playedAt(f.URL) + "\n\n", ""
	}
	if alt := c.attr("alt"); alt != "" {
		f.Alt = plain(alt)
	}
	return "\n\n" + figure(linked(image(f), href), words) + "\n\n", ""
}

func fusionGallery(w *writer, c shortcode) (before, behind string) {
	if ids := c.attr("image_ids"); ids != "" {
		return pictures(w, ids), "\n\n"
	}
	return "\n\n", "\n\n"
}

// fusionVideo shows a video by its address, or by its id on a site.
func fusionVideo(site string) func(*writer, shortcode) (before, behind string) {
	return func(_ *writer, c shortcode) (before, behind string) {
		src := linkTarget(c.attr("id", "video", "src", "url", "video_webm", "video_ogv"))
		if !blog.IsWeb(src) && site != "" && thingID().MatchString(src) {
			src = site + src
		}
		if src == "" {
			return "\n\n", "\n\n"
		}
		return "\n\n" + playedAt(src) + "\n\n", "\n\n"
	}
}

func fusionButton(_ *writer, c shortcode) (before, behind string) {
	href := linkTarget(c.attr("link"))
	if href == "" {
		return "\n\n<p>", "</p>\n\n"
	}
	return "\n\n" + `<p><a href="` + html.EscapeString(href) + `">`, "</a></p>\n\n"
}

func fusionInlineLink(_ *writer, c shortcode) (before, behind string) {
	href := linkTarget(c.attr("link"))
	if href == "" {
		return "", ""
	}
	return `<a href="` + html.EscapeString(href) + `">`, "</a>"
}

func fusionSeparator(_ *writer, c shortcode) (before, behind string) {
	if style := c.attr("style_type"); style == "none" || style == "default" && c.attr("icon") == "" && c.attr("sep_color") == "" {
		return "\n\n", "\n\n"
	}
	return "\n\n<hr />\n\n", "\n\n"
}

func fusionTestimonial(w *writer, c shortcode) (before, behind string) {
	named := shortcode{name: c.name, attrs: map[string]string{"author": c.attr("name"), "company_name": c.attr("company"), "url": c.attr("link"), "portrait_url": c.attr("image", "image_id")}}
	return diviTestimonial(w, named)
}

// fusionPerson shows a person: the name is a heading, the title stands below it.
func fusionPerson(w *writer, c shortcode) (before, behind string) {
	named := shortcode{name: c.name, attrs: map[string]string{"picture": c.attr("picture", "picture_id"), "name": c.attr("name"), "position": c.attr("title"), "url": c.attr("pic_link")}}
	return newCard("h4")(w, named)
}

// fusionModal shows a box that a click opens; its name is no text.
func fusionModal(_ *writer, c shortcode) (before, behind string) {
	return heading("h3", c.attr("title")), "\n\n"
}
