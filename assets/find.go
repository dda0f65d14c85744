package assets

import (
	"bytes"
	"image"
	_ "image/gif" // for the size of pixels
	_ "image/png"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"replant/migrate/dom"
	"replant/migrate/regex"
)

// picture is one place where a post shows a picture.
type picture struct {
	node *html.Node // the img, or the video whose poster it is; nil for one outside the text
	// plays says that it is no picture but what the node, a video or an audio, plays.
	plays bool
	// wants are the addresses to try, best first; never empty.
	wants []address
	// remote is the one of them that is shown when none can be had.
	remote address
	// link leads to the picture at full size, which is wants[0]; nil when none does.
	link *html.Node
}

// outside returns the pictures that a post shows outside its text.
func outside(o Options) (found []*picture) {
	for _, u := range o.More {
		if u == nil {
			continue
		}
		a := addressOf(u)
		a.file = beneath(u)
		if p := (&picture{wants: []address{a}, remote: a}); !o.skips(p) {
			found = append(found, p)
		}
	}
	return found
}

// finder looks for pictures below root, and readies the document for what becomes of
// them.
type finder struct {
	Options
	root   *html.Node
	single map[*html.Node]bool // links, by whether they hold one picture
}

// find returns the pictures in the order of the document. Twins for readers without
// scripts become one, tracking pixels and pictures without any address go, video and
// audio are made absolute.
func find(root *html.Node, o Options) (found []*picture) {
	mergeTwins(root)
	f := finder{o, root, map[*html.Node]bool{}}
	for _, n := range all(root, "img", "video", "audio") {
		for _, p := range f.at(n) {
			switch {
			case p == nil:
			case (o.Fetcher != nil || o.Unsized) && o.skips(p): // else all are left where they are
				p.keepRemote()
			default:
				found = append(found, p)
			}
		}
	}
	return found
}

// at returns what an element shows; any may be nil.
func (f *finder) at(n *html.Node) []*picture {
	if n.Data == "img" {
		return []*picture{f.img(n)}
	}
	return []*picture{f.poster(n), f.player(n)}
}

// img reads an img, and takes off the picture element around it. It gives nil for one
// that shows nothing.
func (f *finder) img(n *html.Node) *picture {
	p := &picture{node: n}
	if frame := ancestor(n, f.root, "picture"); frame != nil {
		sources := all(frame, "source")
		p.collect(f.Options, n, sources)
		for _, s := range sources {
			dom.Detach(s)
		}
		dom.Unwrap(frame)
	} else {
		p.collect(f.Options, n, nil)
	}
	if len(p.wants) == 0 || pixel(n, p.wants) {
		dom.Detach(n)
		return nil
	}
	f.follow(p)
	return p
}

// poster reads the picture that a video shows before it plays; nil without one.
func (f *finder) poster(n *html.Node) *picture {
	a, ok := f.address(attr(n, "poster"))
	if !ok || n.Data != "video" {
		return nil
	}
	return &picture{node: n, wants: []address{a}, remote: a}
}

// player makes a video's or an audio's addresses absolute, and gives what it plays, the
// first of them first; nil where that is not asked for.
func (f *finder) player(n *html.Node) *picture {
	p := &picture{node: n, plays: true}
	for _, m := range append([]*html.Node{n}, all(n, "source")...) {
		if a, ok := f.address(attr(m, "src")); ok {
			dom.SetAttr(m, "src", a.text)
			a.kind = &media
			p.want(a)
		}
	}
	if !f.Media || len(p.wants) == 0 {
		return nil
	}
	p.remote = p.wants[0]
	return p
}

func (p *picture) want(a address) {
	if !p.wanted(a.key) {
		p.wants = append(p.wants, a)
	}
}

func (p *picture) wanted(key string) bool {
	return slices.ContainsFunc(p.wants, func(a address) bool { return a.key == key })
}

// lazy are the attributes in which scripts that load pictures late keep the address.
var lazy = []string{
	"data-lazy-src", "data-src", "data-original", "data-original-src", "data-lazy",
	"data-actualsrc", "data-echo", "data-image", "data-breeze",
}

// lazyKeys returns the attributes of an img in which a script may keep its address: the known ones
// and those of any other name that ends like theirs, as data-ezsrc does.
func lazyKeys(img *html.Node) []string {
	keys := lazy
	for _, a := range img.Attr {
		if strings.HasPrefix(a.Key, "data-") && strings.HasSuffix(a.Key, "src") && !slices.Contains(keys, a.Key) {
			keys = append(slices.Clip(keys), a.Key)
		}
	}
	return keys
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

// holdsPlace reports whether an img's own address is only shown until a script has run,
// by what else the img has.
func holdsPlace(src address, late, set bool) bool {
	return src.data != "" && (late || set) || late && placeholder().MatchString(src.text)
}

// late returns the addresses that a script would load.
func (o Options) late(img *html.Node) (found []address) {
	for _, key := range lazyKeys(img) {
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

// pixel reports whether an img is there to be counted and not to be seen. Package clean has removed
// those that say so; here are those that have their size from a twin (see [mergeTwins]), or only in
// their bytes.
func pixel(img *html.Node, wants []address) bool {
	return dom.IsPixel(img) || len(wants) == 1 && tinyData(wants[0].data)
}

// pixelMost is more than the longest data: address of a pixel.
const pixelMost = 512

// tinyData reports whether a data: address holds a GIF or PNG of one pixel.
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

// pictureName reports whether an address ends like a picture's.
func pictureName(u *url.URL) bool { return pictureExt(path.Ext(u.Path)) }

// pictureExt reports whether a file name's extension is a picture's.
func pictureExt(ext string) bool {
	switch strings.ToLower(ext) {
	case ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".webp", ".avif", ".heic", ".heif",
		".jxl", ".svg", ".bmp", ".ico", ".tif", ".tiff", ".apng":
		return true
	}
	return false
}

func is(n *html.Node, tag string) bool {
	return n != nil && n.Type == html.ElementNode && n.Data == tag && n.Namespace == ""
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// ancestor returns the nearest element of that tag around n, not above root; nil when
// there is none.
func ancestor(n, root *html.Node, tag string) *html.Node {
	for p := n.Parent; p != nil && n != root; n, p = p, p.Parent {
		if is(p, tag) {
			return p
		}
	}
	return nil
}

// all returns the elements of those tags below n, in order.
func all(n *html.Node, tags ...string) (found []*html.Node) {
	for d := range dom.Below(n) {
		if d.Type == html.ElementNode && d.Namespace == "" && slices.Contains(tags, d.Data) {
			found = append(found, d)
		}
	}
	return found
}

func blank(n *html.Node) bool {
	return n.Type == html.CommentNode || n.Type == html.TextNode && strings.TrimSpace(n.Data) == ""
}

// next returns the first sibling in a direction that is more than white space, or nil.
func next(n *html.Node, step func(*html.Node) *html.Node) *html.Node {
	n = step(n)
	for n != nil && blank(n) {
		n = step(n)
	}
	return n
}

// candidate is one entry of a srcset.
type candidate struct {
	addr string
	size float64 // in pixels of width or as a density, whichever the set uses; 1 when it says none
}

// largest returns the largest entry in the sets of an img and of the sources around it,
// the img's own when they are even. It has no address when there is none; what stands
// in the text itself holds the place until a script has run.
func largest(img *html.Node, sources []*html.Node) (best candidate) {
	for _, n := range append([]*html.Node{img}, sources...) {
		for _, key := range lazySets {
			for _, c := range parseSet(attr(n, key)) {
				if c.size > best.size && scheme(c.addr) != "data" {
					best = c
				}
			}
		}
	}
	return best
}

// parseSet reads a srcset as https://html.spec.whatwg.org/#parsing-a-srcset-attribute
// says: commas part the entries, but may stand inside an address.
func parseSet(set string) (entries []candidate) {
	for {
		set = strings.TrimLeft(set, " \t\r\n\f,")
		if set == "" {
			return entries
		}
		addr, rest := set, ""
		if i := strings.IndexAny(set, " \t\r\n\f"); i >= 0 {
			addr, rest = set[:i], set[i:]
		}
		descriptor := ""
		if !strings.HasSuffix(addr, ",") {
			descriptor, rest, _ = strings.Cut(rest, ",")
		}
		entries = append(entries, candidate{strings.TrimRight(addr, ","), size(descriptor)})
		set = rest
	}
}

// size reads "640w" or "2x"; anything else is 1.
func size(descriptor string) float64 {
	for _, d := range strings.Fields(descriptor) {
		number := strings.TrimRight(d, "wx")
		if v, err := strconv.ParseFloat(number, 64); err == nil && len(number) == len(d)-1 && v > 0 {
			return v
		}
	}
	return 1
}
