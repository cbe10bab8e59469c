"""Who may do what, written by hand: role × route, page, callback and download → the answer that must come.

``unit`` is an account of 龙滩子街道, ``neighbour`` one of 双路街道: each asks every cell, so that what the one may see is what
the other must not. ``ALL``: figures of both; ``OWN``: figures of its own and nothing of the others;
``ASKED``: figures of the unit that was asked for, which
is another one; ``NOTHING``: answered, without a figure of anybody. Numbers are HTTP's: 302 leads a stranger's browser to the
sign-in, 401 answers its scripts, 303 is a form that was done, 400 one that lacks something, 403 is refused with a sentence,
404 is not there, 405 is no such act (the demo's buttons outside the demo), 409 is allowed, but there is nothing to decide (a
ledger that is filed), 503 is not ready (no worker runs in a test).
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

ALL, OWN, ASKED, NOTHING = "all", "own", "asked", "nothing"
Expected = int | Literal["all", "own", "asked", "nothing"]


class Row(NamedTuple):
    """One thing to ask for, and what each role must get."""

    what: str
    stranger: Expected
    viewer: Expected
    unit: Expected
    neighbour: Expected
    office: Expected
    admin: Expected


ROLES = ("stranger", "viewer", "unit", "neighbour", "office", "admin")

PAGES = (
    #   address of the page                                          strange  viewer   unit     neighb.  office   admin
    Row("/overview",                                                 401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/overview?period=2022-05",                                  401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/ranking?period=2022-05&group=town",                        401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/ranking?period=2022-05&group=town&published=1",            401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/ranking?period=2022-05&group=town&unit={another}",         401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/ranking?period=2022-05&unit={another}&unit={own}",         401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/ranking?period=2022-05&unit={another}&measure=penalties",  401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/side-by-side?period=2022-05&unit={own}&with_unit={another}", 401,   ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/side-by-side?period=2022-05&unit={another}",               401,     ASKED,   OWN,     OWN,     ASKED,   ASKED),
    Row("/scores?period=2022Q2&group=town",                          401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/scores?period=2022Q2&group=town&published=1",              401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/scores?period=2022Q2&group=town&unit={another}",           401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/casualties?period=2022",                                   401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/casualties?period=2022&unit={another}",                    401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/casualties?period=2022&sector=road",                       401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/casualties?period=2022&accident={accident of another}",    401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/frontline",                                                401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/frontline?day=2022-09-30&batch=all&town={another}",        401,     ASKED,   OWN,     OWN,     ASKED,   ASKED),
    Row("/hazards?day=2022-09-30",                                   401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/hazards?day=2022-09-30&grade=major&unit={another}",        401,     ASKED,   OWN,     OWN,     ASKED,   ASKED),
    Row("/submissions?period=2022-05",                               401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/submissions?period=2022Q2",                                401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/submissions?period=2022-05&submission={ledger of 龙滩子}", 401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/submissions?period=2022-05&submission={ledger of 双路}",   401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/schemes",                                                  401,     200,     200,     200,     200,     200),
    Row("/schemes?scheme=monthly_ranking&draft={draft}&period=2022-05", 401,  200,     200,     200,     ALL,     ALL),
    Row("/publications",                                             401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/publications?period=2022-05&publish=2022-05",              401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/publications?period=2022-05&entry=999999",                 401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("/administration",                                           401,     NOTHING, NOTHING, NOTHING, ALL,     ALL),
    Row("/nowhere",                                                  401,     NOTHING, NOTHING, NOTHING, NOTHING, NOTHING),
)  # fmt: skip
"""Pages, as the browser's script asks for them; nothing is published. Once it is: ``tests/integration/test_published_access.py``."""

ROUTES = (
    #   method and address                                           strange  viewer   unit     neighb.  office   admin
    Row("GET /",                                                     302,     302,     302,     302,     302,     302),
    Row("GET /<path:path>",                                          302,     200,     200,     200,     200,     200),
    Row("GET /_dash-layout",                                         401,     200,     200,     200,     200,     200),
    Row("GET /_dash-dependencies",                                   401,     200,     200,     200,     200,     200),
    Row("GET /_reload-hash",                                         401,     200,     200,     200,     200,     200),
    Row("GET /_favicon.ico",                                         200,     200,     200,     200,     200,     200),
    Row("GET /healthz",                                              200,     200,     200,     200,     200,     200),
    Row("GET /readyz",                                               503,     503,     503,     503,     503,     503),
    Row("GET /assets/first.js",                                      200,     200,     200,     200,     200,     200),
    Row("GET /bootstrap/bootstrap.min.css",                          200,     200,     200,     200,     200,     200),
    Row("GET /chart-template/dark.json",                             200,     200,     200,     200,     200,     200),
    Row("GET /plotly-js/nothing.js",                                 404,     404,     404,     404,     404,     404),
    Row("GET /may-send",                                             401,     403,     204,     204,     204,     403),
    Row("GET /signin",                                               200,     302,     302,     302,     302,     302),
    Row("GET /password",                                             302,     200,     200,     200,     200,     200),
    Row("GET /original/{ledger of 龙滩子}",                          302,     404,     200,     404,     200,     404),
    Row("GET /original/{ledger of 双路}",                            302,     404,     404,     200,     200,     404),
    Row("GET /original/{accidents}",                                 302,     404,     404,     404,     200,     404),
    Row("GET /original/{strange}",                                   302,     404,     404,     404,     200,     404),
    Row("GET /original/999999",                                      302,     404,     404,     404,     404,     404),
    Row("GET /attachment/999999",                                    302,     404,     404,     404,     404,     404),
    Row("GET /receipt/{ledger of 龙滩子}",                           302,     404,     200,     404,     200,     404),
    Row("GET /receipt/{ledger of 双路}",                             302,     404,     404,     200,     200,     404),
    Row("GET /receipt/999999",                                       302,     404,     404,     404,     404,     404),
    Row("GET /annotated/{refused of 龙滩子}",                        302,     404,     200,     404,     200,     404),
    Row("GET /attachment/{attachment of 龙滩子}",                    302,     404,     200,     404,     200,     404),
    Row("GET /evidence/{evidence of 龙滩子}",                        302,     404,     200,     404,     200,     404),
    Row("GET /evidence/999999",                                      302,     404,     404,     404,     404,     404),
    Row("GET /template of 龙滩子",                                   302,     403,     200,     403,     200,     403),
    Row("GET /template of the office",                               302,     403,     403,     403,     200,     403),
    Row("GET /verify",                                               200,     200,     200,     200,     200,     200),
    Row("GET /material/2022-05.zip",                                 302,     404,     404,     404,     404,     404),
    Row("GET /published/999999.json",                                302,     404,     404,     404,     404,     404),
    Row("GET /paper/interview/longtanzi.docx",                       302,     200,     403,     403,     200,     403),
    Row("GET /paper/interview/shuanglu.docx",                        302,     200,     403,     403,     200,     403),
    Row("GET /paper/last-speaker/tongqiao.docx",                     302,     200,     403,     403,     200,     403),
    Row("GET /paper/last-speaker/longtanzi.docx",                    302,     404,     403,     403,     404,     403),
    Row("GET /paper/interview/nobody.docx",                          302,     404,     403,     403,     404,     403),
    Row("GET /published/999999/pages",                               302,     404,     404,     404,     404,     404),
    Row("GET /draft/ranking/2023-05/pages",                          302,     403,     403,     403,     404,     403),
    Row("GET /documents/ranking",                                    302,     403,     403,     403,     200,     403),
    Row("GET /documents/ranking/template.docx",                      302,     403,     403,     403,     200,     403),
    Row("GET /documents/draft/999999",                               302,     403,     403,     403,     404,     403),
    Row("GET /documents/draft/{document draft}/held",                302,     403,     403,     403,     200,     403),
    Row("GET /promises of 龙滩子",                                   302,     200,     403,     403,     200,     403),
    Row("GET /audit.csv",                                            302,     403,     403,     403,     403,     200),
    Row("GET /schemes/form of the ranking",                          302,     403,     403,     403,     200,     200),
    Row("GET /schemes/text/monthly_ranking/1",                       302,     200,     200,     200,     200,     200),
    Row("GET /schemes/text/draft/{draft}",                           302,     403,     403,     403,     200,     200),
    Row("GET /export/ranking.xlsx",                                  302,     200,     200,     200,     200,     200),
    Row("GET /export/ranking-sectors.csv",                           302,     200,     404,     404,     200,     200),
    Row("GET /export/ranking-methods.csv",                           302,     200,     404,     404,     200,     200),
    Row("GET /export/side-by-side.csv",                              302,     200,     200,     200,     200,     200),
    Row("GET /export/scores.xlsx",                                   302,     200,     200,     200,     200,     200),
    Row("GET /export/scores-year.xlsx",                              302,     200,     200,     200,     200,     200),
    Row("GET /export/casualties-by-unit.csv",                        302,     200,     200,     200,     200,     200),
    Row("GET /export/casualties-by-sector.csv",                      302,     200,     404,     404,     200,     200),
    Row("GET /export/frontline-by-town.csv",                         302,     200,     404,     404,     200,     200),
    Row("GET /export/frontline-by-sector.csv",                       302,     200,     200,     200,     200,     200),
    Row("GET /export/frontline-enterprises.csv",                     302,     200,     200,     200,     200,     200),
    Row("GET /export/hazards-by-unit.csv",                           302,     200,     404,     404,     200,     200),
    Row("GET /export/hazards-by-sector.csv",                         302,     200,     200,     200,     200,     200),
    Row("GET /export/hazards-by-level.csv",                          302,     200,     200,     200,     200,     200),
    Row("GET /export/hazards-ledgers.csv",                           302,     200,     200,     200,     200,     200),
    Row("GET /export/hazards-list.csv",                              302,     200,     200,     200,     200,     200),
    Row("GET /export/cases.xlsx of 龙滩子",                          302,     200,     200,     404,     200,     200),
    Row("GET /export/cases.csv of 双路",                             302,     200,     404,     200,     200,     200),
    Row("GET /export/accidents.xlsx",                                302,     200,     200,     200,     200,     200),
    Row("GET /export/workbooks.xlsx",                                302,     200,     200,     200,     200,     200),
    Row("GET /export/workbooks.csv of 龙滩子",                       302,     200,     200,     404,     200,     200),
    Row("GET /export/workbooks.csv of the office",                   302,     200,     404,     404,     200,     200),
    Row("GET /export/problems.xlsx of 龙滩子",                       302,     200,     200,     404,     200,     200),
    Row("GET /export/problems.csv of nothing",                       302,     404,     404,     404,     404,     404),
    Row("GET /export/audit.xlsx",                                    302,     403,     403,     403,     403,     200),
    Row("GET /export/nothing.csv",                                   302,     404,     404,     404,     404,     404),
    Row("POST /signin",                                              303,     303,     303,     303,     303,     303),
    Row("POST /signin/demo/<role>",                                  401,     405,     405,     405,     405,     405),
    Row("POST /password",                                            401,     400,     400,     400,     400,     400),
    Row("POST /upload of 龙滩子",                                    401,     403,     200,     403,     200,     403),
    Row("POST /upload of 双路",                                      401,     403,     403,     200,     200,     403),
    Row("POST /withdraw/{ledger of 龙滩子}",                         401,     403,     409,     404,     409,     403),
    Row("POST /check-again/{ledger of 龙滩子}",                      401,     403,     409,     404,     409,     403),
    Row("POST /match/{ledger of 龙滩子}",                            401,     403,     409,     404,     409,     403),
    Row("POST /forget-header/{ledger of 龙滩子}",                    401,     403,     409,     404,     409,     403),
    Row("POST /return/{ledger of 龙滩子}",                           401,     403,     403,     403,     409,     403),
    Row("POST /retry/{ledger of 龙滩子}",                            401,     403,     403,     403,     409,     403),
    Row("POST /discard/{ledger of 龙滩子}",                          401,     403,     403,     403,     409,     403),
    Row("POST /attach/{ledger of 龙滩子}",                           401,     403,     400,     404,     400,     403),
    Row("POST /upload of the office",                                401,     403,     403,     403,     200,     403),
    Row("POST /confirm",                                             401,     403,     409,     404,     409,     403),
    Row("POST /reply of 龙滩子",                                     401,     403,     303,     403,     403,     403),
    Row("POST /attach/evidence/{reply of 龙滩子}",                   401,     403,     400,     404,     403,     403),
    Row("POST /decide/mark of 龙滩子",                               401,     403,     403,     403,     303,     403),
    Row("POST /decide/veto",                                         401,     403,     403,     403,     303,     403),
    Row("POST /schemes/form",                                        401,     403,     403,     403,     303,     303),
    Row("POST /schemes/file",                                        401,     403,     403,     403,     400,     400),
    Row("POST /schemes/adopt",                                       401,     403,     403,     403,     403,     409),
    Row("POST /schemes/withdraw",                                    401,     403,     403,     403,     403,     409),
    Row("POST /decide/extension",                                    401,     403,     403,     403,     303,     403),
    Row("POST /publish",                                             401,     403,     403,     403,     409,     403),
    Row("POST /published/999999/number",                             401,     403,     403,     403,     404,     403),
    Row("POST /documents/ranking",                                   401,     403,     403,     403,     400,     403),
    Row("POST /documents/ranking/file",                              401,     403,     403,     403,     400,     403),
    Row("POST /documents/ranking/adopt",                             401,     403,     403,     403,     409,     403),
    Row("POST /promises",                                            401,     403,     403,     403,     303,     403),
    Row("POST /verify/document",                                     401,     400,     400,     400,     400,     400),
    Row("POST /accounts/add",                                        401,     403,     403,     403,     403,     200),
    Row("POST /accounts/reset of a unit",                            401,     403,     403,     403,     200,     200),
    Row("POST /accounts/reset of the office",                        401,     403,     403,     403,     403,     200),
    Row("POST /accounts/unlock of a unit",                           401,     403,     403,     403,     303,     303),
    Row("POST /accounts/unlock of the office",                       401,     403,     403,     403,     403,     303),
    Row("POST /second-account/0",                                    401,     403,     403,     403,     409,     409),
    Row("POST /accounts/active",                                     401,     403,     403,     403,     403,     303),
    Row("POST /accounts/role",                                       401,     403,     403,     403,     403,     303),
    Row("POST /signout",                                             401,     303,     303,     303,     303,     303),
)  # fmt: skip
"""Everything else, each a request of its own. ``POST /_dash-update-component`` is PAGES and CALLBACKS."""

CALLBACKS = (
    #   output                                                       strange  viewer   unit     neighb.  office   admin
    Row("..overview-top-part.children",                              401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("..monthly-ranking-top-part.children",                       401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("..monthly-ranking-unit-part.children",                      401,     ASKED,   OWN,     OWN,     ASKED,   ASKED),
    Row("..monthly-ranking-pictures-part.children",                  401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("..monthly-ranking-funnel-part.children",                    401,     NOTHING, NOTHING, NOTHING, NOTHING, NOTHING),
    Row("..monthly-ranking-last-part.children",                      401,     ALL,     NOTHING, NOTHING, ALL,     ALL),
    Row("..monthly-ranking-chosen-part.children",                    401,     ASKED,   OWN,     OWN,     ASKED,   ASKED),
    Row("..side-by-side-top-part.children",                          401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("..side-by-side-chosen-part.children",                       401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("..quarterly-scores-top-part.children",                      401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("..quarterly-scores-chosen-part.children",                   401,     ASKED,   OWN,     OWN,     ASKED,   ASKED),
    Row("..casualty-targets-top-part.children",                      401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("..casualty-targets-scope-part.children",                    401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("..casualty-targets-list-part.children",                     401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("..casualty-targets-chosen-part.children",                   401,     ASKED,   NOTHING, NOTHING, ASKED,   ASKED),
    Row("..frontline-duty-top-part.children",                        401,     200,     OWN,     OWN,     200,     200),
    Row("..frontline-duty-batch-part.children",                      401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("..frontline-duty-chosen-part.children",                     401,     ASKED,   OWN,     OWN,     ASKED,   ASKED),
    Row("..hazards-top-part.children",                               401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("..hazards-beside-part.children",                            401,     ASKED,   OWN,     OWN,     ASKED,   ASKED),
    Row("..hazards-chosen-part.children",                            401,     ASKED,   OWN,     OWN,     ASKED,   ASKED),
    Row("..submissions-followed.children",                           401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("..submissions-one.children",                                401,     NOTHING, NOTHING, NOTHING, NOTHING, NOTHING),
    Row("..submissions-message.children",                            401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("monthly-ranking-grid.getRowsResponse",                      401,     200,     NOTHING, NOTHING, 200,     200),
    Row("casualty-targets-grid.getRowsResponse",                     401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("frontline-duty-grid.getRowsResponse",                       401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("hazards-grid.getRowsResponse",                              401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("submissions-grid.getRowsResponse",                          401,     ALL,     OWN,     OWN,     ALL,     ALL),
    Row("submissions-problem-grid.getRowsResponse",                  401,     200,     200,     NOTHING, 200,     200),
    Row("administration-grid.getRowsResponse",                       401,     NOTHING, NOTHING, NOTHING, NOTHING, ALL),
    Row(".._pages_content.children",                                 401,     ALL,     OWN,     OWN,     ALL,     ALL),
)  # fmt: skip
"""Callbacks by the beginning of their output. Those of addresses only make an address of the choice that was sent."""

VALUES: dict[str, Any] = {
    "submissions-period": "2022-05", "submissions-tick": 1, "submissions-one-tick": 1, "_pages_location": "/ranking",
    "overview-asked-0": "?period=2022-05",
    **{f"monthly-ranking-asked-{level}": "?period=2022-05&group=town&unit={another}" for level in range(3)},
    **{f"side-by-side-asked-{level}": "?period=2022-05&unit={own}&with_unit={another}" for level in range(2)},
    **{f"quarterly-scores-asked-{level}": "?period=2022Q2&group=town&unit={another}" for level in range(2)},
    **{f"casualty-targets-asked-{level}": "?period=2022&unit={another}" for level in range(3)},
    **{f"frontline-duty-asked-{level}": "?day=2022-09-30&batch=all&town={another}" for level in range(4)},
    **{f"hazards-asked-{level}": "?day=2022-09-30&unit={another}" for level in range(3)},
    "casualty-targets-asked-3": "?period=2022&accident={accident of another}",
    "monthly-ranking-grid": {
        "startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {},
        "context": {"asked": "?period=2022-05&unit={another}&measure=inspections", "search": ""},
    },
    **{
        grid: {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}, "context": {"asked": asked, "search": ""}}
        for grid, asked in (
            ("administration-grid", "?"), ("casualty-targets-grid", "?period=2022"), ("submissions-grid", "?"),
            ("frontline-duty-grid", "?day=2022-09-30&batch=all"), ("hazards-grid", "?day=2022-09-30"),
            ("submissions-problem-grid", "?submission={refused of 龙滩子}"),
        )
    },
}  # fmt: skip
"""What the inputs of callbacks are given; ``submissions-sent`` names the workbooks of the filled zone."""

FIGURES = {
    "/overview": "points of the month",
    "/ranking": "points of the month",
    "/side-by-side": "points of the month",
    "/scores": "score of the quarter",
    "/casualties": "accident",
    "/frontline": "enterprise",
    "/hazards": "hazard",
    "/submissions?period=2022Q2": "receipt of the marks",
    "/submissions": "receipt of the ledger",
    "/schemes": "name",
    "/publications": "name",
    "/administration": "account",
    "administration-grid": "account",
    "casualty-targets-grid": "accident",
    "frontline-duty-grid": "enterprise",
    "hazards-grid": "hazard",
    "submissions-grid": "day of the ledger",
    "..submissions-followed": "receipt of the ledger",
    "..submissions-message": "receipt of the ledger",
    ".._pages_content": "points of the month",
    "..monthly-ranking-chosen": "case",
    "..monthly-ranking-pictures": "name",
    "..monthly-ranking-last": "name",
    "..monthly-ranking": "points of the month",
    "..side-by-side": "points of the month",
    "..overview": "points of the month",
    "..quarterly-scores": "score of the quarter",
    "..casualty-targets-chosen": "accident",
    "..casualty-targets-scope": "name",
    "..casualty-targets": "accident",
    "..frontline-duty-chosen": "enterprise",
    "..frontline-duty": "name",
    "..hazards-chosen": "hazard",
    "..hazards": "name",
}
"""By the beginning of a page or callback: the figure of each unit that stands where ``ALL`` or ``OWN`` is promised."""

COMMANDS = {
    "dashboards material": "office",
    "dashboards paper": "office",
    "dashboards publish": "office",
    "dashboards report": "office",
    "dashboards verify": "office",
    "dashboards veto": "office",
    "etl check": "office",
    "etl load": "office",
    "etl status": "office",
    "etl demo": "office",
    "etl template": "office",
    "etl rebuild": "office",
    "etl recheck": "office",
    "etl extend": "office",
    "etl return": "office",
    "etl retry": "office",
    "etl discard": "office",
    "data init": "office",
    "data doctor": "office",
    "data sweep": "office",
    "data users": "office",
    "data audit": "office",
}
"""As whom a command acts: it knows no accounts, whoever may run it owns the machine (CONTRACT section 2)."""
