package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"replant/cmd/replant/review"
	"replant/migrate"
)

const reviewHelp = `Show each post's source beside its page, in a browser.

With a FEED, the page shows what a run would do; with SITE alone, what the site has, without
asking anybody. It lists the posts with their verdicts, what they lost and which pictures are
missing, and shows of each the source, the page, the Markdown, the change, and what was left
out and why. A page that waits is settled there as by replant settle; nothing else is written.

It is served to this machine alone, at an address that nobody can guess, until Ctrl-C.`

// reviewing is replant review.
type reviewing struct {
	*options
	out  string // the file that is written; empty to serve the page
	port int
}

func reviewVerb(do func(op)) *cobra.Command {
	o := &reviewing{options: newOptions()}
	cmd := &cobra.Command{
		Use: "review [flags] [FEED] SITE", Short: "Look at each post's source beside its page, in a browser", Long: reviewHelp,
		Example: `  replant review https://dev.to/feed/ben blog   before the first run
  replant review blog                           after it
  replant review -o review.html blog            one file to send or keep`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.check(args); err != nil {
				return err
			}
			if o.port < 0 || o.port > 65535 {
				return usage("", "--port %d: must be from 0 to 65535", o.port)
			}
			do(o)
			return nil
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVarP(&o.dryRun, "dry-run", "n", false, "only look: nothing can be settled")
	f.StringVarP(&o.out, "output", "o", "", "write the page to this file instead of serving it")
	f.IntVar(&o.port, "port", 0, "serve at this port (default a free one)")
	f.BoolVarP(&o.say.quiet, "quiet", "q", false, "print only the address and what needs your attention")
	f.CountVarP(&o.say.verbose, "verbose", "v", "print more; -vv every request")
	f.StringVar(&o.say.logFormat, "log-format", "", "text or json: format of standard error (default text)")
	o.defineForm(f)
	o.defineRead(f)
	return cmd
}

func (o *reviewing) run(ctx context.Context, std streams) (int, error) {
	only := o.dryRun
	o.dryRun = true // nothing is written but what is settled
	o.migration.Review, o.migration.Offline = true, o.feed == ""
	return o.withSession(ctx, std, func(v *session) (int, error) {
		out, err := v.plan(ctx)
		if err != nil {
			return 0, err
		}
		if out.Review == nil { // the run would stop and ask
			o.tell(out, std.log)
			return o.code(out), nil
		}
		for _, err := range out.Failed {
			complain(std.log, err)
		}
		book := o.book(out)
		if o.out != "" {
			return exitDone, o.write(book, std)
		}
		if !only {
			book.Settle = o.settle
		}
		return o.serve(ctx, book, std)
	})
}

// book makes the book of what a run would do.
func (o *reviewing) book(out *migrate.Outcome) *review.Book {
	return &review.Book{
		Review: out.Review, Site: o.site, Summary: out.Plan.Summary(migrate.Show{Label: out.Label}), Notices: noticesOf(out), Command: o.command(),
	}
}

// command is what brings what is shown into the site.
func (o *reviewing) command() string {
	if o.feed == "" {
		return "replant " + quoted(o.site)
	}
	return "replant " + quoted(shown(o.feed)) + " " + quoted(o.site)
}

// noticesOf lists what the author should know beside the posts.
func noticesOf(out *migrate.Outcome) (all []string) {
	for _, err := range out.Failed {
		all = append(all, err.Error())
	}
	for _, t := range out.Troubles {
		if t.Page == "" {
			all = append(all, t.Text)
		}
	}
	for _, l := range out.Lasting {
		if l.Page == "" {
			all = append(all, lastingText(l))
		}
	}
	return append(all, out.Warnings...)
}

// write writes the page to a file.
func (o *reviewing) write(book *review.Book, std streams) error {
	f, err := os.CreateTemp(filepath.Dir(o.out), ".replant-")
	if err != nil {
		return fmt.Errorf("%s: %w", o.out, cause(err))
	}
	left, err := book.Write(f)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err == nil {
		err = os.Rename(f.Name(), o.out)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("%s: %w", o.out, cause(err)), os.Remove(f.Name()))
	}
	if left > 0 {
		notice(std.log, fmt.Sprintf("%s: no room for %d of %d posts, which are only listed; without -o all are shown", o.out, left, len(book.Review.Posts)), "")
	}
	return nil
}

// serve serves the page until the user stops it, which is no failure.
func (o *reviewing) serve(ctx context.Context, book *review.Book, std streams) (int, error) {
	s, err := book.Listen(o.port)
	if err != nil {
		return 0, err
	}
	debug.FreeOSMemory() // what the run took is not needed any more, and a review may be open for long
	fmt.Fprintln(std.out, s.Address())
	if !o.say.quiet {
		notice(std.log, "", "open this address in a browser; Ctrl-C ends the review")
	}
	if err := s.Serve(ctx); err != nil {
		return 0, err
	}
	return exitServed, nil
}

// settle settles a page as replant settle does.
func (o *reviewing) settle(ctx context.Context, page, choice string) error {
	s := &settling{choice: migrate.Choice(choice), paths: []string{filepath.Join(o.site, filepath.FromSlash(page))}}
	s.say.quiet, s.read.wait = true, o.read.wait
	quiet := streams{in: strings.NewReader(""), out: io.Discard, err: io.Discard, log: slog.New(slog.DiscardHandler)}
	_, err := s.run(ctx, quiet)
	return err
}
