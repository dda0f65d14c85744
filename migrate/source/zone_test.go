package source

import (
	"net/url"
	"testing"
	"time"
)

// A date is written by the clock that its source, the site or the post's address says, and
// stays the instant that it is.
func TestInZone(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	denver := time.FixedZone("", -7*60*60)
	for _, c := range []struct {
		date    string
		zone    *time.Location
		path    string
		want    string
		guessed bool
	}{
		{"2018-10-21T01:30:00Z", nil, "/hello", "2018-10-21T01:30:00Z", false},
		{"2018-07-20T22:30:00Z", berlin, "/hello", "2018-07-21T00:30:00+02:00", false},
		{"2018-12-20T22:30:00Z", berlin, "/hello", "2018-12-20T23:30:00+01:00", false},
		{"2018-07-20T22:30:00-07:00", berlin, "/hello", "2018-07-20T22:30:00-07:00", false}, // the source's own
		{"2018-07-20T00:00:00Z", denver, "/hello", "2018-07-20T00:00:00Z", false},           // a day, not a time
		{"2018-10-21T01:30:00Z", denver, "/2018/10/20/hello", "2018-10-20T18:30:00-07:00", false},
		{"2018-10-21T01:30:00Z", denver, "/2018/10/21/hello", "2018-10-21T01:30:00Z", false},
		{"2018-10-21T01:30:00Z", nil, "/2018/10/21/hello", "2018-10-21T01:30:00Z", false},
		{"2018-10-21T01:30:00Z", nil, "/2018/10/20/hello", "2018-10-20T23:30:00-02:00", true},
		{"2018-10-20T18:30:00Z", nil, "/2018/10/21/hello", "2018-10-21T00:30:00+06:00", true},
		{"2018-10-21T01:30:00Z", nil, "/2018/11/02/hello", "2018-10-21T01:30:00Z", false}, // no clock is that far
		{"2018-10-20T00:30:00Z", nil, "/2018/10/18/hello", "2018-10-20T00:30:00Z", false},
	} {
		when, err := time.Parse(time.RFC3339, c.date)
		if err != nil {
			t.Fatal(err)
		}
		if _, offset := when.Zone(); offset == 0 {
			when = when.UTC()
		}
		got, guessed := InZone(when, c.zone, &url.URL{Path: c.path})
		if got.Format(time.RFC3339) != c.want || guessed != c.guessed || !got.Equal(when) {
			t.Errorf("%s at %s: %s, guessed: %t, want %s", c.date, c.path, got.Format(time.RFC3339), guessed, c.want)
		}
	}
}
