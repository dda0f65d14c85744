package main

import (
	"fmt"
	"log/slog"
	"path/filepath"

	"replant/migrate"
)

// tellLasting names what lasts and was told before: under -v, and to a person at a
// terminal. Cron gets no mail of it.
func (o *options) tellLasting(all []migrate.Lasting, log *slog.Logger) {
	say := log.Info
	if o.atTerminal && !o.quiet {
		say = log.Warn
	}
	for _, l := range all {
		if hint := o.wayOut(l); hint != "" {
			say(lastingText(l), hintKey, hint)
		} else {
			say(lastingText(l))
		}
	}
}

// lastingText says what lasts, and since when.
func lastingText(l migrate.Lasting) string {
	if l.Since != "" {
		return fmt.Sprintf("since %s: %s", l.Since, l.Text)
	}
	return "still: " + l.Text
}

// wayOut gives the next step for what lasts; empty where there is none.
func (o *options) wayOut(l migrate.Lasting) string {
	if l.Kind == migrate.Waiting {
		return "replant settle mine " + quoted(filepath.Join(o.site, filepath.FromSlash(l.Page))) + " (or source)"
	}
	return hintOf(l.Err)
}

// stays tells whether what lasts is more than that a server said when to come back.
func stays(l migrate.Lasting) bool { return l.Err == nil || codeOf(l.Err) != exitBusy }
