package fetch

import (
	"errors"
	"net/netip"
	"testing"
)

func TestPublicAddresses(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]bool{
		"1.1.1.1": true, "93.184.216.34": true, "172.32.0.1": true, "100.128.0.1": true,
		"2606:4700::1111": true, "2a00:1450:4001:80e::200e": true, "::ffff:1.1.1.1": true,

		"0.0.0.0": false, "0.1.2.3": false, "10.1.2.3": false, "100.64.0.1": false,
		"100.127.255.255": false, "127.0.0.1": false, "127.255.0.1": false,
		"169.254.169.254": false, "172.16.0.1": false, "172.31.255.255": false,
		"192.0.0.170": false, "192.0.2.1": false, "192.88.99.1": false, "192.168.1.1": false,
		"198.18.0.1": false, "198.19.255.255": false, "198.51.100.7": false, "203.0.113.9": false,
		"224.0.0.1": false, "239.255.255.250": false, "240.0.0.1": false, "255.255.255.255": false,

		"::": false, "::1": false, "::ffff:127.0.0.1": false, "::ffff:169.254.169.254": false,
		"::127.0.0.1": false, "::ffff:0:127.0.0.1": false, "64:ff9b::7f00:1": false,
		"64:ff9b:1::1": false, "100::1": false, "2001::1": false, "2001:2::1": false,
		"2001:10::1": false, "2001:db8::1": false, "2002:7f00:1::": false, "3fff::1": false,
		"fc00::1": false, "fd00:ec2::254": false, "fe80::1": false, "fe80::1%eth0": false,
		"fec0::1": false, "ff02::1": false,
	} {
		if got := public(netip.MustParseAddr(addr)); got != want {
			t.Errorf("public(%s) = %t", addr, got)
		}
	}
}

func TestPublicHosts(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"example.com": true, "example.com.": true, "EXAMPLE.COM": true, "bücher.example": true,
		"a_b.example.com": true, "1e100.net": true, "1.1.1.1": true, "2606:4700::1111": true,
		"xn--bcher-kva.example": true, "0xdeadbeef.example": true, "127.0.0.1.nip.io": true,

		"": false, ".": false, "localhost": false, "LOCALHOST.": false, "a.localhost": false,
		"intranet": false, "printer.local": false, "metadata.google.internal": false,
		"router.lan": false, "nas.home.arpa": false, "localhost.localdomain": false,
		"127.0.0.1": false, "127.0.0.1.": false, "127.1": false, "2130706433": false,
		"0x7f000001": false, "0x7F.1": false, "0177.0.0.1": false, "127.0.0.0x1": false,
		"127.0.0.0x": false, "::1": false, "::ffff:10.0.0.1": false, "fe80::1%eth0": false,
		"１２７.0.0.1": false, "127。0。0。1": false, "ⓛocalhost": false, "169.254.169.254": false,
	} {
		err := publicHost(host)
		if got := err == nil; got != want {
			t.Errorf("publicHost(%q) = %v", host, err)
		}
		if err != nil && !errors.Is(err, ErrPrivate) {
			t.Errorf("publicHost(%q) is no ErrPrivate: %v", host, err)
		}
	}
}

func TestDialLooksAtTheAddressItConnectsTo(t *testing.T) {
	t.Parallel()
	for to, want := range map[string]bool{
		"1.1.1.1:443": true, "[2606:4700::1111]:80": true,
		"127.0.0.1:80": false, "[::ffff:127.0.0.1]:80": false, "[fe80::1%lo]:80": false, "": false,
	} {
		if got := control("tcp", to, nil) == nil; got != want {
			t.Errorf("control(%q) allows: %t", to, got)
		}
	}
}

func FuzzPublicHost(f *testing.F) {
	for _, s := range []string{"127.0.0.1", "0x7f.1", "[::1]", "a.b", "１２７。1", "\x00", "xn--"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, host string) {
		a, err := netip.ParseAddr(host)
		if err == nil && !public(a) && publicHost(host) == nil {
			t.Errorf("%q is private, and let through", host)
		}
	})
}
