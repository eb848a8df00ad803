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

var roads = []string{"Mill Road", "Victoria Street", "The Crescent", "Orchard Close", "Station Road", "Church Lane", "Queen's Drive"}

var wards = []string{"Ward 7", "Ward C4", "the assessment unit", "Juniper ward", "Kingfisher ward", "delivery suite", "the day unit", "coronary care", "AMU"}

var drugs = []string{
	"amoxicillin", "apixaban", "morphine", "gentamicin", "levetiracetam", "methotrexate", "warfarin", "digoxin", "ramipril", "levodopa",
	"vancomycin", "prednisolone", "clozapine", "furosemide", "paracetamol", "enoxaparin", "oxycodone", "lithium",
}

// additions are what a reporter adds once more is known.
var additions = [][]string{
	{"Update:", "Added later:", "Further to this,", "Since then"},
	{"{doctor} has reviewed and is content.", "the scan was normal.", "{relative} has been told in person.", "the ward has checked its other patients.", "{title} {family} went home today.",
		"we found that it happened on the shift before as well.", "pharmacist {nurse} has gone through the chart.", "the machine ({serial}) has gone to the maker."},
}

// remarks are what somebody who answers for safety adds.
var remarks = [][]string{
	{"Reviewed at the daily safety huddle.", "Discussed with the ward manager.", "Looked at by the patient safety team.", "Closed locally after discussion."},
	{"No further action.", "Themes to be brought to the falls group.", "Ward to complete an after action review.", "Shared with the medication safety officer.", "Grading confirmed.", "Learning to go into the bulletin."},
}

// reasonsToWithdraw are why events are taken back.
var reasonsToWithdraw = [][]string{
	{"Recorded twice by mistake.", "Duplicate of the one that {nurse} recorded.", "Wrong patient: this was not {patient}.", "It turned out not to have happened here.", "Test entry.", "Recorded as an incident, it is a complaint and with the complaints team."},
}

// longTail is what is answered in words, by element.
var longTail = map[string][]string{
	"AdverseEventRiskDetails.RiskPopulation":                                    {"Everybody in {ward}, about {many}.", "Whoever comes next.", "Patients of {consultant}."},
	"AdverseEventRiskDetails.RiskThemeOther":                                    {"Noise on the wards at night.", "Behaviour of visitors, {relative} for one."},
	"AdverseEventRiskDetails.RiskTimeframeOther":                                {"Any day now.", "When the contract ends.", "Next winter."},
	"AdverseEventWentWell.GoodCareDetectionFactorOther":                         {"A letter of thanks from {relative}.", "The team meeting."},
	"LocationDetails.OrganisationOther":                                         {"A private clinic in town.", "The hospice at {road}."},
	"LocationDetails.ResponsibleSpecialtyOther":                                 {"Virtual ward.", "Same day emergency care."},
	"LocationDetails.IdentifiedLocationOther":                                   {"The practice of {doctor}.", "A care home."},
	"AdverseEventAgent.DrugsInvolved":                                           {"{drug} {dose} tablets", "{drug} {dose}\n{drug} oral solution", "{drug} injection"},
	"AdverseEventAgent.InvolvedPersonsActionsOther":                             {"An agency porter.", "Volunteer on the tea round.", "Contractor's electrician."},
	"AdverseEventAgent.BuildingsInfrastructureOther":                            {"The helipad.", "Curtain rails."},
	"AdverseEventAgent.EstatesServicesOther":                                    {"Post room.", "Grounds and gritting."},
	"AdverseEventAgent.SabreReportNumber":                                       {"{ext}/{few}"},
	"AdverseEventAgent.ShotReportNumber":                                        {"{ext}{few}"},
	"AdverseEventAgent.NhsbtReportNumber":                                       {"INC {ext}"},
	"AdverseEventAgent.YellowCardReference":                                     {"GB-{ext}{few}"},
	"AdverseEventDeviceDetails.DeviceTypeOther":                                 {"Weighing scales.", "Bedside tablet computer."},
	"AdverseEventProblemMedication.DrugReactionOther":                           {"Rash of the whole trunk.", "Wheeze."},
	"AdverseEventProblemMedication.InvolvedProcessesOther":                      {"Storage in the fridge of {ward}.", "Counselling at discharge."},
	"AdverseEventProblemMedication.ProblemDescriptionDrugs":                     {"Transcribed wrongly by {doctor}.", "The two strengths look alike.", "Two charts were in use.", "Not given because {nurse} could not find it."},
	"AdverseEventProblemDevices.ProblemDescriptionDevices":                      {"Battery did not hold, {serial}.", "Alarm had been silenced.", "Staff had not been trained on this model."},
	"AdverseEventProblemITSystems.ProblemDescriptionSystemsSoftware":            {"Screen froze for {few} minutes.", "Two records of {patient} had been merged.", "Printer sent labels to another ward."},
	"AdverseEventProblemBuildingsInfrastructure.BuildingsInfrastructureProblem": {"Known fault, part on order.", "Valve shut by a contractor."},
	"AdverseEventProblemEstatesServices.EstatesServicesProblem":                 {"Diet list not updated.", "One cleaner for three wards."},
	"AdverseEventProblemBlood.BloodProblem":                                     {"Left on the desk of {ward}.", "Wristband was missing, {hospital number}."},
	"AdverseEventProblemBloodProducts.BloodProductsDetails":                     {"Anti-D 1500 IU", "Human albumin 4.5%"},
	"AdverseEventProblemBloodProducts.BloodProductsBrand":                       {"Not recorded.", "As supplied by the blood bank."},
	"AdverseEventProblemBloodProducts.BloodProductsBatch":                       {"{serial}"},
	"AdverseEventProblemBloodProducts.BloodProductsProblem":                     {"Boxes look the same.", "Dose missed over the weekend."},
	"AdverseEventProblemTissuesOrgans.ProblemDescriptionTissuesOrgans":          {"Box was warm on arrival.", "Paperwork was in another bag."},
	"AdverseEventProblemPeople.ProblemDescriptionInvolvement":                   {"{doctor} was covering two sites.", "Nobody trained in it on this shift."},
	"AdverseEventProblemPeople.ProblemDescriptionActions":                       {"Distracted by a telephone call.", "{nurse given} thought that it had been done."},
	"AdverseEventSafetyChallenges.RadiotherapyIncidentCode":                     {"13i / 13cc / CF1a"},
	"AdverseEventSafetyChallenges.MarvinReferenceNumber":                        {"M{ext}"},
	"DetectionFactors.DetectionPointOther":                                      {"At the mortality review.", "When {relative} rang."},
	"PractitionerDetails.ReporterTypeOther":                                     {"Student on placement.", "Volunteer."},
	"PractitionerDetails.ReporterRoleOther":                                     {"Chaplain.", "Medical illustrator."},
	"PractitionerDetails.ReporterInvolvementOther":                              {"I took the call.", "Told by {relative}."},
	"PractitionerDetails.ReporterOrganisationOther":                             {"An agency.", "The university."},
	"PractitionerDetails.WhyAnonymousOther":                                     {"My manager, {nurse}, would know that it was me."},
}
