"""Files made at home to hurt, sent by a clerk's browser: kept, refused in Chinese, nothing loaded, and the server goes on."""

from __future__ import annotations

import io
import json
import re
import socket
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from data.people.scope import Role
from data.settings import Settings
from etl.loading.load import Loader
from tests.conftest import SAMPLES
from tests.integration.ledgers import all_rows, ledger
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_access import _ask_script, _router

LOG = ("submission", "submission_problem", "audit", "sign_in", "installation", "sent_today")
TRACE = re.compile(
    r"Traceback|File \"|sqlite3|psycopg|SELECT |/etl/|/tmp/|werkzeug|lxml|expat|calamine|Error|<script>alert"
)
SECRET = "机密口令七三九"
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
TOO_LARGE, NO_WORKBOOK, LOCKED = "工作簿过大", "无法作为电子表格读取", "密码"
WEB_PAGE, PLAIN_TEXT = "这是网页文件", "这是文本或 CSV 文件"


@dataclass(frozen=True)
class Bait:
    """What a hostile file tries to reach: a file of this computer, and an address that notices whoever asks."""

    file: Path
    address: str


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket on this computer that accepts without waiting."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture
def bait(listener: socket.socket, tmp_path: Path) -> Bait:
    """A secret file and an address where nobody may call."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    return Bait(secret, f"http://127.0.0.1:{listener.getsockname()[1]}/x.dtd")


@pytest.fixture
def site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application with one account of each role."""
    return made(sqlite_installation, monkeypatch)


def _parts() -> dict[str, str]:
    """The package of a flawless ledger, part by part; the first inspected enterprise stands in the shared texts."""
    packed = io.BytesIO()
    ledger("2022-05", "longtanzi").build().save(packed)
    with zipfile.ZipFile(packed) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    parts[TEXTS] = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>重庆宏达机械有限公司</t></si></sst>'
    changes = {
        SHEET: (r'<c r="C2"[^>]*>.*?</c>', '<c r="C2" t="s"><v>0</v></c>'),
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rTexts" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        ),
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/{TEXTS}" ContentType="{TYPE}"/></Types>'),
    }
    for name, (old, new) in changes.items():
        parts[name], count = re.subn(old, new, parts[name], count=1)
        assert count == 1, name
    return parts


def _packed(parts: dict[str, str], blanks: int = 0) -> bytes:
    """The package; where a NUL stands in a part come so many MiB of blanks."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            begin, place, end = content.partition("\0")
            with target.open(name, "w") as entry:
                entry.write(begin.encode())
                for _mebibyte in range(blanks if place else 0):
                    entry.write(b" " * 2**20)
                entry.write(end.encode())
    return packed.getvalue()


def _with_entities(declared: str, part: str) -> bytes:
    """A document type before the part's root; the enterprise, or the sheet's name, is the entity ``x``."""
    parts = _parts()
    if part == SHEET:
        parts[SHEET] = parts[SHEET].replace(
            '<c r="C2" t="s"><v>0</v></c>', '<c r="C2" t="inlineStr"><is><t>&x;</t></is></c>'
        )
    body = re.sub(r"^<\?xml[^>]*\?>\s*", "", parts[part])
    root = re.match(r"<([\w:]+)", body)
    assert root is not None
    used = body.replace("重庆宏达机械有限公司", "&x;").replace('name="汇总"', 'name="&x;"')
    assert "&x;" in used
    parts[part] = f'<?xml version="1.0"?><!DOCTYPE {root[1]} [{declared}]>{used}'
    return _packed(parts)


def _file(bait: Bait) -> str:
    return f'<!ENTITY x SYSTEM "{bait.file.as_uri()}">'


def _address(bait: Bait) -> str:
    return f'<!ENTITY % y SYSTEM "{bait.address}"> %y; <!ENTITY x SYSTEM "{bait.address}">'


def _laughs(_bait: Bait) -> str:
    """Ten to the tenth laughs, if anybody counts them."""
    levels = (f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
    return '<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">' + "".join(levels) + '<!ENTITY x "&a9;">'


def _entities(declared: Callable[[Bait], str], part: str, bait: Bait) -> bytes:
    return _with_entities(declared(bait), part)


def _bomb(part: str, before: str, _bait: Bait) -> bytes:
    """Less than a megabyte, of which one part unpacks to more than 300."""
    parts = _parts()
    assert before in parts[part]
    return _packed({**parts, part: parts[part].replace(before, f"\0{before}", 1)}, blanks=301)


SPREADSHEETML = """<?xml version="1.0"?><!DOCTYPE Workbook [<!ENTITY x SYSTEM "{file}"><!ENTITY % y SYSTEM "{address}"> %y;]>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="执法检查台账"><Table><Row><Cell><Data ss:Type="String">&x;</Data></Cell></Row></Table></Worksheet></Workbook>"""
HTML = (
    "<html><script>alert(document.cookie)</script><table><tr><td>检查日期</td><td>被检查单位</td></tr></table></html>"
)

PARTS = {"sheet": SHEET, "texts": TEXTS, "workbook": "xl/workbook.xml"}
HOSTILE: dict[str, tuple[str, Callable[[Bait], bytes], str]] = {
    "bomb in the sheet": ("台账.xlsx", partial(_bomb, SHEET, "<row"), TOO_LARGE),
    "bomb in the texts": ("台账.xlsx", partial(_bomb, TEXTS, "<si>"), TOO_LARGE),
    "bomb beside": ("台账.xlsx", partial(_bomb, "docProps/core.xml", "</cp:coreProperties>"), TOO_LARGE),
    **{
        f"{what} in the {place}": ("台账.xlsx", partial(_entities, declared, part), NO_WORKBOOK)
        for what, declared in (("file", _file), ("address", _address), ("billion laughs", _laughs))
        for place, part in PARTS.items()
    },
    "entities in SpreadsheetML": (
        "台账.xls",
        lambda bait: SPREADSHEETML.format(file=bait.file.as_uri(), address=bait.address).encode(),
        NO_WORKBOOK,
    ),
    "password": ("台账.xlsx", lambda _bait: (SAMPLES / "refused" / "locked.xlsx").read_bytes(), LOCKED),
    "page with a script": ("台账.xls", lambda _bait: HTML.encode(), WEB_PAGE),
    "path as its name": ("../../../etc/cron.d/台账.xlsx", lambda _bait: b"* * * * * root true\n", PLAIN_TEXT),
}
"""Name, content, and what its sender must read."""


def _upload(visitor: Visitor, content: bytes, name: str) -> TestResponse:
    data = {"files": (io.BytesIO(content), name), "csrf_token": visitor.token()}
    return visitor.client.post("/upload", base_url=visitor.base, data=data, buffered=True)


def _shown(visitor: Visitor, number: int) -> str:
    answer = _ask_script(visitor, _router("/submissions", f"?period=2022-05&submission={number}"))
    assert answer.status_code == 200, answer.text[:500]
    return json.dumps(answer.get_json(), ensure_ascii=False)


def _goes_on(site: Site, visitor: Visitor) -> None:
    """The next page comes, and the next workbook is taken in."""
    assert visitor.get("/ranking").status_code == 200
    _upload(visitor, _packed(_parts()), "好.xlsx")
    with Loader(site.door.settings) as loader:
        assert [one.status for one in loader.take_up_pending()] == ["checked"]


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_file_is_refused_in_chinese_and_nothing_is_loaded(
    site: Site, bait: Bait, listener: socket.socket, what: str
) -> None:
    """Received by its bare name, refused by the loader, told on the page; nothing is read that is not the file's own."""
    name, made_of, said = HOSTILE[what]
    visitor = site.signed_in(Role.UNIT)
    visitor.token()
    before = all_rows(site.door.settings, but=LOG)
    answer = _upload(visitor, made_of(bait), name)
    told: dict[str, Any] = answer.get_json()["files"][0]
    assert (answer.status_code, told["name"], told["refused"]) == (200, name.rsplit("/", 1)[-1], None)
    with Loader(site.door.settings) as loader:
        outcomes = loader.take_up_pending()
    assert [(one.status, one.rows) for one in outcomes] == [("rejected", 0)]
    assert all_rows(site.door.settings, but=LOG) == before
    text = _shown(visitor, told["receipt"])
    assert said in text
    assert not TRACE.search(text), TRACE.search(text)
    assert SECRET not in text + json.dumps(all_rows(site.door.settings), default=str, ensure_ascii=False)
    with pytest.raises(BlockingIOError):
        listener.accept()
    _goes_on(site, visitor)


@pytest.mark.parametrize("name", ["~$a.xlsx", "../~$a.xls"])
def test_lock_file_is_refused_by_its_name(site: Site, name: str) -> None:
    """What an open workbook leaves beside itself is told apart at once: no receipt, no row, no file in the archive."""
    visitor = site.signed_in(Role.UNIT)
    visitor.token()
    before = all_rows(site.door.settings, but=("sign_in",))
    told = _upload(visitor, b"\x05zhang" + bytes(160), name).get_json()["files"][0]
    assert told["receipt"] is None
    assert "临时锁文件" in told["refused"]
    assert all_rows(site.door.settings, but=("sign_in",)) == before
    archive = site.door.settings.archive_dir
    assert [path for path in archive.rglob("*") if path.is_file() and path.stat().st_size == 166] == []
    _goes_on(site, visitor)


def test_path_in_a_name_leads_nowhere(site: Site, tmp_path: Path) -> None:
    """An original lies under its hash alone, whatever its sender called it."""
    visitor = site.signed_in(Role.UNIT)
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    for name in ("../../逃.xlsx", f"{tmp_path}/逃.xlsx", "a/../../逃.xlsx"):
        assert _upload(visitor, b"PK\x03\x04", name).get_json()["files"][0]["name"] == "逃.xlsx"
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert [path for path in new if "逃" in path.name] == []
    assert all(site.door.settings.archive_dir in path.parents for path in new if path.suffix == ".xlsx")
    assert list(tmp_path.parent.glob("逃*")) == []
