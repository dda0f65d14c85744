package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// The session on README's first screen is what the program prints, word for word.
// Lines that start with # in it say what happens meanwhile.
func TestReadmeSession(t *testing.T) {
	t.Parallel()
	const name = "../../README.md"
	readme, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(readme), "```console\n")
	session, after, ends := strings.Cut(rest, "```\n")
	if !ok || !ends {
		t.Fatal("README has no session")
	}
	dir := t.TempDir()
	copyTree(t, "../../testdata/demo", filepath.Join(dir, "testdata", "demo"))
	got := replay(t, dir, session)
	if *update {
		if err := os.WriteFile(name, []byte(before+"```console\n"+got+"```\n"+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != session {
		t.Errorf("README says\n%s\nbut the program says\n%s", session, got)
	}
}

// replay runs the commands of a session and gives it with what they printed.
func replay(t *testing.T, dir, session string) string {
	t.Helper()
	var out strings.Builder
	for line := range strings.Lines(session) {
		command, isCommand := strings.CutPrefix(line, "$ ")
		switch {
		case strings.HasPrefix(line, "#"):
			out.WriteString(line)
			mend(t, filepath.Join(dir, "testdata", "demo", "feed.xml"))
		case isCommand:
			out.WriteString(line)
			cmd := exec.Command("sh", "-c", command)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
			printed, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%s: %v\n%s", command, err, printed)
			}
			out.Write(printed)
		}
	}
	return out.String()
}

// mend is what the blog's author does between two runs.
func mend(t *testing.T, feed string) {
	t.Helper()
	b, err := os.ReadFile(feed)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(b), "four planks", "five planks", 1)
	if changed == string(b) {
		t.Fatal("nothing to mend")
	}
	if err := os.WriteFile(feed, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Every flag has its row in the documents.
func TestUsageNamesEveryFlag(t *testing.T) {
	t.Parallel()
	usage, err := os.ReadFile("../../docs/usage.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range flagNames() {
		switch f {
		case "quiet", "verbose":
			f = "-" + f[:1]
		case "help", "version":
			continue
		default:
			f = "--" + f
		}
		if !strings.Contains(string(usage), "`"+f) {
			t.Errorf("docs/usage.md does not name %s", f)
		}
	}
}

func flagNames() (names []string) {
	command(func(op) {}).Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}
