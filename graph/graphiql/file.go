package graphiql

import (
	"compress/gzip"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// serveFile answers one of the embedded files by its path in dist, without the .gz. The embedded file system knows no
// way out of itself: a path that tries one names no file. cacheControl is for a file that exists; that one does not is
// no fact to keep.
func serveFile(w http.ResponseWriter, r *http.Request, name, cacheControl string) {
	file, err := dist.Open("dist/" + name + ".gz")
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer file.Close()
	var content io.Reader = file
	packed := acceptsGzip(r.Header)
	if !packed {
		if content, err = gzip.NewReader(file); err != nil {
			http.Error(w, "the file could not be read", http.StatusInternalServerError)
			return
		}
	}
	header := w.Header()
	header.Set("Content-Type", contentType(name))
	header.Set("Cache-Control", cacheControl)
	header.Set("Vary", "Accept-Encoding")
	if packed {
		header.Set("Content-Encoding", "gzip")
	}
	io.Copy(w, content)
}

// contentType is decided here rather than by the host's table of types, which may lack fonts and which scripts' types
// differ with.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".md":
		return "text/plain; charset=utf-8"
	case ".ttf":
		return "font/ttf"
	default:
		return "application/octet-stream"
	}
}

// acceptsGzip reports whether a client takes gzip, as RFC 9110, section 12.5.3 has it: a coding that is named counts
// more than *, and a weight of 0 refuses it.
func acceptsGzip(header http.Header) bool {
	accepted := false
	for _, element := range strings.Split(strings.Join(header.Values("Accept-Encoding"), ","), ",") {
		coding, parameters, _ := strings.Cut(element, ";")
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			return !weighsNothing(parameters)
		case "*":
			accepted = !weighsNothing(parameters)
		}
	}
	return accepted
}

// weighsNothing reports whether the parameters of a coding give it the weight 0.
func weighsNothing(parameters string) bool {
	name, value, _ := strings.Cut(strings.TrimSpace(parameters), "=")
	if !strings.EqualFold(strings.TrimSpace(name), "q") {
		return false
	}
	weight, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	return err == nil && weight == 0
}
