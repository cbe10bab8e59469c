"""Nothing is journalled that no row can hold: a line stands for good, and a row that can never be written stops all behind it.

Lengths are those after normalisation, where one character may become eighteen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from data.intake import decisions
from data.intake.archive import Archive
from data.intake.deciding import Desk
from data.intake.decision_checks import Undecidable
from data.intake.fitting import Unfit, check_row
from data.intake.inbox import Choice, receive
from data.schema.intake import decision, header_match
from data.settings import Settings
from data.store import reader, writer
from data.zone.normal import header_key
from etl.loading.load import Loader
from tests.how_many import cases
from tests.integration.ledgers import ledger, places, send

GREETING = "ﷺ"
"""One character as written, eighteen as compared."""
AT = datetime(2022, 6, 4, 2, tzinfo=UTC)
DIGEST = "a" * 64
EXPANDING = st.text(st.sampled_from("ﷺﷻ㍿㌖ﬃ½①Ａ龘a\0\ud800 "), max_size=60)


def _desk(installation: Settings) -> Desk:
    archive = Archive(installation.archive_dir)
    archive.prepare()
    return Desk(installation.database_url, archive, installation.zone, "office", AT)


def _lines(desk: Desk) -> int:
    return desk.archive.last_number()


def _matching(written: str) -> dict[str, str | None]:
    return {"table": "ledger", "header": header_key(written), "written": written, "column": "remark"}


def _match(desk: Desk, text: str) -> None:
    decisions.match_headers(desk, "longtanzi", "enforcement", [_matching(text)])


def _attach(desk: Desk, text: str) -> None:
    decisions.attach(desk, 1, sha256=DIGEST, file_name=text, media_type="application/pdf", size=1)


def _return(desk: Desk, text: str) -> None:
    decisions.return_workbook(desk, 1, text)


def _receive(**told: Any) -> Callable[[Desk, str], None]:
    def act(desk: Desk, text: str) -> None:
        given_ = {"file_name": "台账.xlsx", "sender": "office", "note": "", **dict.fromkeys(told, text)}
        choice = Choice(note=given_["note"])
        receive(desk.archive, "d", DIGEST, given_["file_name"], given_["sender"], AT, choice)

    return act


@pytest.mark.parametrize(
    ("act", "text"),
    [
        (_match, GREETING * 20),
        (_match, "核查\0人"),
        (_match, "核查\ud800人"),
        (_attach, "名" * 256 + ".pdf"),
        (_attach, "扫描\0.pdf"),
        (_return, "请\0更正"),
        (_return, "请\udfff更正"),
        (_receive(file_name=""), "名" * 256),
        (_receive(file_name=""), "台账\0.xlsx"),
        (_receive(sender=""), "s" * 61),
        (_receive(note=""), "补报\0"),
        (_receive(note=""), "补报\ud800"),
    ],
)
def test_what_no_row_can_hold_leaves_no_line(
    installation: Settings, tmp_path: Path, act: Callable[[Desk, str], None], text: str
) -> None:
    """Whoever decides or sends gets a sentence; the journal has no line more, and the next workbook is loaded."""
    with Loader(installation) as loader:
        assert send(loader, ledger(), tmp_path).status == "accepted"
        desk = _desk(installation)
        before = _lines(desk)
        with pytest.raises((Undecidable, Unfit), match="请"):
            act(desk, text)
        assert _lines(desk) == before
        assert send(loader, ledger(unit="shuanglu"), tmp_path).status == "accepted"


def test_a_match_by_hand_that_fits_is_kept(installation: Settings, tmp_path: Path) -> None:
    """The longest header that fits after normalisation is remembered, on either engine."""
    with Loader(installation) as loader:
        assert send(loader, ledger(), tmp_path).status == "accepted"
    desk = _desk(installation)
    _match(desk, GREETING * 11)
    with reader(installation.database_url).connect() as connection:
        assert connection.execute(select(header_match.c.header)).scalar_one() == header_key(GREETING * 11)


def test_what_fits_can_be_written(installation: Settings) -> None:
    """Whatever passes the check is written by the database, and what does not pass PostgreSQL would refuse as well."""
    entries = iter(range(1, 10_000))

    @hypothesis_settings(
        max_examples=cases(), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(EXPANDING, EXPANDING)
    def holds(header: str, actor: str) -> None:
        row = {
            "zone": installation.zone, "unit": "longtanzi", "kind": "enforcement", "table": "ledger", "entry": next(entries),
            "header": header_key(header), "written": header, "column": None, "actor": actor, "at": AT,
        }  # fmt: skip
        try:
            check_row(header_match, row)
        except Unfit:
            return
        with writer(installation.database_url).begin() as connection:
            connection.execute(insert(header_match).values(row))

    holds()


@pytest.mark.parametrize("value", [2**31, -(2**31) - 1])
def test_a_number_that_no_column_holds_does_not_fit(value: int) -> None:
    """A whole number beyond the column's bytes is refused like a text beyond its length."""
    with pytest.raises(Unfit):
        check_row(decision, {"entry": value})


@pytest.mark.parametrize("place", ["I2", "O3", "整改复查!A2"])
def test_numbers_that_grow_when_compared_are_told_at_their_cells(
    installation: Settings, tmp_path: Path, place: str
) -> None:
    """A number that is short as written and beyond an index's length as compared is refused at its cell."""
    with Loader(installation) as loader:
        outcome = send(loader, ledger().put({place: "".join(chr(0xFDFA - n % 2) for n in range(200))}), tmp_path)
        assert outcome.status == "rejected"
        assert places(outcome.errors, "执法检查台账")[place] == "bad_choice"
        assert send(loader, ledger(unit="shuanglu"), tmp_path).status == "accepted"


def test_wide_text_goes_into_every_column_alike(installation: Settings, tmp_path: Path) -> None:
    """Names, remarks, headers and sheets' names of expanding characters end the same way on either engine: said, or kept."""
    wide = GREETING * 250
    changes = {
        "C2": GREETING * 50,
        "D2": None,
        "F2": wide,
        "H2": wide,
        "T2": wide,
        "P3": wide,
        "U1": GREETING * 200,
        "U2": "x",
    }
    book = ledger().put(changes)
    book.sheets["ﷺ" * 31] = [["说明", wide]]
    with Loader(installation) as loader:
        assert send(loader, book, tmp_path).status == "accepted"


@pytest.mark.parametrize("text", ["_x0000_", "同比_x0000_", "9" * 4000, GREETING * 300])
def test_caps_that_are_no_numbers_are_told(installation: Settings, tmp_path: Path, text: str) -> None:
    """What stands in a cell of any kind of content is quoted in the answer as far as a row can hold it."""
    from tests.integration.ledgers import targets

    with Loader(installation) as loader:
        assert {one.code for one in send(loader, targets().put({"C2": text}), tmp_path).problems} <= {
            "bad_number",
            "missing_value",
        }


def test_notes_with_a_character_that_no_text_holds(installation: Settings) -> None:
    """A choice is journalled whole or not at all: its parts are looked at like its note."""
    desk = _desk(installation)
    with pytest.raises(Unfit):
        receive(desk.archive, "d", DIGEST, "台账.xlsx", "office", AT, Choice(unit="龙\0"))
    assert _lines(desk) == 0
