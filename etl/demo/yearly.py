"""What the committee's office files once a year: the caps and plans of 2022, the sums of 2021."""

from etl.demo.history import LAST_YEAR, last_year
from etl.demo.layouts import history, targets
from etl.demo.letters import Letter
from etl.demo.sendings import at
from etl.demo.workdays import YEAR


def letters() -> list[Letter]:
    """Both workbooks of January."""
    return [
        Letter(targets.build(), f"{YEAR}年度安全生产控制指标和检查计划.xlsx", at("2022-01-12 09:30")),
        Letter(history.build(last_year()), f"{LAST_YEAR}年执法检查历史数据.xlsx", at("2022-01-14 15:00")),
    ]
