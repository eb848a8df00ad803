package redaction

// inTaskRow holds behind the word for a step of work beside another such pair: label NJ,
// pick SO, bag PB; released OB, prepared T.W.
func (rd *reading) inTaskRow(i, j int) bool {
	step := i - 1
	if step > 1 && rd.tokens[step].low == "/" {
		step -= 2 // label NJ/PB
	}
	if step < 0 || !workStep(rd.tokens[step].low) {
		return false
	}
	if j < len(rd.tokens) && rd.tokens[j].low == "/" {
		if behind, ok := rd.mayPair(j + 1); ok {
			j = behind
		}
	}
	if j+2 < len(rd.tokens) && stepsApart(&rd.tokens[j]) && workStep(rd.tokens[j+1].low) {
		if behind, ok := rd.mayPair(j + 2); ok && rd.ends(behind) {
			return true
		}
	}
	return rd.stepBefore(step - 1)
}

// stepBefore holds where such a pair ends right before the mark at token end.
func (rd *reading) stepBefore(end int) bool {
	if end < 2 || !stepsApart(&rd.tokens[end]) {
		return false
	}
	for first := end - 1; first > 0 && first > end-5; first-- {
		if behind, ok := rd.mayPair(first); ok && behind == end {
			before := &rd.tokens[first-1]
			return workStep(before.low) || before.low == "/" && first > 2 && workStep(rd.tokens[first-3].low)
		}
	}
	return false
}

func stepsApart(t *token) bool { return t.low == "," || t.low == ";" }

// workStep holds for the steps that people put their initials to.
func workStep(low string) bool {
	switch low {
	case "label", "labels", "labelled", "pick", "picked", "clinical", "bag", "bagged", "disp", "dispensed", "check", "checked", "released", "prepared", "assembled", "screened", "sealed", "packed", "filled", "final", "mixed", "primed", "scrub", "runner", "surgeon", "assistant", "circulating", "anaes", "odp", "driver", "attendant":
		return true
	}
	return false
}
