package sample

var givenNames = []string{
	"Amelia", "Harold", "Doreen", "Stanley", "Gwen", "Rhys", "Carys", "Aoife", "Declan", "Fergus", "Morag", "Hamish",
	"Priya", "Rajesh", "Fatima", "Yusuf", "Nasreen", "Imran", "Adaeze", "Chinedu", "Kofi", "Wanjiru", "Winston", "Marcia",
	"Wei", "Xiulan", "Ahmed", "Leila", "Emre", "Zeynep", "Agnieszka", "Piotr", "Ioana", "Mihai", "Sofia", "Joaquim",
	"Olena", "Andrei", "Beatriz", "Tuan",
}

var familyNames = []string{
	"Thornbury", "Pickersgill", "Ramsbottom", "Llewellyn", "Pritchard", "O'Halloran", "McGillivray", "Kavanagh", "Chaudhry",
	"Patel-Jones", "Banerjee", "Okonkwo", "Adeyemi", "Mensah", "Kamau", "Delacroix", "Campbell-Reid", "Cheung", "Nguyen",
	"Haddad", "Yilmaz", "Kowalczyk", "Nowicki", "Popescu", "Ferreira", "Gutierrez", "Shevchenko", "Osei", "Fernando",
	"Ellsworth", "Wetherby", "Sidhu", "Rahman", "Ogunleye", "Szabo", "Bianchi", "Lindqvist", "Abebe", "Tremblay", "Iyer",
}

var jobRoles = []string{"Staff nurse", "Midwife", "Pharmacist", "Foundation doctor", "Physiotherapist", "Ward sister", "Radiographer", "Health care assistant"}

// story is one way of telling an incident. Slots in braces are filled with
// invented people, numbers and places.
type story struct {
	text      string
	agents    []string
	challenge string
	process   string
	detection string
	specialty string
}

var stories = []story{
	{text: "{title} {patient}, NHS number {nhs}, was found on the floor beside bed {bed} at {time}. Unwitnessed fall. {sister} and HCA {given} helped back to bed with the hoist. Neuro obs started, GCS 15. Daughter {relative} informed by phone on {phone}.", agents: []string{"NONE"}, challenge: "FALL", process: "7", detection: "4", specialty: "44"},
	{text: "Gave enoxaparin 40 mg to {patient} instead of 20 mg (eGFR 22). Noticed by {doctor} on the ward round. No bleeding. Patient told and apologised to. dob {dob}", agents: []string{"MEDICATION"}, process: "6", detection: "4"},
	{text: "pt {lower} nhs no {nhs} missed two doses of levetiracetam, chart not rewritten on transfer from AMU. seen by dr {lowerfamily} 2am, brief seizure, self terminating", agents: []string{"MEDICATION"}, process: "5", detection: "6"},
	{text: "Grade 2 pressure ulcer to left heel noted on admission from home. {title} {patient} lives at {postcode}; district nurse {given} {family} had not been told of discharge. Photographed, TVN referral made.", agents: []string{"NONE"}, challenge: "PRESSURE_ULCER", process: "3", detection: "2"},
	{text: "Blood sample labelled {patient} was taken from the patient in the next bed. Lab rang (ext {ext}), rejected and repeated. Wrong blood in tube. {sister} to retrain.", agents: []string{"BLOOD"}, process: "3", detection: "3"},
	{text: "Infusion pump alarmed and stopped during noradrenaline at {time}. Serial number {serial}. Swapped within 2 minutes, MAP down to 52. Clinical engineering told. Consultant {doctor} aware.", agents: []string{"DEVICE"}, process: "6", detection: "4"},
	{text: "IT OUTAGE {time}. UNABLE TO SEE RESULTS FOR {upper} (NHS {nhs}). POTASSIUM 6.8 PHONED TO WARD AN HOUR LATE. {upperfamily} BLEEPED 4471. TREATED, NO ARRHYTHMIA.", agents: []string{"IT_SYSTEM"}, process: "8", detection: "4"},
	{text: "Referral for {title} {patient} was sent to the wrong hospital. {doctor}'s secretary e-mailed {email}; two week wait breached by nine days.", agents: []string{"NONE"}, process: "8", detection: "6"},
	{text: "Short staffed, two RNs for 28 patients on nights. Observations of {patient} (born {dob}) late by three hours. NEWS 7 when next done, reviewed by Dr {family}, moved to HDU.", agents: []string{"NONE"}, process: "7", detection: "4"},
	{text: "Patient became aggressive and hit nurse {given} {family}. Security called. Son, {relative}, calmed him. Datix also done. Next of kin {phone}.", agents: []string{"NONE"}, process: "11", detection: "4"},
	{text: "Allergy to penicillin on wristband, co-amoxiclav prescribed by {doctor} and nearly given to {title} {patient}. Stopped at the second check. Near miss.", agents: []string{"MEDICATION"}, process: "5", detection: "3"},
	{text: "Retained swab count wrong after caesarean of {patient}, recounted with Sister {family}, swab found under drapes. Skin closed {time}. Estimated blood loss 900 ml.", agents: []string{"DEVICE"}, process: "6", detection: "4", specialty: "65"},
	{text: "Wrong leg marked for {title} {patient} ({postcode}, {nhs}). Picked up at WHO sign in by ODP {given}. Surgeon {doctor} remarked.", agents: []string{"NONE"}, process: "6", detection: "3"},
	{text: "Insulin given after meal tray was taken away, BM 2.8 at {time}. Hypo box used. {given} {family} (student nurse) present. Relative can be reached at {email}", agents: []string{"MEDICATION"}, process: "6", detection: "6"},
}

var actions = []string{
	"Observations repeated, doctor informed, family told.", "Consultant {doctor} informed and incident discussed at handover.",
	"Equipment taken out of use and labelled.", "Patient reviewed by {doctor}; plan changed.", "None needed.",
	"Sister {family} spoke to {relative}, duty of candour explained.",
}

var wentWell = []string{"Prompt help from the outreach team.", "{given} noticed early and escalated.", "Good teamwork with pharmacy."}

var outcomes = []string{
	"Recovered fully within the day.", "{patient} stayed two more nights.", "CT head normal.", "Transferred to intensive care.",
	"Discharged home with {relative}.",
}
