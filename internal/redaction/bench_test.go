package redaction_test

import (
	"strings"
	"testing"

	"lfpse/internal/redaction"
)

func BenchmarkRedact(b *testing.B) {
	corpus := readCorpus(b, *corpora)
	var size int64
	for _, n := range corpus {
		size += int64(len(n.Text))
	}
	b.SetBytes(size)
	for b.Loop() {
		for _, n := range corpus {
			engine.Redact([]redaction.Field{{Text: n.Text}}, redaction.Context{})
		}
	}
}

func BenchmarkLong(b *testing.B) {
	corpus := readCorpus(b, *corpora)
	var t strings.Builder
	for _, n := range corpus {
		t.WriteString(n.Text + " ")
		if t.Len() > 4000 {
			break
		}
	}
	text := t.String()[:4000]
	b.SetBytes(4000)
	for b.Loop() {
		engine.Redact([]redaction.Field{{Text: text}}, redaction.Context{})
	}
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		redaction.New()
	}
}
