package page

import (
	"context"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"replant/assets"
	"replant/migrate/dom"
	"replant/migrate/ledger"
	"replant/migrate/plan"
	"replant/migrate/shrink"
)

// Replaced reports whether another picture came for one that the last run stored, and would
// take its place.
func Replaced(a assets.Asset) bool { return a.Came != "" && a.FS != nil }

// pictures says how a post's pictures are found and named.
func (m *Maker) pictures(j *Job, made *Made) assets.Options {
	s := m.feed.Settings
	o := assets.Options{Base: made.Post.URL, Original: j.Item.Original, Prefix: j.Place.Prefix, Unsized: s.Sizes == ledger.DropSizes}
	if s.Images == ledger.Remote {
		return o
	}
	o.Fetcher, o.Files, o.Beside = m.env.Web, m.env.Files, m.feed.Beside
	o.Copies, o.CopyOf = m.env.Uploads, uploaded
	o.Count = m.env.Count
	if m.env.Options.Check {
		o.Count = nil
		o.Fetcher, o.Beside = nowhere{}, nil
	}
	o.Skip, o.Media = m.feed.Skip, s.Media == ledger.Local
	o.Known = func(addr string) (assets.Known, bool) { return m.known(j, made, addr) }
	if !m.env.Options.AcceptShrunk && !m.env.Options.Check {
		o.Stood = func(addr string) (assets.Known, bool) { return m.stood(j, addr) }
	}
	o.Common, o.Taken = j.Common, m.foreign(j)
	o.HashOf = func(name string) string { return m.env.Memory.Hash(path.Join(j.Place.Assets, name)) }
	o.More = []*url.URL{made.Post.Cover}
	if made.Post.Cover != nil && j.Place.Prefix == "" && !made.Post.CoverLeads {
		o.Called, o.Opens = m.env.Site.CoverFile(), opens(made.Post.Body)
	}
	return o
}

// known returns what the last run stored for a picture's address, unless the author
// wants a deleted one back.
func (m *Maker) known(j *Job, made *Made, addr string) (assets.Known, bool) {
	for _, a := range j.Entry.Assets {
		if a.Address != addr && (!j.Rehosted || !samePath(a.Address, addr)) || path.Dir(a.File) != j.Place.Assets {
			continue
		}
		disk, err := plan.Hash(m.env.Memory.Site, a.File)
		if err != nil || !disk.Exists() && (m.env.Options.Restore || m.env.Memory.Journal.Removes(a.File)) ||
			m.env.Options.RetryImages && a.Missed != "" && disk.Hash() == a.Hash || m.miscalled(made, a, disk.Hash()) {
			break
		}
		return assets.Known{File: path.Base(a.File), Hash: a.Hash, Own: assets.Size{Width: a.Width, Height: a.Height}}, true
	}
	return assets.Known{}, false
}

// foreign lists the files beside a page that are not ours: their names are taken.
func (m *Maker) foreign(j *Job) []string {
	dir, err := fs.ReadDir(m.env.Memory.Tree(), j.Place.Assets)
	if err != nil {
		return nil
	}
	var taken []string
	for _, f := range dir {
		name := path.Join(j.Place.Assets, f.Name())
		_, marked := m.env.Memory.Journal[name]
		if !marked && !slices.ContainsFunc(j.Entry.Assets, func(a ledger.Asset) bool { return a.File == name }) {
			taken = append(taken, f.Name())
		}
	}
	return taken
}

// stood returns what the last run stored for a picture's address, or else for another
// address of the same picture, where it lies there still or is to be brought back.
func (m *Maker) stood(j *Job, addr string) (assets.Known, bool) {
	for _, same := range []func(old string) bool{
		func(old string) bool { return old == addr },
		func(old string) bool { return assets.SamePicture(old, addr, j.Item.Original) },
	} {
		for _, a := range j.Entry.Assets {
			if a.File == "" || path.Dir(a.File) != j.Place.Assets || !same(a.Address) {
				continue
			}
			if disk, err := plan.Hash(m.env.Memory.Site, a.File); err == nil && (disk.Exists() || m.env.Options.Restore) {
				own := assets.Size{Width: a.Width, Height: a.Height}
				return assets.Known{File: path.Base(a.File), Hash: a.Hash, Own: own, Size: disk.Size(), Gone: !disk.Exists()}, true
			}
		}
	}
	return assets.Known{}, false
}

// bringBack gets the pictures that their author deleted of a page whose source has less of
// it now: the page as it was written last shows them, and the source may not.
func (m *Maker) bringBack(ctx context.Context, j *Job, made *Made) (err error) {
	if !m.env.Options.Restore || j.Old == nil || made.Less == shrink.Edit && !made.Alien {
		return nil
	}
	var gone []assets.Asset
	for _, a := range j.Old.Assets {
		shown := slices.ContainsFunc(made.Assets, func(b assets.Asset) bool { return b.Addr == a.Address })
		if a.File == "" || shown || m.env.Memory.Hash(a.File) != "" {
			continue
		}
		own := assets.Size{Width: a.Width, Height: a.Height}
		gone = append(gone, assets.Asset{Addr: a.Address, File: path.Base(a.File), Hash: a.Hash, Own: own})
	}
	made.Back, err = assets.Again(ctx, m.pictures(j, made), gone)
	return err
}

// samePath reports whether two addresses differ in nothing but scheme and host: a picture of
// a blog that has moved with all that it had.
func samePath(a, b string) bool {
	u, err1 := url.Parse(a)
	v, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && strings.Trim(u.Path, "/") != "" && u.Path == v.Path && u.RawQuery == v.RawQuery
}

// uploaded returns where in a copy of wp-content/uploads, or of Ghost's content/images, the
// file of an address lies; empty for an address of anything else. On wordpress.com a blog's
// files have a host of their own.
func uploaded(u *url.URL) string {
	if _, name, ok := strings.Cut(u.Path, "/wp-content/uploads/"); ok {
		return name
	}
	if _, name, ok := strings.Cut("/"+u.Path, "/content/images/"); ok {
		return name
	}
	if strings.HasSuffix(u.Hostname(), ".files.wordpress.com") {
		return strings.TrimPrefix(u.Path, "/")
	}
	return ""
}

// cover makes a post's cover what its page calls it by: the file beside it, or, where that
// could not be had, the address it has.
func (m *Maker) cover(made *Made) {
	p := made.Post
	p.Folder = m.env.Site.Folder(made.Place)
	if p.Cover == nil {
		return
	}
	if file := assets.FileOf(made.Assets, p.Cover); file != "" {
		p.Cover = &url.URL{Path: made.Place.Prefix + file}
	}
	p.CoverLeads = p.CoverLeads || leads(p.Body, p.Cover.String())
}

// miscalled reports whether a refreshed page's cover, which is still as it was written, has a
// name by which the site's theme would not find it.
func (m *Maker) miscalled(made *Made, a ledger.Asset, disk string) bool {
	stem := m.env.Site.CoverFile()
	cover := made.Post.Cover
	return m.env.Options.Refresh && stem != "" && cover != nil && !made.Post.CoverLeads && made.Place.Prefix == "" &&
		disk == a.Hash && !strings.HasPrefix(path.Base(a.File), stem) && assets.FileOf([]assets.Asset{{Addr: a.Address, File: a.File}}, cover) != ""
}

// leads reports whether the first picture of a body is the one at an address: a reader who
// has just seen it above the text would see it twice, be there a paragraph between or not.
func leads(body *html.Node, addr string) bool {
	first := opening(body)
	return first != nil && dom.Attr(first, "src") == addr
}

// opens reports whether a body has a picture.
func opens(body *html.Node) bool { return opening(body) != nil }

// opening returns the first picture of a body, or nil.
func opening(body *html.Node) *html.Node {
	for n := range body.Descendants() {
		if n.Type == html.ElementNode && n.Data == "img" {
			return n
		}
	}
	return nil
}
