"""What routes of decisions answer for which reason: said once, for all of them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, Response

from dashboards.web import decided as module
from dashboards.web.decided import NotThere, NotYours, decided
from data.disk import DiskFull
from data.intake.archive import ArchiveError
from data.intake.decision_checks import Undecidable
from data.intake.quota import OverQuota
from data.store import StoreError
from data.zone.zone import NotInitialised

WHY = "因为如此"
NOT_KEPT = "未能保存：存档或数据库无法使用。请稍后再试；仍不行请告知管理员。"


def asked(view: Callable[..., Response], method: str = "POST", **headers: str) -> tuple[int, str]:
    """Status and sentence of the answer to a view behind a script's address, at which sentences are JSON."""
    server = Flask(__name__)
    server.add_url_rule("/attach/<int:number>", "view", view, methods=["GET", "POST"])
    answer = server.test_client().open("/attach/7", method=method, headers=headers)
    return answer.status_code, answer.get_json()["error"] if answer.is_json else answer.text


def raising(error: Exception) -> Callable[..., Response]:
    """A view that fails so."""

    def view(number: int) -> Response:
        assert number == 7
        raise error

    return decided(Response)(view)


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (NotYours(WHY), 403, WHY), (NotThere(WHY), 404, WHY), (Undecidable(WHY), 409, WHY), (OverQuota(WHY), 429, WHY),
        (DiskFull(WHY), 507, WHY), (ValueError(WHY), 400, WHY), (ArchiveError("/srv/archive: EIO"), 503, NOT_KEPT),
        (StoreError("disk I/O error"), 503, NOT_KEPT), (NotInitialised("no zone"), 503, NOT_KEPT),
    ],
)  # fmt: skip
def test_each_reason_has_its_status_and_its_sentence(error: Exception, status: int, sentence: str) -> None:
    """What is amiss with archive or database is for the log alone."""
    assert asked(raising(error)) == (status, sentence)


def test_what_is_done_and_what_is_nobodys_fault_goes_through() -> None:
    """An answer is the view's own; a fault of the program is none of these."""
    view = decided(Response)(lambda number: Response(f"{number} 号已办"))
    assert asked(view) == (200, "7 号已办")
    assert asked(view, **{"Sec-Fetch-Site": "cross-site"}) == (403, "该请求来自其他网站，未予执行。")
    assert asked(view, "GET", **{"Sec-Fetch-Site": "cross-site"}) == (200, "7 号已办")
    assert asked(raising(KeyError("x")))[0] == 500


def test_no_route_says_it_by_itself() -> None:
    """That archive or database failed over a decision is caught in one place: others that catch it decide nothing."""
    others = {"intake_routes", "download_routes", "receipt_routes"}
    for path in Path(module.__file__).parent.glob("*_routes.py"):
        caught = {
            name.id
            for handler in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(handler, ast.ExceptHandler) and handler.type is not None
            for name in ast.walk(handler.type)
            if isinstance(name, ast.Name)
        }
        assert path.stem in others or "ArchiveError" not in caught, path
