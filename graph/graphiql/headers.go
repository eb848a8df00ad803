package graphiql

import (
	"net/http"
	"strings"
)

// contentSecurityPolicy lets the page run its own scripts and workers and talk to its own origin, nothing else.
//
// Two openings are unavoidable and neither runs code: the Monaco editor positions its text with style elements and
// attributes of its own, and the build of GraphiQL carries its fonts and icons as data: URLs inside the style sheet.
func contentSecurityPolicy() string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self' 'unsafe-inline'",
		"font-src 'self' data:",
		"img-src 'self' data:",
		"connect-src 'self'",
		"worker-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	}, "; ")
}

// setSecurityHeaders sets what every answer carries, errors too. Workers take their policy from the answer that brought
// their script, not from the page.
func setSecurityHeaders(header http.Header) {
	header.Set("Content-Security-Policy", contentSecurityPolicy())
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
}
