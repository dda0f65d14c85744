package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
)

// asker asks a person at a terminal.
type asker struct {
	in  *bufio.Reader
	out io.Writer
}

// newAsker asks on standard error, which nobody redirects to keep it. It does so only where a
// person is there to answer, and wants to be asked; else it is nil.
func (o *options) newAsker(ctx context.Context, std streams) *asker {
	if !isTerminal(std.in) || !isTerminal(std.err) || o.say.quiet || o.say.json || o.say.summary != "" || o.say.logFormat == "json" {
		return nil
	}
	return &asker{bufio.NewReader(interruptible(ctx, std.in)), std.err}
}

// ask returns the answer to a question; "" where Enter is pressed, or there is no answer to
// come.
func (a *asker) ask(question string) string {
	fmt.Fprint(a.out, question)
	answer, err := a.in.ReadString('\n')
	if err != nil {
		fmt.Fprintln(a.out)
	}
	return strings.TrimSpace(answer)
}
