package wptext

import (
	"encoding/base64"
	"html"
	"net/url"
	"strings"

	"replant/migrate/blog"
	"replant/migrate/regex"
)

// decoders return what a shortcode encodes, or takes as it stands, as HTML; "" where it does
// neither.
var decoders = map[string]func(shortcode) string{
	"vc_raw_html": rawHTML, "vc_raw_js": rawHTML, "fusion_code": rawHTML,
	"et_pb_code": diviCode, "et_pb_fullwidth_code": diviCode,
	"fusion_syntax_highlighter": fusionListing,
	"pastacode":                 pastacode,
}

// enclosesPicture are the tags that enclose nothing but the address of a picture.
var enclosesPicture = blog.WordSet("fusion_imageframe fusion_image fusion_slide")

// pictured returns a tag with a picture in it, in the place of its address.
func pictured(tag string, c shortcode) string {
	address := strings.TrimSpace(plain(c.inner))
	if !blog.IsWeb(address) || strings.ContainsAny(address, " \n") || c.attr("type") == "video" {
		return ""
	}
	return tag + solePicture + html.EscapeString(address) + `">` + "[/" + c.name + "]"
}

// solePicture begins a picture that stands in the place of its address.
const solePicture = `<img src="`

// rawHTML returns HTML that is encoded twice, or stands as it is.
func rawHTML(c shortcode) string { return apart(decoded64(c.inner)) }

// apart returns HTML that is no part of the paragraphs around it.
func apart(source string) string {
	if strings.TrimSpace(source) == "" {
		return ""
	}
	return "\n\n" + flow(strings.TrimSpace(source)) + "\n\n"
}

// decoded64 returns a text that builders encode for URLs and then in base64, or the text itself
// where it is not encoded.
func decoded64(text string) string {
	inner := strings.TrimSpace(text)
	inner = strings.TrimSuffix(strings.TrimPrefix(inner, "<p>"), "</p>")
	b, err := base64.StdEncoding.DecodeString(inner)
	if err != nil || len(b) == 0 || !textual(string(b)) {
		return text
	}
	return unescapedURL(string(b))
}

// textual reports whether bytes are text.
func textual(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == '\uFFFD' })
}

// unescapedURL decodes a text that is encoded for URLs; one that is not stays as it is.
func unescapedURL(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

var diviBreak = regex.Lazy(`<!(?:--|–-|-–|–)\s*\[et_pb_(?:line_break|br)_holder\]\s*(?:--|-–|–-|–)>`)

func diviCode(c shortcode) string {
	return apart(diviBreak().ReplaceAllString(c.inner, "\n"))
}

func fusionListing(c shortcode) string {
	if !c.enclosed {
		return ""
	}
	return codeBlock(entities.Replace(strings.Trim(html.UnescapeString(decoded64(c.inner)), "\n")), c.attr("language"), "")
}

func pastacode(c shortcode) string {
	if v := c.attr("manual"); v != "" {
		return codeBlock(entities.Replace(strings.Trim(unescapedURL(v), "\n")), c.attr("lang"), c.attr("message"))
	}
	if c.enclosed {
		return listing(c)
	}
	return ""
}
