package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"replant/migrate"
	"replant/migrate/fetch"
	"replant/migrate/regex"
)

// tell reports what needs the author, and what is worth knowing.
func (o *options) tell(out *migrate.Outcome, log *slog.Logger) {
	for _, err := range out.Failed {
		complain(log, err)
	}
	for _, t := range out.Troubles {
		if hint := hintOf(t.Err); hint != "" {
			log.Warn(t.Text, hintKey, hint)
		} else {
			log.Warn(t.Text)
		}
	}
	o.tellLasting(out.Lasting, log)
	for _, text := range out.Ended {
		log.Warn(text)
	}
	hintConflicts(o.site, out.Conflicts, log)
	hintShrunk(o.site, out.Shrunk, log)
	for _, h := range out.Hints {
		notice(log, "", h)
	}
	for _, text := range out.Warnings {
		notice(log, text, "")
	}
	for _, n := range out.Notes {
		log.Info(n)
	}
	for _, why := range slices.Sorted(maps.Keys(out.Removed)) {
		log.Info(fmt.Sprintf("left out of the sources on purpose: %s (%d)", why, out.Removed[why]))
	}
}

// notice says what needs nothing done. Text and hint may be empty.
func notice(log *slog.Logger, text, hint string) {
	var attrs []slog.Attr
	if hint != "" {
		attrs = append(attrs, slog.String(hintKey, hint))
	}
	log.LogAttrs(context.Background(), levelNotice, text, attrs...)
}

// conflictsShown is how many conflicts are explained one by one.
const conflictsShown = 3

// hintConflicts says how conflicts are settled, in lines to be pasted into a shell.
func hintConflicts(site string, all []migrate.Conflict, log *slog.Logger) {
	hint := func(format string, a ...any) { log.Warn("", hintKey, fmt.Sprintf(format, a...)) }
	for i, c := range all {
		if i == conflictsShown {
			hint("the other %d in the same way; replant settle takes several paths", len(all)-i)
			return
		}
		or := ""
		if c.Base != "" {
			hint("cd %s && git merge-file %s %s %s", quoted(site), quoted(c.Page), quoted(c.Base), quoted(c.Incoming))
			or = "or: "
		}
		hint("%sreplant settle mine %s (or source)", or, quoted(filepath.Join(site, filepath.FromSlash(c.Page))))
	}
}

// hintShrunk says how to take what a source has now.
func hintShrunk(site string, pages []string, log *slog.Logger) {
	if len(pages) == 0 {
		return
	}
	page := pages[0]
	text := fmt.Sprintf("what the source has now lies at %s; to take it: replant settle source %s (or mine)",
		quoted(filepath.Join(site, filepath.FromSlash(migrate.Incoming(page)))), quoted(filepath.Join(site, filepath.FromSlash(page))))
	if len(pages) > 1 {
		text += fmt.Sprintf("; all %d: replant settle source %s", len(pages), quoted(site))
	}
	log.Warn("", hintKey, text)
}

// code is the exit code of a run that came to its end.
func (o *options) code(out *migrate.Outcome) int {
	switch {
	case len(out.Unread) > 0:
		return codeOf(out.Unread[len(out.Unread)-1])
	case o.exitCode && out.Plan.Any():
		return exitChanges
	case lost(out):
		return exitTrouble
	case len(out.Failed)+len(out.Troubles)+len(out.Lasting) == 0 && out.Plan.Waiting() == 0:
		return exitDone
	case len(out.Failed) == 0 && out.Plan.Waiting() == 0 && !slices.ContainsFunc(out.Troubles, lasts) && !slices.ContainsFunc(out.Lasting, stays):
		return exitBusy
	}
	return exitTrouble
}

// lasts reports whether a trouble is more than that a server said when to come back.
func lasts(t migrate.Trouble) bool { return codeOf(t.Err) != exitBusy }

// complain reports an error and its hint, and returns the exit code that it asks for.
func complain(log *slog.Logger, err error) int {
	code := exitFailed
	for _, e := range flat(err) {
		if hint := hintOf(e); hint != "" {
			log.Error(e.Error(), hintKey, hint)
		} else {
			log.Error(e.Error())
		}
		code = codeOf(e)
	}
	return code
}

// codeOf returns the exit code that an error asks for.
func codeOf(err error) int {
	var h *hinted
	var s *fetch.StatusError
	switch {
	case errors.As(err, &h):
		return h.code
	case errors.As(err, &s) && s.RetryAfter > 0:
		return exitBusy
	}
	return exitFailed
}

// Hint returns the next step; may be empty.
func (h *hinted) Hint() string { return h.hint }

// flat takes joined errors apart.
func flat(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, flat(e)...)
	}
	return all
}

// quoted makes a word that can be pasted into a shell.
func quoted(word string) string {
	if plainWord().MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

var plainWord = regex.Lazy(`^[A-Za-z0-9_./-]+$`)

// hintDirectory says how a patch is applied when the site lies inside a larger
// repository.
func hintDirectory(site string, log *slog.Logger) {
	full, err := filepath.Abs(site)
	if err != nil {
		return
	}
	for dir := full; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			if rel, err := filepath.Rel(dir, full); err == nil && rel != "." {
				notice(log, "", fmt.Sprintf("from %s: git apply --directory=%s", dir, quoted(filepath.ToSlash(rel))))
			}
			return
		}
		if dir == filepath.Dir(dir) {
			return
		}
	}
}

// tellLasting names what lasts and was reported before: under -v, and to a person at a
// terminal. Cron gets no mail of it.
func (o *options) tellLasting(all []migrate.Lasting, log *slog.Logger) {
	say := log.Info
	if o.say.atTerminal && !o.say.quiet {
		say = log.Warn
	}
	for _, l := range all {
		if hint := nextStep(o.site, l); hint != "" {
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

// nextStep returns the next step for what lasts, or "" where there is none.
func nextStep(site string, l migrate.Lasting) string {
	if l.Kind == migrate.Waiting {
		return "replant settle mine " + quoted(filepath.Join(site, filepath.FromSlash(l.Page))) + " (or source)"
	}
	return hintOf(l.Err)
}

// stays reports whether what lasts is more than that a server said when to come back.
func stays(l migrate.Lasting) bool { return l.Err == nil || codeOf(l.Err) != exitBusy }

// lost reports whether a page does not show something, and not by the author's doing.
func lost(out *migrate.Outcome) bool {
	for _, l := range out.Losses {
		if l.Way != migrate.Mended && l.Way != migrate.Edited {
			return true
		}
	}
	return false
}
