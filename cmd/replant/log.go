package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"

	"replant/migrate"
)

// levelNotice is the level of what --quiet suppresses: above what -v adds
// ([slog.LevelInfo]), below what needs the author ([slog.LevelWarn]).
const levelNotice = slog.LevelInfo + 2

// hintKey is the attribute that holds the next step to try.
const hintKey = "hint"

// logger returns what writes messages to w: sentences for a person, or lines of JSON.
func (o *options) logger(w io.Writer) *slog.Logger {
	level := levelNotice
	switch {
	case o.say.quiet:
		level = slog.LevelWarn
	case o.say.verbose == 1:
		level = slog.LevelInfo
	case o.say.verbose > 1:
		level = slog.LevelDebug
	}
	if o.say.logFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: named}))
	}
	return slog.New(newSentences(w, level))
}

// named replaces the number of our own level by its name.
func named(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.LevelKey && a.Value.Any() == levelNotice {
		return slog.String(slog.LevelKey, "NOTICE")
	}
	return a
}

// sentences is a [slog.Handler] for a person: a line that starts with the program's
// name, and one for the hint.
type sentences struct {
	mu    *sync.Mutex
	w     io.Writer
	level slog.Level
	with  string // what [slog.Logger.With] added
}

func newSentences(w io.Writer, level slog.Level) *sentences {
	return &sentences{mu: &sync.Mutex{}, w: w, level: level}
}

func (s *sentences) Enabled(_ context.Context, level slog.Level) bool { return level >= s.level }

func (s *sentences) Handle(_ context.Context, r slog.Record) error {
	line, hint := r.Message, ""
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == hintKey {
			hint = a.Value.String()
		} else {
			line += " " + a.String()
		}
		return true
	})
	var b strings.Builder
	if line += s.with; line != "" {
		fmt.Fprintf(&b, "replant: %s\n", migrate.Printable(line))
	}
	if hint != "" {
		fmt.Fprintf(&b, "hint: %s\n", migrate.Printable(hint))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := io.WriteString(s.w, b.String())
	return err
}

func (s *sentences) WithAttrs(attrs []slog.Attr) slog.Handler {
	t := *s
	for _, a := range attrs {
		t.with += " " + a.String()
	}
	return &t
}

// WithGroup leaves groups out: a sentence has none.
func (s *sentences) WithGroup(string) slog.Handler { return s }
