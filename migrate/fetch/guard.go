package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"syscall"

	"golang.org/x/net/idna"

	"replant/migrate/regex"
)

// reserved4 are the IPv4 networks that are not the public internet (RFC 6890 and the
// IANA special-purpose registry).
var reserved4 = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
	"172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
	"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
)

// global6 is all of IPv6 that is handed out. Everything else falls away with it:
// loopback, link-local, unique local, multicast, NAT64, discard.
var global6 = netip.MustParsePrefix("2000::/3")

// reserved6 are the networks within global6 that are not the public internet: Teredo
// and its neighbours, documentation, 6to4.
var reserved6 = prefixes("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")

func prefixes(list ...string) (all []netip.Prefix) {
	for _, s := range list {
		all = append(all, netip.MustParsePrefix(s))
	}
	return all
}

// public reports whether an address belongs to the public internet.
func public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	within := func(p netip.Prefix) bool { return p.Contains(a) }
	if a.Is4() {
		return !slices.ContainsFunc(reserved4, within)
	}
	return global6.Contains(a) && !slices.ContainsFunc(reserved6, within)
}

// control is a net.Dialer's last look at an address: after DNS, before connecting, so
// that a name which changes its answer gains nothing.
func control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !public(to.Addr()) {
		return lasting{ErrPrivate}
	}
	return nil
}

var (
	// localName is a name that is never a public server's: one without a dot, and the
	// zones set aside for local use (RFC 6761, 6762, 8375; ICANN's .internal).
	localName = regex.Lazy(`^[^.]*$|(^|\.)(localhost|local|internal|localdomain|lan|home\.arpa)$`)
	// oddNumber ends a host that some resolvers read as an IPv4 address, such as
	// 2130706433, 0x7f.1 and 127.1 (WHATWG URL, "ends in a number").
	oddNumber = regex.Lazy(`(^|\.)([0-9]+|0x[0-9a-f]*)$`)
)

// publicHost refuses a host that says by itself that it is private. A proxy looks names
// up on its own: for an address that goes through one, this is the whole check.
func publicHost(host string) error {
	name, err := idna.Lookup.ToASCII(strings.TrimSuffix(host, "."))
	if a, err := netip.ParseAddr(host); err == nil {
		return refuseIf(!public(a), host)
	}
	if a, err := netip.ParseAddr(name); err == nil {
		return refuseIf(!public(a), host)
	}
	name = strings.ToLower(name)
	return refuseIf(name == "" || err != nil && !plainName(name) || localName().MatchString(name) || oddNumber().MatchString(name), host)
}

// plainName reports whether a name is ASCII: names that IDNA frowns upon, such as those
// with an underscore, are in use.
func plainName(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' })
}

func refuseIf(private bool, host string) error {
	if private {
		return lasting{fmt.Errorf("%s: %w", host, ErrPrivate)}
	}
	return nil
}

// ErrTurnedPrivate says that a host which the user named led to the public internet
// before, and leads to a private network now: whoever answers for its name is pointing it
// at a machine that the user did not mean (DNS rebinding).
var ErrTurnedPrivate error = &reason{"had a public address before, and has a private one now", ErrPrivate}

// publicHosts remembers which of the hosts that the user named were found on the public
// internet. Those may not be private later. It holds host names alone: a name has its
// addresses for all ports.
type publicHosts struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (p *publicHosts) has(host string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen[strings.ToLower(host)]
}

func (p *publicHosts) add(host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seen == nil {
		p.seen = map[string]bool{}
	}
	p.seen[strings.ToLower(host)] = true
}

// dialer returns a function that connects to hosts which the user named, as d does. It
// refuses a private address of one that was public.
func (p *publicHosts) dialer(d net.Dialer) func(ctx context.Context, network, addr string) (net.Conn, error) {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		host, _, err := net.SplitHostPort(addr)
		if err != nil {
			return nil, err
		}
		look := &look{host: host, wasPublic: p.has(host), next: d.Control}
		d := d
		d.Control = look.control
		conn, err := d.DialContext(ctx, network, addr)
		if look.onlyPublic() {
			p.add(host)
		}
		return conn, err
	}
}

// look sees the addresses that one connection tries, several of them at once where a name
// has IPv4 and IPv6.
type look struct {
	host      string
	wasPublic bool // before this connection
	next      func(network, address string, c syscall.RawConn) error

	mu              sync.Mutex
	public, private bool // what was tried
}

// control is a net.Dialer's last look at an address: it refuses a private one of a host
// that was public.
func (l *look) control(network, address string, c syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	open := err == nil && public(to.Addr())
	l.mu.Lock()
	l.public, l.private = l.public || open, l.private || !open
	l.mu.Unlock()
	if l.wasPublic && !open {
		return lasting{fmt.Errorf("%s: %w", l.host, ErrTurnedPrivate)}
	}
	if l.next != nil {
		return l.next(network, address, c)
	}
	return nil
}

// onlyPublic reports whether the host is on the public internet. One of a home network may
// have a public address of IPv6 beside its private one of IPv4: it stays private.
func (l *look) onlyPublic() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.public && !l.private
}
