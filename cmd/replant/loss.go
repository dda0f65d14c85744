package main

import (
	"fmt"
	"io"

	"replant/migrate"
)

// writeLosses prints a line for each loss, and in sum a last one of what all posts lost.
func (o *options) writeLosses(out *migrate.Outcome, w io.Writer, sum bool) {
	for _, l := range out.Losses {
		if l.Way != migrate.Edited || !o.quiet {
			fmt.Fprintf(w, "%s  %s  %s\n", l.Way, migrate.Printable(l.Page), migrate.Printable(l.Text))
		}
	}
	if sum && out.Proof.Posts > 0 && !o.quiet {
		fmt.Fprintln(w, &out.Proof)
	}
}

// lost tells whether a page does not show something, and not by the author's doing.
func lost(out *migrate.Outcome) bool {
	for _, l := range out.Losses {
		if l.Way != migrate.Mended && l.Way != migrate.Edited {
			return true
		}
	}
	return false
}
