// Package sitetest runs the real site generators, for tests. Start at [Build].
package sitetest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gofrs/flock"

	"replant/migrate/regex"
)

// Hugo returns the path of the Hugo that testdata/hugo pins. The first call of all
// builds it into the user's cache, which takes some minutes and, where the modules are
// not there yet, the network; others wait for it. A build that fails ends the test.
func Hugo(tb testing.TB) string {
	tb.Helper()
	module, err := pinned()
	if err != nil {
		tb.Fatalf("hugo: %v", err)
	}
	bin, err := installed(module)
	if err != nil {
		tb.Fatalf("hugo: %v", err)
	}
	return bin
}

// module is the Go module that pins Hugo.
type module struct{ dir, version string }

const hugoPath = "github.com/gohugoio/hugo"

var hugoVersion = regex.Lazy(`(?m)^\s*(?:require )?` + regexp.QuoteMeta(hugoPath) + ` (v\S+)`)

// pinned finds testdata/hugo in the folder of the test's package or above it.
func pinned() (module, error) {
	start, err := os.Getwd()
	if err != nil {
		return module{}, err
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		m := module{dir: filepath.Join(dir, "testdata", "hugo")}
		if b, err := os.ReadFile(filepath.Join(m.dir, "go.mod")); err == nil {
			version := hugoVersion().FindSubmatch(b)
			if version == nil {
				return module{}, fmt.Errorf("%s: requires no %s", m.dir, hugoPath)
			}
			m.version = string(version[1])
			return m, nil
		}
		if dir == filepath.Dir(dir) {
			return module{}, fmt.Errorf("no testdata/hugo in %s or above it", start)
		}
	}
}

// installed returns the binary, built by now if no process built it before.
func installed(m module) (string, error) {
	dir, err := cache("hugo-" + m.version)
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "hugo")
	if runtime.GOOS == "windows" {
		bin += ".exe"
	}
	if _, err := os.Stat(bin); err == nil {
		return bin, nil
	}
	lock := flock.New(filepath.Join(dir, "lock"))
	if err := lock.Lock(); err != nil {
		return "", fmt.Errorf("%s: %w", dir, err)
	}
	if _, err = os.Stat(bin); err != nil { // not built while we waited
		err = build(m, bin)
	}
	return bin, errors.Join(err, lock.Unlock())
}

// cache makes a folder that outlives the test.
func cache(name string) (string, error) {
	base, err := os.UserCacheDir()
	if err != nil { // a user without a home
		base = os.TempDir()
	}
	dir := filepath.Join(base, "replant-test", name)
	return dir, os.MkdirAll(dir, 0o755)
}

// build puts the binary in place in one step, so that none is ever found half done.
func build(m module, bin string) error {
	fresh := bin + ".new"
	cmd := exec.Command("go", "build", "-C", m.dir, "-mod=readonly", "-buildvcs=false", "-ldflags=-s -w", "-o", fresh, hugoPath)
	cmd.Env = append(without("GOFLAGS", "GOOS", "GOARCH", "GOWORK", "CGO_ENABLED"),
		"GOFLAGS=-mod=readonly", "GOWORK=off", "CGO_ENABLED=0")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("build %s %s: %w\n%s", hugoPath, m.version, err, &out)
	}
	return os.Rename(fresh, bin)
}

// without returns the environment without some of its variables.
func without(names ...string) []string {
	return slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains(names, name)
	})
}
