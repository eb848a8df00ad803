package graph

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"lfpse/internal/access"
	"lfpse/internal/export"
	"lfpse/internal/fault"
	"lfpse/resolvers"
)

// ExportsPath is the path under which exports are fetched.
const ExportsPath = "/exports/"

const (
	// stallTime is how long whoever fetches a file may take nothing of it. How long it takes
	// as a whole is theirs to say.
	stallTime = time.Minute
	// chunk is how much of a file is sent at once, in bytes.
	chunk = 32 << 10
)

// downloads serves the files of exports.
type downloads struct{ o Options }

// ServeHTTP answers the file that a link leads to, by GET alone: who merely looks (HEAD, a
// preview) does not use the link up.
func (d downloads) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		say(w, http.StatusMethodNotAllowed, "An export is fetched by GET.")
		return
	}
	by, err := d.asker(r)
	if err != nil {
		refuse(w, r, d.o.Log, d.o.discreet(), err)
		return
	}
	file, err := d.o.Resolver.Exports.Fetch(r.Context(), r.PathValue("secret"), by)
	if err != nil {
		d.unanswered(w, r, err)
		return
	}
	defer file.Close()
	if err := send(w, r, file); err != nil {
		d.cutOff(r.Context(), err)
		panic(http.ErrAbortHandler) // so that what was sent is not taken for the whole
	}
}

// asker answers who comes with a token beside the link; nil for nobody.
func (d downloads) asker(r *http.Request) (*uuid.UUID, error) {
	token, given, err := bearer(r)
	if err != nil || !given {
		return nil, err
	}
	request, err := named(r.Context(), d.o.Resolver, resolvers.Request{}, token)
	switch {
	case err != nil:
		return nil, err
	case request.Caller != nil:
		return &request.Caller.Principal.ID, nil
	}
	return &request.Client.ID, nil
}

// unanswered says why there is no file.
func (d downloads) unanswered(w http.ResponseWriter, r *http.Request, err error) {
	kind, message := fault.Public(err)
	status := http.StatusInternalServerError
	switch kind {
	case fault.NotFound:
		status = http.StatusNotFound
	case fault.Forbidden:
		status = http.StatusForbidden
	default:
		if !errors.Is(err, context.Canceled) {
			d.o.Log.ErrorContext(r.Context(), "an export could not be fetched", "error", d.o.discreet()(err))
		}
	}
	say(w, status, message)
}

// cutOff logs why a file ends before its end, unless whoever fetched it went away.
func (d downloads) cutOff(ctx context.Context, err error) {
	switch {
	case errors.Is(err, access.ErrEnded):
		d.o.Log.InfoContext(ctx, "an export ended with the access that it rested on")
	case ctx.Err() == nil:
		d.o.Log.ErrorContext(ctx, "an export broke off", "error", d.o.discreet()(err))
	}
}

// send sends a file as it is read.
func send(w http.ResponseWriter, r *http.Request, file *export.File) error {
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	h.Set("Content-Disposition", `attachment; filename="`+file.Name+`"`)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Vary", "Accept-Encoding")
	out := &patient{ctx: file.Context(), out: w, control: http.NewResponseController(w)}
	defer context.AfterFunc(file.Context(), out.stop)()
	if !accepts(r.Header.Values("Accept-Encoding"), "gzip") {
		return written(file, out, out.flush)
	}
	h.Set("Content-Encoding", "gzip")
	packed, err := gzip.NewWriterLevel(out, gzip.BestSpeed)
	if err != nil {
		return err
	}
	if err := written(file, packed, func() error { return errors.Join(packed.Flush(), out.flush()) }); err != nil {
		return err
	}
	return packed.Close()
}

// written writes a file in chunks; the first of it at once.
func written(file *export.File, out io.Writer, flush func() error) error {
	buffered := bufio.NewWriterSize(out, chunk)
	begun := false
	err := file.WriteCSV(writerFunc(func(row []byte) (int, error) {
		n, err := buffered.Write(row)
		if err == nil && !begun {
			begun = true
			err = errors.Join(buffered.Flush(), flush())
		}
		return n, err
	}))
	if err != nil {
		return err
	}
	return buffered.Flush()
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// patient writes for as long as somebody takes what is written, and a context lasts.
type patient struct {
	ctx     context.Context
	out     io.Writer
	control *http.ResponseController
}

// Write writes, or fails where nothing is taken for too long, or once the context is over.
func (p *patient) Write(b []byte) (int, error) {
	if err := p.wait(); err != nil {
		return 0, err
	}
	return p.out.Write(b)
}

func (p *patient) flush() error {
	if err := p.wait(); err != nil {
		return err
	}
	return p.control.Flush()
}

// wait begins the time anew. The context is looked at after it: stop may have come between.
func (p *patient) wait() error {
	if err := p.control.SetWriteDeadline(time.Now().Add(stallTime)); err != nil {
		return err
	}
	return context.Cause(p.ctx)
}

// stop ends a write that is under way.
func (p *patient) stop() {
	p.control.SetWriteDeadline(time.Unix(1, 0)) //nolint:errcheck // a connection that is gone writes nothing
}

// accepts tells whether a request takes an encoding, by the weights of RFC 9110, 12.5.3.
func accepts(header []string, encoding string) bool {
	any := false
	for _, one := range strings.Split(strings.Join(header, ","), ",") {
		name, parameters, _ := strings.Cut(one, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name != encoding && name != "*" {
			continue
		}
		weight, weighed := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(parameters), " ", ""), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		taken := !weighed || err == nil && q > 0
		if name == encoding {
			return taken
		}
		any = taken
	}
	return any
}
