package assets

import (
	"slices"

	"golang.org/x/net/html"

	"replant/migrate/dom"
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

// outside gives the pictures that a post shows outside its text.
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

// find gives the pictures in the order of the document. Twins for readers without
// scripts become one, tracking pixels and pictures without any address go, video and
// audio are made absolute.
func find(root *html.Node, o Options) (found []*picture) {
	mergeTwins(root)
	f := finder{o, root, map[*html.Node]bool{}}
	for _, n := range all(root, "img", "video", "audio") {
		for _, p := range f.at(n) {
			switch {
			case p == nil:
			case o.skips(p):
				p.keepRemote()
			default:
				found = append(found, p)
			}
		}
	}
	return found
}

// at gives what an element shows; any may be nil.
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
