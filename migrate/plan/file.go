package plan

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"github.com/spf13/afero"
)

// change makes one change, if what lies there is still what the plan saw.
func (a *apply) change(c Change) error {
	needed, err := a.needed(c)
	switch {
	case err != nil || !needed:
		return err
	case !c.After.Exists():
		return a.remove(c.Path)
	}
	return a.putFile(c.Path, c.After)
}

func (a *apply) putFile(name string, c Content) error {
	r, err := c.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close()
	if err := a.put(a.site, TempDir, name, r); err != nil {
		return fmt.Errorf("%s: %w", name, cause(err))
	}
	return nil
}

// remove removes a file and the folders that it leaves empty.
func (a *apply) remove(name string) error {
	if err := a.site.Remove(name); err != nil {
		return fmt.Errorf("%s: %w", name, cause(err))
	}
	a.thinned[prune(a.site, path.Dir(name))] = true
	return nil
}

// prune removes a folder and those that it lies in, as far as they are empty, and returns
// the first that stays.
func prune(site afero.Fs, dir string) string {
	for ; dir != "."; dir = path.Dir(dir) {
		if empty, err := afero.IsEmpty(site, dir); err != nil || !empty || site.Remove(dir) != nil {
			break
		}
	}
	return dir
}

// cause takes the operation and the path off an error of the file system: the paths of
// temporary files tell nobody anything.
func cause(err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}
