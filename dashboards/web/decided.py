"""What every route of decisions does alike: refuses another site's form, and says in a sentence what cannot be done, and why.

A view raises; what is answered for which reason stands here alone. Where whoever asked is led back to, each route says itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from dashboards.web.context import current
from dashboards.web.guard import foreign
from dashboards.web.notice import answer, refusal
from data.disk import DiskFull
from data.intake.archive import ArchiveError
from data.intake.deciding import Desk
from data.intake.decision_checks import Undecidable
from data.intake.quota import OverQuota
from data.language import gettext as _
from data.store import StoreError
from data.zone.zone import NotInitialised

log = logging.getLogger("app.decisions")
TOO_MANY, NO_ROOM = 429, 507
View = Callable[..., Response]
Say = Callable[[str, int], Response]
"""Says a sentence with a status as a page that leads back."""


class NotYours(Exception):
    """What the account may not do; the text says so."""


class NotThere(LookupError):
    """What there is not, or what the account is not told of: it is not said which. The text says what there is none of."""


def decided(say: Say) -> Callable[[View], View]:
    """A view of a decision; what it raises is said by ``say``."""

    def wrapped(view: View) -> View:
        @wraps(view)
        def shown(**parts: Any) -> Response:
            if request.method == "POST" and foreign(request):
                return refusal(_("Another site asked for this; it was not done."))
            try:
                return view(**parts)
            except NotYours as error:
                return refusal(str(error))
            except NotThere as error:
                return say(str(error), 404)
            except Undecidable as error:
                return say(str(error), 409)
            except OverQuota as error:
                return say(str(error), TOO_MANY)
            except DiskFull as error:
                return say(str(error), NO_ROOM)
            except ValueError as error:
                return say(str(error), 400)
            except (ArchiveError, StoreError, NotInitialised) as error:
                log.error("nothing was decided: %s", error)  # noqa: TRY400  # the text says it all
                return say(not_kept(), 503)

        return shown

    return wrapped


def desk() -> Desk:
    """Where the account of the request decides, at this moment."""
    context = current()
    return Desk.of(context.settings, context.account.name, context.clock().now())


def not_kept() -> str:
    """Of what was not done, for archive or database cannot be used."""
    return _(
        "It could not be kept: archive or database cannot be used. Try again later; if that fails too, tell the "
        "administrator."
    )


def queued() -> str:
    """Of a decision that waits for its turn."""
    return _(
        "Another workbook is being loaded. Your decision is kept and queued; it is carried out when its turn comes."
    )


def waits(way: str, way_words: str) -> Response:
    """The page of a decision that waits for its turn."""
    return answer(queued(), 202, heading=_("Queued"), way=way, way_words=way_words)
