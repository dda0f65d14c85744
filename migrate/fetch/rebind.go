package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"syscall"
)

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

// onlyPublic tells whether the host is on the public internet. One of a home network may
// have a public address of IPv6 beside its private one of IPv4: it stays private.
func (l *look) onlyPublic() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.public && !l.private
}
