// Package conformance holds the engine against other implementations: GraphQL's own
// reference in JavaScript, the audits of GraphQL over HTTP, and, for speed, both it
// and GraphQL Yoga. Its tests need Node.js and npm, and the build tag conformance.
package conformance
