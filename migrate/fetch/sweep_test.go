package fetch

import (
	"path"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/spf13/afero"
)

func TestSweepDropsWhatIsNotAskedFor(t *testing.T) {
	t.Parallel()
	const month = 30 * 24 * time.Hour
	synctest.Test(t, func(t *testing.T) {
		cache, body := afero.NewMemMapFs(), "one"
		run := func() *Client { return world(t, Options{Cache: cache}, says(body)) }
		old := feed(t, run(), blogFeed, "s")
		if _, err := picture(t, run(), photo); err != nil {
			t.Fatal(err)
		}
		time.Sleep(month)
		body = "two"
		now := feed(t, run(), blogFeed, "s")
		if err := afero.WriteFile(cache, path.Join(bodies, "tmp-killed"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Hour)
		if err := run().Sweep(month); err != nil {
			t.Fatal(err)
		}
		if files(t, run(), index) != 1 || files(t, run(), bodies) != 1 {
			t.Errorf("%d notes and %d bodies are left", files(t, run(), index), files(t, run(), bodies))
		}
		if _, err := cache.Stat(path.Join(bodies, now.Sum)); err != nil || old.Sum == now.Sum {
			t.Errorf("the feed's body: %v", err)
		}
	})
}

func TestSweepLeavesBodiesUnderWay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := world(t, Options{}, says("one"))
		if _, _, err := c.cache.put(strings.NewReader("pixels"), 10, anything); err != nil {
			t.Fatal(err)
		}
		if err := c.Sweep(24 * time.Hour); err != nil || files(t, c, bodies) != 1 {
			t.Errorf("%d bodies are left, %v", files(t, c, bodies), err)
		}
	})
}

func TestSweepOfAnEmptyCache(t *testing.T) {
	t.Parallel()
	if err := world(t, Options{}, says("")).Sweep(time.Hour); err != nil {
		t.Error(err)
	}
}
