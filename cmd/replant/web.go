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
	return replyOf(w.Feed(ctx, addr, state))
}

func (w web) Found(ctx context.Context, addr *url.URL, state string) (*migrate.Reply, error) {
	return replyOf(w.Client.Found(ctx, addr, state))
}

func replyOf(r *fetch.Reply, err error) (*migrate.Reply, error) {
	if err != nil {
		return nil, err
	}
	return &migrate.Reply{URL: r.URL, Encoding: r.Charset, Open: r.Body, Done: r.Done}, nil
}
