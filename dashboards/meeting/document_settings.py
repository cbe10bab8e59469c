"""What an office decides of all its documents at once: the red head, the address at which they are verified, whether forecasts stand in them."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from data.language import gettext as _

LONGEST_HEAD = 40
LONGEST_ADDRESS = 200
LONGEST_NUMBER = 60
_NUMBER = re.compile(
    r"(?P<issuer>[一-龥]{1,20})[\[(【〔〈<](?P<year>20[0-9]{2})[\])】〕〉>]第?(?P<number>[1-9][0-9]{0,4})号"
)
VERIFICATION = "/verify"
"""The page that tells of a fingerprint what was published under it."""


@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """``red_head``: who issues, as it stands in red on the first page (发文机关标志); empty: none. ``address``: where the site is
    reached, empty: documents have no QR code. ``forecasts``: whether documents on casualties tell of a forecast (METHOD section 4).
    """

    red_head: str = ""
    address: str = ""
    forecasts: bool = False

    def as_text(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def settings_kept(text: str) -> DocumentSettings:
    """What was kept."""
    return DocumentSettings(**json.loads(text))


def settings_typed(red_head: str, address: str, *, forecasts: bool) -> DocumentSettings:
    """What somebody typed; ValueError with a sentence for what cannot stand in a document."""
    head, site = " ".join(red_head.split()), address.strip().rstrip("/")
    if len(head) > LONGEST_HEAD:
        raise ValueError(_("A red head has up to %(n)s characters: it stands in one line.", n=LONGEST_HEAD))
    if site and not _is_site(site):
        raise ValueError(
            _("The address must be that of this site as others reach it, beginning with https:// and without a question mark.")
        )  # fmt: skip
    return DocumentSettings(head, site, forecasts)


def document_number(typed: str) -> str:
    """A document number (发文字号) as the standard writes it, 安委办〔2022〕3号; empty where nothing was typed. ValueError for anything else."""
    plain = "".join(unicodedata.normalize("NFKC", typed[:100]).split())
    if not plain:
        return ""
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise ValueError(
            _("A document number has who issues, the year in brackets, and a number without zeros before it.")
        )
    return f"{found['issuer']}〔{found['year']}〕{found['number']}号"


def _is_site(address: str) -> bool:
    try:
        told = urlsplit(address)
        port_fits = told.port is None or told.port > 0
    except ValueError:
        return False
    plain = not (told.query or told.fragment or told.username or told.password)
    return len(address) <= LONGEST_ADDRESS and address.isascii() and address.isprintable() and " " not in address and (
        told.scheme in {"http", "https"} and bool(told.hostname) and plain and port_fits
    )  # fmt: skip
