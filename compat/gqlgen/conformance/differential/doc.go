// Package differential asks generated queries of generated schemas, of the engine
// and of graphql-js, and wants the same answers, byte by byte.
//
// Its tests need the build tag conformance, Node.js, and the npm packages of the folder above.
package differential
