package main

import (
	"net"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"replant/migrate"
	"replant/migrate/blog"
	"replant/migrate/regex"
	"replant/migrate/secret"
)

// guess is what an argument was probably meant to be that is neither a complete address nor
// a file.
type guess struct {
	trouble string // why it cannot be taken as it is
	feed    string // the address of the feed; empty where it is not clear
	hint    string // the next step where there is no such address; may be empty
}

// guessFeed says what an argument in the place of a feed was meant to be. The trouble is
// empty where it resembles nothing but the name of a file.
func guessFeed(arg string) guess {
	bare := strings.Trim(arg, " \t\r\n\"'`<>()[]“”‘’«»,;")
	if !strings.Contains(bare, "@") || strings.Contains(bare, "/") {
		switch at := addressIn(bare); {
		case at != nil && bare != arg && blog.IsWeb(bare) && !isRepository(at):
			return guess{trouble: "the address has other characters around it", feed: at.String()}
		case at != nil && isRepository(at):
			return repositoryGuess(at)
		case at != nil:
			return guess{trouble: "neither a file nor a complete address", feed: feedAt(at)}
		}
	}
	lower := strings.ToLower(bare)
	if rest, ok := strings.CutPrefix(lower, "file://"); ok {
		return guess{trouble: "file addresses cannot be read", hint: "give the name of the file: " + bare[len(bare)-len(rest):]}
	}
	if repository().MatchString(bare) {
		return guess{trouble: "a repository, not a feed", hint: "give the address of the blog, such as https://example.org"}
	}
	if user, host, ok := strings.Cut(bare, "@"); ok && user != "" && isHost(host) && !strings.ContainsAny(user, "/:") {
		return guess{trouble: "an address of mail, not of a blog", hint: "give the address of the blog, such as https://" + host}
	}
	if user, host, ok := handleOf(bare); ok {
		return guess{trouble: "neither a file nor an address", feed: "https://" + host + "/@" + user + ".rss"}
	}
	if name := strings.TrimPrefix(bare, "@"); userName().MatchString(name) {
		return guess{trouble: "neither a file nor an address", hint: "if it names a blog, give its feed: " + either(feedsOf(name, bare != name))}
	}
	return guess{}
}

// repository is where Git clones from.
var repository = regex.Lazy(`^(?:git@|ssh:|git:)|\.git/?$`)

// isRepository reports whether an address is that of a repository, whose pages name the feed of
// its commits.
func isRepository(u *url.URL) bool {
	return slices.Contains([]string{"github.com", "gitlab.com", "codeberg.org", "bitbucket.org"}, strings.TrimPrefix(u.Host, "www.")) &&
		strings.Trim(u.Path, "/") != "" && path.Ext(u.Path) != ".atom" && path.Ext(u.Path) != ".xml"
}

func repositoryGuess(u *url.URL) guess {
	g := guess{trouble: "a repository, not a feed", hint: "give the address of the blog that is made of it"}
	if owner, name, ok := strings.Cut(strings.Trim(u.Path, "/"), "/"); ok && u.Host == "github.com" {
		name, _, _ = strings.Cut(name, "/")
		g.hint += ", such as https://" + strings.ToLower(owner) + ".github.io/" + strings.TrimSuffix(name, ".git") + "/"
	}
	return g
}

// userName is what platforms take for the name of a blog or of its author.
var userName = regex.Lazy(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// feedsOf lists where the blog of a name may have its feed. Medium alone writes @ before it.
func feedsOf(name string, at bool) []string {
	all := []string{"https://dev.to/feed/" + name, "https://medium.com/feed/@" + name}
	if at {
		return all
	}
	return append(all, "https://"+strings.ToLower(name)+".substack.com/feed")
}

// handleOf takes apart what names an account of the Fediverse: @user@host.
func handleOf(text string) (user, host string, ok bool) {
	rest, ok := strings.CutPrefix(text, "@")
	user, host, parted := strings.Cut(rest, "@")
	return user, host, ok && parted && userName().MatchString(user) && isHost(host)
}

// feedAt returns the address of the feed of a blog on a known platform, else the address
// itself, which may be a feed's or name one.
func feedAt(u *url.URL) string {
	if feed := migrate.HomeFeed(u); feed != "" {
		return feed
	}
	return u.String()
}

// addressIn returns the address that a text is once its scheme is mended: whole, without
// a scheme, or with one that was mistyped. It returns nil where the text is none.
func addressIn(text string) *url.URL {
	scheme, rest := "", text
	for range 2 { // feed:https://
		parts := schemed().FindStringSubmatch(rest)
		if parts == nil || schemeOf(parts[1]) == "" {
			break
		}
		scheme, rest = schemeOf(parts[1]), parts[2]
	}
	rest = strings.ReplaceAll(rest, `\`, "/")
	host, _, _ := strings.Cut(rest, "/")
	_, host = cutLast(host, "@")
	if scheme == "" && (!isHost(host) || isFileName(rest)) {
		return nil
	}
	u, err := url.Parse(schemeFor(scheme, host) + "://" + rest)
	if err != nil || u.Hostname() == "" {
		return nil
	}
	return u
}

// schemed is an address with a scheme, or with what is left of one: https:/x, https//x, http:x.
// A single slash is that of a folder.
var schemed = regex.Lazy(`^([A-Za-z]{2,10})(?:[:;][/\\]*|[/\\]{2,}|:)([^/\\].*)$`)

// feedSchemes are those by which programs subscribe to feeds.
var feedSchemes = []string{"feed", "feeds", "rss", "itpc", "podcast", "pcast"}

// schemeOf returns the scheme that a word was meant to be; "" where it is another one.
func schemeOf(word string) string {
	word = strings.ToLower(word)
	switch {
	case word == "http" || word == "https":
		return word
	case slices.Contains(feedSchemes, word):
		return "https"
	case word == "ftp" || word == "ssh" || word == "file" || len(word) < 3:
		return ""
	}
	return nearest(word, []string{"https", "http"})
}

// schemeFor completes the scheme of an address: a server of this machine has no certificate.
func schemeFor(scheme, host string) string {
	if scheme != "" {
		return scheme
	}
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	if ip := net.ParseIP(name); name == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsPrivate()) {
		return "http"
	}
	return "https"
}

// hostName is the name of a host, perhaps with its port.
var hostName = regex.Lazy(`^(?:localhost|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}|\d+\.\d+\.\d+\.\d+)(?::\d+)?$`)

func isHost(text string) bool { return hostName().MatchString(text) }

// fileExtensions are those of what may be given in the place of a feed's address: no
// domain ends in one of them that has a blog.
var fileExtensions = []string{".xml", ".rss", ".atom", ".json", ".zip", ".html", ".htm", ".txt", ".gz", ".csv", ".md", ".opml", ".wxr", ".tar", ".yaml", ".toml"}

// isFileName reports whether a text without a scheme names a file rather than a host.
func isFileName(text string) bool {
	return !strings.Contains(text, "/") && slices.Contains(fileExtensions, strings.ToLower(path.Ext(text)))
}

// cutLast cuts a text behind the last mark; before is empty where there is none.
func cutLast(text, mark string) (before, after string) {
	if i := strings.LastIndex(text, mark); i >= 0 {
		return text[:i], text[i+len(mark):]
	}
	return "", text
}

// drive is a path of Windows with its drive.
var drive = regex.Lazy(`^([A-Za-z]):[\\/]`)

// hintFile says what the name of a file that is not there was meant to be; "" where that is
// not clear.
func hintFile(name string) string {
	if home, err := os.UserHomeDir(); err == nil && strings.HasPrefix(name, "~/") {
		return "a shell puts your home folder for ~ unless it stands in quotes: " + filepath.Join(home, name[2:])
	}
	if m := drive().FindStringSubmatch(name); m != nil && filepath.Separator == '/' {
		return "this is a path of Windows; WSL has it at /mnt/" + strings.ToLower(m[1]) + "/" + strings.ReplaceAll(name[len(m[0]):], `\`, "/")
	}
	dir, base := filepath.Split(name)
	entries, err := os.ReadDir(filepath.Clean(dir + "."))
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if near := nearest(base, names); near != "" {
		return "did you mean " + dir + near + "?"
	}
	return ""
}

// looksLikeFeed reports whether an argument is an address or a file: it stands in the place of
// the site where the two were swapped.
func looksLikeFeed(arg string) bool {
	info, err := os.Stat(arg)
	if err == nil {
		return info.Mode().IsRegular()
	}
	return blog.IsWeb(arg) || addressIn(arg) != nil
}

// checkSite checks what was given as the folder of the site before anything is tried.
func checkSite(site string) error {
	info, err := os.Stat(site)
	switch {
	case err == nil && !info.IsDir():
		return usage("the site is a folder: give the one that it lies in, or a new one", "%s: a file, not the folder of a site", site)
	case err == nil:
		return nil
	case looksLikeFeed(site):
		return usage("give a folder of this machine: that of your Hugo or Zola site, or a new one", "%s: an address, not the folder of a site", shown(site))
	case strings.HasPrefix(site, "~/"), drive().MatchString(site) && filepath.Separator == '/':
		return usage(hintFile(site), "%s: no folder of this machine", site)
	}
	return nil
}

// shownAddress returns an address as messages may have it: without its secrets.
func shownAddress(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return "FEED"
	}
	return secret.Shown(u)
}
