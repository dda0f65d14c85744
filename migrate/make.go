package migrate

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"

	"replant/assets"
	"replant/frontmatter"
	"replant/migrate/blog"
	"replant/migrate/ledger"
	"replant/migrate/likeness"
	"replant/migrate/plan"
	"replant/migrate/proof"
	"replant/migrate/source"
)

// made is what became of a job.
type made struct {
	post      *blog.Post
	page      plan.Content   // the fresh page
	comments  plan.Content   // the file of readers' comments; absent without any
	needs     []string       // the shortcodes that it calls
	conserved proof.Report   // what its source lost before that
	removed   map[string]int // what was left out of it on purpose, by reason
	lost      proof.Report   // what it does not show of the post
	disk      plan.Content   // what lies at its path
	why       string         // it is our post's all the same, though the ledger has none
	last      string         // the hash of what the page on disk was made from
	assets    []assets.Asset
	back      []assets.Asset // what is to be brought back for the page as it was written last
	common    []string       // hashes of pictures that came in the place of other posts' too
	weighed
	examined
	again *source.Item // to make the page once more: see [run.unmask]; else nil
	err   error
}

// work makes a job's page. It runs beside others and touches only the job.
func (r *run) work(ctx context.Context, j *job) {
	defer close(j.done)
	j.attempt(func() error { return r.make(ctx, j) })
}

// attempt lets a job make its page, and notes why it cannot.
func (j *job) attempt(produce func() error) {
	defer func() {
		// A converter that panics on one post must not cost the others.
		if p := recover(); p != nil {
			j.err = fmt.Errorf("%v", p)
		}
	}()
	j.err = produce()
	if j.post != nil {
		j.post.Body = nil // it is in the page; settling may be a while
	}
}

func (r *run) make(ctx context.Context, j *job) (err error) {
	if j.disk, err = plan.Hash(r.Site, j.entry.Path); err != nil {
		return err
	}
	if _, err := plan.Hash(r.Site, baseDir+j.entry.Path); err != nil && !r.checks {
		return err // the page would be written and its base not
	}
	if j.text.IsZero() && r.readsText(j) {
		j.text = likeness.HTML(j.item.Source().Text).Sketch()
	}
	if err := r.enrich(ctx, j); err != nil {
		return err
	}
	return r.produce(ctx, j)
}

// produce makes a job's page of its item.
func (r *run) produce(ctx context.Context, j *job) (err error) {
	item, source := *j.item, j.item.Source() // kept while the post is under way
	if j.post, err = j.item.Parse(); err != nil {
		return err
	}
	j.conserved = proof.Conserve(source, j.post.Body, j.post.Removed)
	j.removed, j.post.Removed = reasons(j.post.Removed), nil
	give(j.feed.Terms, j.post)
	if j.why == "" && j.disk.Exists() && j.entry.Page == "" {
		j.why = r.namesPost(j)
	}
	if j.assets, err = assets.Localize(ctx, j.post.Body, r.media(j)); err != nil {
		return err
	}
	if r.checks {
		return r.examine(ctx, j)
	}
	if slices.ContainsFunc(j.assets, replaced) {
		j.again = &item
	}
	j.cover()
	body, err := r.convert(ctx, j)
	if err != nil {
		return err
	}
	if err := r.bringBack(ctx, j); err != nil {
		return err
	}
	if err := r.discuss(ctx, j); err != nil {
		return err
	}
	matter, err := head(j.feed.Settings, r.site.Matter(*j.post))
	if err != nil {
		return err
	}
	page := slices.Concat(matter, []byte("\n"), body)
	if j.page = r.sameButAddress(j, page); !j.page.Exists() {
		j.page, err = r.spool.Put(page)
	}
	return err
}

// head writes front matter.
func head(s Settings, m frontmatter.Matter) ([]byte, error) {
	if s.FrontMatter == TOML {
		return m.TOML()
	}
	return m.YAML()
}

// media says how a post's pictures are found and named.
func (r *run) media(j *job) assets.Options {
	o := assets.Options{Base: j.post.URL, Original: j.item.Original, Prefix: j.place.Prefix, Unsized: j.feed.Sizes == Drop}
	if j.feed.Images == Remote {
		return o
	}
	o.Fetcher, o.Files, o.Beside = r.Web, r.Files, j.feed.Beside
	o.Copies, o.CopyOf = r.Uploads, uploaded
	if r.checks {
		o.Fetcher, o.Beside = nowhere{}, nil
	}
	o.Skip, o.Media = j.skip, j.feed.Media == Local
	o.Known = func(addr string) (assets.Known, bool) { return r.known(j, addr) }
	if !r.AcceptShrunk && !r.checks {
		o.Stood = func(addr string) (assets.Known, bool) { return r.stood(j, addr) }
	}
	o.Common, o.Taken = j.common, r.foreign(j)
	o.HashOf = func(name string) string { return r.hash(path.Join(j.place.Assets, name)) }
	o.More = []*url.URL{j.post.Cover}
	return o
}

// known gives what the last run stored for a picture's address, unless the author
// wants a deleted one back.
func (r *run) known(j *job, addr string) (assets.Known, bool) {
	for _, a := range j.entry.Assets {
		if a.Address != addr && (!j.rehosted || !samePath(a.Address, addr)) || path.Dir(a.File) != j.place.Assets {
			continue
		}
		disk, err := plan.Hash(r.Site, a.File)
		if err != nil || !disk.Exists() && (r.Restore || r.memory.journal.Removes(a.File)) ||
			r.RetryImages && a.Missed != "" && disk.Hash() == a.Hash {
			break
		}
		return assets.Known{File: path.Base(a.File), Hash: a.Hash, Own: assets.Size{Width: a.Width, Height: a.Height}}, true
	}
	return assets.Known{}, false
}

// hash gives the hash of a file of the site; empty where there is none to read.
func (r *run) hash(name string) string {
	c, err := plan.Hash(r.Site, name)
	if err != nil {
		return ""
	}
	return c.Hash()
}

// foreign lists the files beside a page that are not ours: their names are taken.
func (r *run) foreign(j *job) []string {
	dir, err := fs.ReadDir(r.tree(), j.place.Assets)
	if err != nil {
		return nil
	}
	var taken []string
	for _, f := range dir {
		name := path.Join(j.place.Assets, f.Name())
		_, marked := r.memory.journal[name]
		if !marked && !slices.ContainsFunc(j.entry.Assets, func(a ledger.Asset) bool { return a.File == name }) {
			taken = append(taken, f.Name())
		}
	}
	return taken
}

// pageMost bounds what is read of a page.
const pageMost = 16 << 20
