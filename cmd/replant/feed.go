package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"replant/migrate"
	"replant/migrate/blog"
	"replant/migrate/regex"
	"replant/migrate/secret"
)

// stdin is how standard input is asked for, and how the ledger remembers it.
const stdin = "-"

// feedOf turns FEED into a feed to read.
func feedOf(arg, site string, in io.Reader) (*migrate.Feed, error) {
	switch scheme, _, _ := strings.Cut(arg, "://"); {
	case arg == stdin:
		return &migrate.Feed{Address: stdin, Open: func() (io.ReadCloser, error) { return spooled(in) }}, nil
	case blog.IsWeb(arg):
		if err := checkAddress(arg, site); err != nil {
			return nil, err
		}
		return addressFeed(arg)
	case scheme != arg && guessFeed(arg).trouble == "":
		return nil, usage("give an address that starts with https://, or a file", "%s: %s addresses cannot be read", shown(arg), migrate.Printable(scheme))
	}
	if _, err := os.Stat(arg); err != nil {
		return nil, noSuchFeed(arg, site, err)
	}
	return fileFeed(arg, site)
}

// checkAddress checks an address as it was typed.
func checkAddress(arg, site string) error {
	switch g := guessFeed(arg); {
	case strings.TrimRight(arg, " \t\r\n\"'`>),;”’»") != arg && g.feed != "":
		return usage("did you mean "+shownAddress(g.feed)+"?", "%s: %s", shown(arg), g.trouble)
	case g.feed == "" && g.trouble != "":
		return usage(g.hint, "%s: %s", shown(arg), g.trouble)
	case blog.IsWeb(site):
		return usage("name a folder for the site; several feeds come one by one: replant init FEED SITE", "%s: an address, not the folder of a site", shown(site))
	}
	return nil
}

func addressFeed(arg string) (*migrate.Feed, error) {
	u, err := url.Parse(arg)
	if err != nil || u.Host == "" {
		return nil, usage("an address such as https://dev.to/feed/ben", "%s: not a complete address", shown(arg))
	}
	if secret.Marked(u) {
		return nil, usage("give the whole address", "%s: a mark such as ~0a1b2c3d stands for a part that is not kept", shown(arg))
	}
	f := &migrate.Feed{URL: u}
	f.Address, f.Secret = secret.Address(u)
	return f, nil
}

// addressLike looks like an address, whole or not, and not like the name of a file: it has
// a scheme, or a user and a password in front of its host.
var addressLike = regex.Lazy(`^(?:[A-Za-z][A-Za-z0-9+.-]*:|https?|ftps?)?//|^[^/]*:[^/]*@`)

// shown returns what was typed for a feed as messages may have it: an address without its
// secrets, and nothing but the beginning of one that cannot be read, since no one can tell
// what its parts are.
func shown(arg string) string {
	complete := arg
	if hostLike().MatchString(arg) {
		complete = "https://" + arg
	} else if !addressLike().MatchString(arg) {
		return arg
	}
	if u, err := url.Parse(complete); err == nil && u.Host != "" {
		return strings.TrimPrefix(secret.Shown(u), strings.TrimSuffix(complete, arg))
	}
	if start, _, ok := strings.Cut(arg, "//"); ok {
		return start + "//…"
	}
	return "FEED"
}

// fileFeed reads a file, or the folder that an export was unpacked to.
func fileFeed(arg, site string) (*migrate.Feed, error) {
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir():
		return folderFeed(arg, site)
	case err != nil:
		full, _ := filepath.Abs(arg)
		return nil, &migrate.FeedError{Address: addressOf(full, site), Name: arg, Err: cause(err)}
	}
	full, err := filepath.Abs(arg)
	if err != nil {
		return nil, err
	}
	f := &migrate.Feed{Address: addressOf(full, site), Name: arg, Was: filepath.ToSlash(full), Open: func() (io.ReadCloser, error) {
		in, err := os.Open(full)
		return in, cause(err)
	}}
	if !info.Mode().IsRegular() { // a pipe is read once, and may never be written to
		f.Open = func() (io.ReadCloser, error) { return piped(full) }
		f.Beside, err = beside(full)
		return f, err
	}
	f.File = &url.URL{Scheme: "file", Path: filepath.ToSlash(full)}
	f.Beside, err = around(full)
	return f, err
}

// beside returns the folder of a file, and nothing above it: links that lead out of it
// are refused.
func beside(file string) (fs.FS, error) {
	root, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	return root.FS(), nil
}

func relative(base, name string) (string, error) {
	full, err := filepath.Abs(base)
	if err != nil {
		return "", err
	}
	return filepath.Rel(full, name)
}

// hostLike looks like an address without its scheme.
var hostLike = regex.Lazy(`^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?/`)

// noSuchFeed says what a first argument that is no file may have meant.
func noSuchFeed(arg, site string, err error) error {
	if hint := verbHint(arg); hint != "" {
		return usage(hint, "%s: neither a feed nor a command", arg)
	}
	g := guessFeed(arg)
	switch {
	case g.feed == "" && looksLikeFeed(site):
		return usage("the feed comes first: "+replantLine(completed(site), arg), "%s: no feed of that name", shown(arg))
	case g.feed != "":
		return usage("did you mean "+shownAddress(g.feed)+"?", "%s: %s", shown(arg), g.trouble)
	case g.trouble != "":
		return usage(g.hint, "%s: %s", shown(arg), g.trouble)
	}
	return &hinted{fmt.Errorf("%s: %w", shown(arg), cause(err)), hintFile(arg), exitFailed}
}

// completed returns an argument for a feed as it is to be given: a file, or a whole address
// without its secrets.
func completed(arg string) string {
	if g := guessFeed(arg); g.feed != "" && !blog.IsWeb(arg) {
		return shownAddress(g.feed)
	}
	return shown(arg)
}

// replantLine returns a command line for a feed and a site.
func replantLine(feed, site string) string {
	if !blog.IsWeb(feed) {
		feed = quoted(feed)
	}
	return "replant " + feed + " " + quoted(site)
}

// cause takes the path and the operation off an error of the file system, which the
// subject names already.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// piped reads a pipe, such as a shell makes of <(command), as standard input is read.
func piped(name string) (io.ReadCloser, error) {
	in, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return spooled(in)
}

// spooled keeps standard input in a temporary file, since an export has to be read
// twice. Closing the file removes it.
func spooled(in io.Reader) (io.ReadCloser, error) {
	f, err := os.CreateTemp("", "replant-stdin-")
	if err != nil {
		return nil, err
	}
	s := &spool{f}
	if _, err := io.Copy(f, in); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// spool is a file that goes when it is closed.
type spool struct{ *os.File }

func (s *spool) Close() error { return errors.Join(s.File.Close(), os.Remove(s.Name())) }

// openUploads opens a folder of copies, and nothing above it. It returns nil where none is named.
func openUploads(dir string) (fs.FS, error) {
	if dir == "" {
		return nil, nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, usage("name the folder that holds 2024, 2023 and so on", "--uploads %s: %v", dir, cause(err))
	}
	return root.FS(), nil
}
