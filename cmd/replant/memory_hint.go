package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"replant/migrate"
)

// inSite names the site in an error. Of a memory that cannot be used it says the way out.
func inSite(dir string, err error) error {
	var m *migrate.MemoryError
	if !errors.As(err, &m) {
		return fmt.Errorf("%s: %w", dir, err)
	}
	return &hinted{fmt.Errorf("%s: %w", dir, err), memoryHint(dir, m), exitFailed}
}

// memoryHint says how a site gets a memory again.
func memoryHint(dir string, m *migrate.MemoryError) string {
	file := quoted(filepath.Join(dir, filepath.FromSlash(m.Path)))
	name := quoted(filepath.FromSlash(m.Path))
	anew := fmt.Sprintf("delete it and run replant FEED %s: pages are known by the address in their front matter and stay as they are", quoted(dir))
	switch {
	case m.Damage == migrate.Secured:
		return "let the user who runs replant read and write " + file
	case m.Damage == migrate.Newer:
		return "install a newer replant, or take the file back: git -C " + quoted(dir) + " checkout -- " + name
	case m.Damage == migrate.Blocked:
		return "move " + file + " out of the way"
	case m.IsJournal():
		return "delete " + file + ": pages that a stopped run had written then count as edited by you; none is lost"
	case m.Damage == migrate.Clashing:
		return "take one side: git -C " + quoted(dir) + " checkout --ours -- " + name + "; or " + anew
	}
	return "take it back: git -C " + quoted(dir) + " checkout -- " + name + "; or " + anew
}
