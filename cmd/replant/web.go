package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"runtime/debug"
	"strings"

	"replant/migrate"
	"replant/migrate/fetch"
)

// web lets a migration read addresses through the polite client.
type web struct{ *fetch.Client }

func (w web) Page(ctx context.Context, addr *url.URL, state string) (*migrate.Reply, error) {
	return replyOf(w.Feed(ctx, addr, state))
}

func (w web) Found(ctx context.Context, addr *url.URL, state string) (*migrate.Reply, error) {
	return replyOf(w.Client.Found(ctx, addr, state))
}

// notes lets a migration keep notes in the client's cache.
type notes struct{ client *fetch.Client }

func (n notes) Note(of *url.URL) (migrate.Note, error) { return n.client.Note(of) }

func (n notes) NewNote(of *url.URL) (migrate.NewNote, error) { return n.client.NewNote(of), nil }

func replyOf(r *fetch.Reply, err error) (*migrate.Reply, error) {
	if err != nil {
		return nil, err
	}
	return &migrate.Reply{URL: r.URL, Encoding: r.Charset, Open: r.Body, Done: r.Done}, nil
}

// contact is where whoever built the program can be reached: servers that wonder who asks
// find it in their logs. Set it with -ldflags "-X main.contact=https://…".
var contact string

// agent says who asks for feeds and pictures: the version, and where to complain. That is
// the build's contact, else the module's address, where its path is one.
func agent(contact, module string) string {
	if host, _, _ := strings.Cut(module, "/"); contact == "" && strings.Contains(host, ".") {
		contact = "https://" + module
	}
	if contact == "" {
		return "replant/" + release()
	}
	return "replant/" + release() + " (+" + contact + ")"
}

// edition names the program to the very build: what one has noted of a feed's items, another
// may read in another way. It is that of the file, so that a rebuilt one is another, whatever
// its version; empty where there is none to look at.
func edition() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%s %d %d", release(), info.Size(), info.ModTime().UnixNano())
}

// modulePath is the path of the module that the program was built from, or "" when unknown.
func modulePath() string {
	b, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return b.Main.Path
}
