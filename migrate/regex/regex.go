// Package regex has regular expressions that are compiled when they are first used: a run
// needs few of the hundreds that the platforms ask for, and replant --version none.
package regex

import (
	"regexp"
	"sync"
)

// declared are the expressions of the whole program.
var declared []string

// Lazy returns a function that compiles an expression at its first call, and panics there
// if it cannot. It is for variables of packages.
//
//go:noinline // at 170 places it would take a quarter of a megabyte
func Lazy(expression string) func() *regexp.Regexp {
	declared = append(declared, expression)
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// Declared returns the expressions that the program's packages have declared, for a test
// that compiles them all.
func Declared() []string { return declared }
