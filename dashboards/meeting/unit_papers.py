"""The papers to one unit as .docx: a notice to speak last, and an interview sheet, on the paper of the bulletins."""

from __future__ import annotations

import io

from dashboards.meeting import blank_paper, unit_fields
from dashboards.meeting.package import name_it, settled
from dashboards.meeting.stationery import OURS, Stationery
from dashboards.meeting.unit_fields import INTERVIEW, LAST_SPEAKER, Meeting, NotSo, UnitPaper, paper_period
from dashboards.results.reading import Reading
from data.language import LANGUAGES, speaking
from data.language import gettext as _
from data.zone.periods import Quarter

PAPERS = (LAST_SPEAKER, INTERVIEW)
NOTHING_TOLD = Meeting()


def asked(reading: Reading, which: str, who: str, period: str, meeting: Meeting = NOTHING_TOLD) -> UnitPaper:
    """What a paper is made of; NotSo where there is no such paper, NoGround where nothing calls for it."""
    if which not in PAPERS:
        raise NotSo(_("There is no such paper: %(value)s", value=which[:40]))
    wanted = paper_period(which, period)
    if which == LAST_SPEAKER:
        assert isinstance(wanted, Quarter)
        return unit_fields.last_speaker(reading, who, wanted, meeting)
    return unit_fields.interview(reading, who, wanted)


def document(one: UnitPaper, on: Stationery = OURS) -> bytes:
    """The paper, in the office's words where it has its own. Unfillable where those ask for what there is not."""
    with speaking(LANGUAGES[0]):
        return _made(one, on)


def _made(one: UnitPaper, on: Stationery) -> bytes:
    from dashboards.meeting import paper
    from dashboards.meeting.filled_paper import filled_paper

    made = filled_paper(one.which, on, one.fields)
    lines = paper.taken_out(made, blank_paper.IMPRINT)
    paper.keep_signature(made)
    paper.keep_rules(made)
    paper.number_pages(made.sections[0], one.draft)
    paper.tables_within(made, one.within)
    if one.annexed:
        paper.annexes(made, paper.each_announced(one.annexed))
    if lines:
        paper.imprint(made, lines, one.witness)
    else:
        paper.paragraph(made, blank_paper.WITNESS)
        for line in one.witness:
            paper.paragraph(made, blank_paper.WITNESS, line)
    name_it(made.core_properties, one.title, one.fields["发文机关"], one.day)
    file = io.BytesIO()
    made.save(file)
    return settled(file.getvalue())
