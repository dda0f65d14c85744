package source

import (
	"strings"
	"testing"
	"time"
)

// A date in a form of the standards is read as the same date is in any other dress.
func TestStandardDatesAreReadAlike(t *testing.T) {
	t.Parallel()
	for _, date := range []string{
		"Mon, 01 Jan 2024 10:00:00 +0000", "Mon, 01 Jan 2024 10:00:00 GMT", "Tue, 29 Feb 2000 23:59:59 -0730", "Sun, 31 Dec 1899 10:00:00 +0000",
		"Mon, 01 Jan 2024 10:00:00 +1500", "Mon, 01 Jan 2024 10:00:00 +0060", "Thu, 01 Jan 1970 00:00:00 +0000",
		"2024-01-01T10:00:00Z", "2024-01-01T10:00:00+05:30", "2024-06-30T23:59:59.999Z", "2024-06-30T23:59:59,5-01:00",
	} {
		if _, ok := standard(date); !ok {
			t.Errorf("%s is in no form of a standard", date)
		}
		other := strings.ReplaceAll(date, " ", "  ")
		if strings.Contains(date, "T1") || strings.Contains(date, "T2") {
			other = strings.Replace(date, "T", " ", 1)
		}
		got, want := readDate(date), readDate(other)
		if !got.Equal(want) || got.Format(time.RFC3339) != want.Format(time.RFC3339) {
			t.Errorf("%s is %v, and %q %v", date, got, other, want)
		}
	}
	for _, date := range []string{"", "now", "Mon, 01 Jan 2024 10:00:00 EST", "2024-01-01 10:00:00", "2024-13-01T10:00:00Z"} {
		if _, ok := standard(date); ok {
			t.Errorf("%q is in a form of a standard", date)
		}
	}
}
