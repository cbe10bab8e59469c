"""What templates say: the form's own words, in Chinese whatever the language in use. What columns say is their kind's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from data.zone.periods import Month, Period, Quarter, Year

LEGEND = "填表说明"
ENTERPRISES = "已知企业"
YES, NO = "是", "否"
FOOTER = "填表人：　　　　　审核人：　　　　　联系电话：", "第 &P 页，共 &N 页"
NOTE = "橙色、名称前带 * 的列每行必填；鼠标停在表头上可以看到怎样填写和示例。"
GENERAL = (
    "橙色、名称前带 * 的列，填写了的每一行都必须填；其他列有则填、无则空。",
    "不要改动表头文字和隐藏的工作表；列的顺序可以调整，行不够时接着往下填。",
    "没有可填内容的，保留表头、不填任何行报送，即为零报告（须逐行打分的表除外）。",
    "文书号、信用代码的单元格已设为文本，粘贴时请选“只粘贴值”，以免丢失末尾数字和下拉选项。",
    "本表已写明填报单位和期间，不要改作其他单位或其他期间使用；需要时请重新下载模板。",
    "填好后保存，在“数据报送”页上传即可，不必改文件名。",
)
LEGEND_HEADER = ("表头", "必填", "怎样填写", "示例")
REQUIRED, OPTIONAL = "必填", "选填"
CHOICES_TITLE = "下拉选项"
ENTERPRISES_TITLE = "本单位台账中已有的企业，供选取和复制"
ENTERPRISES_HEADER = ("企业名称", "统一社会信用代码", "行业领域")

CHOOSE = "请从下拉列表中选取"
WHOLE_NUMBER = "请填不小于 0 的整数"
NUMBER = "请填不小于 0 的数字"
CREDIT_CODE = "统一社会信用代码为 18 位，请照营业执照填写"
ANY_DAY = "请填日期，如 2022-05-12"
TIME_OF_DAY = "10:30"
ANY_MOMENT = "请填日期和时间，如 2022-05-12 10:30"
QUANTITY = "请填不小于 0 的数字，不带单位"
LATER_MOMENT = "请填日期和时间，如 2022-05-12 10:30，并且不早于本行前面的时间"
LATER_DAY = "请填日期，如 2022-05-12，并且不早于本行前面的日期"


def day_between(first: date, last: date) -> str:
    """Which days a cell takes."""
    return f"请填 {first} 至 {last} 之间的日期，如 {first:%Y-%m-%d}"


def day_until(last: date) -> str:
    """Up to which day a cell takes days."""
    return f"请填不晚于 {last} 的日期，如 {last:%Y-%m-%d}"


def period_label(period: Period) -> str:
    """The labelled period as it stands above our tables."""
    match period:
        case Month():
            return f"填报月份：{period.year}年{period.month}月"
        case Quarter():
            return f"填报季度：{period.year}年第{period.quarter}季度"
        case Year():
            return f"填报年度：{period.year}年"


def month(period: Month) -> str:
    """A month in a cell."""
    return f"{period.year}年{period.month}月"


def unit_label(unit: str) -> str:
    """The labelled unit as it stands above our tables."""
    return f"填报单位：{unit}（盖章）"


def sheet_title(title: str, *, required: bool) -> str:
    """The heading of a table's columns in the legend."""
    return f"工作表“{title}”{'' if required else '（没有可以不填）'}"


def how_to_fill_in(hint: str, example: str, *, required: bool) -> str:
    """The comment at a column's header."""
    said = f"{REQUIRED if required else OPTIONAL}。{hint}"
    return f"{said}\n示例：{example}" if example else said


def open_case(
    enterprise: str, inspected_on: date, hazards: int, rectified: int, rectify_by: date | None, again: str
) -> str:
    """The comment at a case whose hazards are not all rectified."""
    return "\n".join(
        (
            enterprise,
            f"{inspected_on} 检查，隐患 {hazards} 项，已整改 {rectified} 项",
            f"整改期限 {rectify_by}，{again}",
        )
    )


def plan_item(sentence: str, dues: Sequence[tuple[date, str]], evidence: str, *, anew: bool) -> str:
    """The comment at an item of the plan: its words, what is owed by when, what shows it; ``anew``: it is told for each due day."""
    owed = "，".join(f"{due.month}月{due.day}日前{amount}" for due, amount in dues)
    lines = [sentence, f"期限：{owed}" if owed else "没有期限，只作跟踪", f"佐证：{evidence}"]
    return "\n".join([*lines, "每次到期都要重新填报"] if anew else lines)


def share(target: Fraction) -> str:
    """What part of all is owed."""
    return f"达到{float(target * 100):g}%"


def amount(target: Fraction, measure: str) -> str:
    """How much is owed."""
    return f"达到{float(target):g}{measure}"


NOT_YET = "未复查"


def looked_at_again(on: date, conclusion: str) -> str:
    """What the last re-inspection of a case said."""
    return f"{on} 复查{conclusion}"
