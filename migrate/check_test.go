package migrate_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/spf13/afero"

	"replant/migrate"
)

// A check of a site that can only be read finds its pages, their pictures and embeds
// whole, fetches no picture, and leaves the ledger alone.
func TestCheckOnlyReads(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	blog := plainBlog("c", "b", "a")
	blog.posts[0].body += img("https://blog.example/x.png") + img("https://blog.example/gone.png")
	w.pictures["https://blog.example/x.png"] = png("x")
	w.publish(blog)
	w.run()
	before := files(t, w.site)
	m := &migrate.Migration{
		Site: afero.NewReadOnlyFs(w.site), Feeds: slices.Clone(w.feeds), Web: w.web, Files: w.web,
		Scratch: &scratch{}, Jobs: 2,
	}
	out, err := m.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Losses)+len(out.Troubles) > 0 || out.Proof.String() != "3 posts, 1 picture could not be downloaded" {
		t.Errorf("%v, %v, %v", out.Losses, out.Troubles, &out.Proof)
	}
	if !out.Plan.Empty() {
		t.Errorf("a check plans %q", changes(out))
	}
	if after := files(t, w.site); !maps.Equal(before, after) {
		t.Errorf("%q became %q", before, after)
	}
}
