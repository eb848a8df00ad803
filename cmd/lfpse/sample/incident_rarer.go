package sample

import "lfpse/internal/event"

var referrals = theme{
	agents: none, areas: between, specialty: generalMedicine, process: "8", detections: []string{"6", "5"},
	parts: [][]string{{
		"Referral for {title} {patient} was sent to the wrong hospital.", "Urgent referral of {given} {family} ({nhs}) was sitting in a shared inbox.", "Letter asked the GP to repeat bloods, the GP never had it.", "Outpatient follow-up of {patient} was cancelled twice.",
	}, {"{doctor}'s secretary e-mailed {email}.", "Found when the patient rang, {phone}.", "{consultant} was on leave and nobody covered."},
		{"Two week wait breached by {few} days.", "Seen the next morning.", "Tumour had grown on the next scan.", "New appointment given."}},
}

var staffing = theme{
	agents: none, areas: acute, specialty: generalMedicine, process: "7", detections: []string{"4"},
	parts: [][]string{{
		"Short staffed, two RNs for {many} patients on nights.", "No senior doctor in the department from {time}.", "{few} patients on trolleys in the corridor of {ward}.", "Bank nurse did not come and was not replaced.",
	}, {"Observations of {patient} (born {dob}) late by three hours.", "{title} {family} waited {few} hours for pain relief.", "Antibiotics for sepsis of {hospital number} given two hours after the decision."},
		{"NEWS 7 when next done, reviewed by {doctor}, moved to HDU.", "Escalated to the site manager, ext {ext}.", "No harm found. Breaks missed by all.", "{sister} stayed on."}},
}

var aggression = theme{
	agents: none, areas: acute, specialty: emergency, process: "11", detections: []string{"4"},
	parts: [][]string{{
		"Patient became aggressive and hit nurse {nurse}.", "{title} {family} threw a chair after being told to wait.", "Visitor ({relative}) shouted at reception and would not leave.", "Confused patient {initials} pulled out his cannula and scratched staff.",
	}, {"Security called.", "Police attended at {time}.", "Settled with one to one care."},
		{"Son, {relative}, calmed him.", "Next of kin {phone}.", "{nurse} went home, bruised arm.", "Other patients moved to another bay."}},
}

var selfHarm = theme{
	agents: none, challenge: event.SafetyChallengeSelfHarm, areas: mental, specialty: mentalHealth, process: "7", detections: []string{"4"},
	parts: [][]string{{
		"{given} {family} found with superficial cuts to the forearm at {time}.", "Patient {patient} told staff that she had taken {few} tablets brought in by a visitor.", "Ligature found on general observations of {initials}, removed at once.",
	}, {"Observation level had been reduced this morning by {doctor}.", "Room searched, blade found.", "Had a difficult call with {relative} before."},
		{"Wound cleaned, no stitches.", "Taken to A&E with {nurse}, levels below treatment line.", "One to one from now, care plan reviewed.", "Care coordinator {nurse} informed."}},
}

var infections = theme{
	agents: none, challenge: event.SafetyChallengeHealthcareAssociatedInfection, areas: acute, specialty: "54", process: "7", detections: []string{"4", "6"},
	parts: [][]string{{
		"C. difficile toxin positive {few} days after admission, {patient}.", "MRSA bacteraemia from a cannula left in for {few} days, {hospital number}.", "Patient with norovirus was nursed in an open bay of {ward}.", "Third case of influenza on {ward} this week.",
	}, {"No side room free.", "Isolated at {time}.", "VIP score not recorded on two shifts."},
		{"Infection control nurse {nurse} informed.", "Review with {consultant} arranged.", "Contacts listed, bay closed."}},
}

var theatres = theme{
	agents: device, areas: acute, specialty: generalSurgery, process: "6", detections: []string{"4"},
	parts: [][]string{{
		"Swab count wrong after caesarean of {patient}.", "Needle missing at the end of the list, {title} {family}.", "Tray for the hip of {given} {family} came up wet.", "Diathermy burn on the thigh seen in recovery.",
	}, {"Recounted with {sister}, swab found under the drapes.", "X-ray in theatre clear.", "Second tray opened, forty minutes' delay."},
		{"Skin closed {time}.", "Estimated blood loss 900 ml.", "Surgeon {consultant} explained it to the patient.", "Steriliser told, ext {ext}."}},
}

var wrongSides = theme{
	agents: none, areas: acute, specialty: orthopaedics, process: "6", detections: []string{"3", "4"},
	parts: [][]string{{
		"Wrong leg marked for {title} {patient} ({postcode}, {nhs}).", "Consent form said left, list said right, {given} {family}.", "Nerve block of {patient} begun on the other side.",
	}, {"Picked up at sign in by ODP {nurse given}.", "Patient spoke up.", "Stop before you block was skipped."},
		{"Surgeon {consultant} remarked.", "Operation went ahead on the right side.", "List stopped for a debrief."}},
}

var radiotherapy = theme{
	agents: device, challenge: event.SafetyChallengeRadiotherapy, areas: acute, specialty: clinicalOncology, process: "6", detections: []string{"4", "6"},
	parts: [][]string{{
		"Fraction {few} of {title} {patient} treated with the shift of the day before.", "Bolus left off for one fraction, {hospital number}.", "Wrong reference images opened for {given} {family}.",
	}, {"Seen on the verification image by radiographer {nurse}.", "Found at the weekly check."},
		{"Physics worked out the dose, within tolerance.", "{consultant} informed the patient.", "One more fraction planned."}},
}

var screening = theme{
	agents: none, challenge: event.SafetyChallengeScreening, areas: between, specialty: radiology, process: "3", detections: []string{"6"},
	parts: [][]string{{
		"Recall letter of {patient} went to an old address ({road}, {postcode}).", "Newborn blood spot of baby {family} had to be repeated, too little blood.", "{few} women were not invited for breast screening.", "Antenatal screening sample of {given} {family} lost on its way.",
	}, {"Found at failsafe.", "Patient rang to ask, {phone}.", "Programme manager {nurse} told."},
		{"New date given.", "Result normal.", "Screening quality team informed."}},
}

var buildings = theme{
	agents: []event.AgentType{event.AgentTypeBuildingOrInfrastructure}, areas: acute, specialty: generalMedicine, process: "11", detections: []string{"4"},
	parts: [][]string{{
		"Lift stopped between floors with {title} {patient} and a porter inside.", "Piped oxygen pressure low on {ward} at {time}.", "Power failed on {ward} and the generator took too long.", "Ceiling tile came down beside bed {bed}.", "Room at 33 degrees, {patient} dehydrated.",
	}, {"Estates called, ext {ext}.", "Cylinders brought by {nurse}.", "Engineer on site after {few} hours."},
		{"Patient moved.", "Observed, no harm.", "Saturation 84% for a minute, recovered.", "Reported before, nothing done."}},
}

var estates = theme{
	agents: []event.AgentType{event.AgentTypeEstatesService}, areas: acute, specialty: generalMedicine, process: "11", detections: []string{"4", "3"},
	parts: [][]string{{
		"Meal with nuts brought to {patient}, whose allergy is on the board.", "Transport home did not come for {title} {family}, waited until {time}.", "Sharps bin over full in the sluice of {ward}.", "Thickened fluids not sent up for {given} {family} ({nhs}).",
	}, {"Kitchen rung, ext {ext}.", "Noticed by HCA {nurse given}.", "Same as last week."},
		{"No harm.", "Coughed, chest clear, seen by {doctor}.", "Stayed another night.", "Domestic supervisor spoken to."}},
}

var organs = theme{
	agents: []event.AgentType{event.AgentTypeTissueOrOrgan}, areas: acute, specialty: transplant, process: "6", detections: []string{"3", "4"},
	parts: [][]string{{
		"Kidney for {patient} was perfused {few} hours late.", "Cornea for {title} {family} arrived out of date.", "Bone graft thawed for the wrong list, {hospital number}.",
	}, {"Coordinator {nurse} informed.", "Courier had the wrong gate.", "Label hard to read."},
		{"Working well on day one.", "Operation postponed.", "{consultant} spoke to the patient."}},
}

var discharges = theme{
	agents: none, areas: byRoad, specialty: elderlyMedicine, process: "9", detections: []string{"6", "5"},
	parts: [][]string{{
		"{title} {patient} was sent home at {time} without her key safe number.", "Discharged with a cannula in, {given} {family}.", "Care package of {title} {family} had not been restarted.", "Medicines of another patient ({patient}) in the bag.",
	}, {"Ambulance crew rang the ward, {phone}.", "Neighbour found her on the step of {road}.", "Daughter {relative} complained by e-mail, {email}.", "Care home rang."},
		{"Came back to A&E the same night.", "District nurse took it out.", "Put right by {nurse} in the morning.", "Apologised to."}},
}

var labours = theme{
	agents: none, areas: births, specialty: midwives, process: "7", detections: []string{"4"},
	parts: [][]string{{
		"{given} {family} (G2P1, 39+2, {nhs}) transferred from the birth centre at {time}.", "CTG of {patient} pathological from {time}.", "Induction of {title} {family} delayed by {few} days, no beds on delivery suite.", "Shoulder dystocia, {patient}, four minutes.",
	}, {"Registrar {doctor} in theatre with another.", "{consultant} called in from home.", "Midwife {nurse} alone with two women."},
		{"Baby born in good condition, cord gases normal.", "Baby to SCBU for observation.", "Blood loss 1.6 l, massive haemorrhage call.", "Debrief offered to {given} and {relative}."}},
}

var results = theme{
	agents: none, areas: acute, specialty: radiology, process: "4", detections: []string{"6"},
	parts: [][]string{{
		"Chest X-ray of {title} {patient} in March reported a nodule, nobody acted.", "Positive blood culture of {hospital number} not phoned to the ward.", "Histology of {given} {family} filed unread by a doctor who had left.", "CT of {patient} read as normal, fracture of C2 seen next day.",
	}, {"Found by {doctor} in clinic.", "Radiologist {consultant} rang.", "Patient asked about it."},
		{"Scan arranged.", "Referred the same day.", "Recalled, collar put on.", "Apology given by {consultant} in person."}},
}

// actions are what was done straight away.
var actions = [][]string{
	{"Observations repeated.", "{consultant} informed.", "Equipment taken out of use and labelled.", "Patient reviewed by {doctor}; plan changed.", "None needed.", "Pharmacy rung, ext {ext}.", "Moved nearer to the nurses' station."},
	{"Discussed at handover.", "Family told.", "{sister} spoke to {relative}, duty of candour explained.", "Apologised to {title} {family}.", "Staff supported.", "Notes corrected."},
}

var wentWell = [][]string{
	{"Prompt help from the outreach team.", "{nurse given} noticed early and escalated.", "Good teamwork with pharmacy.", "The checklist worked.", "The family were with us all the time."},
}

var outcomes = [][]string{
	{"Recovered fully within the day.", "{patient} stayed two more nights.", "CT head normal.", "Transferred to intensive care.", "Discharged home with {relative}.", "Antibiotics for a week.", "Still being followed up by {doctor}.", "No change."},
}

// fatal are outcomes of those who died.
var fatal = [][]string{{"{title} {family} died at {time}.", "Passed away {few} days later, coroner informed.", "Died in intensive care with {relative} present."}}
