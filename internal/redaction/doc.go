// Package redaction hides the people in what somebody typed, and leaves the
// clinical story standing.
//
// It is pure: texts and what the record knows about people go in, texts with
// placeholders and the spans behind them come out. There is no clock, context,
// network, database or state between calls. All texts of a record are redacted
// together, so that a person named in one is hidden in all, under one number.
//
// The layers, in the order in which they run:
//
//  1. reading.go folds a text (accents, exotic spaces and dashes, full-width
//     forms, invisible characters) with a map back to the bytes as typed, cuts
//     it into tokens, and finds where sentences begin and whether capitals mean
//     anything in them.
//  2. numbers.go, phone.go, dates.go, codes.go, address.go and online.go find
//     what has a check digit, a shape, or a word that introduces it.
//  3. known.go takes every name and number that the record already holds, in
//     any spelling, joined form or one slip away.
//  4. cues.go takes names for what stands before them: a title, a role, a
//     relation, a label. shapes.go takes words that look like names by
//     themselves: capitalised and in no list of words, or listed as a name and
//     no word.
//  5. names.go goes round once more: the neighbours of a name, and every
//     accepted word wherever it stands in the record, except where it is an
//     eponym (Parkinson's disease) or an ordinary word (a sharp mark).
//  6. people.go unites overlapping findings and numbers the people.
//
// A finding carries a confidence and the rule that made it. Another recogniser
// (a gazetteer with scores, a trained model) is one more function that adds
// spans or names before layer 5.
//
// It fails closed. Text that is not valid UTF-8, that is too long, or that makes
// the engine fail is hidden, never shown. Redacting a redacted text changes
// nothing: placeholders are opaque, including those that somebody typed.
//
// What it takes and leaves follows the 18 identifiers of the HIPAA safe harbour
// as the United Kingdom's health services use them: staff as well as patients
// and relatives; ages over 89; dates of birth, but not the dates of events,
// which the record shows anyway; wards and hospitals stay, since learning needs
// them. The result is redacted, not anonymous: who knows the case may recognise
// it.
//
// The list of English words in data/words.txt is SCOWL's, under the licence
// beside it. All other lists were written for this package.
package redaction
