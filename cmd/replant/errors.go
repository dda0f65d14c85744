package main

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/pflag"

	"replant/migrate"
)

// The exit codes. What cron, scripts and CI may rely on.
const (
	exitDone      = 0
	exitFailed    = 1 // no feed could be read, or the site could not be written
	exitUsage     = 2 // wrong usage; nothing was tried
	exitTrouble   = 3 // done, and something needs the author
	exitChanges   = 4 // with -n --exit-code: there are changes
	exitBusy      = 75
	exitInterrupt = 130
	exitTerm      = 143
)

// exitServed is how a page ends that was served until a signal came: it is done.
const exitServed = -1

// hinted is an error with a next step.
type hinted struct {
	error
	hint string
	code int
}

func (h *hinted) Unwrap() error { return h.error }

// usage is an error of the command line.
func usage(hint, format string, a ...any) error {
	return &hinted{fmt.Errorf(format, a...), hint, exitUsage}
}

func isUsage(err error) bool {
	var h *hinted
	return errors.As(err, &h) && h.code == exitUsage
}

// flagError says which flag was meant.
func flagError(flags *pflag.FlagSet, err error) error {
	var value *pflag.InvalidValueError
	if errors.As(err, &value) {
		return usage("", "--%s %s: %v", value.GetFlag().Name, value.GetValue(), value.Unwrap())
	}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return usage("", "%v", err)
	}
	name := unknown.GetSpecifiedName()
	var all []string
	flags.VisitAll(func(f *pflag.Flag) { all = append(all, f.Name) })
	return usage(didYouMean("--", name, all), "unknown flag %s", strings.TrimSpace(dashes(name)+name))
}

func dashes(name string) string {
	if len(name) == 1 {
		return "-"
	}
	return "--"
}

// didYouMean suggests the nearest of the right words, or "" where none is near.
func didYouMean(prefix, word string, right []string) string {
	if best := nearest(word, right); best != "" {
		return "did you mean " + prefix + best + "?"
	}
	return "replant --help lists what there is"
}

// nearest returns the right word that is fewest letters away, at most a third of it.
func nearest(word string, right []string) (best string) {
	least := len(word)/3 + 2
	for _, r := range right {
		d := levenshtein.ComputeDistance(word, r)
		if strings.HasPrefix(r, word) && len(word) > 2 {
			d = 0
		}
		if d < least {
			best, least = r, d
		}
	}
	return best
}

// instead says what to write for words that other tools have as verbs.
var instead = map[string]string{
	"sync": "replant SITE", "update": "replant SITE", "pull": "replant SITE",
	"migrate": "replant FEED SITE", "import": "replant FEED SITE", "convert": "replant FEED SITE",
	"diff": "replant -n FEED SITE", "plan": "replant -n FEED SITE", "dry-run": "replant -n FEED SITE",
}

// verbHint suggests the command that a word stands for, or "" where it resembles none.
func verbHint(word string) string {
	if strings.ContainsAny(word, "./\\:") {
		return ""
	}
	known := slices.Collect(maps.Keys(instead))
	for _, verb := range command(func(op) {}).Commands() {
		known = append(known, verb.Name())
	}
	slices.Sort(known) // of two as near, always the same
	best := nearest(word, known)
	switch {
	case best == "":
		return ""
	case instead[best] != "":
		return "did you mean `" + instead[best] + "`?"
	}
	return "did you mean `replant " + best + "`?"
}

// inSite names the site in an error. It adds a hint where the site's memory cannot be used.
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
