"""Six ways in which offices write the same ledger: each a pure function from the truth to a workbook."""

from collections.abc import Callable, Mapping

from openpyxl import Workbook

from etl.demo.layouts import aliased, own_form, template, three_level, titled, wps
from etl.demo.layouts.hand import Filing
from etl.demo.office_profile import Layout

LAYOUTS: Mapping[Layout, Callable[[Filing], Workbook]] = {
    "template": template.build,
    "titled": titled.build,
    "aliased": aliased.build,
    "own_form": own_form.build,
    "wps": wps.build,
    "three_level": three_level.build,
}


def write(filing: Filing) -> Workbook:
    """The ledger as its office writes it in that month."""
    return LAYOUTS[filing.office.layout(filing.ledger.month)](filing)


__all__ = ["LAYOUTS", "Filing", "write"]
