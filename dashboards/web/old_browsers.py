"""A sentence where a page would stay white: in a browser that is too old for it, or without JavaScript."""

from __future__ import annotations

from markupsafe import Markup

from data.language import gettext as _


def note() -> Markup:
    """What is read where a page would stay white: in a browser that is too old (first.js shows it), or without scripts."""
    old = _("This browser is too old for these pages. Please open them in one with Chromium 86 or later.")
    none = _(
        "These pages need JavaScript, which this browser does not run. Please allow it for this address, and reload."
    )
    note = Markup('<p class="browser-note too-old-note" role="alert" hidden>{}</p>')
    return note.format(old) + Markup('<noscript><p class="browser-note">{}</p></noscript>').format(none)
