package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"syscall"
)

// paged has a long text written to the user's pager where standard output is a terminal, as
// git does; else, and where there is no pager, to standard output itself.
func paged(std streams, write func(io.Writer) error) error {
	cmd := pager()
	if cmd == nil || !isTerminal(std.out) {
		return write(std.out)
	}
	cmd.Stdout, cmd.Stderr = std.out, std.err
	in, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return write(std.out)
	}
	paging.Store(true)
	defer paging.Store(false)
	err = write(in)
	if errors.Is(err, syscall.EPIPE) {
		err = nil // the reader has seen enough
	}
	_ = in.Close()
	return errors.Join(err, cmd.Wait())
}

// pager returns the user's pager, or nil where there is none: PAGER, else less. What less is
// to do is said where LESS does not: quit if the text fits the screen, and keep colours.
func pager() *exec.Cmd {
	command, named := os.LookupEnv("PAGER")
	if !named {
		command = "less"
	}
	shell, err := exec.LookPath("sh")
	if err != nil || command == "" || command == "cat" {
		return nil
	}
	if _, err := exec.LookPath("less"); err != nil && !named {
		return nil
	}
	cmd := exec.Command(shell, "-c", command)
	cmd.Env = os.Environ()
	if os.Getenv("LESS") == "" {
		cmd.Env = append(cmd.Env, "LESS=FRX")
	}
	return cmd
}
