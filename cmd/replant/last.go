package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"
)

// lastRun is what the user's cache knows of the last run on a site: the site itself says
// nothing of a run that brought nothing new.
type lastRun struct {
	Ended time.Time
	Exit  int
}

// lastRuns returns the folder of such notes, or "" where there is no cache.
func lastRuns() string {
	dir, err := cacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "run")
}

// noteRun notes that a run on a site has ended. It notes nothing where there is no cache.
func noteRun(dir, site string, exit int) {
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return
	}
	text, err := json.Marshal(lastRun{time.Now().Round(time.Second), exit})
	if err != nil {
		return
	}
	tmp, err := os.CreateTemp(dir, "new-")
	if err != nil {
		return
	}
	_, err = tmp.Write(text)
	if closed := tmp.Close(); err != nil || closed != nil || os.Rename(tmp.Name(), sitePath(dir, site)) != nil {
		_ = os.Remove(tmp.Name())
	}
}

// lastRunOn returns what is known of the last run on a site; false where nothing is.
func lastRunOn(dir, site string) (l lastRun, known bool) {
	if dir == "" {
		return l, false
	}
	text, err := os.ReadFile(sitePath(dir, site))
	return l, err == nil && json.Unmarshal(text, &l) == nil
}
