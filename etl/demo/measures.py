"""The ten measures as every office has them on paper: what is asked for, what proves it, what usually lacks."""

from dataclasses import dataclass

FULL_MARK = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the ten, in the words of the forms that were handed out."""

    number: int
    name: str
    requirement: str
    evidence: str
    shortcoming: str


_WORDING = (
    (
        "党政领导责任清单和年度重点工作清单",
        "制定并公示党政领导责任清单和年度重点工作清单",
        "清单文件、公示截图",
        "个别领导的重点工作清单未细化",
    ),
    ("班子成员履职情况听取", "每半年听取班子成员履职情况", "会议纪要、履职报告", "个别班子成员未按时报告"),
    ("三管三必须和监管职责落实", "明确监管职责并落实到科室和人员", "职责分工文件", "新业态的监管职责尚未明确"),
    ("双重预防机制建设", "督促企业开展风险分级管控和隐患排查治理", "风险清单、风险分布图", "部分小微企业未建立机制"),
    (
        "日周月隐患排查和三个层级管控",
        "督促企业落实日周月排查和分级管控",
        "排查台账、抽查记录",
        "部分企业月排查流于形式",
    ),
    ("一线责任制两单两卡", "推动企业岗位建立两单两卡", "两单两卡样本、完成台账", "两单两卡覆盖面不足"),
    ("执法清零和执法强度提升", "完成月度检查计划，杜绝零执法", "执法检查台账、处罚决定书", "处罚占比偏低"),
    ("三部曲闭环执法", "检查、整改、复查形成闭环", "现场检查记录、复查意见书", "部分隐患复查不及时"),
    ("一案双查和挂牌督办", "对事故和重大隐患一案双查、挂牌督办", "督办通知、销号材料", "督办事项反馈滞后"),
    ("有奖举报和联合惩戒", "宣传有奖举报，落实联合惩戒", "宣传资料、举报核查记录", "举报线索偏少"),
)

MEASURES = tuple(Measure(number, *wording) for number, wording in enumerate(_WORDING, start=1))
