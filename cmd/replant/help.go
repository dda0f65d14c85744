package main

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"replant/migrate"
)

// writeUsage says how a command is used. pflag's own list shows every switch as
// --name[=true|false], and no value's words.
func writeUsage(c *cobra.Command) error {
	w := c.OutOrStdout()
	fmt.Fprintf(w, "Usage:\n  %s\n", c.UseLine())
	if !c.HasParent() {
		fmt.Fprint(w, "  replant VERB ...\n")
	}
	if c.HasExample() {
		fmt.Fprintf(w, "\nExamples:\n%s\n", c.Example)
	}
	if c.HasAvailableSubCommands() {
		fmt.Fprint(w, "\nVerbs:\n")
		table(w, func(row func(left, right string)) {
			for _, verb := range c.Commands() {
				if verb.IsAvailableCommand() || verb.Name() == "help" {
					row(verb.Name(), verb.Short)
				}
			}
		})
	}
	fmt.Fprint(w, "\nFlags:\n")
	table(w, func(row func(left, right string)) {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden {
				row(flagName(f), f.Usage)
			}
		})
	})
	if c.HasAvailableSubCommands() {
		fmt.Fprint(w, "\nreplant VERB --help shows the help of a verb.\n")
	}
	return nil
}

// table writes rows of two columns.
func table(w io.Writer, fill func(row func(left, right string))) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fill(func(left, right string) { fmt.Fprintf(t, "  %s\t%s\n", left, right) })
	_ = t.Flush() // to a terminal or a buffer
}

// flagName returns a flag with what it takes.
func flagName(f *pflag.Flag) string {
	name := "    --" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", --" + f.Name
	}
	value := flagValue(f)
	switch {
	case value == "":
		return name
	case f.NoOptDefVal != "":
		return name + "[=" + value + "]"
	}
	return name + " " + value
}

// wordsMost is how many words are listed that a flag may take.
const wordsMost = 4

func flagValue(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "bool", "count":
		return ""
	case "int":
		return "N"
	case "duration":
		return "TIME"
	case "days":
		return "DAYS"
	}
	words := wordsOf(f.Name)
	switch _, err := strconv.Atoi(strings.Join(words[:min(1, len(words))], "")); {
	case len(words) == 0:
		return "TEXT"
	case len(words) <= wordsMost:
		return strings.Join(words, "|")
	case err != nil:
		return "NAME"
	}
	return words[0] + ".." + words[len(words)-1]
}

// wordsOf returns the words that a flag may take; none where any will do.
func wordsOf(flag string) []string {
	for _, s := range append(settingsIn(&migrate.Settings{}), (&options{}).words()...) {
		if s.name == flag && !s.free() {
			return s.allowed
		}
	}
	return nil
}

// completeWords lets shells complete the words that flags may take.
func completeWords(c *cobra.Command) {
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if words := wordsOf(f.Name); words != nil {
			_ = c.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
		}
	})
	for _, verb := range c.Commands() {
		completeWords(verb)
	}
}

func helpVerb() *cobra.Command {
	return &cobra.Command{
		Use: "help [VERB]", Short: "Show the help of replant or of a verb",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			switch {
			case err != nil:
				return err
			case len(rest) > 0:
				return usage(cmp.Or(verbHint(rest[0]), "replant --help lists them"), "%s: no such command", rest[0])
			}
			return about.Help()
		},
	}
}

// demandShell has cobra's completion verb refuse what is no shell: cobra would succeed and
// write help into the file that was meant for a script.
func demandShell(root *cobra.Command) {
	for _, verb := range root.Commands() {
		if verb.Name() == "completion" {
			verb.Args = cobra.ArbitraryArgs
			verb.RunE = func(*cobra.Command, []string) error {
				return usage("replant completion bash", "completion: name a shell: bash, zsh, fish or powershell")
			}
		}
	}
}
