package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// version and commit are those of a release: its build sets them by
// -ldflags "-X main.version=… -X main.commit=…". Without them, what Go has noted counts.
var version, commit string

func versionVerb() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("replant version", "version: takes no argument")
			}
			return sayVersion(cmd.OutOrStdout())
		},
	}
}

// sayVersion prints the version, the commit where it is known, and what the program was built by
// and for: what a report of a fault needs.
func sayVersion(w io.Writer) error {
	from := ""
	if c := revision(); c != "" {
		from = " (" + c + ")"
	}
	_, err := fmt.Fprintf(w, "replant %s%s %s %s/%s\n", release(), from, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// release is the version: that of the build, else that of the module, "devel" when built from a
// working copy.
func release() string {
	if version != "" {
		return version
	}
	b, ok := debug.ReadBuildInfo()
	if !ok || b.Main.Version == "" || b.Main.Version == "(devel)" {
		return "devel"
	}
	return b.Main.Version
}

// revision is the commit that the program was built from, with a + where files had been
// changed; empty when unknown.
func revision() string {
	if commit != "" {
		return commit
	}
	b, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return revisionIn(b.Settings)
}

// revisionIn returns the commit that Go has noted.
func revisionIn(noted []debug.BuildSetting) string {
	found, changed := "", ""
	for _, s := range noted {
		switch {
		case s.Key == "vcs.revision":
			found = s.Value[:min(len(s.Value), 12)]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "+"
		}
	}
	if found == "" || strings.Contains(release(), found) { // a pseudo-version has it
		return ""
	}
	return found + changed
}
