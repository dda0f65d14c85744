package fetch

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/net/idna"
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

// public tells whether an address belongs to the public internet.
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
	localName = regexp.MustCompile(`^[^.]*$|(^|\.)(localhost|local|internal|localdomain|lan|home\.arpa)$`)
	// oddNumber ends a host that some resolvers read as an IPv4 address, such as
	// 2130706433, 0x7f.1 and 127.1 (WHATWG URL, "ends in a number").
	oddNumber = regexp.MustCompile(`(^|\.)([0-9]+|0x[0-9a-f]*)$`)
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
	return refuseIf(name == "" || err != nil && !plainName(name) || localName.MatchString(name) || oddNumber.MatchString(name), host)
}

// plainName tells whether a name is ASCII: names that IDNA frowns upon, such as those
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
