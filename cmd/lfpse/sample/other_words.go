package sample

import "lfpse/internal/event"

// risk is one sort of risk that staff tell of.
type risk struct {
	theme
	themes     []string // codes of risk-themes
	population [][]string
}

var risks = shares(weighted[*risk]{{&rotas, 4}, {&supplies, 3}, {&lookalikes, 3}, {&software, 3}, {&fabric, 2}, {&paperwork, 2}, {&unlike, 1}})

var rotas = risk{theme: theme{agents: none, areas: acute, specialty: emergency, parts: [][]string{
	{"There is one registrar for {ward} and the assessment unit at night.", "Vacancies on {ward}: {few} of {many} nurses.", "Two midwives on long term sick leave, {nurse} and another, not replaced."},
	{"Patients wait {few} hours for a first review.", "Nobody can leave the ward for a transfer.", "Students are counted in the numbers."},
	{"Raised with {consultant} in March.", "On the register since last year.", "Sooner or later somebody will deteriorate unseen."}}},
	themes: []string{"1"}, population: [][]string{{"Everybody admitted after 8 pm, about {many} a night.", "All patients of {ward}.", "Women in labour on nights, {few} or so."}}}

var supplies = risk{theme: theme{agents: medication, areas: acute, specialty: generalMedicine, parts: [][]string{
	{"{drug} of the usual strength cannot be had.", "Supplier has changed {drug} to a concentration ten times as high.", "Giving sets of the new make do not fit our pumps."},
	{"Staff are working it out by hand.", "Both are on the shelf in {ward}.", "Pharmacist {nurse} has put up a note."},
	{"Tenfold error waiting to happen.", "Until it comes back in {few} months.", "Rep's number {phone}."}}},
	themes: []string{"3", "2"}, population: [][]string{{"Patients on {drug}, about {many}.", "Children weighing less than 20 kg.", "Everybody with a pump."}}}

var lookalikes = risk{theme: theme{agents: medication, areas: acute, specialty: "5", parts: [][]string{
	{"Ampoules of {drug} and of saline look the same.", "New boxes of {drug} {dose} and of the next strength differ by one digit.", "Two sorts of enteral syringe in one drawer."},
	{"Kept side by side in the anaesthetic room.", "{nurse} nearly drew up the wrong one.", "The trolley was packed by night staff."},
	{"Should be bought elsewhere.", "Could be fatal.", "Separate drawers asked for, {sister}."}}},
	themes: []string{"3"}, population: [][]string{{"Anybody having an anaesthetic.", "All {many} patients on the list each week."}}}

var software = risk{theme: theme{agents: []event.AgentType{event.AgentTypeITSystem}, areas: between, specialty: radiology, parts: [][]string{
	{"The new system does not show allergies on the first screen.", "Results of patients seen in clinic go to whoever requested them years ago.", "Interface drops messages when a name has an apostrophe, {patient} for one."},
	{"Seen with hospital number {hospital number}.", "Supplier says it works as designed.", "Work round is a spreadsheet kept by {nurse}."},
	{"{few} found so far by chance.", "Nobody looks at the error queue at weekends.", "Ticket open, ext {ext}."}}},
	themes: []string{"6"}, population: [][]string{{"Everybody with an allergy on record.", "All outpatients, {many} a day.", "Patients with a name that is not plain letters."}}}

var fabric = risk{theme: theme{agents: []event.AgentType{event.AgentTypeBuildingOrInfrastructure}, areas: mental, specialty: mentalHealth, parts: [][]string{
	{"Window restrictors on {ward} can be undone with a coin.", "The call bell in the shower of bed {bed} does not work.", "Door of the garden can be climbed."},
	{"Shown to {nurse} of estates.", "Patient {initials} has found out.", "Reported {few} times."},
	{"Fall from height is possible.", "Part is on order.", "Room should be closed until mended."}}},
	themes: []string{"5", "4"}, population: [][]string{{"{many} patients on {ward}, some of them suicidal.", "Everybody who showers alone."}}}

var paperwork = risk{theme: theme{agents: none, areas: community, specialty: "64", parts: [][]string{
	{"Two versions of the resuscitation form are in use.", "The guideline for {drug} on the intranet is out of date.", "Visits are handed over by text message to {phone}."},
	{"Bank staff do not know which counts.", "{doctor} was following the old one.", "Messages are lost when somebody is off."},
	{"Somebody will be treated against their will.", "A visit will be missed.", "Policy group meets in {few} months."}}},
	themes: []string{"7"}, population: [][]string{{"Everybody at home with a form, {many} in our patch.", "Patients new to the caseload."}}}

var unlike = risk{theme: theme{agents: none, areas: acute, specialty: elderlyMedicine, parts: [][]string{
	{"Hospital radio plays through the night call speakers of {ward}.", "Visitors' dogs are let into {ward}.", "Contractors park on the helipad road."},
	{"Staff have stopped listening for the bell.", "{title} {family} was knocked over last week.", "Told {nurse} twice."},
	{"It will go wrong.", "Please stop it.", "Next of kin are worried too."}}},
	themes: []string{"8"}, population: [][]string{{"All patients of {ward}.", "The next one who is flown in."}}}

// poorOutcomes are the themes of outcomes, told before anybody knows whether an incident led to them.
var poorOutcomes = shares(weighted[*theme]{{&deaths, 4}, {&readmissions, 4}, {&transfers, 3}, {&bleeds, 3}, {&calls, 2}})

var deaths = theme{agents: none, areas: acute, specialty: generalMedicine, parts: [][]string{
	{"{title} {patient}, NHS number {nhs}, died unexpectedly at {time}.", "Stillbirth at 38 weeks, {given} {family}.", "Found dead in bed on {ward}, {hospital number}, born {dob}."},
	{"Had been seen by {doctor} an hour before.", "Movements had been reduced for a day.", "Not for resuscitation, but not expected."},
	{"{consultant} has spoken to {relative}.", "Medical examiner informed.", "Family would like to meet, {phone}."}}}

var readmissions = theme{agents: none, areas: byRoad, specialty: emergency, parts: [][]string{
	{"{title} {patient} came back {few} days after discharge.", "Third attendance of {given} {family} this week, {nhs}.", "Readmitted from {road} with the same chest pain."},
	{"Bloods were normal the first time.", "{doctor} had sent her home with advice.", "Carer {relative} called the ambulance at {time}."},
	{"Now has pneumonia.", "Troponin raised this time.", "To be looked at whether anything was missed."}}}

var transfers = theme{agents: none, areas: acute, specialty: intensiveCare, parts: [][]string{
	{"{patient} admitted to ITU from {ward} at {time}.", "Baby {family} to NICU at two hours of age.", "Unplanned HDU after hernia repair, {title} {family}, {hospital number}."},
	{"NEWS had been 5 since the afternoon.", "Cord gases low.", "Extubated too soon perhaps."},
	{"{consultant} aware.", "Parents ({relative}) spoken to by {doctor}.", "Improving."}}}

var bleeds = theme{agents: none, areas: births, specialty: maternity, parts: [][]string{
	{"Blood loss of 2.1 litres after forceps, {given} {family}.", "Return to theatre of {title} {patient} on the evening of operation.", "Emergency caesarean of {patient} ({nhs}) at {time}, decision to delivery 41 minutes."},
	{"{consultant} present.", "Obstetric haemorrhage call, {nurse} scribe.", "Evacuated haematoma."},
	{"Four units given.", "Mother and baby together on {ward}.", "Partner {relative} debriefed."}}}

var calls = theme{agents: none, areas: acute, specialty: generalMedicine, parts: [][]string{
	{"Crash call to bed {bed}, {title} {patient}.", "Cardiac arrest in radiology at {time}, {hospital number}.", "Peri-arrest call, {given} {family}, {dob}."},
	{"Return of circulation after {few} minutes.", "Potassium 6.9 on the gas.", "{doctor} led."},
	{"To coronary care.", "Family informed by {nurse}, {phone}.", "Treatment escalation plan was not in the notes."}}}

// goodCares are the themes of good care.
var goodCares = shares(weighted[*theme]{{&noticing, 4}, {&kindness, 3}, {&teamwork, 3}, {&teaching, 2}})

var noticing = theme{agents: none, areas: acute, specialty: generalMedicine, parts: [][]string{
	{"HCA {nurse} noticed that {title} {patient} was not himself.", "Pharmacist {nurse} spotted an interaction of {drug} for {given} {family}.", "Porter saw that bed {bed} was blue and shouted for help."},
	{"She took observations without being asked.", "He rang {doctor} at home.", "NEWS was 8 within ten minutes."},
	{"Sepsis treated within the hour.", "Patient is doing well.", "{relative} wrote to thank the ward."}}}

var kindness = theme{agents: none, areas: mental, specialty: mentalHealth, parts: [][]string{
	{"{nurse} sat with {patient} for the whole of her break.", "Night staff of {ward} arranged a wedding in a day for {given} {family}.", "{title} {family} was taken into the garden in her bed by {sister}."},
	{"Nobody had asked for it.", "The family came from {postcode}.", "Chaplain and kitchen helped."},
	{"She died two days later with her family.", "He has not harmed himself since.", "We should do this more."}}}

var teamwork = theme{agents: device, areas: byRoad, specialty: emergency, parts: [][]string{
	{"Major trauma, {patient}, from the roadside to theatre in 21 minutes.", "Difficult airway of {title} {family} managed by {consultant} and ODP {nurse given}.", "Ambulance crew had warned us of {hospital number} at {time}."},
	{"Roles were given out before arrival.", "Everybody spoke up.", "Blood was ready."},
	{"Patient walked out after {few} weeks.", "Debrief straight after.", "Video laryngoscope was on the trolley as agreed."}}}

var teaching = theme{agents: none, areas: births, specialty: midwives, parts: [][]string{
	{"Skills drill led by {nurse} every Tuesday.", "{doctor} explains each case to the students.", "Ward round of {consultant} asks what went well first."},
	{"The haemorrhage of {patient} last week was handled as practised.", "Students of {ward} find more than we do.", "It takes {few} minutes."},
	{"Could be done on every ward.", "Please share.", "Thanks to {sister} too."}}}

var strengths = [][]string{{"Early escalation.", "{nurse given} put the patient first.", "Calm, clear leadership.", "Listening to {relative}.", "Knowing the patient."},
	{"Everybody knew their role.", "It took no longer than usual.", "Communication with the family.", "Good documentation."}}

var howToRepeat = [][]string{{"Teach it at induction.", "Give staff time for it.", "Put the checklist on every trolley.", "Ask {sister} to show other wards.", "Make it part of the handover."},
	{"A poster would do.", "Needs one more nurse.", "Costs nothing.", "Ward managers could agree on it in March."}}
