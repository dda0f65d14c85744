package clean

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"replant/migrate/blog"
	"replant/migrate/dom"
	"replant/migrate/regex"
)

// pictures makes formulas of pictures that a server has drawn of TeX.
func (f *finder) pictures(body *html.Node) {
	for img := range dom.Standing(body, dom.Named(atom.Img)) {
		tex := strings.TrimSpace(undisplayed(drawn(img)))
		if tex == "" || inCode(img) {
			continue
		}
		n := img
		if a := img.Parent; dom.Is(a, atom.A) && editsFormula(a, img) {
			n = a
		}
		f.put(n, tex, onItsOwn(n) || dom.HasClass(img, "mwe-math-fallback-image-display", "ql-img-displayed-equation"))
	}
}

// editsFormula reports whether a link around the picture of a formula leads to an editor
// of it, or to the picture.
func editsFormula(a, img *html.Node) bool {
	if len(parts(a)) != 1 {
		return false
	}
	href := dom.Attr(a, "href")
	return strings.Contains(href, "codecogs.com/") || href == dom.Attr(img, "src") || strings.HasPrefix(href, "https://camo.githubusercontent.com/")
}

// onItsOwn reports whether nothing stands beside n in its paragraph.
func onItsOwn(n *html.Node) bool {
	p := n.Parent
	for ; p.Parent != nil && !dom.IsBlock(p); n, p = p, p.Parent {
		if len(parts(p)) != 1 {
			return false
		}
	}
	return len(parts(p)) == 1 && p.DataAtom != atom.Td && p.DataAtom != atom.Li && p.DataAtom != atom.Th && p.DataAtom != atom.Body
}

// drawn returns the TeX that the picture of a formula was made of, or "".
func drawn(img *html.Node) string {
	for _, key := range []string{"data-canonical-src", "src"} {
		if u := blog.ParseURL(strings.TrimSpace(dom.Attr(img, key))); u != nil {
			if tex := drawnBy(u); tex != "" {
				return tex
			}
		}
	}
	alt := dom.Attr(img, "alt")
	switch {
	case dom.HasClass(img, "latex", "tex", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display", "mwe-math-fallback-png-inline", "ql-img-inline-formula", "ql-img-displayed-equation"):
		if tex := plainTeX(alt); !inWords(tex) && !oneWord().MatchString(tex) { // of rubber, maybe
			return tex
		}
	case strings.Contains(dom.Attr(img, "src"), "/media/math/render/"):
		return alt
	}
	return ""
}

// plainTeX returns TeX without the environments that number it, which stand for display.
func plainTeX(tex string) string {
	tex = strings.TrimSpace(tex)
	for _, d := range [][2]string{{`\[`, `\]`}, {`\(`, `\)`}, {"$$", "$$"}, {"$", "$"}} {
		if in, ok := strings.CutPrefix(tex, d[0]); ok && strings.HasSuffix(in, d[1]) {
			return strings.TrimSpace(strings.TrimSuffix(in, d[1]))
		}
	}
	return tex
}

// drawers are the servers of formulas: the host, the path, and the parameter of the query
// that holds the TeX; an empty one means all of the query, "/" the rest of the path.
var drawers = []struct{ host, path, param string }{
	{"", "/latex.php", "latex"},
	{"render.githubusercontent.com", "/render/math", "math"},
	{"github.com", "/render/math", "math"},
	{"chart.googleapis.com", "/chart", "chl"},
	{"chart.apis.google.com", "/chart", "chl"},
	{"www.google.com", "/chart", "chl"},
	{"www.zhihu.com", "/equation", "tex"},
	{"math.now.sh", "", "from"},
	{"math.vercel.app", "", "from"},
	{"tex.z-dn.net", "", "f"},
	{"i.upmath.me", "/svg/", "/"},
	{"i.upmath.me", "/png/", "/"},
	{"tex.s2cms.ru", "/svg/", "/"},
	{"tex.s2cms.ru", "/png/", "/"},
	{"", "/cgi-bin/mathtex.cgi", ""},
	{"", "/cgi-bin/mimetex.cgi", ""},
	{"", "/mathtex.cgi", ""},
	{"", "/mimetex.cgi", ""},
}

func drawnBy(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if host == "codecogs.com" || strings.HasSuffix(host, ".codecogs.com") {
		return codecogs(u)
	}
	for _, d := range drawers {
		switch {
		case d.host != "" && d.host != host, d.path != "" && !strings.HasPrefix(u.Path, d.path):
		case d.host == "" && d.param == "latex" && !wordpressHost(host):
		case d.param == "/":
			return strings.TrimPrefix(u.Path, d.path)
		case d.param == "":
			return unescaped(u.RawQuery)
		case d.param == "chl" && u.Query().Get("cht") != "tx":
		default:
			return u.Query().Get(d.param)
		}
	}
	return ""
}

// wordpressHost reports whether a host draws the formulas of WordPress.com and Jetpack.
func wordpressHost(host string) bool {
	return host == "wp.com" || host == "wordpress.com" || strings.HasSuffix(host, ".wp.com") || strings.HasSuffix(host, ".wordpress.com")
}

var (
	codecogsPath = regex.Lazy(`^/(?:gif|png|svg|pdf|eq|emf)\.(?:latex|image|download)$`)
	// codecogsLook is how a formula is to look there: its resolution, its colours and its type.
	codecogsLook = regex.Lazy(`^\s*(?:\\dpi\s*\{\d+\}|\\(?:bg|fn|fg)_\w+|\\bg\s*\{\w+\}|\\color\s*\{\w+\}(?:\{\})?|\\inline\b|\\(?:tiny|small|large|LARGE|huge)\b)\s*`)
	codecogsRefs = strings.NewReplacer("&space;", " ", "&plus;", "+", "&hash;", "#")
)

// codecogs reads an address of latex.codecogs.com, whose whole query is TeX.
func codecogs(u *url.URL) string {
	if !codecogsPath().MatchString(u.Path) {
		return ""
	}
	tex := codecogsRefs.Replace(unescaped(u.RawQuery))
	for look := codecogsLook().FindString(tex); look != ""; look = codecogsLook().FindString(tex) {
		tex = tex[len(look):]
	}
	return tex
}

// unescaped undoes percent-encoding and leaves a plus what it is.
func unescaped(query string) string {
	if plain, err := url.PathUnescape(query); err == nil {
		return plain
	}
	return query
}
