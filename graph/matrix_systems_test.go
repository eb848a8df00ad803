package graph_test

import (
	"net/http"
	"strings"

	"github.com/google/uuid"
)

// systems are the readers of the matrix who are no people.
var systems = map[string]bool{system: true, otherSystem: true}

// issued issues the systems of the matrix, and for each organisation one more
// that nobody works with.
func (w *world) issued() {
	w.issue(admin, "RGT", system)
	w.issue(adminElsewhere, "RR8", otherSystem)
	w.ids["client of the trust"], _ = w.issue(admin, "RGT", "spare")
	w.ids["client of another trust"], _ = w.issue(adminElsewhere, "RR8", "spare elsewhere")
}

// sent has a system send an event of the matrix.
func (w *world) sent(of, by string, input map[string]any) (id string) {
	w.t.Helper()
	w.ids["event "+of] = w.submits(by, map[string]any{"localReference": of, "event": input})[0].id
	w.references[of] = dig[string](w.t, w.ask(by, `query($id: ID!) { event(id: $id) { reference } }`, map[string]any{"id": w.ids["event "+of]}), "data", "event", "reference")
	return w.ids["event "+of]
}

// submitting sends an event that is refused for another reason.
func submitting(w *world, _, reader string) string {
	body := w.raw(reader, submitEvents, map[string]any{"events": []any{local(" ", "A fall.")}})
	switch code := errorCode(w.t, body); {
	case code == "FORBIDDEN":
		return "no"
	case code == "UNAUTHENTICATED":
		return "sign in"
	case strings.Contains(body, `"refused":1`):
		return "yes"
	}
	return body
}

// sending sends an event of the matrix anew, of a version that is not there, or
// one that says nothing; with a type it is declared to be a never event.
func sending(kind, neverEvent string) func(w *world, of, reader string) string {
	return func(w *world, of, reader string) string {
		body := fallByFHIR("A fall.")
		if neverEvent != "" {
			body["extension"] = []any{extension("adverse-event-governance", neverEventOfType(neverEvent)...)}
		}
		method, at := http.MethodPut, eventsAt+"/"+w.id(kind, of)
		if kind == "" {
			method, at = http.MethodPost, eventsAt
			delete(body, "description")
		}
		got := w.send(method, at, w.tokens[reader], body, "If-Match", `W/"99"`)
		switch got.status {
		case http.StatusUnprocessableEntity, http.StatusPreconditionFailed:
			return "yes"
		case http.StatusForbidden:
			return "no"
		case http.StatusUnauthorized:
			return "sign in"
		case http.StatusNotFound:
			if never := w.send(method, eventsAt+"/"+nothing(kind), w.tokens[reader], body, "If-Match", `W/"99"`); got.text != never.text {
				w.t.Errorf("is answered %s, not as what never was: %s", got.text, never.text)
			}
			return "-"
		}
		return got.text
	}
}

// revokingAKey takes a key away that is new for each reader.
func revokingAKey(w *world, of, reader string) string {
	id := uuid.New()
	w.exec(`INSERT INTO client_key (id, client_id, hash, prefix, created_at, created_by)
		SELECT ?, k.client_id, ?, k.prefix, now(), k.created_by FROM client_key AS k WHERE 'client_' || replace(k.client_id::text, '-', '') = ? LIMIT 1`,
		id, id[:], w.id("client", of))
	w.ids["clientkey "+of] = graphID("clientkey", id)
	return doing("clientkey", `revokeClientKey(input: {id: "ID"})`)(w, of, reader)
}

// revokingASystem revokes a system that is new for each reader.
func revokingASystem(w *world, of, reader string) string {
	code, issuer := "RGT", admin
	if of == "of another trust" {
		code, issuer = "RR8", adminElsewhere
	}
	w.ids["client "+of], _ = w.issue(issuer, code, "to revoke")
	return doing("client", `revokeClient(input: {id: "ID"})`)(w, of, reader)
}
