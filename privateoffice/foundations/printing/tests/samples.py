"""One letter, one report and one day pack of the sample office, as the tests print them."""

# ruff: noqa: E501
from datetime import UTC, date, datetime

from privateoffice.foundations.printing import (
    BoundPaper,
    Change,
    LetterText,
    OfficeBlock,
    Pack,
    Report,
    Section,
    Stamp,
    Standing,
    Table,
    Told,
)
from privateoffice.foundations.registry.declarations import PackLine, PackPart

HOMICIDE = OfficeBlock(
    name="Homicide and Major Investigations",
    colour="#37377a",
    address=("1 Example Street", "ZZ99 1AA"),
    phone="020 7946 0142",
    email="homicide@specialist-crime.example",
)
SENSITIVE = Stamp(2, "PERSONAL DATA. Recipients only: private office, DCI Trevannick", is_sample=True)

LETTER = LetterText(
    on=date(2026, 11, 24),
    to=("Nadia Prestwood MP", "Constituency Office", "1 Example Street", "ZZ99 1AA"),
    salutation="Dear Ms Prestwood",
    heading="Family liaison for your constituent",
    body=(
        "Thank you for your letter of 6 November about the change of liaison officer for your constituent’s "
        "family. I am sorry that they learned of it by telephone. It was short notice, and it should have been "
        "a visit.",
        "Detective Constable Siân O’Brien-Müller has been their liaison officer since 12 November. She has met "
        "the family and will see them each week. Her sergeant will telephone them before any further change.",
        "We have also looked at how such changes are made. From December no liaison officer is changed without "
        "a meeting, and I have asked for a return each month that shows whether this is kept.",
        "I should be glad to speak to you if that would help.",
    ),
    close="Yours sincerely",
    signed_by="Imogen Calderwick",
    signed_as=("Detective Chief Superintendent", "Commander, Homicide and Major Investigations"),
    reference="HOM/ENQ/2026/0139",
    your_reference="NP/4471",
    enclosures=("Leaflet: family liaison, what to expect", "Return for November"),
    copies=("DCI Hamish Trevannick",),
)

STORY = Report(
    title="MP’s letter about family liaison for a constituent",
    lead="Nadia Prestwood MP, by email, 6 November 2026 at 9:47am",
    reference="HOM/ENQ/2026/0139",
    standing=Standing("late", "1 working day late"),
    facts=(
        ("Asked", "Who supports the family now that their liaison officer has changed, and why they were told by telephone."),
        ("Owner", "PA since 6 November"),
        ("Next", "Staff Officer clears the draft, chaser at 4:00pm"),
        ("Keep", "Correspondence, 6 years after it is resolved; no hold"),
    ),
    made="Printed Monday 23 November 2026 at 10:41am for Delphine Hartsough",
    made_on=date(2026, 11, 23),
    sections=(
        Section(
            "What happened",
            story=(
                Told("Today", "8:30am", "Delphine Hartsough", "nudged the Staff Officer; step 2 of the ladder."),
                Told("Thursday 19 November", "4:12pm", "DCI Hamish Trevannick", "answered the contribution by mail, without an account.",
                     "New officer met the family on the 12th. She will see them weekly. I would apologise for the telephone call; it was short notice, not policy.", is_ours=False),
                Told("Thursday 19 November", "2:05pm", "Delphine Hartsough", "sent draft 2 to the Staff Officer for clearance."),
                Told("Thursday 19 November", "10:20am", "Jonah Pemberlaw for Delphine Hartsough", "added a note under cover.",
                     "Researcher rang. They can wait until Friday, not longer. She was civil."),
            ),
        ),
        Section(
            "On the same matter",
            table=Table(
                ("Reference", "What", "By when", "Standing"),
                (
                    ("HOM/COR/2026/0031", "Letter from the MP", "6 November", Standing("closed", "Filed")),
                    ("HOM/ACT/2026/0079", "Recruit four liaison officers", "18 December", Standing("well", "On track")),
                    ("HOM/APP/2026/0012", "Approval of the reply", "", Standing("waiting", "Not yet")),
                ),
                shares=(3, 5, 2.4, 2.4),
            ),
        ),
    ),
)  # fmt: skip

PARTS = (
    PackPart("decisions", (
        PackLine("Letter to Nadia Prestwood MP", "Names the new liaison officer and apologises for the telephone call. Cleared by DS Fennimarsh.", "1 day late", "late", "HOM/ENQ/2026/0139", body="approve, version 3."),
        PackLine("Speak at Northmere, Friday 12 March", "Twenty minutes at 9:30am. You are free and back by noon. We owe them the pilot’s results.", "Tuesday noon", "soon", "HOM/ENG/2026/0201", body="accept."),
        PackLine("20 letters of thanks, MIT 93", "One text, one name each; four have a sentence of their own.", "Friday", "well", "HOM/COM/2026/0018", body="approve together."),
    ), marking=2, handling="PERSONAL DATA"),
    PackPart("tomorrow", (
        PackLine("Reading time", "Office, protected", "8:30am", "waiting", body="This pack"),
        PackLine("Car to County Hall, 40 minutes. Leave by the north door.", when="9:20am", standing="travel"),
        PackLine("Partnership board, you chair item 3", "Room 2, 9 people", "10:00am", "late", body="No brief, DCI Pennistone"),
        PackLine("Car back, 40 minutes", when="11:30am", standing="travel"),
        PackLine("DCI Pennistone, one to one", "Office", "1:15pm", "well", body="Last actions"),
        PackLine("Finance", "Room 4.12, 6 people", "3:00pm", "well", body="Pack, paper 1"),
        PackLine("Approvals and letters", "Office", "4:30pm", "well", body="Listed above"),
        PackLine("Day pack for Wednesday", "Office", "5:00pm", "waiting", body="By itself"),
    )),
    PackPart("briefs", (
        PackLine("Speak at Northmere", "For Friday 12 March 2027, 9:30am", reference="HOM/ENG/2026/0201", body="They ask for twenty minutes on the pilot of family liaison by appointment.\n\nThe results are promised and not yet sent. The audience is about 120, half of them partners. No press.\n\nRecommended: accept, and send the results by 1 December."),
        PackLine("DCI Pennistone, one to one", "Last actions", body="Two actions are open: the return on overtime (due Friday) and the vacancy for a detective sergeant."),
    )),
    PackPart("letters", (
        PackLine("Letter to Nadia Prestwood MP", "Version 3, cleared by DS Fennimarsh", reference="HOM/ENQ/2026/0139", body="Dear Ms Prestwood\n\nThank you for your letter of 6 November about the change of liaison officer for your constituent’s family. I am sorry that they learned of it by telephone.\n\nDetective Constable Siân O’Brien-Müller has been their liaison officer since 12 November. She will see them each week.\n\nYours sincerely"),
        PackLine("Letter of thanks to DC Øyvind Żurawski", "MIT 93", reference="HOM/COM/2026/0018", body="Dear Øyvind\n\nThank you for five months of patient work.\n\nImogen Calderwick"),
    )),
    PackPart("sent", ()),
    PackPart("overdue_to", (
        PackLine("Return on overtime, October", "Third slip", "6 days late", "late", "HOM/ACT/2026/0071", "DCI Pennistone"),
        PackLine("Read-out of the gold group", "", "2 days late", "late", "HOM/ACT/2026/0075", "Det Supt Holloweth"),
    )),
    PackPart("overdue_by", (PackLine("Read-out of 18 November", "Asked by the Deputy’s office", "1 day late", "late", "HOM/ACT/2026/0080", "Deputy Assistant Commissioner"),)),
    PackPart("on_call", (
        PackLine("SIO", "DCI Hamish Trevannick", "until 9am", body="07700 900118"),
        PackLine("Superintendent", "Det Supt Holloweth", body="07700 900104"),
    )),
    PackPart("ahead", (
        PackLine("SLT", "Room 4.12", "Wednesday 25 November, 9:00am", "soon", body="2 of 7 papers"),
        PackLine("Ride-along, MIT 91", "North yard", "Thursday 26 November, 6:00pm", "well", body="Nothing"),
        PackLine("Northmere partners", "Town hall", "Friday 27 November, 2:00pm", "late", body="Brief, DCI Pennistone"),
    )),
)  # fmt: skip

PACK = Pack(
    day=date(2026, 11, 24),
    reader="Detective Chief Superintendent Imogen Calderwick",
    office=HOMICIDE,
    made_at=datetime(2026, 11, 23, 17, 0, tzinfo=UTC),
    parts=PARTS,
    papers=(
        BoundPaper("Finance pack, period 8", 12),
        BoundPaper("Threat assessment", 1, 2, "LEGAL", refused="it asks for a password."),
    ),
    is_sample=True,
)
CHANGES = (
    Change("added", "Tomorrow", "11:45am Call with the Deputy"),
    Change("removed", "Seven days ahead", "Ride-along, MIT 91"),
    Change("changed", "Tomorrow", "3:00pm Finance", "2:30pm Finance"),
)
