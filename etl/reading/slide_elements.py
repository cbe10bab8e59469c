"""Elements of a slide, and of a chart on it, that say how it looks, and hide or change no word of it: all others are told.

Where what they say of themselves may hide something after all (a size, a colour, a place), ``etl.reading.slide_looks`` looks at that.
"""

from __future__ import annotations

_TEXT = """
txBody bodyPr lstStyle p r t br pPr rPr endParaRPr defRPr lvl1pPr lvl2pPr lvl3pPr lvl4pPr lvl5pPr lvl6pPr lvl7pPr lvl8pPr lvl9pPr
lnSpc spcBef spcAft spcPts spcPct tabLst tab buNone buClr buClrTx buSzPct buSzTx buSzPts buFont buFontTx latin ea cs sym
spAutoFit noAutofit normAutofit fld solidFill srgbClr schemeClr sysClr prstClr noFill rtl uFillTx uLnTx
"""
_SHAPES = """
spLocks graphicFrameLocks xfrm off ext chOff chExt prstGeom avLst ln headEnd tailEnd round miter bevel prstDash effectLst graphic
graphicData tbl tblPr tableStyleId tblGrid gridCol tr tc tcPr lnL lnR lnT lnB lnTlToBr lnBlToTr lnRef fillRef effectRef fontRef
masterClrMapping extLst
"""
_SLIDES = """
sld cSld spTree nvGrpSpPr cNvPr cNvGrpSpPr nvPr grpSpPr sp nvSpPr cNvSpPr spPr ph style txBody graphicFrame nvGraphicFramePr
cNvGraphicFramePr xfrm clrMapOvr transition extLst ext custDataLst tags fade cut
"""
_CHARTS = """
chart chartSpace date1904 lang roundedCorners style autoTitleDeleted plotArea layout barChart lineChart barDir grouping varyColors ser idx order
tx strRef numRef strCache numCache f ptCount pt v formatCode spPr txPr invertIfNegative cat val marker symbol size smooth dLbls numFmt
dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize showLeaderLines separator gapWidth overlap axId catAx
valAx scaling orientation max min delete axPos majorTickMark minorTickMark tickLblPos crossAx crosses crossBetween auto lblAlgn
lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl majorGridlines majorUnit minorUnit legend legendPos overlay plotVisOnly
dispBlanksAs externalData autoUpdate extLst ext hiLowLines dateAx baseTimeUnit protection printSettings headerFooter pageMargins pageSetup
leaderLines showDLblsOverMax
"""
HARMLESS = frozenset(
    [
        *(f"a:{name}" for name in _TEXT.split() + _SHAPES.split()),
        *(f"p:{name}" for name in _SLIDES.split()),
        *(f"c:{name}" for name in _CHARTS.split()),
        *(f"mc:{name}" for name in ("AlternateContent", "Choice", "Fallback")),
        *(f"?:{name}" for name in ("creationId", "modId", "rowId", "colId", "showLeaderLines", "uniqueId")),
    ]
)
