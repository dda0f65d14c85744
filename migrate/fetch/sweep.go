package fetch

import (
	"errors"
	"io/fs"
	"path"
	"time"

	"github.com/spf13/afero"
)

// underWay is how old a body may be that no address is noted for yet: another run may
// be about to.
const underWay = time.Hour

// Sweep drops from the cache what has not been asked for in so long, and what killed
// runs left behind. Keep should be longer than a day, and than the longest time between
// two runs: what was dropped is downloaded again.
func (c *Client) Sweep(keep time.Duration) error {
	used, err := c.cache.sweepIndex(time.Now().Add(-keep))
	if err != nil {
		return err
	}
	return c.cache.sweepBodies(time.Now().Add(-min(keep, underWay)), used)
}

// sweepIndex drops the notes older than a time, and gives the bodies that the others
// are about.
func (c cache) sweepIndex(before time.Time) (used map[string]bool, err error) {
	notes, err := c.list(index)
	used = make(map[string]bool, len(notes))
	for _, n := range notes {
		if n.ModTime().Before(before) {
			err = errors.Join(err, c.fs.Remove(path.Join(index, n.Name())))
			continue
		}
		if e, damaged := c.noted(n.Name()); damaged == nil {
			used[e.Sum] = true
		}
	}
	return used, err
}

// sweepBodies drops the bodies older than a time that are of no use.
func (c cache) sweepBodies(before time.Time, used map[string]bool) error {
	all, err := c.list(bodies)
	for _, b := range all {
		if !used[b.Name()] && b.ModTime().Before(before) {
			err = errors.Join(err, c.fs.Remove(path.Join(bodies, b.Name())))
		}
	}
	return err
}

// list gives the files of a folder; none where there is no such folder.
func (c cache) list(dir string) ([]fs.FileInfo, error) {
	all, err := afero.ReadDir(c.fs, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return all, err
}
