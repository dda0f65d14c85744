package assets

import (
	"bytes"
	"image"
	_ "image/gif" // for the size of pixels
	_ "image/png"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/regex"
)

// lazy are the attributes in which scripts that load pictures late keep the address.
var lazy = []string{
	"data-lazy-src", "data-src", "data-original", "data-original-src", "data-lazy",
	"data-actualsrc", "data-echo", "data-image",
}

// lazySets are those with several addresses.
var lazySets = []string{"srcset", "data-srcset", "data-lazy-srcset"}

// placeholder names what is shown until a script has run.
var placeholder = regex.Lazy(`(?i)(blank|spacer|placeholder|loading|loader|lazy|transparent|spinner|pixel|grey|gray|1x1)[^/]*$`)

// collect gathers an img's addresses, best first: the largest of a set, what a script
// would load, what is loaded now, and a set that says no sizes.
func (p *picture) collect(o Options, img *html.Node, sources []*html.Node) {
	set := largest(img, sources)
	best, hasSet := o.address(set.addr)
	if hasSet && set.size > 1 {
		p.want(best)
	}
	late := o.late(img)
	for _, a := range late {
		p.want(a)
	}
	src, own := o.address(attr(img, "src"))
	own = own && !holdsPlace(src, len(late) > 0, hasSet)
	if own {
		p.want(src)
	}
	if hasSet {
		p.want(best)
	}
	switch {
	case len(late) > 0:
		p.remote = late[0]
	case own:
		p.remote = src
	default:
		p.remote = best
	}
}

// holdsPlace tells whether an img's own address is only shown until a script has run,
// by what else the img has.
func holdsPlace(src address, late, set bool) bool {
	return src.data != "" && (late || set) || late && placeholder().MatchString(src.text)
}

// late gives the addresses that a script would load.
func (o Options) late(img *html.Node) (found []address) {
	for _, key := range lazy {
		v := attr(img, key)
		if !strings.Contains(v, "/") && !pictureExt(path.Ext(v)) {
			continue // attributes of these names also hold switches and numbers
		}
		if a, ok := o.address(v); ok {
			found = append(found, a)
		}
	}
	return found
}

// pixel tells whether an img is there to be counted and not to be seen.
func pixel(img *html.Node, wants []address) bool {
	if tiny(attr(img, "width")) && tiny(attr(img, "height")) {
		return true
	}
	return len(wants) == 1 && tinyData(wants[0].data)
}

func tiny(length string) bool {
	length = strings.TrimSuffix(length, "px")
	return length == "0" || length == "1"
}

// pixelMost is more than the longest data: address of a pixel.
const pixelMost = 512

// tinyData tells whether a data: address holds a GIF or PNG of one pixel.
func tinyData(addr string) bool {
	if addr == "" || len(addr) > pixelMost {
		return false
	}
	data, err := decodeData(addr)
	if err != nil {
		return false
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	return err == nil && c.Width <= 1 && c.Height <= 1
}

// pictureName tells whether an address ends like a picture's.
func pictureName(u *url.URL) bool { return pictureExt(path.Ext(u.Path)) }

// pictureExt tells whether a file name's extension is a picture's.
func pictureExt(ext string) bool {
	switch strings.ToLower(ext) {
	case ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".webp", ".avif", ".heic", ".heif",
		".jxl", ".svg", ".bmp", ".ico", ".tif", ".tiff", ".apng":
		return true
	}
	return false
}
