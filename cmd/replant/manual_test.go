package main

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Every command has a page that holds its words and its flags, in nothing but the requests of
// man(7), and that groff reads without a warning where it is installed.
func TestManualPages(t *testing.T) {
	t.Parallel()
	known := []string{".TH", ".SH", ".PP", ".TP", ".B", ".BR", ".nf", ".fi"}
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		for _, verb := range c.Commands() {
			walk(verb)
		}
		var b bytes.Buffer
		manPage(&b, c)
		page := b.String()
		for line := range strings.Lines(page) {
			request, _, _ := strings.Cut(strings.TrimSpace(line), " ")
			if strings.HasPrefix(request, ".") && !slices.Contains(known, request) || strings.HasPrefix(request, "'") {
				t.Errorf("%s: %s", c.CommandPath(), line)
			}
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if want := `\-\-` + strings.ReplaceAll(f.Name, "-", `\-`); !f.Hidden && !strings.Contains(page, want) {
				t.Errorf("%s: no %s", c.CommandPath(), f.Name)
			}
		})
		if groff, err := exec.LookPath("groff"); err == nil {
			cmd := exec.Command(groff, "-man", "-Tutf8", "-ww")
			cmd.Stdin = strings.NewReader(page)
			var said bytes.Buffer
			cmd.Stderr = &said
			if err := cmd.Run(); err != nil || said.Len() > 0 {
				t.Errorf("%s: %v\n%s", c.CommandPath(), err, &said)
			}
		}
	}
	walk(command(func(op) {}))
}

func TestRoff(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a-b":        `a\-b`,
		`C:\new`:     `C:\enew`,
		".replant/":  `\&.replant/`,
		"x\n'quoted": "x\n\\&'quoted",
		"and so…":    `and so\[u2026]`,
	} {
		if got := roff(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
