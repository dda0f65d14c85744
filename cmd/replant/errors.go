package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/pflag"
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

// didYouMean suggests the nearest of the right words; empty where none is near.
func didYouMean(prefix, word string, right []string) string {
	if best := nearest(word, right); best != "" {
		return "did you mean " + prefix + best + "?"
	}
	return "replant --help lists what there is"
}

// nearest gives the right word that is fewest letters away, at most a third of it.
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
