package assets

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
)

var errNowhere = errors.New("a relative address, and the feed does not say to what")

// obtain gets one address: from the last run, from the text itself, from beside the
// feed, or from the web.
func (s *store) obtain(ctx context.Context, a address) (Asset, string, error) {
	if s.Known != nil {
		if k, ok := s.Known(a.key); ok && k.File != "" {
			return Asset{File: k.File, Hash: k.Hash, Own: k.Own}, "", nil
		}
	}
	switch {
	case a.err != nil:
		return Asset{}, "", a.err
	case a.data != "":
		return inline(a.data, a.kind)
	case a.file != "" && s.Beside != nil:
		asset, ext, err := inspect(s.Beside, a.file, a.kind)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return asset, ext, err
		}
	}
	return s.fetch(ctx, a.url, a.kind)
}

// fetch tries all that an address may stand for. When nothing can be had, what the
// address itself answered is the reason.
func (s *store) fetch(ctx context.Context, u *url.URL, k *kind) (asset Asset, ext string, err error) {
	if asset, ext, ok := s.copied(u, k); ok {
		return asset, ext, nil
	}
	var missed error
	for _, c := range s.candidates(u) {
		asset, ext, err = s.fetchOne(ctx, c, k)
		if err == nil || ctx.Err() != nil {
			break
		}
		missed = cmp.Or(missed, err)
	}
	if err == nil {
		asset.Missed = missed
	}
	return asset, ext, err
}

// copied looks for a copy of what an address may stand for.
func (s *store) copied(u *url.URL, k *kind) (Asset, string, bool) {
	if s.Copies == nil {
		return Asset{}, "", false
	}
	for _, c := range s.candidates(u) {
		if name := s.CopyOf(c); fs.ValidPath(name) && name != "." {
			if asset, ext, err := inspect(s.Copies, name, k); err == nil {
				return asset, ext, true
			}
		}
	}
	return Asset{}, "", false
}

func (s *store) fetchOne(ctx context.Context, u *url.URL, k *kind) (Asset, string, error) {
	switch {
	case u.Scheme == "":
		return Asset{}, "", errNowhere
	case u.Scheme != "http" && u.Scheme != "https":
		return Asset{}, "", fmt.Errorf("nothing is fetched by %s", u.Scheme)
	case u.Host == "":
		return Asset{}, "", errors.New("an address without a host")
	}
	name, _, err := s.Fetcher.Fetch(ctx, u, k.most, k.accept)
	if err != nil {
		return Asset{}, "", err
	}
	return inspect(s.Files, name, k)
}
