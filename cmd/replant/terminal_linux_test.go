package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal is a pseudoterminal with a program on it.
type terminal struct {
	*testing.T
	file *os.File // the user's side
	cmd  *exec.Cmd
	done chan struct{} // closed when all was read

	mu      sync.Mutex
	printed bytes.Buffer
	times   []time.Time // of what was printed, piece by piece
}

// onTerminal starts a program on a terminal so many columns wide.
func onTerminal(t *testing.T, columns int, cmd *exec.Cmd) *terminal {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { master.Close() })
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	fd := int(master.Fd())
	must(unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0))
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	must(err)
	must(unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: uint16(columns)}))
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	must(err)
	defer slave.Close()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	must(cmd.Start())
	term := &terminal{T: t, file: master, cmd: cmd, done: make(chan struct{})}
	go term.read()
	return term
}

func (t *terminal) read() {
	defer close(t.done)
	piece := make([]byte, 4096)
	for {
		n, err := t.file.Read(piece)
		t.mu.Lock()
		t.printed.Write(piece[:n])
		t.times = append(t.times, time.Now())
		t.mu.Unlock()
		if err != nil { // EIO: nobody has the other side open any more
			return
		}
	}
}

// text returns what was printed so far.
func (t *terminal) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.printed.String()
}

// await waits until something has been printed.
func (t *terminal) await(text string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !strings.Contains(t.text(), text); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%q was not printed:\n%s", text, t.text())
		}
	}
}

// answer types something.
func (t *terminal) answer(text string) {
	t.Helper()
	if _, err := t.file.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

// end waits for the program and returns what stands on the screen then, and the exit code.
func (t *terminal) end() (screen string, code int) {
	t.Helper()
	<-t.done
	return onScreen(t.text()), exitCode(t.T, t.cmd.Wait())
}

// onScreen returns what a terminal shows of a text: what is written over is gone.
func onScreen(text string) string {
	var lines []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		var shown []rune
		for piece := range strings.SplitSeq(line, "\r") {
			over := []rune(piece)
			shown = append(over, shown[min(len(over), len(shown)):]...)
		}
		lines = append(lines, strings.TrimRight(string(shown), " "))
	}
	return strings.Join(lines, "\n")
}
