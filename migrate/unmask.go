package migrate

import (
	"context"
	"maps"
	"slices"

	"replant/assets"
)

// replaced tells whether another picture came for one that the last run stored, and would
// take its place.
func replaced(a assets.Asset) bool { return a.Came != "" && a.FS != nil }

// unmask makes a job's page anew where one picture came in the place of different ones of
// several posts. Such a placeholder may be as large as they are, so that only the posts
// together show what it is.
func (r *run) unmask(ctx context.Context, j *job) {
	item := j.again
	j.again = nil
	if j.err != nil || item == nil {
		return
	}
	for _, a := range j.assets {
		if replaced(a) && r.cameElsewhere(j, a) {
			j.common = append(j.common, a.Came)
		}
	}
	if len(j.common) > 0 {
		j.item = item
		j.attempt(func() error { return r.produce(ctx, j) })
	}
}

// cameElsewhere tells whether the picture that came for an address of one post came in
// another post in the place of a different picture.
func (r *run) cameElsewhere(j *job, a assets.Asset) bool {
	others := maps.Clone(r.swaps[a.Came])
	delete(others, a.Was)
	return r.among(j, len(others), func(o *job) bool {
		return slices.ContainsFunc(o.assets, func(b assets.Asset) bool {
			return b.Came == a.Came && b.Was != a.Was
		})
	})
}

// noteSwaps remembers which pictures came for a job in the place of others, for the jobs
// that are settled after it.
func (r *run) noteSwaps(j *job) {
	for _, a := range j.assets {
		if a.Came == "" {
			continue
		}
		if r.swaps[a.Came] == nil {
			r.swaps[a.Came] = map[string]bool{}
		}
		r.swaps[a.Came][a.Was] = true
	}
}
