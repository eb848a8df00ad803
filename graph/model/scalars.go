// Package model holds what the graph has and the domain has not: inputs,
// payloads and scalars.
package model

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"lfpse/internal/authz"
	"lfpse/internal/controlchart"
	"lfpse/internal/fault"
	"lfpse/internal/taxonomy"
)

func text(value string) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		io.WriteString(w, strconv.Quote(value)) //nolint:errcheck // gqlgen's Marshaler has no error to answer
	})
}

// firstYear is the first year of PostgreSQL's calendar; what Go writes as year 0
// it does not read.
const firstYear = 1

// MarshalDate writes a day.
func MarshalDate(t time.Time) graphql.Marshaler { return text(t.Format(time.DateOnly)) }

// UnmarshalDate reads a day, at midnight UTC.
func UnmarshalDate(v any) (time.Time, error) {
	s, _ := v.(string)
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < firstYear {
		return time.Time{}, fmt.Errorf("a day is written 2026-10-02")
	}
	return t, nil
}

// MarshalDateTime writes an instant, in UTC.
func MarshalDateTime(t time.Time) graphql.Marshaler { return text(t.UTC().Format(time.RFC3339Nano)) }

// UnmarshalDateTime reads an instant with any offset.
func UnmarshalDateTime(v any) (time.Time, error) {
	s, _ := v.(string)
	t, err := time.Parse(time.RFC3339Nano, s)
	if t = t.UTC(); err != nil || t.Year() < firstYear {
		return time.Time{}, fmt.Errorf("an instant is written 2026-10-02T14:30:00Z")
	}
	return t, nil
}

// odsForm is the shape of the Organisation Data Service's codes.
var odsForm = regexp.MustCompile(`^[A-Z0-9]{2,12}$`)

// MarshalOdsCode writes an ODS code.
func MarshalOdsCode(code string) graphql.Marshaler { return text(code) }

// UnmarshalOdsCode reads an ODS code, in capitals or not.
func UnmarshalOdsCode(v any) (string, error) {
	s, _ := v.(string)
	code := strings.ToUpper(strings.TrimSpace(s))
	if !odsForm.MatchString(code) {
		return "", fmt.Errorf("an ODS code is letters and digits, such as RGT")
	}
	return code, nil
}

// maxEmail is the longest address that SMTP can carry (RFC 5321, 4.5.3.1).
const maxEmail = 254

// MarshalEmailAddress writes an e-mail address.
func MarshalEmailAddress(address string) graphql.Marshaler { return graphql.MarshalString(address) }

// UnmarshalEmailAddress reads an e-mail address; whether it has an account is
// nobody's business here.
func UnmarshalEmailAddress(v any) (string, error) {
	s, _ := v.(string)
	s = strings.TrimSpace(s)
	local, domain, found := strings.Cut(s, "@")
	if !found || local == "" || !strings.Contains(domain, ".") || len(s) > maxEmail || strings.ContainsAny(s, " \t\r\n<>") {
		return "", fmt.Errorf("an e-mail address is written name@example.org")
	}
	return s, nil
}

// MarshalRole writes a role.
func MarshalRole(role authz.Role) graphql.Marshaler { return text(string(role)) }

// UnmarshalRole reads a role.
func UnmarshalRole(v any) (authz.Role, error) {
	roles := []authz.Role{authz.Standard, authz.Organisational, authz.Admin, authz.ReadOnly, authz.NationalLead}
	s, _ := v.(string)
	if !slices.Contains(roles, authz.Role(s)) {
		return "", fmt.Errorf("must be one of %v", roles)
	}
	return authz.Role(s), nil
}

// MarshalUserErrorCode writes the code of a problem.
func MarshalUserErrorCode(code fault.Code) graphql.Marshaler { return text(string(code)) }

// UnmarshalUserErrorCode is there because an enum has two directions; no input
// carries one.
func UnmarshalUserErrorCode(v any) (fault.Code, error) {
	return "", fmt.Errorf("no input takes this")
}

// MarshalQuestionType writes what a question is answered with.
func MarshalQuestionType(t taxonomy.Type) graphql.Marshaler { return text(string(t)) }

// UnmarshalQuestionType is there because an enum has two directions; no input
// carries one.
func UnmarshalQuestionType(v any) (taxonomy.Type, error) {
	return "", fmt.Errorf("no input takes this")
}

// MarshalControlChartSignal writes a signal of a control chart.
func MarshalControlChartSignal(s controlchart.Signal) graphql.Marshaler { return text(string(s)) }

// UnmarshalControlChartSignal is there because an enum has two directions; no input
// carries one.
func UnmarshalControlChartSignal(v any) (controlchart.Signal, error) {
	return "", fmt.Errorf("no input takes this")
}
