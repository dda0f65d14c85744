package assets

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

func TestStem(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{
		"https://a.example/Photo.JPG":                                 "photo",
		"https://a.example/my%20cat%20(1).png":                        "my-cat-1",
		"https://a.example/../../etc/passwd.png":                      "passwd",
		"https://a.example/..%2f..%2fetc%2fpasswd":                    "passwd",
		"https://a.example/x/https%3A%2F%2Fb.example%2Fy%2Fz.png":     "z",
		"https://a.example/x/https%253A%252F%252Fb.example%252Fz.png": "z",
		"https://a.example/z.png%3Fw%3D80":                            "z",
		"https://a.example/a%5Cb.png":                                 "a-b",
		"https://a.example/a%00b%07c.png":                             "a-b-c",
		"https://a.example/CON.png":                                   "image-con",
		"https://a.example/lpt1":                                      "image-lpt1",
		"https://a.example/index.png":                                 "image-index",
		"https://a.example/_index.png":                                "image-index",
		"https://a.example/...":                                       "image",
		"https://a.example/.png":                                      "image",
		"https://a.example/%E2%80%AEgnp.exe":                          "gnp-exe",
		"https://a.example/%F0%9F%8E%89":                              "image",
		"https://a.example/Gr%C3%BC%C3%9Fe.png":                       "grusse",
		"https://a.example/%ff%fe.png":                                "image",
		"https://a.example/dir/":                                      "dir",
		"https://a.example":                                           "image",
		"https://a.example/5f2d9c1e-8a4b-4c3d-9e7f-0123456789ab.png":  "5f2d9c1e-8a4b-4c3d-9e7f-0123456789ab",
	} {
		if got := stem(mustURL(t, addr)); got != want {
			t.Errorf("%s: got %q, want %q", addr, got, want)
		}
	}
}

func TestLongNamesAreCut(t *testing.T) {
	t.Parallel()
	n := newNames(Options{})
	long := stem(mustURL(t, "https://a.example/"+strings.Repeat("x-", 250)+".png"))
	for _, hash := range []string{"0123456789", "abcdef0123"} {
		if name := n.give(long, long, ".png", hash); len(name) > nameMost || !validName.MatchString(name) {
			t.Errorf("got %q, of %d bytes", name, len(name))
		}
	}
}

func TestEqualContentSharesOneName(t *testing.T) {
	t.Parallel()
	n := newNames(Options{Taken: []string{"A.png"}})
	first := n.give("a", "a", ".png", "0123456789")
	if want := "a-01234567.png"; first != want {
		t.Errorf("got %s, want %s", first, want)
	}
	if again := n.give("b", "b", ".png", "0123456789"); again != first {
		t.Errorf("got %s, want %s", again, first)
	}
	if other := n.give("a", "a", ".png", "0123456700"); other == first {
		t.Errorf("two contents are called %s", other)
	}
}

// validName is what both generators publish unchanged and every file system holds.
var validName = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*\.[a-z]+$`)

func FuzzStem(f *testing.F) {
	for _, s := range []string{"/a.png", "/%2e%2e%2f", "/CON", "//", "/日本", "/\x00", "/a%zz", "/index.", "/nul-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, path string) {
		s := stem(&url.URL{Scheme: "https", Host: "a.example", Path: path})
		n := newNames(Options{Taken: []string{s + ".png"}})
		for _, hash := range []string{"0123456789", "abcdef0123", "abcdef0199"} {
			name := n.give(s, s, ".png", hash)
			base, _, _ := strings.Cut(name, ".")
			if !validName.MatchString(name) || len(name) > nameMost || special().MatchString(base) || name == s+".png" {
				t.Errorf("path %q: got %q", path, name)
			}
		}
	})
}

func TestTelling(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"kiln.png": true, "my cat (1).jpg": true, "Screenshot of the shed.png": true, "MyShedInMay.jpg": true, "README.png": true,
		"figure3.png": true, "日本.png": true, "hives-in-may-1024x768.jpg": true, "1-shed_final.png": true, "façade.png": true,
		"1*EzRX8qB3lqqwMFR5Ue2MWA.png": false, "5f2d9c1e-8a4b-4c3d-9e7f-0123456789ab.png": false, "12345.jpg": false,
		"5f2d9c1e8a4b4c3d9e7f0123456789ab": false, "IMG_20240131_104501.jpg": false, "DSC01234.JPG": false, "image.png": false,
		"image-2.png": false, "photo-1506744038136-46273834b3fb": false, "0f1e2d3c_1456x816.png": false, "": false, "a.png": true, "w-1456.webp": false,
		"b-RsMFPGcTtpxKaL2oRMEg.png": false, "deadbeef-dead-beef-cafe-deadbeefcafe.png": false, "hxkqzrtb.png": false,
		"1*SHRivn7ekIvO-jJeyIwjiw.png": false, "1*nry-UqfXXoqejkkxDZhwsw.png": false, "0*ixESzyR8ujXdY0yU": false, "1*NbNaE5-uluAwuoRCspXk1A.png": false,
		"hives-in-spring-5f2d9c1e8a4b.png": true, "MySQLDump.png": false,
		"1*5hzHtzcIw-iozmMwov-GRg.png": false, "1*sHRiVn7ekIVO-JjeyIwJiw.png": false,
	} {
		if got := telling(name); got != want {
			t.Errorf("%q: %t", name, got)
		}
	}
}

func TestWordy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Hives in May":              "hives-in-may",
		"  The shed’s door, oiled":  "the-sheds-door-oiled",
		"Ein Gewächshaus für Äpfel": "ein-gewachshaus-fur-apfel",
		"A very long description of a picture that nobody would type as a name": "a-very-long-description-of-a-picture-that-nobody",
		strings.Repeat("x", 80): strings.Repeat("x", 50),
		"con":                   "",
		"…":                     "",
	} {
		if got := wordy(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// A file that lies there from before names had words keeps its name; so does a known one.
func TestNamesOfOldStay(t *testing.T) {
	t.Parallel()
	n := newNames(Options{Taken: []string{"12345.png"}, HashOf: func(string) string { return "0123456789" }})
	if got := n.give("hives", "12345", ".png", "0123456789"); got != "12345.png" {
		t.Errorf("the same bytes are called %s", got)
	}
	if got := n.give("hives", "12345", ".png", "abcdef0123"); got != "hives.png" {
		t.Errorf("other bytes are called %s", got)
	}
}

// A picture keeps its name where its address changes: the last run stored it by what it was
// called then.
func TestNamesStayForNewAddresses(t *testing.T) {
	t.Parallel()
	for stored, want := range map[string]string{"12345.png": "12345.png", "": "hives.png", "other.png": "hives.png"} {
		o := Options{Stood: func(string) (Known, bool) { return Known{File: stored}, stored != "" }}
		f := &file{stem: "hives", former: "12345", ext: ".png"}
		f.Asset = Asset{Addr: "https://a.example/12345.png?v=2", Hash: "0123456789", FS: blob(nil)}
		s := &store{Options: o, order: []*file{f}}
		if s.name(); f.File != want {
			t.Errorf("stored as %q: called %q, want %q", stored, f.File, want)
		}
	}
}
