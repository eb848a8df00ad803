package fhir

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"lfpse/internal/authz"
	"lfpse/internal/event"
	"lfpse/internal/fault"
	"lfpse/internal/gid"
	"lfpse/internal/governance"
	stu3 "lfpse/internal/lrms/fhir"
)

// body reads what was sent; ok is false where that is answered already.
func (s *server) body(w http.ResponseWriter, r *http.Request) (body []byte, ok bool) {
	if !isJSON(r) {
		s.refuse(w, r, http.StatusUnsupportedMediaType, fault.Invalid, "Send JSON, uncompressed, as Content-Type: application/fhir+json.")
		return nil, false
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		s.refuse(w, r, http.StatusRequestEntityTooLarge, fault.TooLong, "Send at most 4 MB.")
	case err != nil:
		s.refuse(w, r, http.StatusBadRequest, fault.Invalid, "The body did not arrive whole.")
	}
	return body, err == nil
}

// read reads an AdverseEvent; ok is false where its issues are answered already.
func (s *server) read(w http.ResponseWriter, r *http.Request, body []byte) (reading stu3.Reading, ok bool) {
	reading, issues := s.latest.Read(body)
	if len(issues) > 0 {
		s.outcome(w, r, http.StatusBadRequest, issues)
		return stu3.Reading{}, false
	}
	return reading, true
}

// create records an event. A repeat is known by the client's own key, or else, within a day, by its body.
func (s *server) create(w http.ResponseWriter, r *http.Request, body []byte) {
	reading, ok := s.read(w, r, body)
	if !ok || s.contradicts(w, r, reading) {
		return
	}
	var view *event.View
	var problems fault.Problems
	var err error
	if keys := r.Header.Values(IdempotencyHeader); len(keys) > 0 {
		view, problems, err = s.Events.Record(r.Context(), reading.Input, &keys[0])
	} else {
		view, problems, err = s.Events.RecordForADay(r.Context(), reading.Input, bodyKey(body))
	}
	if s.refused(w, r, reading, http.StatusUnprocessableEntity, problems, err) {
		return
	}
	warnings, ok := s.declare(w, r, view.Key(), governance.Occasion{First: true}, reading)
	if !ok {
		return
	}
	w.Header().Set("Location", s.Base+eventsPath+"/"+view.ID())
	s.receipt(w, r, http.StatusCreated, view, append(reading.Warnings, warnings...))
}

// bodyKey is the key of a body that came without one.
func bodyKey(body []byte) string {
	digest := sha256.Sum256(body)
	return "fhir body " + hex.EncodeToString(digest[:])
}

// refused answers what keeps an event from being recorded or changed.
func (s *server) refused(w http.ResponseWriter, r *http.Request, reading stu3.Reading, status int, problems fault.Problems, err error) bool {
	switch {
	case err != nil:
		s.fail(w, r, err)
	case len(problems) > 0:
		s.outcome(w, r, status, reading.Locate(problems))
	}
	return err != nil || len(problems) > 0
}

// update makes an event say what was sent, in place of what it said.
func (s *server) update(w http.ResponseWriter, r *http.Request, body []byte) {
	reading, ok := s.read(w, r, body)
	if !ok || s.contradicts(w, r, reading) {
		return
	}
	id, ok := gid.ParseAs(gid.Event, r.PathValue("id"))
	if !ok {
		s.refuse(w, r, http.StatusNotFound, fault.Code(fault.NotFound), "There is no such event.")
		return
	}
	if reading.ID != "" && reading.ID != r.PathValue("id") {
		s.outcome(w, r, http.StatusBadRequest, stu3.Issues{{Severity: stu3.Error, Code: fault.Invalid, Text: "The resource has another id than the address.", Expression: "AdverseEvent.id"}})
		return
	}
	revision, ok := s.revision(w, r, reading)
	if !ok {
		return
	}
	problems := s.Events.Check(&reading.Input, authz.FromContext(r.Context()).Organisations)
	if s.refused(w, r, reading, http.StatusUnprocessableEntity, problems, nil) {
		return
	}
	// Before the event changes: sent again after a cut in between, the same version still is the last.
	warnings, ok := s.declare(w, r, id, governance.Occasion{Revision: revision}, reading)
	if !ok {
		return
	}
	view, problems, err := s.revise(r.Context(), id, revision, patchOf(reading.Input, s.Taxonomy.Latest()))
	if s.refused(w, r, reading, statusOf(r, problems), problems, err) {
		return
	}
	s.receipt(w, r, http.StatusOK, view, slices.Concat(reading.Warnings, warnings, unchanged(reading.Input)))
}

// revise updates an event. One that says what is sent already is left alone and answered, whatever its revision: its
// client may never have had the answer to the update (RFC 9110, section 13.1.1).
func (s *server) revise(ctx context.Context, id uuid.UUID, revision int, patch event.Patch) (*event.View, fault.Problems, error) {
	view, problems, err := s.Events.Update(ctx, id, revision, patch)
	if err != nil || !overtaken(problems) {
		return view, problems, err
	}
	if view, ok, err := s.Events.Says(ctx, id, patch); err != nil || ok {
		return view, nil, err
	}
	return nil, problems, nil
}

func overtaken(problems fault.Problems) bool {
	return slices.ContainsFunc(problems, func(p fault.Problem) bool { return p.Code == fault.StaleRevision })
}

// statusOf answers how an update is refused: overtaken by another where it names a revision that is no longer the last.
func statusOf(r *http.Request, problems fault.Problems) int {
	switch {
	case overtaken(problems) && r.Header.Get("If-Match") != "":
		return http.StatusPreconditionFailed
	case overtaken(problems):
		return http.StatusConflict
	}
	return http.StatusUnprocessableEntity
}

// revision reads which revision the client changes: of If-Match, or else of the resource. Without either, what
// others changed meanwhile would be lost.
func (s *server) revision(w http.ResponseWriter, r *http.Request, reading stu3.Reading) (revision int, ok bool) {
	tag, version := r.Header.Get("If-Match"), reading.Version
	if tag != "" {
		version = strings.Trim(strings.TrimPrefix(tag, "W/"), `"`)
	}
	if tag != "" && reading.Version != "" && version != reading.Version {
		s.refuse(w, r, http.StatusBadRequest, fault.Invalid, "If-Match and meta.versionId name two versions.")
		return 0, false
	}
	revision, err := strconv.Atoi(version)
	if err != nil || revision < 1 {
		s.refuse(w, r, http.StatusPreconditionFailed, fault.Required, "Say which version you change: If-Match, or meta.versionId, as the last answer had it.")
		return 0, false
	}
	return revision, true
}

// unchanged warns of what an update does not change.
func unchanged(in event.Input) stu3.Issues {
	if in.ReporterContact == nil {
		return nil
	}
	return stu3.Issues{{Severity: stu3.Warning, Code: fault.NotApplicable, Text: "The reporter's contact details stay as they were recorded."}}
}

func (s *server) receipt(w http.ResponseWriter, r *http.Request, status int, view *event.View, warnings stu3.Issues) {
	w.Header().Set("ETag", `W/"`+strconv.Itoa(view.Revision)+`"`)
	s.answer(w, r, status, s.latest.Receipt(stu3.Recorded{
		ID: view.ID(), Revision: view.Revision, Reference: view.Reference, UpdatedAt: view.UpdatedAt, Kind: view.Kind, Warnings: warnings,
	}))
}
