package wptext

import (
	"html"
	"slices"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// picture returns the picture that s begins with, with the link around it; "" without one.
func picture(s string) string {
	rest := trimSpace(s)
	if behind, ok := behindTag(rest, "<a"); ok {
		rest = trimSpace(behind)
	}
	rest, ok := behindTag(rest, "<img")
	if !ok {
		return ""
	}
	const end = "</a>"
	if behind := trimSpace(rest); begins(behind, end) {
		rest = behind[len(end):]
	}
	return s[:len(s)-len(rest)]
}

// behindTag returns what stands behind a tag with attributes that s begins with.
func behindTag(s, begin string) (rest string, ok bool) {
	if !begins(s, begin) || len(s) == len(begin) || !isSpace(s[len(begin)]) {
		return s, false
	}
	end := strings.IndexByte(s, '>')
	if end < 0 {
		return s, false
	}
	return s[end+1:], true
}

// caption translates a picture with its words: both stand inside, or the words in an
// attribute, as before WordPress 3.4.
func (w *writer) caption(c shortcode) (string, bool) {
	image := picture(c.inner)
	if !c.enclosed || image == "" {
		return strings.TrimSpace(w.shortcodes(c.inner)), c.enclosed
	}
	words := c.inner[len(image):]
	if v := c.attr("caption"); v != "" {
		words = v
	}
	return figure(strings.TrimSpace(image), words), true
}

func figure(content, words string) string {
	if words = strings.TrimSpace(words); words != "" {
		words = `<figcaption class="wp-caption-text">` + words + "</figcaption>"
	}
	return `<figure class="wp-caption">` + content + words + "</figure>\n"
}

// gallery shows the pictures that it names, else those uploaded for the post.
func (w *writer) gallery(c shortcode) (string, bool) {
	var b strings.Builder
	if w.full() {
		return "", true
	}
	chosen := w.chosen(c)
	if len(chosen) == 0 {
		w.told.lose("a gallery whose pictures the export does not hold")
	}
	for _, id := range chosen {
		f, ok := w.lib.File(id)
		if !ok {
			w.told.lose("a picture of a gallery that the export does not hold: %s", id)
			continue
		}
		b.WriteString(w.expand(figure(image(f), f.Caption)))
	}
	if strings.Count(b.String(), "<img ") > 1 {
		return `<div class="gallery">` + b.String() + "</div>", true
	}
	return b.String(), true
}

func image(f File) string {
	return `<img src="` + html.EscapeString(f.URL) + `" alt="` + html.EscapeString(f.Alt) + `">`
}

// chosen returns the numbers of the files that a gallery or a playlist shows.
func (w *writer) chosen(c shortcode) []string {
	if ids := numbers(c.attr("ids", "include")); len(ids) > 0 {
		return ids
	}
	without := map[string]bool{}
	for _, id := range numbers(c.attr("exclude")) {
		without[id] = true
	}
	return slices.DeleteFunc(slices.Clone(w.lib.Attached()), func(id string) bool { return without[id] })
}

// picked returns the files that a list of numbers names, with what is lost of them.
func picked(w *writer, list string) (files []File) {
	for _, id := range numbers(list) {
		if f, ok := w.lib.File(id); ok {
			files = append(files, f)
		} else {
			w.told.lose("a picture of a gallery that the export does not hold: %s", id)
		}
	}
	return files
}

// pictureBy returns the picture that an attribute names by its address or by its number in the
// library.
func pictureBy(w *writer, value string) (f File, ok bool) {
	value, _, _ = strings.Cut(strings.TrimSpace(value), "|") // fusion: 41|full
	switch {
	case value == "":
		return File{}, false
	case strings.Trim(value, "0123456789") != "":
		return File{URL: html.UnescapeString(value)}, blog.IsWeb(value) || strings.HasPrefix(value, "/")
	}
	if f, ok = w.lib.File(value); !ok && value != "0" {
		w.told.lose("a picture that the export does not hold: %s", value)
	}
	return f, ok
}

func numbers(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r < '0' || r > '9' })
}

// playlist shows its recordings one after the other.
func (w *writer) playlist(c shortcode) (string, bool) {
	tag := "audio"
	if c.attr("type") == "video" {
		tag = "video"
	}
	var b strings.Builder
	for _, id := range numbers(c.attr("ids", "include")) {
		if f, ok := w.lib.File(id); ok {
			b.WriteString(figure(player(tag, f.URL), f.Caption))
		} else {
			w.told.lose("a recording of a playlist that the export does not hold: %s", id)
		}
	}
	return b.String(), b.Len() > 0
}

func player(tag, src string) string {
	return "<" + tag + ` controls src="` + html.EscapeString(src) + `"></` + tag + ">"
}

func (w *writer) audio(c shortcode) (string, bool) {
	return recording("audio", c, "src", "mp3", "ogg", "wav", "m4a", "flac", "wma")
}

func (w *writer) video(c shortcode) (string, bool) {
	return recording("video", c, "src", "mp4", "m4v", "webm", "ogv", "flv", "wmv")
}

// recording shows the file that an attribute names; one elsewhere, such as on YouTube, is
// embedded.
func recording(tag string, c shortcode, names ...string) (string, bool) {
	at := c.attr(names...)
	for _, v := range []string{c.arg(), strings.TrimSpace(c.inner)} {
		if at == "" {
			at = v
		}
	}
	at, _, _ = strings.Cut(html.UnescapeString(at), "|") // an old player's options
	switch {
	case at == "" || strings.ContainsAny(at, "<>\n"):
		return "", false
	case blog.IsWeb(at) && !recorded().MatchString(at):
		return embed(at), true
	}
	return figure(player(tag, at), ""), true
}

var recorded = regex.Lazy(`(?i)\.(?:mp3|ogg|oga|wav|m4a|flac|wma|mp4|m4v|webm|ogv|flv|wmv|mov|avi)(?:[?#].*)?$`)
