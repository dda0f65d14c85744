package merge_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"replant/migrate/merge"
)

// Merges are git's: the same are clean, and those have the same bytes.
func TestMergesAsGitDoes(t *testing.T) {
	t.Parallel()
	git, err := exec.LookPath("git")
	if err != nil {
		if os.Getenv("CI") == "" {
			t.Skip("needs git")
		}
		t.Fatal(err)
	}
	merges := 3000
	if testing.Short() {
		merges = 300
	}
	var wait sync.WaitGroup
	for worker := range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			dir := t.TempDir()
			for seed := worker; seed < merges; seed += runtime.GOMAXPROCS(0) {
				sameAsGit(t, git, dir, uint64(seed))
			}
		})
	}
	wait.Wait()
}

func sameAsGit(t *testing.T, git, dir string, seed uint64) {
	w := writer{rand.New(rand.NewPCG(seed, 0))}
	base := w.text()
	mine, theirs := w.edit(base), w.edit(base)
	var names []string
	for i, lines := range [][]string{mine, base, theirs} {
		names = append(names, filepath.Join(dir, fmt.Sprint(i)))
		if err := os.WriteFile(names[i], join(lines), 0o644); err != nil {
			t.Error(err)
			return
		}
	}
	cmd := exec.Command(git, append([]string{"merge-file", "-p", "-q"}, names...)...)
	want, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() > 127) {
		t.Errorf("seed %d: git: %v", seed, err)
		return
	}
	got, clashes := merge.Text(join(base), join(mine), join(theirs))
	switch {
	case (err != nil) != (clashes != nil):
		t.Errorf("seed %d: git finds a conflict %v, merge %q\nbase %q\nmine %q\ntheirs %q", seed, err != nil, clashes, base, mine, theirs)
	case err == nil && !bytes.Equal(got, want):
		t.Errorf("seed %d: merge gives %q, git %q\nbase %q\nmine %q\ntheirs %q", seed, got, want, base, mine, theirs)
	}
}

func join(lines []string) []byte {
	var b []byte
	for _, l := range lines {
		b = append(b, l...)
	}
	return b
}

// writer writes texts as Markdown pages are: paragraphs between blank lines, code with
// lines that come again and again.
type writer struct{ *rand.Rand }

func (w writer) text() (lines []string) {
	kinds := 1 + w.IntN(60)
	for range w.IntN(40) {
		lines = append(lines, w.line(kinds))
	}
	return w.end(lines)
}

func (w writer) line(kinds int) string {
	switch w.IntN(6) {
	case 0, 1:
		return "\n"
	case 2:
		return []string{"}\n", "```\n", "---\n", "- item\n"}[w.IntN(4)]
	}
	return fmt.Sprintf("line %d\n", w.IntN(kinds))
}

// end may take the newline off the last line.
func (w writer) end(lines []string) []string {
	if n := len(lines); n > 0 && w.IntN(10) == 0 {
		lines[n-1] = lines[n-1][:len(lines[n-1])-1]
	}
	return lines
}

// edit replaces, inserts and deletes some lines.
func (w writer) edit(base []string) []string {
	lines := append([]string{}, base...)
	for range w.IntN(4) {
		at := w.IntN(len(lines) + 1)
		gone := min(w.IntN(4), len(lines)-at)
		var fresh []string
		for range w.IntN(4) {
			fresh = append(fresh, w.line(80))
		}
		lines = append(lines[:at:at], append(fresh, lines[at+gone:]...)...)
	}
	for i := range max(0, len(lines)-1) {
		if n := len(lines[i]); n == 0 || lines[i][n-1] != '\n' {
			lines[i] += "\n"
		}
	}
	if len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
