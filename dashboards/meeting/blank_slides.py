"""The slides that ours are laid on where an office gives none: white, the title navy, a thin rule, a footer. Made anew, faces and all."""

from __future__ import annotations

import io
from typing import Any

from dashboards.meeting import measures as of
from dashboards.meeting import slide_measures as on
from dashboards.meeting.slide_measures import Box

NAVY, GREY, RED = of.NAVY, "595959", "B00020"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:a="{_A}" xmlns:p="{_P}" xmlns:r="{_R}"'
_COLOURS = {
    "dk1": "1A1A1A", "lt1": "FFFFFF", "dk2": NAVY, "lt2": "EEF1F6", "accent1": NAVY, "accent2": "7F7F7F", "accent3": "8EA3C8",
    "accent4": "A6761D", "accent5": "4F7F6F", "accent6": "B00020", "hlink": NAVY, "folHlink": "595959",
}  # fmt: skip
_COVER_LAYOUT, _TITLE_LAYOUT = 0, 5
"""Of the layouts that the library's own presentation has, those that are made anew."""


def blank_slides() -> bytes:
    """A presentation without a slide, with two layouts: a cover, and a title over what is shown."""
    from pptx import Presentation
    from pptx.util import Emu

    made = Presentation()
    made.slide_width, made.slide_height = Emu(round(on.WIDTH * on.EMU)), Emu(round(on.HEIGHT * on.EMU))
    made.element.find(f"{{{_P}}}sldSz").attrib.pop("type", None)
    kept = [made.slide_layouts[_COVER_LAYOUT], made.slide_layouts[_TITLE_LAYOUT]]
    for layout in list(made.slide_layouts):
        if layout not in kept:
            made.slide_layouts.remove(layout)
    cover, titled = kept
    _renew(cover.element, _cover(), "title")
    cover.element.set("showMasterSp", "0")
    _renew(titled.element, _titled(), "titleOnly")
    _renew(made.slide_master.element, _master(), None)
    _replace_styles(made.slide_master.element)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _renew(element: Any, content: str, kind: str | None) -> None:
    """What stands on a master or a layout is ours."""
    element.replace(element.find(f"{{{_P}}}cSld"), _element(content))
    if kind is not None:
        element.set("type", kind)
    for name in ("transition", "timing"):
        for one in element.findall(f"{{{_P}}}{name}"):
            element.remove(one)


def _element(content: str) -> Any:
    """Parsed by the library's own parser: its classes know what they are."""
    from pptx.oxml import parse_xml

    return parse_xml(content)


def _replace_styles(master: Any) -> None:
    master.replace(master.find(f"{{{_P}}}txStyles"), _element(_styles()))


def _master() -> str:
    title = _placeholder(2, "title", "标题", on.TITLE, anchor="b")
    return _sheet("", title + _rule(3, on.RULE, "D0D5DF") + _feet(4))


def _titled() -> str:
    return _sheet("标题", _placeholder(2, "title", "标题", None) + _feet(3))


def _cover() -> str:
    below = _placeholder(3, "subTitle", "副题", on.COVER_BELOW, idx=1, size=18, colour=GREY)
    title = _placeholder(2, "ctrTitle", "标题", on.COVER_TITLE, anchor="b", size=on.COVER_SIZES[0])
    return _sheet(
        "封面", _rule(7, Box(0.0, 0.0, 6.0, on.HEIGHT), NAVY) + title + _rule(4, on.COVER_RULE, NAVY) + below + _feet(5)
    )


def _feet(first: int) -> str:
    number = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="zh-CN"/><a:t>‹#›</a:t></a:fld>'
    )
    foot = _placeholder(first, "ftr", "页脚", on.FOOTER, idx=11, size=11, colour=GREY, anchor="ctr", small=True)
    page = _placeholder(first + 1, "sldNum", "页码", on.NUMBER, idx=12, size=11, colour=GREY, anchor="ctr", align="r", small=True, text=number)  # fmt: skip
    return foot + page


def _sheet(name: str, shapes: str) -> str:
    named = f' name="{name}"' if name else ""
    ground = '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    group = (
        '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
    )
    return f"<p:cSld {NAMESPACES}{named}>{ground if not name else ''}<p:spTree>{group}{shapes}</p:spTree></p:cSld>"


def standing(box: Box, tag: str = "a:xfrm") -> str:
    """Where a shape stands, as XML."""
    left, top, width, height = (round(one * on.EMU) for one in (box.left, box.top, box.width, box.height))
    return f'<{tag}><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></{tag}>'


def _placeholder(
    number: int, kind: str, name: str, box: Box | None, *, idx: int | None = None, size: int | None = None, colour: str | None = None,
    anchor: str | None = None, align: str = "l", small: bool = False, text: str = "",
) -> str:  # fmt: skip
    """A placeholder; without a box where the master has it."""
    index = "" if idx is None else f' idx="{idx}"'
    quarter = ' sz="quarter"' if small else ""
    stands = "" if box is None else f'{standing(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    anchored = "" if anchor is None else f' anchor="{anchor}"'
    inset = "" if box is None else ' lIns="0" tIns="0" rIns="0" bIns="0" wrap="square"'
    fill = "" if colour is None else f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    style = (
        "<a:lstStyle/>" if size is None
        else f'<a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/><a:defRPr sz="{size * 100}">{fill}{faces(of.SONG)}</a:defRPr></a:lvl1pPr></a:lstStyle>'
        if kind != "ctrTitle"
        else f'<a:lstStyle><a:lvl1pPr algn="{align}"><a:defRPr sz="{size * 100}"/></a:lvl1pPr></a:lstStyle>'
    )  # fmt: skip
    said = text or (f'<a:r><a:rPr lang="zh-CN"/><a:t>{name}</a:t></a:r>' if kind != "ftr" else "")
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"{quarter}{index}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{stands}</p:spPr><p:txBody><a:bodyPr{inset}{anchored}><a:normAutofit/></a:bodyPr>{style}<a:p>{said}</a:p></p:txBody></p:sp>"
    )


def _rule(number: int, box: Box, colour: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number + 20}" name="线"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{standing(box)}'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def faces(east_asian: str, latin: str = of.LATIN) -> str:
    """The typefaces of a text, in every slot that a program may look into."""
    return f'<a:latin typeface="{latin}"/><a:ea typeface="{east_asian}"/><a:cs typeface="{latin}"/>'


def _styles() -> str:
    level = "".join(
        f'<a:lvl{number}pPr marL="0" indent="0" algn="l"><a:buNone/><a:defRPr sz="1800"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>{faces(of.SONG)}</a:defRPr></a:lvl{number}pPr>'
        for number in range(1, 10)
    )
    title = (
        f'<a:lvl1pPr algn="l"><a:buNone/><a:defRPr sz="{on.TITLE_SIZES[0] * 100}" b="1"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
        f"{faces(of.HEI)}</a:defRPr></a:lvl1pPr>"
    )
    return (
        f"<p:txStyles {NAMESPACES}><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{level}</p:bodyStyle>"
        f"<p:otherStyle>{level}</p:otherStyle></p:txStyles>"
    )


def theme() -> bytes:
    """Colours, and two typefaces: 黑体 of headings, 宋体 of all else."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<a:theme xmlns:a="{_A}" name="通报"><a:themeElements>'
        f'<a:clrScheme name="通报">{colours}</a:clrScheme><a:fontScheme name="通报"><a:majorFont>{faces(of.HEI)}</a:majorFont>'
        f'<a:minorFont>{faces(of.SONG)}</a:minorFont></a:fontScheme><a:fmtScheme name="通报"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    ).encode()
