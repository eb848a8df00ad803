// Package redaction hides the people in what somebody typed, and leaves the
// clinical story standing.
//
// It is pure: texts and what the record knows about people go in, texts with
// placeholders and the spans behind them come out. There is no clock, context,
// network, database or state between calls; the memory that memory.go keeps for
// the next one is wiped. All texts of a record are redacted
// together, so that a person named in one is hidden in all, under one number.
//
// The layers, in the order in which they run:
//
//  1. fold.go folds a text (accents, exotic spaces and dashes, full-width forms,
//     invisible characters, look-alikes of other scripts) with a map back to the
//     bytes as typed. reading.go cuts it into tokens, and sentences.go finds where
//     sentences begin and whether capitals mean anything in them. misread.go reads
//     what a scanner garbled, and misspelling.go what a hasty hand mistyped.
//  2. numbers.go, cued.go, alike.go, spoken.go, phone.go, dates.go, pastdates.go,
//     codes.go, postcodes.go, ages.go, address.go, home.go, streets.go, houses.go, dwellings.go,
//     cottages.go, byname.go, celtic.go, rarekinds.go, outlying.go, outer.go, reversed.go,
//     corrected.go, doors.go, addressed.go, repeated.go, widen.go, extensions.go, ringing.go, records.go, bynumber.go,
//     labelled.go, swapped.go, lettered.go, unparted.go, keysafes.go, frailages.go, farages.go, writtendates.go,
//     online.go, accounts.go, worklogins.go, emails.go and pages.go find what has a check digit, a shape, or a
//     word that introduces it, digits in words included.
//  3. known.go, knownnames.go and near.go take every name, number and date that the
//     record already holds, in any spelling, joined form or one slip away.
//  4. cues.go takes what a title stands before; initials.go, signatures.go,
//     signing.go, letters.go, positions.go, patients.go, somebody.go, withme.go, tasks.go and standing.go weigh
//     letters that stand for a person.
//  5. weigh.go, around.go, after.go, clause.go, agents.go, human.go, bearer.go,
//     meant.go, compounds.go and wards.go give every other word a score: what its being in lists of names, words,
//     drugs, eponyms and places says, what its capitals say, what stands before and
//     after it and how the clause is built, and (company.go, pairs.go) what the names
//     beside it and elsewhere in the record say. No list is a gate: a name in no list
//     is found by its surroundings, and a word that is in one stays if they speak
//     against it. names.go goes round until no score rises above nought any more.
//     taught.go then decides about the words that this leaves in doubt, and about all
//     letters, by weights that were learned from narratives (weights.go) of the answers to
//     some forty questions (aspects.go): how common a word is as a word and as a name, what
//     the rules say of it, and what stands around it. fullnames.go takes the other half of a name.
//  6. beside.go takes what only a name or number beside it gives away: a date of
//     birth in brackets, an extension, an age over 89.
//  7. people.go unites overlapping findings and numbers the people.
//  8. settle.go redacts what was written once more, until nothing changes.
//     again.go spares it the cutting of what stands as it stood.
//
// hints.go says which of the layers a word sets off, so that most words are not
// asked by most of them; those that set off any are listed once for all layers.
//
// A finding carries a confidence and the rule that made it. Whatever speaks more
// for a person than against goes; what little speaks for is doubtful, for a
// person to look at.
//
// It fails closed. Text that is not valid UTF-8, that is too long, or that makes
// the engine fail is hidden, never shown. Redacting a redacted text changes
// nothing: placeholders are opaque, including those that somebody typed.
//
// What it takes and leaves follows the 18 identifiers of the HIPAA safe harbour
// as the United Kingdom's health services use them: staff as well as patients
// and relatives; ages over 89; dates of birth, and whole dates of years long past
// that no event explains, but not the dates of events, which the record shows
// anyway; wards and hospitals stay, since learning needs
// them. The result is redacted, not anonymous: who knows the case may recognise
// it.
//
// Where the lists come from stands in data/NOTICE.md; lists/ makes the large one. The
// weights are learned anew by go test ./internal/redaction -run TestWeightsAreLearned
// -teach, whenever rules or lists have changed much.
// What the engine does to its corpora of narratives is printed by TestFigures.
package redaction
