package wptext

import (
	"cmp"
	"html"
	"maps"
	"strings"

	"replant/migrate/blog"
)

// widgets are those of Elementor and Elementor Pro that show what a post says, by name.
var widgets map[string]func(*elementor, element)

// silentWidgets are those of which a reader of the post would miss nothing: the frame of the
// site, and what is on the page anyway.
var silentWidgets = blog.WordSet("spacer menu-anchor sidebar theme-post-title theme-page-title theme-archive-title theme-site-logo theme-site-title theme-post-featured-image theme-post-excerpt post-info post-comments post-navigation " +
	"author-box breadcrumbs yoast-breadcrumbs nav-menu mega-menu search search-form login table-of-contents share-buttons facebook-button facebook-like sitemap off-canvas")

// filledWidgets are those that WordPress fills when it shows the page.
var filledWidgets = blog.WordSet("posts portfolio loop-grid loop-carousel archive-posts form theme-post-content woocommerce-products wc-categories wc-products facebook-page facebook-comments countdown paypal-button stripe-button template-loop progress-tracker")

func init() { // the functions call back into the table
	widgets = map[string]func(*elementor, element){
		"heading": headingWidget, "text-editor": editorWidget, "image": imageWidget, "video": videoWidget, "button": buttonWidget,
		"html": htmlWidget, "shortcode": shortcodeWidget, "divider": dividerWidget,
		"image-gallery": galleryWidget, "gallery": galleryWidget, "image-carousel": galleryWidget,
		"icon-list": iconListWidget, "social-icons": socialWidget, "price-list": cardsWidget, "slides": cardsWidget, "media-carousel": cardsWidget,
		"toggle": cardsWidget, "accordion": cardsWidget, "tabs": cardsWidget, "nested-tabs": nestedWidget, "nested-accordion": nestedWidget,
		"testimonial": quoteWidget, "blockquote": quoteWidget, "testimonial-carousel": quotesWidget, "reviews": quotesWidget,
		"counter": counterWidget, "progress": counterWidget, "star-rating": counterWidget, "rating": counterWidget,
		"google_maps": placeWidget, "audio": videoWidget, "animated-headline": headlineWidget, "code-highlight": codeWidget,
		"icon":     func(*elementor, element) {},
		"template": func(e *elementor, one element) { e.template(one.settings.str("template_id")) },
	}
	for _, name := range []string{"icon-box", "image-box", "call-to-action", "flip-box", "price-table", "alert", "read-more"} {
		widgets[name] = pricedWidget
	}
	for name := range silentWidgets {
		widgets[name] = func(*elementor, element) {}
	}
	for name := range filledWidgets {
		widgets[name] = func(e *elementor, one element) {
			e.w.told.unfill(name)
			e.card("h3", one.settings)
		}
	}
}

func headingWidget(e *elementor, one element) {
	s := one.settings
	e.put(heading(cmp.Or(s.str("header_size"), "h2"), linked(s.str("title"), s.at("link"))))
}

func editorWidget(e *elementor, one element) { e.put(text(one.settings.str("editor"))) }

func imageWidget(e *elementor, one element) {
	s := one.settings
	f, ok := e.picture(s["image"])
	if !ok {
		return
	}
	words, href := "", ""
	switch s.str("caption_source") {
	case "custom":
		words = s.str("caption")
	case "attachment":
		words = f.Caption
	default:
		words = s.str("caption") // of old, without a source
	}
	if to := s.str("link_to"); to != "none" && to != "file" {
		href = s.at("link")
	}
	e.put(figure(linked(image(f), href), flow(words)))
}

func videoWidget(e *elementor, one element) {
	s := one.settings
	kind := cmp.Or(s.str("video_type"), "youtube")
	at := s.at(kind+"_url", "link")
	if kind == "hosted" {
		at = s.at("external_url", "hosted_url")
	}
	if at == "" {
		at = s.at("youtube_url", "vimeo_url", "dailymotion_url", "hosted_url", "external_url")
	}
	if at != "" {
		e.put(playedAt(at))
	}
	for _, name := range []string{"youtube_url", "vimeo_url", "dailymotion_url", "videopress_url", "hosted_url", "external_url", "insert_url"} {
		delete(s, name) // of the other kinds, which nobody sees
	}
}

func buttonWidget(e *elementor, one element) {
	if label := one.settings.str("text"); label != "" {
		e.put(button(label, one.settings.at("link")))
	}
}

func htmlWidget(e *elementor, one element) { e.put(apart(one.settings.str("html"))) }

func shortcodeWidget(e *elementor, one element) { e.put(one.settings.str("shortcode")) }

func dividerWidget(e *elementor, one element) {
	e.put("<hr />")
	if v := one.settings.str("text"); v != "" && one.settings.str("look") == "line_text" {
		e.put("<p>" + flow(v) + "</p>")
	}
}

func galleryWidget(e *elementor, one element) {
	s := one.settings
	showPictures(e, s.list("wp_gallery", "gallery", "carousel"))
	for _, g := range s.list("galleries") {
		e.put(heading("h3", g.str("gallery_title")))
		showPictures(e, g.list("multiple_gallery"))
	}
}

func showPictures(e *elementor, list []settings) {
	for _, p := range list {
		if f, ok := e.picture(map[string]any(p)); ok {
			e.put(figure(image(f), f.Caption))
		}
	}
}

func iconListWidget(e *elementor, one element) {
	items := one.settings.list("icon_list")
	if len(items) == 0 {
		return
	}
	e.out.WriteString("\n\n<ul>")
	for _, i := range items {
		e.out.WriteString("<li>" + linked(flow(i.str("text")), i.at("link")) + "</li>")
	}
	e.out.WriteString("</ul>\n\n")
}

// socialWidget lists where the author is elsewhere, by the names of icons: fab fa-mastodon.
func socialWidget(e *elementor, one element) {
	e.out.WriteString("\n\n<ul>")
	for _, i := range one.settings.list("social_icon_list") {
		name := i.str("text", "social")
		if m, ok := i["social_icon"].(map[string]any); ok && name == "" {
			name = settings(m).str("value")
		}
		name = name[strings.LastIndexByte(name, ' ')+1:]
		if href := i.at("link"); href != "" {
			e.out.WriteString("<li>" + linked(html.EscapeString(strings.TrimPrefix(name, "fa-")), href) + "</li>")
		}
	}
	e.out.WriteString("</ul>\n\n")
}

// cardsWidget shows the items of a widget one after the other.
func cardsWidget(e *elementor, one element) {
	for _, i := range one.settings.list("tabs", "slides", "price_list") {
		if v := i.str("tab_content"); v != "" {
			e.put(heading("h4", i.str("tab_title")))
			e.put(text(v))
			continue
		}
		e.card("h4", i)
	}
}

// nestedWidget shows boxes, each below the title that the widget has for it.
func nestedWidget(e *elementor, one element) {
	titles := one.settings.list("tabs", "items")
	for i := range max(len(titles), len(one.elements)) {
		if i < len(titles) {
			e.put(heading("h4", titles[i].str("tab_title", "item_title")))
		}
		if i < len(one.elements) {
			e.all(one.elements[i : i+1])
		}
	}
}

func quotesWidget(e *elementor, one element) {
	for _, i := range one.settings.list("slides") {
		saidBy(e, i)
	}
}

func quoteWidget(e *elementor, one element) { saidBy(e, one.settings) }

// saidBy shows a quote, with who said it below.
func saidBy(e *elementor, s settings) {
	if f, ok := e.picture(s["testimonial_image"]); ok {
		e.put(figure(image(f), ""))
	} else if f, ok := e.picture(s["image"]); ok {
		e.put(figure(image(f), ""))
	}
	var who []string
	for _, name := range []string{"testimonial_name", "name", "author_name", "testimonial_job", "title"} {
		if v := s.str(name); v != "" {
			who = append(who, v)
		}
	}
	e.out.WriteString("\n\n<blockquote>\n\n" + text(s.str("testimonial_content", "blockquote_content", "content")) + "\n\n")
	if len(who) > 0 {
		e.out.WriteString("<p>" + linked(flow(strings.Join(who, ", ")), s.at("link")) + "</p>\n\n")
	}
	e.out.WriteString("</blockquote>\n\n")
}

func counterWidget(e *elementor, one element) {
	s := one.settings
	count := s.str("prefix") + s.str("ending_number", "percent", "rating", "rating_value") + s.str("suffix")
	words := []string{s.str("title"), s.str("inner_text"), count}
	e.put("<p>" + flow(strings.Join(strings.Fields(strings.Join(words, " ")), " ")) + "</p>")
}

func placeWidget(e *elementor, one element) {
	e.put("<p>" + flow(one.settings.str("address")) + "</p>")
}

func headlineWidget(e *elementor, one element) {
	s := one.settings
	words := []string{s.str("before_text"), s.str("highlighted_text"), strings.ReplaceAll(s.str("rotating_text"), "\n", ", "), s.str("after_text")}
	e.put(heading(cmp.Or(s.str("tag"), "h3"), linked(strings.Join(words, " "), s.at("link"))))
}

func codeWidget(e *elementor, one element) {
	s := one.settings
	e.put(codeBlock(entities.Replace(strings.Trim(s.str("code"), "\n")), s.str("language"), ""))
}

// pricedWidget shows a card, with the price and the list that it may have.
func pricedWidget(e *elementor, one element) {
	s := maps.Clone(one.settings)
	if price := s.str("price"); price != "" {
		s["price"] = strings.TrimSpace(s.str("currency_symbol_custom") + price + " " + s.str("period"))
	}
	items := s.list("features_list")
	foot := s.str("footer_additional_info")
	delete(s, "footer_additional_info")
	if label := s.str("button"); label != "" { // of a call to action
		s["button_text"] = label
		delete(s, "button")
	}
	label, href := s.str("button_text"), s.at("link")
	if label != "" {
		delete(s, "button_text")
		delete(s, "link")
	}
	delete(s, "ribbon_title")
	e.card("h3", s)
	if len(items) > 0 {
		e.out.WriteString("\n\n<ul>")
		for _, i := range items {
			e.out.WriteString("<li>" + flow(i.str("item_text")) + "</li>")
		}
		e.out.WriteString("</ul>\n\n")
	}
	if label != "" {
		e.put(button(label, href))
	}
	if foot != "" {
		e.put(text(foot))
	}
}
