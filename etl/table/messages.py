"""A problem's code and parameters → the sentence that says what is wrong and what to do; the only place with wording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.language import N_, told
from etl.table.problems import FROM_PERIOD, OF_MANY, UNSEEN, Problem

SENTENCES: Mapping[str, str] = {
    "not_a_workbook": N_("The file cannot be read as a spreadsheet. Open it, save it again as .xlsx and send that."),
    "encrypted": N_(
        "The workbook is protected by a password. Remove the password (save as, without one) and send it again."
    ),
    "too_large": N_(
        "The workbook is too large: at most 20 MiB, 200,000 rows and 200 columns. "
        "Delete what lies outside the table (also far below and far to the right) and send it again."
    ),
    "unknown_kind": N_("It cannot be told which table this is. Use our template, or choose the kind: %(kinds)s."),
    "unknown_unit": N_("The reporting unit “%(value)s” is not known. Write the unit's full name behind 填报单位."),
    "unknown_period": N_("The period “%(value)s” cannot be told. Write it above the table, such as %(example)s."),
    "conflict": N_("The workbook contradicts itself: %(values)s. Keep what is right and send it again."),
    "not_allowed": N_("“%(value)s” does not file “%(kind)s”. Check the unit, or hand the file to the office."),
    "closed_period": N_(
        "%(value)s is published, so nothing more is taken for it. If something in it is wrong, tell the office: it may load a "
        "correction, with its reason."
    ),
    "missing_sheet": N_("The sheet “%(sheet)s” is missing. Add it as in our template."),
    "missing_column": N_("The column “%(column)s” is missing. Add it to the header and fill it in."),
    "near_header": N_(
        "The heading “%(value)s” is not known; it may be “%(column)s”, which no other heading is. If so, confirm it on the page 数据报送 (or load with --match), or write “%(column)s” instead; if it is something else, say so there. It is remembered for this unit and table."
    ),
    "missing_value": N_("“%(column)s” must be filled in."),
    "bad_date": N_("“%(value)s” is not a date that can be read. Write it like 2022-5-3 or 2022年5月3日."),
    "bad_number": N_(
        "“%(value)s” is not a number that can be read here. Write digits only; counts are whole and not negative."
    ),
    "bad_choice": N_("“%(value)s” is not one of the choices: %(choices)s."),
    "bad_document_number": N_(
        "“%(value)s” is no number of a document, case or accident. Copy it as it stands on the document."
    ),
    "bad_credit_code": N_("“%(value)s” is not a credit code of 18 characters. Copy it from the business licence."),
    "formula_error": N_(
        "The formula in this cell has no result (“%(value)s”). Correct it, or put the value in its place, and save."
    ),
    "out_of_period": N_(
        "%(value)s does not lie in the month reported (%(first)s to %(last)s). Correct the date or move the row to its month."
    ),
    "inconsistent": N_("The cell contradicts another one."),
    "duplicate_key": N_("“%(value)s” appears twice; the first is in %(first)s. Keep one of them."),
    "unknown_case": N_(
        "The case “%(value)s” was never reported by this unit. Check the number, or report the inspection first."
    ),
    "still_referenced": N_(
        "The case “%(value)s” is gone, but 整改复查 of %(month)s names it. Keep the case, or correct that month first."
    ),
    "total_mismatch": N_(
        "汇总 says %(value)s for “%(measure)s”, the rows add up to %(computed)s. Correct one of them."
    ),
    "outdated": N_(
        "Another version was accepted since this workbook was checked. Have it checked again, look at what changes, and "
        "confirm."
    ),
    "program_error": N_(
        "The program failed on this file: that is not your unit's fault. It is kept, nothing of it was loaded, and the office deals with it."
    ),
    "unknown_column": N_("The column “%(value)s” is not used."),
    "check_digit": N_(
        "The last character of the credit code “%(value)s” does not fit the others. Check it against the licence."
    ),
    "few_inspectors": N_("Fewer than two inspectors are named; the law asks for two."),
    "no_credit_code": N_("The enterprise's credit code is missing; it is then counted by its name."),
    "not_in_register": N_(
        "The credit code “%(value)s” is in no unit's register of enterprises at that time. Check it, or have the "
        "enterprise listed."
    ),
    "number_of_another_unit": N_("The number “%(value)s” was also reported by %(unit)s. Check it."),
    "probable_copy": N_(
        "Enterprises and figures are to %(share)s those of %(unit)s's ledger of %(month)s. Check that this is no copy."
    ),
    "busy_inspectors": N_(
        "“%(value)s” is named in %(inspections)s inspections of %(day)s, more than a person can do in a day. Check who was there."
    ),
    "table_total": N_("The row “%(label)s” says %(value)s, the rows add up to %(computed)s."),
    "hidden_rows": N_(
        "%(count)s hidden or filtered rows were counted: %(rows)s. Show them and check that they belong to the table; "
        "delete those that do not."
    ),
    "far_deadline": N_("整改期限 %(value)s lies %(days)s days after the inspection (more than 90). Check it."),
    "old_period": N_(
        "%(value)s ended on %(last)s, more than a year before this was received (%(received)s). Check the year of the period."
    ),
    "early_zero": N_(
        "Nothing is reported for %(value)s, but that ends on %(last)s only (received on %(received)s). Send it again if something happens until then."
    ),
    "summary_not_read": N_(
        "“%(value)s” of 汇总 was not understood, so it was not compared with the rows. Use the names of our template."
    ),
    "nothing_found": N_("None of the %(inspections)s inspections found a hazard. Check that this is so."),
    "decision_without_penalty": N_(
        "“%(value)s” is a decision, but 是否处罚 is not 是: it is not counted as a penalty."
    ),
    "class_above_criteria": N_(
        "The class “%(value)s” is above “%(computed)s”, which deaths, injuries and loss make; it is taken. Check it."
    ),
    "long_extension": N_(
        "批准延期至 %(value)s lies after %(longest)s, the last day to which an investigation may be extended. Check it."
    ),
    "other_measure": N_(
        "By its number this is measure %(number)s “%(named)s”, but the name is another one's. Check it."
    ),
}

RULES: Mapping[str, str] = {
    "empty_file": N_("The file is empty. Save the workbook again as .xlsx and send that."),
    "web_page": N_(
        "This is a web page, and no table of a known kind stands in it. Check that it is the right file; if it is, open it "
        "in Excel or WPS, put the headers right, save it as .xlsx and send that."
    ),
    "plain_text": N_(
        "This is a text or CSV file, and no table of a known kind stands in it. Check that it is the right file; if it is, "
        "open it in Excel or WPS, put the headers right, save it as .xlsx and send that."
    ),
    "open_quote": N_(
        "This is a CSV file in which a quotation mark is opened and not closed, so that the rows below it cannot be told "
        "apart. Open it in Excel or WPS, check the rows, save it as .xlsx and send that."
    ),
    "cut_off": N_(
        "This is a web page whose table has no end: it was probably not saved whole. Export it once more and send that."
    ),
    "lock_file": N_(
        "This is only the lock file (~$…) that Excel or WPS leaves while a workbook is open. The workbook itself lies beside "
        "it, under the same name without ~$: close it and send that."
    ),
    "shortcut": N_(
        "This is only a shortcut to a file. Send the file itself, from the folder that the shortcut leads to."
    ),
    "other_document": N_(
        "This is a document or picture, not a workbook. Fill in our template in Excel or WPS and send that."
    ),
    "archive": N_("This is an archive of files. Unpack it and send the workbooks in it one by one."),
    "two_kinds": N_(
        "It cannot be told which kind it is, for it speaks of several: %(values)s. Keep one kind in a workbook."
    ),
    "two_sheets": N_(
        "The sheets %(values)s are each a table “%(table)s” with rows. Put all rows on one sheet, or delete the sheet "
        "that is not meant, and send it again."
    ),
    "no_header": N_(
        "The sheet is named after a table and is filled in, but has no header with “%(column)s”. Write the header as in our template above its rows, or delete the sheet if it is not meant."
    ),
    "hidden_table": N_(
        "The sheets %(values)s are hidden and hold rows of “%(table)s”, while the table that is shown has none. What is hidden is not read: unhide the sheet, or delete it, and send it again."
    ),
    "columns_twice": N_(
        "“%(column)s” stands in the header twice (%(values)s), as %(columns)s columns do: two tables side by side. Put all rows below each other in one table, or delete the columns that are not meant."
    ),
    "other_money": N_(
        "The amounts of “%(column)s” are in %(value)s, but only 元 and 万元 are read. Write them in one of these and say so in the heading."
    ),
    "period_january_or_october": N_(
        "%(value)s as a number may be January or October. Write the period above the table as text, such as %(example)s."
    ),
    "not_begun": N_(
        "%(value)s begins on %(first)s, but this was received on %(received)s: nothing of it can be reported yet. Correct the period, also above the table."
    ),
    "after_receipt": N_(
        "%(value)s lies after %(received)s, the day on which the workbook was received. Correct the date."
    ),
    "after_period": N_(
        "%(value)s lies after %(last)s, the last day of the period reported. Correct the date, or report it in its own period."
    ),
    "choice_of_another_year": N_(
        "All %(days)s dates of “%(title)s” lie in %(actual)s, but the period chosen is %(reported)s. Choose the right period, or correct the year of the dates."
    ),
    "label_of_another_year": N_(
        "All %(days)s dates of “%(title)s” lie in %(actual)s, but the period reported is %(reported)s. Correct the period above the table (%(label_cell)s), or the year of the dates."
    ),
    "no_summary": N_(
        "The sheet is named 汇总, but none of the sums that it should state was found, so nothing was compared. Name them as in our template, each with its figure beside or below it."
    ),
    "two_units": N_("Different units are named: %(values)s. Keep the one that sends this, also in the form's choice."),
    "two_periods": N_("Different periods are named: %(values)s. Keep the right one, also in the form's choice."),
    "of_another_unit": N_(
        "This is a workbook of %(value)s, but your account sends for %(own)s alone. Choose your own workbook."
    ),
    "only_the_office": N_(
        "“%(kind)s” is sent by the accounts of the committee's office alone. Hand the file to the office."
    ),
    "moves_published": N_(
        "This ledger would change the figures of %(value)s, which is published. Tell the office: it may load it, with its reason."
    ),
    "second_account": N_(
        "%(value)s is published, and these are the office's own figures: a second account has to confirm the correction. Upload "
        "it on the page with the reason as its note, and confirm it there."
    ),
    "major_above_hazards": N_(
        "%(value)s major hazards are more than the %(hazards)s hazards found. Correct one of the two."
    ),
    "rectified_above_hazards": N_(
        "%(value)s rectified hazards are more than the %(hazards)s found. Correct one of the two."
    ),
    "hazards_without_deadline": N_("%(hazards)s hazards were found, so 整改期限 must be filled in."),
    "deadline_before_inspection": N_(
        "整改期限 %(value)s lies before the inspection on %(inspected)s. Correct one of the dates."
    ),
    "penalty_without_decision": N_("是否处罚 is 是, so 处罚决定书号 must be filled in."),
    "fine_without_penalty": N_("A fine of %(value)s yuan is given, but 是否处罚 is not 是. Correct one of the two."),
    "reinspection_without_conclusion": N_("There was a re-inspection on %(day)s, so 复查结论 must be filled in."),
    "conclusion_without_reinspection": N_("复查结论 is %(conclusion)s, so 复查日期 must be filled in."),
    "reinspection_before_inspection": N_(
        "复查日期 %(value)s lies before the inspection on %(inspected)s. Correct one of the dates."
    ),
    "reinspection_after_receipt": N_(
        "复查日期 %(value)s lies after %(received)s, the day on which the workbook was received."
    ),
    "not_above": N_("“%(column)s” %(value)s is more than “%(other)s” %(limit)s. Correct one of the two."),
    "not_before": N_("“%(column)s” %(value)s lies before “%(other)s” %(limit)s. Correct one of the dates."),
    "not_after_receipt": N_(
        "“%(column)s” %(value)s lies after %(received)s, the day on which the workbook was received."
    ),
    "not_after": N_("“%(column)s” %(value)s lies after “%(other)s” %(limit)s. Correct one of the two."),
    "neither": N_(
        "Neither “%(column)s” nor “%(other)s” is filled in. Fill in when it happened, or when the warning was given."
    ),
    "no_time": N_(
        "“%(column)s” %(value)s and “%(other)s” are of one day, so the minutes between them cannot be told. Write hour and minute "
        "too, like 2022-5-3 14:30."
    ),
    "needed_with": N_("“%(other)s” is %(given)s, so “%(column)s” must be filled in."),
    "needed_column": N_(
        "The column “%(column)s” is missing; these rows need it because of “%(other)s”. Add it and fill it in there."
    ),
    "spans": N_(
        "“%(value)s” is already listed in %(first)s for the same time. Keep one of the rows, or say of each from "
        "when to when it holds, so that no day lies in both."
    ),
    "no_code_of_hazard": N_(
        "The enterprise's credit code is missing, so that the hazard cannot be held against the register."
    ),
    "completed_without": N_(
        "A day of completion %(value)s is given, but “%(lacking)s” is not there. Leave the day empty until all four are."
    ),
    "no_plan": N_(
        "There is no work plan of %(year)s here, so that no item of it can be told of. Correct the period, or have the office put "
        "the plan in."
    ),
    "item_unknown": N_("“%(value)s” is no item of the work plan of %(year)s. %(unit)s files %(items)s."),
    "item_turned_into_date": N_(
        "The spreadsheet has made a date of this number (“%(value)s”). Format the cell as text and write the number again; "
        "%(unit)s files %(items)s."
    ),
    "item_of_the_system": N_(
        "“%(value)s” (%(title)s) is worked out from other workbooks and filed by nobody: leave the row away. %(unit)s files "
        "%(items)s."
    ),
    "item_of_others": N_(
        "“%(value)s” (%(title)s) is filed by %(filers)s, not by %(unit)s, which files %(items)s. Correct the number, or leave the "
        "row away."
    ),
    "object_needed": N_(
        "Item %(item)s (%(title)s) is told of object by object, so “%(column)s” must say which: %(objects)s."
    ),
    "other_measure_of_item": N_(
        "“%(value)s” cannot be read here: item %(item)s is measured in %(measure)s. Write the number in that, digits only."
    ),
    "month": N_("“%(value)s” was already reported in %(month)s. A number may stand in one month's ledger only."),
    "other_year": N_(
        "%(value)s does not lie in the year %(year)s. Correct the date, or send it with that year's table."
    ),
    "other_full_mark": N_("The full mark of this measure is %(full)s, not %(value)s. Use the scheme's full mark."),
    "mark_above_full": N_("The mark %(value)s is above the full mark %(full)s. Correct it."),
    "class_below_criteria": N_(
        "The class “%(value)s” is below “%(computed)s”, which deaths (the missing among them), serious injuries and "
        "loss make by Decree 493. Correct the class or the figures."
    ),
    "length": N_("“%(value)s” has %(length)s characters; a credit code has 18. Copy it from the business licence."),
    "number": N_(
        "The credit code “%(value)s” was typed as a number and has lost digits. Format the cell as text and type it again."
    ),
    "characters": N_(
        "“%(value)s” contains %(characters)s, which no credit code has (such as I, O, S, V, Z). Check it against the licence."
    ),
    "no_result": N_(
        "The formula in this cell has no stored result. Let Excel or WPS compute it and save, or put the value in its place."
    ),
    "no_unit": N_(
        "It cannot be told which unit sends this. Write the unit's full name behind 填报单位 above the table."
    ),
    "no_period": N_("It cannot be told which period this is. Write it above the table, such as %(example)s."),
    "beyond": N_(
        "“%(value)s” is more than %(limit)s, the most that can be reported here. Check the digits and the unit (元, 万元)."
    ),
    "like_a_total": N_(
        "Row %(row)s looks like a row of sums (“%(seen)s” in %(at)s), but other cells of it are filled as in a row of data, "
        "so it was read as one. If it is a sum, empty those cells; if it is data, change “%(seen)s” and fill in what is missing."
    ),
    "like_sums": N_(
        "Row %(row)s holds only numbers and looks like a row of sums, but they are not the sums of the rows above, so it was "
        "read as a row of data. If it is a sum, write 合计 in front and correct it; if it is data, fill in what is missing."
    ),
    "like_a_heading": N_(
        "Row %(row)s looks like a heading, a sum or a remark (“%(seen)s”), but this is not certain, so it was read as a row of "
        "data, in which “%(column)s” must be filled in. If it is none, write it into one cell; if it is data, fill it in."
    ),
    "other_header": N_(
        "Row %(row)s repeats the header, but “%(seen)s” (%(at)s) stands over another column than in the header of the table. "
        "Bring the columns below it into the same order, or put what is another table on a sheet of its own."
    ),
    "sums_without_rows": N_(
        "The table has no row of data, but row %(row)s “%(label)s” states a sum. Add the rows, or delete that row, and send it again."
    ),
    "rows_elsewhere": N_(
        "The table has no row of data, but row %(row)s says that it stands elsewhere. Put the rows into the table, or delete "
        "that row where there is nothing to report, and send it again."
    ),
    "only_hidden_rows": N_(
        "All rows of the table are hidden (%(rows)s), and hidden rows were not to be read. Show those that count, or delete "
        "the rows where there is nothing to report, and send it again."
    ),
    "too_long": N_("The text is longer than %(longest)s characters. Shorten it."),
    "no_such_day": N_("“%(value)s”: there is no day %(day)s of month %(month)s. Check the date."),
    "implausible_year": N_(
        "“%(value)s” was read as a day of the year %(year)s; it must lie from 1980 to 2100. Check the date."
    ),
    "time_of_day": N_(
        "“%(value)s”: it cannot be told which time of the day this is. Write it by 24 hours, like 2022-5-3 14:30."
    ),
    "month_alone": N_("“%(value)s” names a month, but no day of it. Write the day, like 2022-5-3 or 2022年5月3日."),
    "several_days": N_("“%(value)s” names more than one day. Write one date in a cell, like 2022-5-3 or 2022年5月3日."),
    "no_digits": N_("“%(value)s” does not say which day. Write the date itself, like 2022-5-3 or 2022年5月3日."),
    "no_month": N_("“%(value)s” is not a month that can be read. Write it like 5月 or 2022年5月."),
    "january_or_october": N_(
        "“%(value)s” is a number: it cannot be told whether January or October is meant. Write it like 2022年1月 or 2022年10月."
    ),
    "amount": N_(
        "“%(value)s” is not an amount of money that can be read. Write digits only; where the unit is not the heading's, "
        "write 元 or 万元 behind them."
    ),
    "negative_amount": N_("“%(value)s” is below 0, which no amount of money can be here. Check it."),
    "negative": N_("“%(value)s” is below 0. Counts are whole numbers from 0 on."),
    "not_whole": N_("“%(value)s” is not a whole number. Counts are whole numbers."),
    "stored_fraction": N_(
        "%(value)s is stored in the cell, which may show it rounded. Counts are whole numbers: write the one that is meant."
    ),
    "within": N_(
        "“%(value)s” has blanks, line breaks or marks within: it cannot be told which number is meant. Write one number "
        "alone, and what explains it under 备注."
    ),
    "mark": N_("“%(value)s” is not a mark that can be read. Write a number from 0 to 1,000 with six decimals at most."),
    "shown": N_(
        "The cell shows “%(shown)s”, but %(stored)s is stored in it. Set its format to 常规 (General) and write the number "
        "that is meant, an amount of money with its unit."
    ),
    "none_or_zero": N_("“%(column)s” says “%(value)s”, which may be none or not known. Where there is none, write 0."),
    "nothing_above": N_("“%(column)s” says “%(value)s”, but nothing stands above it. Fill it in."),
    "placeholder": N_(
        "“%(value)s” only stands in the place of a number. Copy the whole number from the document; what has no document as "
        "yet is reported when it has."
    ),
    "without_serial": N_(
        "“%(value)s” lacks its serial number. Copy the whole number from the document, like 〔2022〕12号."
    ),
    "turned_into_date": N_(
        "The spreadsheet has made a date or time of this number (“%(value)s”), and what was typed is lost. Format the cell as "
        "text and copy the number from the document again."
    ),
    "lost_digits": N_(
        "This number is stored as a figure (“%(value)s”), of which only 15 digits are kept. Format the cell as text and copy "
        "the number from the document again."
    ),
    "several_numbers": N_(
        "“%(value)s” seems to hold more than one number. Write one number in a cell, and each in a row of its own."
    ),
}

NOT_SEEN = N_("%(said)s (Characters that cannot be seen stand in the cell; they were left out.)")
NEW_RULE = N_("%(said)s (A new rule: from %(from_period)s on it refuses the workbook.)")

MANY: Mapping[str, str] = {
    "column": N_(
        "%(count)s cells of the column “%(column)s” must be corrected, such as %(cell)s: %(said)s Check whether the whole "
        "column stands in the wrong place or is written in the wrong form."
    ),
    "cells": N_(
        "%(count)s cells of the column “%(column)s” must be corrected, such as %(cell)s: %(said)s Correct the others likewise."
    ),
    "notes": N_("%(count)s cells of the column “%(column)s” should be checked, such as %(cell)s: %(said)s"),
    "places": N_("%(count)s times in “%(column)s”, such as: %(said)s"),
    "rest": N_("%(count)s more of the kind elsewhere, such as: %(said)s"),
}
"""An entry that speaks of several unlike problems; ``said`` is the sentence about one of them."""

EXAMPLES = {
    "month": "填报月份：2022年5月",
    "quarter": "填报季度：2022年第2季度",
    "year": "填报年度：2022年",
}


def sentence(problem: Problem) -> str:
    """The problem in words, in the language in use."""
    return told(*message_of(problem))


def message_of(problem: Problem) -> tuple[str, dict[str, Any]]:
    """The message id of a problem's sentence and what fills it: what is stored, so that it can be shown anywhere."""
    parameters: dict[str, Any] = {"value": problem.value or "", "column": problem.column or "", **problem.parameters}
    parameters["example"] = EXAMPLES.get(str(parameters.get("frequency")), EXAMPLES["month"])
    *within, message = _templates(problem)
    if within:
        parameters["within"] = within
    return message, parameters


def _templates(problem: Problem) -> list[str]:
    """What is said, and each sentence that quotes the one before it."""
    templates = [_template(problem)]
    if UNSEEN in problem.parameters:
        templates.append(NOT_SEEN)
    if OF_MANY in problem.parameters:
        templates.append(MANY[str(problem.parameters[OF_MANY])])
    if FROM_PERIOD in problem.parameters:
        templates.append(NEW_RULE)
    return templates


def _template(problem: Problem) -> str:
    rule = str(problem.parameters.get("rule") or problem.parameters.get("reason") or "")
    value = problem.parameters.get("value", problem.value)
    if problem.code in {"unknown_unit", "unknown_period"} and not value:
        rule = f"no_{problem.code.removeprefix('unknown_')}"
    if problem.code == "formula_error" and not value:
        rule = "no_result"
    if "longest" in problem.parameters:
        rule = "too_long"
    return RULES.get(rule) or SENTENCES[problem.code]
