package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/afero"

	"replant/migrate/fetch"
)

// workspace is where a run keeps what it works on: the cache of what was fetched, and
// the file of pages not yet in place.
type workspace struct {
	cache   afero.Fs
	scratch *os.File
	remove  []string // what goes when the run ends
	note    string   // what is worth knowing of it under -v; may be empty
}

// openWorkspace uses the user's cache folder, or a temporary one where there is none to
// write to, as in a systemd unit.
func openWorkspace() (*workspace, error) {
	if dir, err := cacheDir(); err == nil {
		if w, err := workspaceIn(dir); err == nil {
			return w, nil
		}
	}
	dir, err := os.MkdirTemp("", "replant-")
	if err != nil {
		return nil, &hinted{fmt.Errorf("no folder to work in: %w", err), "set XDG_CACHE_HOME or TMPDIR to one", exitFailed}
	}
	w, err := workspaceIn(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	w.remove = append(w.remove, dir)
	w.note = "no cache folder: what is fetched is not kept for the next run"
	return w, nil
}

func workspaceIn(dir string) (*workspace, error) {
	scratch, err := os.CreateTemp(dir, "scratch-")
	if err != nil {
		return nil, err
	}
	w := &workspace{cache: afero.NewBasePathFs(afero.NewOsFs(), dir), scratch: scratch}
	// Removed at once where the system allows it: then even a killed run leaves nothing.
	if os.Remove(scratch.Name()) != nil {
		w.remove = append(w.remove, scratch.Name())
	}
	return w, nil
}

// lasts reports whether what was fetched is there for the next run.
func (w *workspace) lasts() bool { return w.note == "" }

func cacheDir() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(base, "replant")
	return dir, os.MkdirAll(dir, 0o755)
}

// keep is how long what was fetched stays in the cache without being asked for.
const keep = 30 * 24 * time.Hour

// patience is how long the client waits for servers; zero values are its defaults. Tests
// have less.
var patience struct{ timeout, pause time.Duration }

// client returns a polite HTTP client that keeps what it fetches in the cache.
func (w *workspace) client(o *options, log *slog.Logger) *fetch.Client {
	return fetch.New(fetch.Options{
		UserAgent: agent(contact, modulePath()), Cache: w.cache, Edition: edition(), Log: log,
		AllowPrivate: o.read.allowPrivate, Offline: o.migration.Offline, Run: o.read.timeLimit, Timeout: patience.timeout, Pause: patience.pause,
	})
}

// close removes what only this run needed. What cannot be removed is left to the system's
// own sweeping of temporary files.
func (w *workspace) close() {
	if w.scratch != nil {
		_ = w.scratch.Close()
	}
	for _, name := range w.remove {
		_ = os.RemoveAll(name)
	}
}
