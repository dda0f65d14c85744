package main

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

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
	var lacks *pflag.ValueRequiredError
	var unknown *pflag.NotExistError
	switch {
	case errors.As(err, &value):
		f := value.GetFlag()
		return usage(valueHint(f, value.GetValue()), "--%s %s: %v", f.Name, value.GetValue(), value.Unwrap())
	case errors.As(err, &lacks):
		f := lacks.GetFlag()
		return usage("--"+f.Name+" "+flagValue(f), "--%s: needs a value", f.Name)
	case !errors.As(err, &unknown):
		return usage("", "%v", err)
	}
	name := unknown.GetSpecifiedName()
	given := strings.TrimSpace(dashes(name) + name)
	if group := unknown.GetSpecifiedShortnames(); len(group) > 1 {
		name, given = group, "-"+group
	}
	return usage(flagHint(flags, name), "unknown flag %s", given)
}

// otherFlags says what to write for flags that other tools have.
var otherFlags = map[string]string{
	"V": "replant version", "o": "the folder comes last: replant FEED SITE", "output": "the folder comes last: replant FEED SITE",
	"dir": "the folder comes last: replant FEED SITE", "f": "the feed stands by itself: replant FEED SITE",
	"feed": "the feed stands by itself: replant FEED SITE", "url": "the feed stands by itself: replant FEED SITE",
	"format": "--front-matter yaml|toml, --summary markdown or --json", "force": "--refresh makes every page anew; edits stay",
	"config": "replant.yaml lies in the site's folder", "limit": "--pages N reads the newest pages of the feed",
	"debug": "-vv", "silent": "-q", "no-images": "--images remote", "draft": "a draft of an export becomes a draft of the site as it is",
}

// flagHint says which flag was meant.
func flagHint(flags *pflag.FlagSet, name string) string {
	if flags.Lookup(name) != nil { // behind one dash
		return "did you mean --" + name + "?"
	}
	if flags.Lookup("dry-run") != nil && otherFlags[name] != "" {
		return otherFlags[name]
	}
	var all []string
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			all = append(all, f.Name)
		}
	})
	if best := nearest(name, all); best != "" && len(name) > 1 {
		return "did you mean --" + best + "?"
	}
	return "replant --help lists what there is"
}

// valueHint says what a flag takes that is a number or a time.
func valueHint(f *pflag.Flag, value string) string {
	switch f.Value.Type() {
	case "int":
		return "a number, such as --" + f.Name + " 3"
	case "duration":
		return "such as --" + f.Name + " " + durationOf(value)
	}
	return ""
}

// durationOf returns the time that a value was meant to be, as flags take it; a bare number
// has minutes.
func durationOf(value string) string {
	digits := value[:len(value)-len(strings.TrimLeft(value, "0123456789"))]
	n, err := strconv.Atoi(digits)
	if err != nil {
		return "10m"
	}
	switch unit := strings.ToLower(strings.TrimSpace(value[len(digits):])) + "m"; unit[0] {
	case 'd':
		return fmt.Sprintf("%dh", 24*n)
	case 's', 'h':
		return digits + unit[:1]
	}
	return digits + "m"
}

func dashes(name string) string {
	if len(name) == 1 {
		return "-"
	}
	return "--"
}

// longestWord bounds the words that a near one is looked for of.
const longestWord = 80

// nearest returns the right word that is fewest letters away; "" where none is near: a third
// of its letters at most may be other ones, and of a word of two letters none.
func nearest(word string, right []string) (best string) {
	if len(word) > longestWord {
		return ""
	}
	least := longestWord
	for _, r := range right {
		d := distance(word, r)
		if d <= max(len(word), len(r))/3 && d < least {
			best, least = r, d
		}
		if strings.HasPrefix(r, word) && len(word) > 2 {
			best, least = r, 0
		}
	}
	return best
}

// distance returns how many letters have to be changed, added, left out or swapped with the
// next one to make one word another (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
		for j := 1; j <= len(y); j++ {
			if i == 0 {
				rows[i][j] = j
				continue
			}
			other := 1
			if x[i-1] == y[j-1] {
				other = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+other)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}

// instead says what to write for words that other tools have as verbs.
var instead = map[string]string{
	"sync": "replant SITE", "update": "replant SITE", "pull": "replant SITE",
	"migrate": "replant FEED SITE", "import": "replant FEED SITE", "convert": "replant FEED SITE",
	"plan": "replant -n FEED SITE", "dry-run": "replant -n FEED SITE",
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
