package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
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

// replay runs the commands of a session and returns the session with their output.
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

// blocks returns the code of docs/cron.md in one language.
func blocks(t *testing.T, language string) (all []string) {
	t.Helper()
	text, err := os.ReadFile("../../docs/cron.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		all = append(all, m[1])
	}
	if len(all) == 0 {
		t.Fatalf("docs/cron.md has no %s", language)
	}
	return all
}

// here puts a test's program and site in the places of the documentation's.
func here(t *testing.T, text, site string) string {
	t.Helper()
	program, err := exec.LookPath("replant")
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("/usr/local/bin/replant", program, "/srv/blog", site).Replace(text)
}

// demoSite makes a site with the demo's blog, and returns the feed to be changed.
func demoSite(t *testing.T) (site, feed string) {
	t.Helper()
	site = filepath.Join(t.TempDir(), "site")
	copyTree(t, "../../testdata/demo", filepath.Join(site, "feed"))
	feed = filepath.Join(site, "feed", "feed.xml")
	if out, err := replant(t, site, "-q", feed, site); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return site, feed
}

// mended reports whether the demo's change has arrived.
func mended(t *testing.T, site string) bool {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(site, "content/posts/hello-bed/index.md"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(page), "five planks")
}

// The documented line of a crontab works as cron runs it: by sh, with next to nothing in
// the environment.
func TestCrontabLineWorks(t *testing.T) {
	t.Parallel()
	site, feed := demoSite(t)
	line := regexp.MustCompile(`(?m)^(?:\S+ ){5}(.*)$`).FindStringSubmatch(blocks(t, "crontab")[0])
	if line == nil {
		t.Fatal("no line of a crontab")
	}
	mend(t, feed)
	cmd := exec.Command("sh", "-c", here(t, line[1], site))
	cmd.Env = []string{"PATH=/usr/bin:/bin"}
	if out, err := cmd.CombinedOutput(); err != nil || !mended(t, site) || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
	again := exec.Command("sh", "-c", here(t, line[1], site))
	again.Env = cmd.Env
	if out, err := again.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("nothing new, and yet: %v\n%s", err, out)
	}
}

// The documented units are ones that systemd takes, and what they start works in the
// environment that they give.
func TestSystemdUnitsWork(t *testing.T) {
	t.Parallel()
	site, feed := demoSite(t)
	dir := t.TempDir()
	var names []string
	for _, unit := range blocks(t, "ini") {
		first, _, _ := strings.Cut(unit, "\n")
		name := filepath.Join(dir, filepath.Base(first))
		names = append(names, name)
		if err := os.WriteFile(name, []byte(here(t, unit, site)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	service := blocks(t, "ini")[0]
	command := regexp.MustCompile(`(?m)^ExecStart=(.*)$`).FindStringSubmatch(service)
	mend(t, feed)
	cmd := exec.Command("sh", "-c", here(t, command[1], site))
	cmd.Env = []string{"XDG_CACHE_HOME=" + t.TempDir()}
	if out, err := cmd.CombinedOutput(); err != nil || !mended(t, site) {
		t.Errorf("%v\n%s", err, out)
	}
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("no systemd-analyze to check the units with")
	}
	if out, err := exec.Command("systemd-analyze", append([]string{"verify", "--man=no"}, names...)...).CombinedOutput(); err != nil || strings.Contains(string(out), dir) {
		t.Errorf("systemd-analyze: %v\n%s", err, out)
	}
}

// workflow is what the test needs of a workflow of GitHub Actions.
type workflow struct {
	Jobs map[string]struct {
		Steps []struct {
			Name, Run, If string
		}
	}
}

// The documented workflow commits what is new to a branch and opens a pull request with
// the summary as its body; later it brings both up to date, and with nothing new it
// does nothing.
func TestWorkflowOpensAPullRequest(t *testing.T) {
	t.Parallel()
	site, feed := demoSite(t)
	a := newActions(t, site)
	if calls := a.run(); calls != "" {
		t.Errorf("nothing new, and yet: %s", calls)
	}
	a.git("-C", site, "pull", "-q", "origin", "main")
	mend(t, feed)
	a.publish("mended")
	if calls := a.run(); !strings.Contains(calls, "pr create --head replant --title New on the blog --body-file ") {
		t.Errorf("gh was called: %s", calls)
	}
	if body := a.file("body"); !strings.Contains(body, "| update | `content/posts/hello-bed/index.md` | changed at the source |") {
		t.Errorf("the body is %s", body)
	}
	if page := a.git("-C", a.origin, "show", "replant:content/posts/hello-bed/index.md"); !strings.Contains(page, "five planks") {
		t.Errorf("the branch holds %s", page)
	}
	if err := os.WriteFile(filepath.Join(a.dir, "open"), []byte("1"), 0o644); err != nil {
		t.Fatal(err)
	}
	if calls := a.run(); !strings.Contains(calls, "pr edit replant --body-file ") {
		t.Errorf("gh was called: %s", calls)
	}
	a.git("-C", a.origin, "branch", "-f", "main", "replant") // merged
	if calls := a.run(); calls != "" {
		t.Errorf("all merged, and yet: %s", calls)
	}
}

// actions runs the workflow as GitHub does, on a repository of its own.
type actions struct {
	*testing.T
	dir, site, origin string
	steps             workflow
}

// ghStub notes what it is asked for and keeps the body of a pull request.
const ghStub = `#!/bin/sh
echo "$@" >> "$DIR/calls"
case "$1 $2" in "pr list") cat "$DIR/open" 2>/dev/null || echo 0 ;; esac
while [ $# -gt 0 ]; do [ "$1" = --body-file ] && cp "$2" "$DIR/body"; shift; done
exit 0
`

func newActions(t *testing.T, site string) *actions {
	t.Helper()
	a := &actions{T: t, dir: t.TempDir(), site: site}
	a.origin = filepath.Join(a.dir, "origin.git")
	if err := yaml.Unmarshal([]byte(blocks(t, "yaml")[0]), &a.steps); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(a.dir, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(a.dir, "bin", "gh"), []byte(ghStub), 0o755); err != nil {
		t.Fatal(err)
	}
	a.git("init", "-q", "--bare", "--initial-branch=main", a.origin)
	a.git("init", "-q", "--initial-branch=main", site)
	a.git("-C", site, "remote", "add", "origin", a.origin)
	a.publish("the site")
	return a
}

// publish pushes the site as it lies there.
func (a *actions) publish(message string) {
	a.git("-C", a.site, "add", "-A")
	a.git("-C", a.site, "commit", "-q", "-m", message)
	a.git("-C", a.site, "push", "-q", "origin", "HEAD:main")
}

func (a *actions) env() []string {
	return append(os.Environ(), "DIR="+a.dir, "PATH="+filepath.Join(a.dir, "bin")+":"+os.Getenv("PATH"),
		"XDG_CACHE_HOME="+filepath.Join(a.dir, "cache"), "HOME="+a.dir,
		"GIT_AUTHOR_NAME=t", "GIT_AUTHOR_EMAIL=t@example.org", "GIT_COMMITTER_NAME=t", "GIT_COMMITTER_EMAIL=t@example.org",
		"GITHUB_OUTPUT="+filepath.Join(a.dir, "output"), "GITHUB_STEP_SUMMARY="+filepath.Join(a.dir, "job-summary"),
		"RUNNER_TEMP="+a.dir)
}

// run makes a run of the workflow on a fresh checkout, and returns what gh was asked for.
func (a *actions) run() (calls string) {
	a.Helper()
	for _, name := range []string{"calls", "output", "checkout"} {
		if err := os.RemoveAll(filepath.Join(a.dir, name)); err != nil {
			a.Fatal(err)
		}
	}
	checkout := filepath.Join(a.dir, "checkout")
	a.git("clone", "-q", "--branch", "main", a.origin, checkout)
	ran := 0
	for _, step := range a.steps.Jobs["sync"].Steps {
		if step.If != "" && step.If != "steps.look.outputs.code == '4'" {
			a.Fatalf("%s: if %s is not known here", step.Name, step.If)
		}
		if step.Run == "" || step.Name == "Install" || step.If != "" && !strings.Contains(a.file("output"), "code=4") {
			continue
		}
		cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step.Run)
		cmd.Dir, cmd.Env = checkout, a.env()
		if out, err := cmd.CombinedOutput(); err != nil {
			a.Fatalf("%s: %v\n%s", step.Name, err, out)
		}
		ran++
	}
	if ran == 0 {
		a.Fatal("no step was run")
	}
	return a.file("calls")
}

// file reads what the run left, or "" where there is nothing.
func (a *actions) file(name string) string {
	b, err := os.ReadFile(filepath.Join(a.dir, name))
	if err != nil && !os.IsNotExist(err) {
		a.Fatal(err)
	}
	return string(b)
}

func (a *actions) git(args ...string) string {
	a.Helper()
	cmd := exec.Command("git", args...)
	cmd.Env = a.env()
	out, err := cmd.CombinedOutput()
	if err != nil {
		a.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return string(out)
}
