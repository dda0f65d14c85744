package memory

import (
	"io/fs"

	"github.com/spf13/afero"

	"replant/migrate/plan"
)

// Tree returns the site as an fs.FS.
func (m *Memory) Tree() fs.FS { return afero.NewIOFS(m.Site) }

// Hash returns the hash of a file of the site; empty where there is none to read.
func (m *Memory) Hash(name string) string {
	c, err := plan.Hash(m.Site, name)
	if err != nil {
		return ""
	}
	return c.Hash()
}

// Exists reports whether anything lies at a path of the site.
func (m *Memory) Exists(name string) bool {
	_, err := m.Site.Stat(name)
	return err == nil
}

// IsLink reports whether a symbolic link lies at a path of the site.
func (m *Memory) IsLink(name string) bool {
	l, ok := m.Site.(afero.Lstater)
	if !ok {
		return false
	}
	info, _, err := l.LstatIfPossible(name)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// Leftover reports whether a killed run left anything of its own to clear away.
func (m *Memory) Leftover() bool {
	tmp, err := afero.DirExists(m.Site, plan.TempDir)
	return m.Journal != nil || err == nil && tmp
}
