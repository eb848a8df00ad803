package sample

import "lfpse/internal/event"

// theme is one sort of event that staff tell of: what the codes say of it, and the sentences of which
// its narratives are made, one of each list.
type theme struct {
	agents     []event.AgentType
	challenge  event.SafetyChallenge
	areas      []event.ServiceArea
	specialty  string
	process    string
	detections []string
	parts      [][]string
}

// The commonest specialties of the themes, as the code system specialty has them.
const (
	elderlyMedicine  = "44"
	emergency        = "105"
	generalMedicine  = "106"
	generalSurgery   = "42"
	intensiveCare    = "107"
	maternity        = "65"
	mentalHealth     = "3"
	orthopaedics     = "97"
	haematology      = "47"
	clinicalOncology = "20"
	transplant       = "210"
	radiology        = "87"
	midwives         = "58"
)

var (
	none          = []event.AgentType{event.AgentTypeNone}
	medication    = []event.AgentType{event.AgentTypeMedication}
	device        = []event.AgentType{event.AgentTypeDevice}
	penAndInsulin = []event.AgentType{event.AgentTypeMedication, event.AgentTypeDevice}

	acute     = []event.ServiceArea{event.ServiceAreaAcute}
	mental    = []event.ServiceArea{event.ServiceAreaMentalHealth}
	births    = []event.ServiceArea{event.ServiceAreaMaternity}
	community = []event.ServiceArea{event.ServiceAreaCommunityNursing}
	between   = []event.ServiceArea{event.ServiceAreaAcute, event.ServiceAreaGeneralPractice}
	byRoad    = []event.ServiceArea{event.ServiceAreaAcute, event.ServiceAreaAmbulance}
)

// incidents are the themes of incidents, each with its share.
var incidents = shares(weighted[*theme]{{&falls, 19}, {&ulcers, 15}, {&wrongDoses, 9}, {&missedDoses, 8}, {&allergies, 3}, {&insulin, 4},
	{&bloodSamples, 3}, {&transfusions, 1}, {&products, 0.6}, {&pumps, 4}, {&outages, 3}, {&referrals, 5}, {&staffing, 7},
	{&aggression, 5}, {&selfHarm, 3}, {&infections, 3}, {&theatres, 2}, {&wrongSides, 1}, {&radiotherapy, 0.7}, {&screening, 0.7},
	{&buildings, 1.5}, {&estates, 1.5}, {&organs, 0.2}, {&discharges, 5}, {&labours, 4}, {&results, 4}})

var falls = theme{
	agents: none, challenge: event.SafetyChallengeFall, areas: acute, specialty: elderlyMedicine, process: "7", detections: []string{"4", "6"},
	parts: [][]string{{
		"{title} {patient}, NHS number {nhs}, was found on the floor beside bed {bed} at {time}.", "Unwitnessed fall in the bathroom at {time}, patient {patient} ({hospital number}).",
		"Called by the HCA: {title} {family} had slipped getting out of the chair.", "Patient in bed {bed}, {given}, tried to walk to the toilet without the frame and fell.",
	}, {
		"{sister} and HCA {nurse given} helped back to bed with the hoist.", "No head strike seen, small skin tear to the left elbow.", "Complained of hip pain, leg not shortened.",
		"Sensor mat was in place but not switched on.",
	}, {
		"Neuro obs started, GCS 15.", "Reviewed by {doctor}, no imaging needed.", "{doctor} asked for a CT head, which was normal.", "X-ray of the hip requested by {doctor}.",
	}, {"Daughter {relative} informed by phone on {phone}.", "Falls care plan updated.", "Next of kin ({relative}) told at visiting time.", "Bay nurse present from now on."}},
}

var ulcers = theme{
	agents: none, challenge: event.SafetyChallengePressureUlcer, areas: community, specialty: elderlyMedicine, process: "3", detections: []string{"2", "4", "5"},
	parts: [][]string{{
		"Category 2 pressure ulcer to the left heel noted on admission.", "New category 3 ulcer on the sacrum of {title} {patient}.", "Skin check showed unstageable damage to the right hip of {given} {family}, dob {dob}.",
		"On today's visit {title} {family} had a broken area over the sacrum, 2 cm by 3 cm.",
	}, {
		"{title} {patient} lives at {road}, {postcode}.", "Patient had been in a chair for most of the weekend.", "District nurse {nurse} had not been told of the discharge.", "Mattress had not been delivered although ordered {few} days ago.",
	}, {"Photographed, tissue viability referral made.", "Body map done and air mattress ordered.", "Heel protectors put on, turns every two hours.", "Wound dressed, {sister} informed."}},
}

var wrongDoses = theme{
	agents: medication, areas: acute, specialty: generalMedicine, process: "6", detections: []string{"4", "6", "3"},
	parts: [][]string{{
		"Gave {drug} {dose} to {patient} instead of half of that.", "{title} {patient} ({nhs}) was given {drug} twice, at the round and again by the bank nurse.", "Wrong strength of {drug} was dispensed for {given} {family}.",
		"Prescription for {drug} read as {dose} daily, should have been weekly.",
	}, {"Noticed by {doctor} on the ward round.", "Found by pharmacist {nurse} at reconciliation.", "The chart had been transcribed in a hurry on transfer.", "The second checker had been called away."},
		{"No ill effect so far.", "Observations two-hourly overnight, stable.", "Patient was drowsy for some hours and then well.", "Blood taken for levels."},
		{"Patient told and apologised to.", "Discussed with {consultant}'s team.", "Family ({relative}) aware.", "dob {dob}"}},
}

var missedDoses = theme{
	agents: medication, areas: acute, specialty: generalMedicine, process: "5", detections: []string{"6", "4"},
	parts: [][]string{{
		"Patient {patient}, NHS no {nhs}, missed two doses of {drug}.", "{drug} was not prescribed on admission for {title} {family}.", "Evening dose of {drug} not given, no reason on the chart.", "Enoxaparin missed for {few} days after surgery, {patient}.",
	}, {"Chart was not rewritten on transfer from AMU.", "The drug was not on the ward and nobody rang pharmacy.", "Patient was off the ward for a scan at the time.", "New doctor did not know the system."},
		{"Seen by {doctor}, no change.", "Brief seizure at {time}, self terminating.", "Restarted once noticed by {nurse}.", "Calf swollen, scan arranged by {doctor}."}},
}

var allergies = theme{
	agents: medication, areas: acute, specialty: emergency, process: "5", detections: []string{"3"},
	parts: [][]string{{
		"Allergy to penicillin on the wristband, co-amoxiclav prescribed by {doctor}.", "{title} {patient} is allergic to trimethoprim, which was on the discharge prescription.", "Allergy box left empty for {patient} ({hospital number}), antibiotics written up.",
	}, {"Stopped at the second check.", "{nurse} asked the patient before giving it.", "Caught by pharmacy before it left the department."},
		{"Near miss.", "Chart corrected, {doctor} spoken to.", "Nothing given, patient aware.", "Alert added to the record."}},
}

var insulin = theme{
	agents: penAndInsulin, areas: acute, specialty: "33", process: "6", detections: []string{"4", "6"},
	parts: [][]string{{
		"Insulin given after the meal tray was taken away, BM 2.8 at {time}.", "Rapid instead of long acting insulin given to {patient} with the wrong pen.", "Variable rate infusion of {title} {family} ran without glucose for {few} hours.",
	}, {"Hypo box used, BM 7.1 after twenty minutes.", "Glucose given by {doctor}.", "Drowsy but rousable, rapid recovery."},
		{"{nurse} (student nurse) present.", "Diabetes nurse {nurse} reviewed.", "Relative can be reached at {email}", "Patient {nhs} discharged next day."}},
}

var bloodSamples = theme{
	agents: []event.AgentType{event.AgentTypeBlood}, areas: acute, specialty: haematology, process: "3", detections: []string{"3"},
	parts: [][]string{{
		"Blood sample labelled {patient} was taken from the patient in the next bed.", "Group and save for {title} {family} labelled away from the bedside.", "Two samples, same day, different groups for {hospital number}.",
	}, {"Lab rang (ext {ext}), rejected and repeated.", "Transfusion practitioner {nurse} told.", "Found by the laboratory against the earlier group."},
		{"Wrong blood in tube.", "No blood issued.", "{sister} to go over bedside labelling with the team."}},
}

var transfusions = theme{
	agents: []event.AgentType{event.AgentTypeBlood}, areas: acute, specialty: haematology, process: "6", detections: []string{"4"},
	parts: [][]string{{
		"Unit of red cells for {patient} was hung {few} hours after it left the fridge.", "Transfusion of {title} {family} ran over thirty minutes instead of three hours.", "Platelets instead of red cells collected for {given} {family} ({nhs}).",
	}, {"Breathless and wheezy, furosemide given by {doctor}.", "Noticed by {nurse} before connecting.", "Temperature rose by a degree, transfusion stopped."},
		{"Haematologist {consultant} informed.", "Bag kept for the laboratory.", "Checklist not signed."}},
}

var products = theme{
	agents: []event.AgentType{event.AgentTypeBloodProduct}, areas: births, specialty: maternity, process: "6", detections: []string{"6", "4"},
	parts: [][]string{{
		"Anti-D not given to {patient} within 72 hours.", "Albumin 4.5% given in place of 20% to {title} {family}.", "Immunoglobulin of another brand given to {given}, {hospital number}.",
	}, {"Realised by midwife {nurse} at the postnatal visit.", "Found when the batch was written up.", "The two stand side by side in the fridge."},
		{"Given late, after advice of {consultant}.", "No reaction.", "Laboratory told."}},
}

var pumps = theme{
	agents: device, areas: acute, specialty: intensiveCare, process: "6", detections: []string{"4"},
	parts: [][]string{{
		"Infusion pump alarmed and stopped during noradrenaline at {time}.", "Syringe driver of {patient} had not run since the battery was changed.", "Monitor in bed {bed} lost its trace and nobody was alerted.", "Bed of {title} {family} would not go down, brakes failed.",
	}, {"Serial number {serial}.", "Asset tag {serial}, last serviced two years ago.", "Second one this month, {serial}."},
		{"Swapped within 2 minutes, MAP down to 52.", "Patient uncomfortable for some hours.", "No harm, noticed at handover."},
		{"Clinical engineering told.", "{consultant} aware.", "Labelled and taken out of use, ext {ext}."}},
}

var outages = theme{
	agents: []event.AgentType{event.AgentTypeITSystem}, areas: acute, specialty: emergency, process: "8", detections: []string{"4", "6"},
	parts: [][]string{{
		"IT outage from {time}, unable to see results for {title} {patient} (NHS {nhs}).", "Electronic record froze during the round.", "Two patients called {family} open in one window, note written in the wrong record.", "Discharge letter of {patient} went to a practice that she left years ago.",
	}, {"Potassium of 6.8 phoned to the ward an hour late.", "Paper charts used meanwhile.", "{doctor} noticed that the results did not fit.", "Service desk called, no answer for {few} hours."},
		{"Treated, no arrhythmia.", "Corrected by the records team.", "All doses checked afterwards by {nurse}."}},
}
