"""Charts that stay charts in WPS: bars, a line or stacked bars with their numbers in a workbook of their own, to be edited there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from math import ceil
from typing import Any, Literal

from dashboards.meeting import measures as of
from dashboards.meeting.package import settled, without_moments
from data.language import gettext as _

_ROOM_FOR_VALUES, _STEPS = 1.2, 8
"""Of the longest bar: how far the axis reaches, for the value behind it, however much of the width names take; lines across at most."""
GREY, PALE = "7F7F7F", "C8CDD6"
_GAP, _WIDE_GAP, _FEW = 60, 200, 6
_GAP_OF_STACK = 20
"""Between bars, per cent of a bar; few bars would be slabs. Within a stack figures stand, which need its height."""


@dataclass(frozen=True, slots=True)
class NativeChart:
    """A chart: its title says what it shows; one value a category in each series, None where there is none."""

    title: str
    kind: Literal["bars", "line", "stack"]
    categories: Sequence[str]
    series: Sequence[tuple[str, Sequence[float | None]]]
    decimals: int = 0
    tones: Sequence[str] = ()
    """Of a stack: the colour of each series."""

    @property
    def name(self) -> str:
        """What it is called where it is announced, a chart: the unit of its values stands last."""
        shown, bracket, unit = self.title.partition("（")
        return _("%(shown)s (chart)", shown=shown) + bracket + unit

    @property
    def is_line(self) -> bool:
        """Whether it goes from point to point; else bars lie below one another."""
        return self.kind == "line"

    @property
    def highest(self) -> float:
        """The largest value; of a stack the longest bar."""
        bars = [[value or 0.0 for value in each] for _name, each in self.series]
        lengths = [sum(parts) for parts in zip(*bars, strict=True)] if self.kind == "stack" else [*chain(*bars)]
        return max(lengths, default=0.0)


def chart_parts(chart: NativeChart) -> tuple[bytes, bytes]:
    """A chart's XML, which expects its workbook as relation ``rId1``, and that workbook."""
    from pptx import Presentation
    from pptx.util import Emu

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[-1])
    made = drawn(slide.shapes, chart, Emu(0), Emu(0), Emu(9_000_000), Emu(5_000_000))
    part = made.part
    workbook = part.chart_workbook.xlsx_part
    return part.blob, in_our_faces(workbook.blob)


def drawn(
    shapes: Any,
    chart: NativeChart,
    left: Any,
    top: Any,
    width: Any,
    height: Any,
    *,
    size: float = of.TABLE,
    highest: float | None = None,
) -> Any:
    """A chart put on a slide, with Chinese typefaces in every text of it, which is of this size in points; ``highest``: of all charts that it
    is compared with.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION

    told = CategoryChartData(number_format=_format(chart))
    told.categories = list(chart.categories)
    for name, values in chart.series:
        told.add_series(name, list(values))
    kinds = {"bars": XL_CHART_TYPE.BAR_CLUSTERED, "line": XL_CHART_TYPE.LINE, "stack": XL_CHART_TYPE.BAR_STACKED}
    kind = kinds[chart.kind]
    made = shapes.add_chart(kind, left, top, width, height, told).chart
    made.has_title = False
    made.has_legend = len(chart.series) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    plot = made.plots[0]
    plot.has_data_labels = chart.kind == "bars"
    if chart.kind == "bars":
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = _format(chart), False
        plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
        _keep_in_one_line(plot.data_labels)
    if not chart.is_line:
        plot.gap_width = _WIDE_GAP if len(chart.categories) < _FEW else _GAP_OF_STACK if chart.kind == "stack" else _GAP
    _lay_axes(made, chart, chart.highest if highest is None else highest)
    for series, colour in zip(plot.series, chart.tones or (of.NAVY, GREY), strict=False):
        _colour(series, colour, line=chart.is_line)
        if chart.is_line and len({*series.values}) == 1 and len(chart.series) > 1:
            _dash(series)
        if chart.kind == "stack":
            _label_within(series, colour)
    _name_faces(made, size)
    return made


def ink_on(colour: str) -> str:
    """What can be read on a colour: white or black."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return "FFFFFF" if 299 * red + 587 * green + 114 * blue < _DARK else "000000"


_DARK = 140_000
"""Brightness in thousandths (ITU-R BT.601) below which white is read better."""


def _format(chart: NativeChart) -> str:
    return "0" if chart.decimals == 0 else f"0.{'0' * chart.decimals}"


def _colour(series: Any, colour: str, *, line: bool) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    if line:
        series.smooth = False
        series.format.line.width = Pt(2.25)
        series.format.line.color.rgb = RGBColor.from_string(colour)
    else:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(colour)


def _dash(series: Any) -> None:
    """What stays the same is a limit: printed in black it is told from what grows by its dashes."""
    from pptx.enum.dml import MSO_LINE

    series.format.line.dash_style = MSO_LINE.DASH


def _lay_axes(made: Any, chart: NativeChart, highest: float) -> None:
    """From 0 as far as the highest value of all charts that it is compared with, and room for what stands behind a bar.

    Lines have a colour of their own: a paper has no theme to take one from, and there they would not be seen.
    """
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_TICK_MARK
    from pptx.util import Emu

    pale, values, names = RGBColor.from_string(PALE), made.value_axis, made.category_axis
    values.minimum_scale, values.has_major_gridlines = 0, chart.is_line
    names.format.line.color.rgb = pale
    names.major_tick_mark = values.major_tick_mark = (
        XL_TICK_MARK.NONE
    )  # on a page, a mark that is as small as a letter is taken for one
    if chart.is_line:  # of people, who are counted in whole numbers
        step = next(one for one in _steps() if one * _STEPS >= highest)
        values.maximum_scale, values.major_unit = max(ceil((highest + 1) / step) * step, 2), step
        values.major_gridlines.format.line.color.rgb = pale
        values.format.line.fill.background()
        values.format.line.width = Emu(0)
    else:
        values.maximum_scale = highest * (1 if chart.kind == "stack" else _ROOM_FOR_VALUES) or 1
        values.visible, names.reverse_order = False, True
        _tell_every_name(names)


def _steps() -> Iterator[int]:
    """What one counts by: 1, 2, 5, 10, 20, 50 and so on."""
    return (one * 10**zeros for zeros in count() for one in (1, 2, 5))


def _tell_every_name(axis: Any) -> None:
    """None is left out for want of room."""
    from pptx.oxml import parse_xml

    part = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    last = axis._element.find(f"{{{part}}}noMultiLvlLbl")  # noqa: SLF001
    every = parse_xml(f'<c:tickLblSkip xmlns:c="{part}" val="1"/>')
    if last is None:
        axis._element.append(every)  # noqa: SLF001
    else:
        last.addprevious(every)


def _label_within(series: Any, colour: str) -> None:
    """A part's figure in it, to be read on its colour, none of a part of nothing; a white line between it and the next."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LABEL_POSITION

    labels = series.data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.CENTER
    labels.number_format, labels.number_format_is_linked = "0;;", False
    labels.font.color.rgb = RGBColor.from_string(ink_on(colour))
    _keep_in_one_line(labels)
    series.format.line.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)


def _keep_in_one_line(labels: Any) -> None:
    """A figure is not broken where the room beside its bar is small."""
    body = labels.font._element.getparent().getparent().getparent().bodyPr  # noqa: SLF001
    body.set("wrap", "none")


def _name_faces(made: Any, size: float) -> None:
    """One size for all texts; Chinese in the face of charts, digits in that of the text around: axes, labels and legend have no other."""
    from lxml import etree

    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    made.font.size = int(size * 12700)
    for properties in made._chartSpace.iter(f"{{{main}}}defRPr", f"{{{main}}}endParaRPr"):  # noqa: SLF001  # no word of python-pptx reaches the ea slot
        for slot in ("latin", "ea", "cs"):
            for told in properties.findall(f"{{{main}}}{slot}"):
                properties.remove(told)
            etree.SubElement(properties, f"{{{main}}}{slot}").set("typeface", of.SONG if slot == "ea" else of.LATIN)


def in_our_faces(workbook: bytes) -> bytes:
    """A chart's workbook without foreign typefaces and without the moment at which it was made."""
    return settled(workbook, _in_our_faces)


def _in_our_faces(part: bytes) -> bytes:
    """A part of a chart's workbook without the typefaces that its writer names of itself."""
    for face in of.FOREIGN:
        part = part.replace(face.encode(), of.SONG.encode())
    return without_moments(part)
