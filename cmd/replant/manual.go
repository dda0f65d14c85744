package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func manVerb() *cobra.Command {
	return &cobra.Command{
		Use: "man DIR", Short: "Write the manual's pages into a folder",
		Long:    "Write the manual's pages into a folder: replant.1, and one for each verb.",
		Example: "  replant man ~/.local/share/man/man1 && man replant",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("replant man ~/.local/share/man/man1", "man: name a folder")
			}
			return writeManual(cmd.Root(), args[0])
		},
	}
}

// writeManual writes the page of a command, and those of its verbs, into a folder.
func writeManual(c *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var page bytes.Buffer
	manPage(&page, c)
	if err := os.WriteFile(filepath.Join(dir, manName(c)+".1"), page.Bytes(), 0o644); err != nil {
		return err
	}
	for _, verb := range c.Commands() {
		if !verb.IsAvailableCommand() {
			continue
		}
		if err := writeManual(verb, dir); err != nil {
			return err
		}
	}
	return nil
}

// manName is the name of a command's page: replant-init.
func manName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// manPage writes the page of a command for man, by the macros of man(7).
func manPage(w io.Writer, c *cobra.Command) {
	name := manName(c)
	fmt.Fprintf(w, ".TH %s 1 \"\" %s\n", roffWord(strings.ToUpper(name)), roffWord("replant "+release()))
	fmt.Fprintf(w, ".SH NAME\n%s \\- %s\n", roff(name), roff(c.Short))
	fmt.Fprintf(w, ".SH SYNOPSIS\n.B %s\n", roff(c.UseLine()))
	manText(w, "DESCRIPTION", c.Long)
	if c.HasExample() {
		fmt.Fprintf(w, ".SH EXAMPLES\n.nf\n%s\n.fi\n", roff(c.Example))
	}
	first := true
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		if first {
			fmt.Fprint(w, ".SH OPTIONS\n")
			first = false
		}
		fmt.Fprintf(w, ".TP\n.B %s\n%s\n", roff(strings.TrimSpace(flagName(f))), roff(f.Usage))
	})
	if also := related(c); also != nil {
		fmt.Fprintf(w, ".SH SEE ALSO\n%s\n", strings.Join(also, ",\n"))
	}
}

// manText writes a section of running text. A line that is indented stands as it is.
func manText(w io.Writer, title, text string) {
	if text == "" {
		return
	}
	fmt.Fprintf(w, ".SH %s\n", title)
	shown := false
	for line := range strings.SplitSeq(text, "\n") {
		switch indented := strings.HasPrefix(line, "  "); {
		case indented && !shown:
			fmt.Fprint(w, ".nf\n")
		case !indented && shown:
			fmt.Fprint(w, ".fi\n")
		case line == "":
			fmt.Fprint(w, ".PP")
		}
		shown = strings.HasPrefix(line, "  ")
		fmt.Fprintln(w, roff(line))
	}
	if shown {
		fmt.Fprint(w, ".fi\n")
	}
}

// related returns the pages above and below the one of a command.
func related(c *cobra.Command) (pages []string) {
	if c.HasParent() {
		pages = append(pages, ".BR "+roff(manName(c.Parent()))+" (1)")
	}
	for _, verb := range c.Commands() {
		if verb.IsAvailableCommand() {
			pages = append(pages, ".BR "+roff(manName(verb))+" (1)")
		}
	}
	return pages
}

// roff escapes a text: backslashes, hyphens that are typed, and lines that begin as requests do.
func roff(text string) string {
	lines := strings.Split(roffEscapes.Replace(text), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

var roffEscapes = strings.NewReplacer(`\`, `\e`, "-", `\-`, "…", `\[u2026]`)

// roffWord quotes a text as one argument of a request.
func roffWord(text string) string { return `"` + strings.ReplaceAll(roff(text), `"`, `\(dq`) + `"` }
