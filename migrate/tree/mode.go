package tree

import (
	"io/fs"

	"github.com/spf13/afero"
)

// newFile are the permissions of a file that was not there, less the umask.
const newFile fs.FileMode = 0o644

// mode is the permissions that a file gets.
type mode struct {
	perm fs.FileMode
	kept bool // they are those of a file that is replaced: the umask takes nothing off
}

// give gives a file that was just made what the umask took off.
func (m mode) give(site afero.Fs, f afero.File, name string) error {
	if !m.kept {
		return nil
	}
	info, err := f.Stat()
	if err != nil || info.Mode().Perm() == m.perm {
		return err
	}
	return site.Chmod(name, m.perm)
}
