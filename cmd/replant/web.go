package main

import (
	"context"
	"net/url"

	"replant/migrate"
	"replant/migrate/fetch"
)

// web lets the journey read addresses through the polite client.
type web struct{ *fetch.Client }

func (w web) Page(ctx context.Context, addr *url.URL, state string) (*migrate.Reply, error) {
	r, err := w.Feed(ctx, addr, state)
	if err != nil {
		return nil, err
	}
	return &migrate.Reply{URL: r.URL, Open: r.Body, Done: r.Done}, nil
}
