package template

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"replant/migrate/blog"
)

// expr is what an action says.
type expr func(*blog.Post) (any, error)

// parseExpr reads what stands in an action.
func parseExpr(inside string) (expr, error) {
	r := &exprReader{rest: inside}
	e, err := r.pipeline()
	switch {
	case err == nil && r.rest != "":
		err = fmt.Errorf("%s: not expected here", r.rest)
	case err == nil:
		return e, nil
	}
	return nil, fmt.Errorf("{{ %s }}: %w", inside, err)
}

// exprReader reads an action from its beginning.
type exprReader struct {
	rest  string
	depth int
}

// depthMost is how deep parentheses may lie.
const depthMost = 32

// skip leaves out white space.
func (r *exprReader) skip() { r.rest = strings.TrimLeft(r.rest, blanks) }

// take takes a mark, if it comes next.
func (r *exprReader) take(mark string) bool {
	r.skip()
	rest, ok := strings.CutPrefix(r.rest, mark)
	if ok {
		r.rest = rest
		r.skip()
	}
	return ok
}

// pipeline reads commands, each of which has what the one before it gives as its last argument.
func (r *exprReader) pipeline() (expr, error) {
	if r.depth++; r.depth > depthMost {
		return nil, errors.New("nested too deeply")
	}
	defer func() { r.depth-- }()
	e, err := r.command(nil)
	for err == nil && r.take("|") {
		e, err = r.command(e)
	}
	return e, err
}

// command reads a function with its arguments, or a value. Last is its last argument, if there
// is one before a pipe.
func (r *exprReader) command(last expr) (expr, error) {
	r.skip()
	name := r.word()
	if name == "true" || name == "false" {
		return alone(constant(name == "true"), last)
	}
	if name == "" {
		e, err := r.operand()
		if err != nil {
			return nil, err
		}
		return alone(e, last)
	}
	f, ok := functions[name]
	if !ok {
		return nil, fmt.Errorf("%s: no such function; there are %s", name, functionNames())
	}
	if r.skip(); name == "printf" && !strings.HasPrefix(r.rest, `"`) && !strings.HasPrefix(r.rest, "`") {
		return nil, errors.New("printf: wants a format in quotes first")
	}
	var args []expr
	for r.skip(); r.rest != "" && r.rest[0] != '|' && r.rest[0] != ')'; r.skip() {
		arg, err := r.operand()
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
	}
	if last != nil {
		args = append(args, last)
	}
	if len(args) < f.least || f.most > 0 && len(args) > f.most {
		return nil, fmt.Errorf("%s: has %d values and wants %s", name, len(args), f.wants())
	}
	return called(name, f, args), nil
}

// alone returns a value that nothing is piped into.
func alone(e, last expr) (expr, error) {
	if last != nil {
		return nil, errors.New("a function has to stand behind |")
	}
	return e, nil
}

// word reads the name of a function.
func (r *exprReader) word() string {
	n := 0
	for n < len(r.rest) && (isLetter(r.rest[n]) || n > 0 && (r.rest[n] == '.' || '0' <= r.rest[n] && r.rest[n] <= '9')) {
		n++
	}
	name := r.rest[:n]
	r.rest = r.rest[n:]
	return name
}

func isLetter(c byte) bool { return c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z' }

// operand reads a field, a text, a number, a truth value or what stands in parentheses.
func (r *exprReader) operand() (expr, error) {
	r.skip()
	switch {
	case r.rest == "":
		return nil, errors.New("says nothing")
	case r.take("("):
		e, err := r.pipeline()
		if err == nil && !r.take(")") {
			err = errors.New("( without )")
		}
		return e, err
	case r.rest[0] == '.':
		return r.field()
	case r.rest[0] == '"', r.rest[0] == '`':
		quoted, err := strconv.QuotedPrefix(r.rest)
		if err != nil {
			return nil, fmt.Errorf("%s: a text without its end", r.rest)
		}
		r.rest = r.rest[len(quoted):]
		said, err := strconv.Unquote(quoted)
		return constant(said), err
	}
	number, _, _ := strings.Cut(r.rest, " ")
	number = strings.TrimRight(number, "|)")
	if n, err := strconv.Atoi(number); err == nil {
		r.rest = r.rest[len(number):]
		return constant(n), nil
	}
	if name := r.word(); name == "true" || name == "false" {
		return constant(name == "true"), nil
	} else if name != "" {
		return nil, fmt.Errorf("%s: needs ( ) around it here, or quotes", name)
	}
	return nil, fmt.Errorf("%s: neither a field nor a text", r.rest)
}

func constant(v any) expr { return func(*blog.Post) (any, error) { return v, nil } }

// field reads a field, with the fields below it.
func (r *exprReader) field() (expr, error) {
	var names []string
	for strings.HasPrefix(r.rest, ".") {
		r.rest = r.rest[1:]
		n := 0
		for n < len(r.rest) && (isLetter(r.rest[n]) || '0' <= r.rest[n] && r.rest[n] <= '9') {
			n++
		}
		names = append(names, r.rest[:n])
		r.rest = r.rest[n:]
	}
	formats := len(names) > 1 && names[len(names)-1] == "Format"
	if formats {
		names = names[:len(names)-1]
	}
	e := func(p *blog.Post) (any, error) {
		v, err := field(p, names[0])
		for _, name := range names[1:] {
			if err == nil {
				v, err = under(v, name)
			}
		}
		return v, err
	}
	if !formats {
		return e, nil
	}
	layout, err := r.operand()
	if err != nil {
		return nil, fmt.Errorf(".Format: %w", err)
	}
	return called(".Format", functions["dateFormat"], []expr{layout, e}), nil
}

// called returns what a function makes of its arguments.
func called(name string, f function, args []expr) expr {
	return func(p *blog.Post) (any, error) {
		values := make([]any, len(args))
		for i, arg := range args {
			var err error
			if values[i], err = arg(p); err != nil {
				return nil, err
			}
		}
		v, err := f.call(values)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return known(v), nil
	}
}

// formatted writes a date, or a part of one, by Go's layout.
func formatted(layout, v any) (any, error) {
	l, ok := layout.(string)
	t, isTime := v.(time.Time)
	switch {
	case v == nil:
		return nil, nil
	case !ok:
		return nil, fmt.Errorf(`wants a layout such as "2006-01", not %s`, kind(layout))
	case !isTime:
		return nil, fmt.Errorf("wants a date, not %s", kind(v))
	}
	return t.Format(l), nil
}
