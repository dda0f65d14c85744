package source

import (
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"

	"replant/migrate/blog"
	"replant/migrate/feedscan"
)

// TestReadDate reads every form of a date that was met in a feed, and some that are none.
func TestReadDate(t *testing.T) {
	t.Parallel()
	const unknown = "0001-01-01T00:00:00Z"
	for text, want := range map[string]string{
		// RFC 822 and what is made of it
		"Tue, 05 Mar 2019 10:15:30 GMT":                            "2019-03-05T10:15:30Z",
		"Tue, 05 Mar 2019 10:15:30 +0000":                          "2019-03-05T10:15:30Z",
		"Tue, 5 Mar 2019 10:15:30 -0700":                           "2019-03-05T10:15:30-07:00",
		"Tue, 05 Mar 2019 10:15:30 -07:00":                         "2019-03-05T10:15:30-07:00",
		"Tue, 05 Mar 2019 10:15:30 -700":                           "2019-03-05T10:15:30-07:00",
		"Tue, 05 Mar 2019 10:15:30+0100":                           "2019-03-05T10:15:30+01:00",
		"Tue, 05 Mar 2019 10:15 EST":                               "2019-03-05T10:15:00-05:00",
		"Tue, 05 Mar 2019 10:15:30 PDT":                            "2019-03-05T10:15:30-07:00",
		"Tue, 05 Mar 2019 10:15:30 IST":                            "2019-03-05T10:15:30+05:30",
		"Tue, 05 Mar 2019 10:15:30 UTC+2":                          "2019-03-05T10:15:30+02:00",
		"Tue, 05 Mar 2019 10:15:30 GMT+0100 (CET)":                 "2019-03-05T10:15:30+01:00",
		"Tue Mar 05 2019 10:15:30 GMT-0700 (MST)":                  "2019-03-05T10:15:30-07:00",
		"Tue, 05 Mar 2019 10:15:30 +0100 (Mitteleuropäische Zeit)": "2019-03-05T10:15:30+01:00",
		"Tue, 05 Mar 2019 10:15:30 Z":                              "2019-03-05T10:15:30Z",
		"Tue, 05 Mar 2019 10:15:30 XYZ":                            "2019-03-05T10:15:30Z",
		"Tue, 05 Mar 19 10:15:30 GMT":                              "2019-03-05T10:15:30Z",
		"05 Mar 49 10:15 UT":                                       "2049-03-05T10:15:00Z",
		"05 Mar 50 10:15 UT":                                       "1950-03-05T10:15:00Z",
		"Tuesday, 05-Mar-19 10:15:30 CET":                          "2019-03-05T10:15:30+01:00",
		"Tue Mar  5 10:15:30 2019":                                 "2019-03-05T10:15:30Z",
		"Tue Mar  5 10:15:30 EST 2019":                             "2019-03-05T10:15:30-05:00",
		"Tue Mar 05 10:15:30 -0700 2019":                           "2019-03-05T10:15:30-07:00",
		"Fri, 05 Mar 2019 10:15:30 GMT":                            "2019-03-05T10:15:30Z", // it was a Tuesday
		"Tue, 05 Mar 2019":                                         "2019-03-05T00:00:00Z",
		"March 5th, 2019":                                          "2019-03-05T00:00:00Z",
		"Tuesday, March 5, 2019 3:04 PM":                           "2019-03-05T15:04:00Z",
		"Mar 5, 2019 12:04 a.m.":                                   "2019-03-05T00:04:00Z",
		"2019 Mar 5 10:15":                                         "2019-03-05T10:15:00Z",
		"\n\t Tue, 05  Mar 2019 10:15:30 GMT \n":                   "2019-03-05T10:15:30Z",
		// ISO 8601, RFC 3339 and what is made of it
		"2019-03-05T10:15:30Z":        "2019-03-05T10:15:30Z",
		"2019-03-05t10:15:30.123z":    "2019-03-05T10:15:30Z",
		"2019-03-05T10:15:30,5+02:00": "2019-03-05T10:15:30+02:00",
		"2019-03-05T10:15:30-0700":    "2019-03-05T10:15:30-07:00",
		"2019-03-05T10:15:30+02":      "2019-03-05T10:15:30+02:00",
		"2019-03-05T10:15+05:30":      "2019-03-05T10:15:00+05:30",
		"2019-03-05T10:15":            "2019-03-05T10:15:00Z",
		"2019-03-05 10:15:30":         "2019-03-05T10:15:30Z",
		"2019-03-05 10:15:30 UTC":     "2019-03-05T10:15:30Z",
		"2019-03-05 10:15:30 +0200":   "2019-03-05T10:15:30+02:00",
		"2019-03-05 at 10:15:30":      "2019-03-05T10:15:30Z",
		"2019-3-5":                    "2019-03-05T00:00:00Z",
		"2019/03/05":                  "2019-03-05T00:00:00Z",
		"2019.03.05 10:15":            "2019-03-05T10:15:00Z",
		"20190305":                    "2019-03-05T00:00:00Z",
		"20190305T101530Z":            "2019-03-05T10:15:30Z",
		"20190305101530":              "2019-03-05T10:15:30Z",
		"2019-03":                     "2019-03-01T00:00:00Z",
		"2019-03-05T24:00:00Z":        "2019-03-06T00:00:00Z",
		"2019-12-31 24:00":            "2020-01-01T00:00:00Z",
		"2016-12-31T23:59:60Z":        "2017-01-01T00:00:00Z",
		"2019年3月5日 10:15":             "2019-03-05T10:15:00Z",
		"2019년 3월 5일":                 "2019-03-05T00:00:00Z",
		// seconds, milliseconds
		"1551780930":    "2019-03-05T10:15:30Z",
		"1551780930123": "2019-03-05T10:15:30Z",
		"1551780930.5":  "2019-03-05T10:15:30Z",
		// other languages
		"Die, 5 Mär 2019 10:00 MEZ":          "2019-03-05T10:00:00+01:00",
		"Di, 05 Mrz 2019 10:15:30 +0100":     "2019-03-05T10:15:30+01:00",
		"Dienstag, 5. März 2019, 10:15 Uhr":  "2019-03-05T10:15:00Z",
		"5. J\u00e4nner 2019":                "2019-01-05T00:00:00Z",
		"5. Ma\u0308rz 2019":                 "2019-03-05T00:00:00Z",
		"mar., 05 févr. 2019 10:15:30 +0100": "2019-02-05T10:15:30+01:00",
		"mardi 5 août 2019 à 10h15":          "2019-08-05T10:15:00Z",
		"mar, 05 mar 2019 10:15:30 +0000":    "2019-03-05T10:15:30Z",
		"1er décembre 2019":                  "2019-12-01T00:00:00Z",
		"5 de enero de 2019":                 "2019-01-05T00:00:00Z",
		"mar, 5 giu 2019 10:15:30 +0200":     "2019-06-05T10:15:30+02:00",
		"05 out 2019":                        "2019-10-05T00:00:00Z",
		"di, 05 mrt 2019 10:15:30 +0100":     "2019-03-05T10:15:30+01:00",
		"wt., 05 paź 2019 10:15:30 +0200":    "2019-10-05T10:15:30+02:00",
		"Вт, 05 мар 2019 10:15:30 +0300":     "2019-03-05T10:15:30+03:00",
		"5 мая 2019":                         "2019-05-05T00:00:00Z",
		"5 Ağu 2019":                         "2019-08-05T00:00:00Z",
		// numbers alone
		"31.12.2019 10:15":       "2019-12-31T10:15:00Z",
		"5.3.2019":               "2019-03-05T00:00:00Z",
		"12/31/99":               "1999-12-31T00:00:00Z",
		"31/12/2019 10:15":       "2019-12-31T10:15:00Z",
		"12/31/2019 3:04 PM":     "2019-12-31T15:04:00Z",
		"05/05/2019":             "2019-05-05T00:00:00Z",
		"10:15 31.12.2019 -0700": "2019-12-31T10:15:00-07:00",
		// no date, or two
		"":                                   unknown,
		"yesterday":                          unknown,
		"3 days ago":                         unknown,
		"05/03/2019":                         unknown,
		"05-03-2019 10:15":                   unknown,
		"2024-13-45T99:99:99Z":               unknown,
		"2019-02-30T10:15:30Z":               unknown,
		"2019-03-05T25:15:30Z":               unknown,
		"Mon, 31 Feb 2022 25:61:00 GMT":      unknown,
		"Fri, 01 Jan 0001 00:00:00 +0000":    unknown,
		"Mon, 30 Nov -0001 00:00:00 +0000":   unknown,
		"-0001-11-30T00:00:00+00:00":         unknown,
		"0000-00-00 00:00:00":                unknown,
		"0001-01-01T00:00:00Z":               unknown,
		"1970-01-01T00:00:00Z":               unknown,
		"Wed, 31 Dec 1969 19:00:00 -0500":    unknown,
		"0":                                  unknown,
		"Tue, 05 Mar 2199 10:00:00 +9999":    unknown,
		"Tue, 05 Mar 2019 10:00:00 +9999":    unknown,
		"Mar 2019":                           unknown,
		"2019":                               unknown,
		"item 5 of 12, see http://a.example": unknown,
	} {
		if got := readDate(text).Format(time.RFC3339); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

// TestDates checks where a post's dates are taken from: never from the present.
func TestDates(t *testing.T) {
	t.Parallel()
	const no, pub, dc, up = "soon", "2019-03-05", "2019-03-04", "2019-03-06"
	for _, c := range []struct {
		published, updated, dc, address string
		want, changed                   string
	}{
		{pub, up, "", "", pub, up},
		{pub, "", "", "", pub, ""},
		{pub, dc, "", "", pub, ""}, // a change before the post
		{no, up, "", "", up, ""},
		{"", up, "", "", up, ""},
		{pub, dc, dc, "", pub, ""},
		{no, dc, dc, "", dc, ""},
		{no, no, "", "/2019/03/04/x", dc, ""},
		{no, no, "", "/x", "", ""},
	} {
		e := &feedscan.Entry{Item: &gofeed.Item{Published: c.published, Updated: c.updated}}
		if c.dc != "" {
			e.DublinCoreExt = &ext.DublinCoreExtension{Date: []string{c.dc}}
		}
		published, updated := dates(e, blog.ParseURL("https://a.example"+c.address))
		for _, d := range []struct {
			got  time.Time
			want string
		}{{published, c.want}, {updated, c.changed}} {
			if want := readDate(d.want); !d.got.Equal(want) {
				t.Errorf("%+v: %s, want %s", c, d.got, want)
			}
		}
	}
}
