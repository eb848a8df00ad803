package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
)

// maxLine is the longest line that is taken on. It bounds the memory that a
// file can take: a text has at most 20,000 characters, and may come with the
// names of a whole hospital's staff.
const maxLine = 4 << 20

// errLongLine is the error of a line that is longer.
var errLongLine = fmt.Errorf("it is longer than %d MiB", maxLine>>20)

// lineOf is a line on its way from where it is read to where its answer is
// written.
type lineOf struct {
	number int
	text   []byte
	answer []byte
	err    error
	done   chan struct{}
}

// eachLine answers the lines of a file that are not empty on all cores, and
// hands each answer on in the order of the lines as soon as it can. It stops at
// the first error of reading or of handing on; an error of answering is handed on.
func eachLine(ctx context.Context, in io.Reader, answer func([]byte) ([]byte, error), handOn func(number int, answer []byte, err error) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := runtime.GOMAXPROCS(0)
	inOrder, work := make(chan *lineOf, 4*workers), make(chan *lineOf)
	reading := make(chan error, 1)
	go func() {
		defer close(inOrder)
		defer close(work)
		reading <- readLines(ctx, in, inOrder, work)
	}()
	for range workers {
		go func() {
			for line := range work {
				line.answer, line.err = answer(line.text)
				close(line.done)
			}
		}()
	}
	for {
		select {
		case line, more := <-inOrder:
			if !more {
				return errors.Join(<-reading, ctx.Err())
			}
			<-line.done
			if err := handOn(line.number, line.answer, line.err); err != nil {
				return fmt.Errorf("handing on line %d: %w", line.number, err)
			}
		case <-ctx.Done(): // reading may wait for somebody who types
			return ctx.Err()
		}
	}
}

// readLines puts every line that is not empty into both channels.
func readLines(ctx context.Context, in io.Reader, inOrder, work chan<- *lineOf) error {
	r := bufio.NewReaderSize(in, 64<<10)
	for number := 1; ; number++ {
		text, err := readLine(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && !errors.Is(err, errLongLine) {
			return fmt.Errorf("reading line %d: %w", number, err)
		}
		line := &lineOf{number: number, text: text, err: err, done: make(chan struct{})}
		if err == nil && len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		if !send(ctx, inOrder, line) {
			return nil
		}
		if err != nil {
			close(line.done)
			continue
		}
		if !send(ctx, work, line) {
			return nil
		}
	}
}

func send(ctx context.Context, to chan<- *lineOf, line *lineOf) bool {
	select {
	case to <- line:
		return true
	case <-ctx.Done():
		return false
	}
}

// readLine reads a line, with or without a line break at its end. What is
// longer than maxLine is passed over, as errLongLine. At the end of the file it is
// io.EOF.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			return nil, errors.Join(errLongLine, passOver(r, err))
		}
		line = append(line, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(line) > 0:
			return line, nil
		default:
			return line, err
		}
	}
}

// passOver reads on to the end of a line that begins with an error of
// ReadSlice.
func passOver(r *bufio.Reader, err error) error {
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = r.ReadSlice('\n')
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
