package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// days is a flag that takes a number of days or weeks, such as 7d or 2w.
type days int

// daysMost bounds them: a feed that has been away for longer will not come back.
const daysMost = 3650

func (d *days) String() string { return fmt.Sprintf("%dd", int(*d)) }

// Type is the name of the kind of value, for pflag.
func (d *days) Type() string { return "days" }

// Set reads what was typed.
func (d *days) Set(text string) error {
	digits, of := strings.CutSuffix(text, "d")
	length := 1
	if weeks, ok := strings.CutSuffix(text, "w"); ok {
		digits, of, length = weeks, true, 7
	}
	n, err := strconv.Atoi(digits)
	if err != nil || !of || n < 1 || n*length > daysMost {
		return errors.New("must be days or weeks, such as 7d or 2w")
	}
	*d = days(n * length)
	return nil
}
