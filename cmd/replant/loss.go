package main

import (
	"fmt"
	"io"

	"replant/migrate"
)

// writeLosses prints a line for each loss that is news, and after changes a last one of
// what all posts lost.
func (o *options) writeLosses(out *migrate.Outcome, w io.Writer) {
	for _, l := range out.Losses {
		fmt.Fprintf(w, "%s  %s  %s\n", l.Way, migrate.Printable(l.Page), migrate.Printable(l.Text))
	}
	if out.Proof.Posts > 0 && out.Plan.Any() && !o.quiet && !o.patch {
		fmt.Fprintln(w, &out.Proof)
	}
}

// lost tells whether a page lost something that the author has not been told of.
func lost(out *migrate.Outcome) bool {
	for _, l := range out.Losses {
		if l.Way != migrate.Mended {
			return true
		}
	}
	return false
}
