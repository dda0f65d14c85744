package assets

import (
	"image"
	_ "image/gif"  // for their sizes
	_ "image/jpeg" // too
	_ "image/png"  // too
	"io"
	"strconv"
	"strings"

	_ "golang.org/x/image/webp" // too
	"golang.org/x/net/html"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// Size is how large a picture is by itself, in pixels, as its bytes lie: a camera's may
// be shown turned. Zero where that is not known.
type Size struct{ Width, Height int }

// measure reads a picture's size from its first bytes; zero for a kind that it cannot
// read.
func measure(r io.Reader) Size {
	c, _, err := image.DecodeConfig(r)
	if err != nil {
		return Size{}
	}
	return Size{c.Width, c.Height}
}

// column is the width in pixels that a theme's column of text has at the least. What the
// source shows as wide as that, it shows as wide as it can.
const column = 640

var (
	pixels = regex.Lazy(`^(\d{1,5})(?:\.\d+)?(?:px)?$`)
	share  = regex.Lazy(`^(100|[1-9]\d?)(?:\.\d+)?%$`)
	sized  = regex.Lazy(`(?i)(?:^|;)\s*(width|height)\s*:\s*([^;!]*?)\s*(?:!important\s*)?(?:;|$)`)
)

// resize leaves a picture with the width and height that its source shows it in, where
// they make it other than it is by itself, and smaller than a column of text.
func resize(img *html.Node, own Size) {
	width, wide, height, high := shownIn(img)
	shared := strings.HasSuffix(width, "%")
	if width == "100%" && height == "" || wide >= column || high >= column || !shared && own.is(wide, high) {
		width, height = "", ""
	}
	say(img, "width", width)
	say(img, "height", height)
}

// presumed gives the size of a picture that was not had: a width and a height together
// were most often written by a platform, which knows the file. Zero where only one is
// given, or img is nil.
func presumed(img *html.Node) Size {
	if img == nil {
		return Size{}
	}
	_, wide, _, high := shownIn(img)
	if wide == 0 || high == 0 {
		return Size{}
	}
	return Size{wide, high}
}

// shownIn gives the width and height that the source shows a picture in, spelled and in
// pixels. What is given as a style goes before an attribute, as it does in browsers.
func shownIn(img *html.Node) (width string, wide int, height string, high int) {
	given := map[string]string{"width": attr(img, "width"), "height": attr(img, "height")}
	style := attr(img, "style")
	for {
		m := sized().FindStringSubmatchIndex(style)
		if m == nil {
			break
		}
		given[strings.ToLower(style[m[2]:m[3]])] = style[m[4]:m[5]]
		style = style[m[5]:]
	}
	width, wide = dimension(given["width"])
	height, high = dimension(given["height"])
	if strings.HasSuffix(height, "%") { // of a page that has no height
		height = ""
	}
	return width, wide, height, high
}

// unsize takes away what says in which size pictures are shown.
func unsize(pictures []*picture) {
	for _, p := range pictures {
		if p.node != nil && is(p.node, "img") {
			for _, key := range []string{"width", "height", "style"} {
				dom.DelAttr(p.node, key)
			}
		}
	}
}

// dimension gives a width or height as HTML writes it, and in pixels; empty for what says
// none, and no pixels for a share of the page.
func dimension(s string) (spelled string, px int) {
	s = strings.TrimSpace(s)
	if m := pixels().FindStringSubmatch(s); m != nil {
		if px, _ = strconv.Atoi(m[1]); px > 0 {
			return strconv.Itoa(px), px
		}
		return "", 0
	}
	if m := share().FindStringSubmatch(s); m != nil {
		return m[1] + "%", 0
	}
	return "", 0
}

// is tells whether a picture is shown in its own size, upright or turned; zero is
// for what is not given.
func (s Size) is(width, height int) bool {
	agrees := func(given, own int) bool { return given == 0 || own > 0 && given == own }
	return (width > 0 || height > 0) && s.Width > 0 &&
		(agrees(width, s.Width) && agrees(height, s.Height) || agrees(width, s.Height) && agrees(height, s.Width))
}

// say sets an attribute, or takes it away where there is nothing to say.
func say(n *html.Node, key, value string) {
	if value == "" {
		dom.DelAttr(n, key)
		return
	}
	dom.SetAttr(n, key, value)
}
