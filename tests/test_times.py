from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING, Any

import pytest
from growing import grows_with_its_size
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.times import find_times, questions
from toolkit.times._calendar import part_of, period
from toolkit.times._edtf import edtf
from toolkit.times._grammar import find, grammar, longest
from toolkit.times._holidays import day_of_holiday
from toolkit.times._lengths import length
from toolkit.times._lexicon import tables
from toolkit.times._numbers import number, spelled_year
from toolkit.times._readers import READERS
from toolkit.times._tokens import split_sentences, tokenize

if TYPE_CHECKING:
    from toolkit.records import TimeExpression

Triple = tuple[str, str, str]
WEDNESDAY = dt.date(2026, 2, 18)

# Sentence, and the expressions found in it when it is published on Wednesday, 18 February 2026.
TABLE = [
    ("The envoys signed the accord on 17 February 2026.", [("17 February 2026", "DATE", "2026-02-17")]),
    ("The envoys signed the accord on February 17, 2026.", [("February 17, 2026", "DATE", "2026-02-17")]),
    ("The envoys signed the accord on Feb. 17, 2026, in Geneva.", [("Feb. 17, 2026", "DATE", "2026-02-17")]),
    ("The envoys signed the accord on Tuesday, Feb. 17, 2026.", [("Tuesday, Feb. 17, 2026", "DATE", "2026-02-17")]),
    (
        "The envoys signed the accord on Tuesday, 17 February 2026.",
        [("Tuesday, 17 February 2026", "DATE", "2026-02-17")],
    ),
    (
        "The envoys signed the accord on the 17th of February 2026.",
        [("the 17th of February 2026", "DATE", "2026-02-17")],
    ),
    ("The envoys signed the accord on February 17th, 2026.", [("February 17th, 2026", "DATE", "2026-02-17")]),
    ("The log says 2026-02-17.", [("2026-02-17", "DATE", "2026-02-17")]),
    ("The log says 2026-02-17T14:00:00Z.", [("2026-02-17T14:00:00Z", "TIME", "2026-02-17T14:00:00Z")]),
    ("The form is dated 17/02/2026.", [("17/02/2026", "DATE", "2026-02-17")]),
    ("The form is dated 02/17/2026.", [("02/17/2026", "DATE", "2026-02-17")]),
    ("The form is dated 17.02.2026.", [("17.02.2026", "DATE", "2026-02-17")]),
    ("The form is dated 03/04/2025.", [("03/04/2025", "DATE", "2025-XX-XX")]),
    ("The truce was agreed on 1 Sept 1995.", [("1 Sept 1995", "DATE", "1995-09-01")]),
    ("The truce was agreed on Sept. 1, 1995.", [("Sept. 1, 1995", "DATE", "1995-09-01")]),
    ("The parties met on February 3.", [("February 3", "DATE", "2026-02-03")]),
    ("The parties met on 3 February.", [("3 February", "DATE", "2026-02-03")]),
    ("The parties met on Feb. 3.", [("Feb. 3", "DATE", "2026-02-03")]),
    ("The parties met on the 3rd of February.", [("the 3rd of February", "DATE", "2026-02-03")]),
    ("The parties met on Dec. 3.", [("Dec. 3", "DATE", "2025-12-03")]),
    ("The parties will meet on Dec. 3.", [("Dec. 3", "DATE", "2026-12-03")]),
    ("The parties will meet on March 3.", [("March 3", "DATE", "2026-03-03")]),
    ("The ministers will meet again on 20 March.", [("20 March", "DATE", "2026-03-20")]),
    ("The parties met on Nov. 28.", [("Nov. 28", "DATE", "2025-11-28")]),
    ("The parties met on 17-18 February.", [("17", "DATE", "2026-02-17"), ("18 February", "DATE", "2026-02-18")]),
    ("The parties met on Feb. 3-5, 2026.", [("Feb. 3", "DATE", "2026-02-03"), ("5, 2026", "DATE", "2026-02-05")]),
    ("The parties met from 10 to 16 January.", [("10", "DATE", "2026-01-10"), ("16 January", "DATE", "2026-01-16")]),
    ("The parties met on January 12 and 13.", [("January 12", "DATE", "2026-01-12"), ("13", "DATE", "2026-01-13")]),
    ("The treaty was signed in February 2026.", [("February 2026", "DATE", "2026-02")]),
    ("The treaty was signed in Feb. 2020.", [("Feb. 2020", "DATE", "2020-02")]),
    ("The treaty was signed in early February 2026.", [("early February 2026", "DATE", "2026-02")]),
    ("The treaty was signed in mid-February.", [("mid-February", "DATE", "2026-02")]),
    ("The treaty was signed in late January.", [("late January", "DATE", "2026-01")]),
    ("The treaty was signed at the end of March 2025.", [("the end of March 2025", "DATE", "2025-03")]),
    ("The treaty was signed at the beginning of January.", [("the beginning of January", "DATE", "2026-01")]),
    ("The ceasefire collapsed in October.", [("October", "DATE", "2025-10")]),
    ("The ceasefire will start in October.", [("October", "DATE", "2026-10")]),
    ("The ceasefire collapsed last October.", [("last October", "DATE", "2025-10")]),
    ("The ceasefire begins this March.", [("this March", "DATE", "2026-03")]),
    ("The ceasefire begins next June.", [("next June", "DATE", "2026-06")]),
    ("The vote takes place in April of this year.", [("April of this year", "DATE", "2026-04")]),
    ("The vote took place in July last year.", [("July last year", "DATE", "2025-07")]),
    ("They may march in May.", [("May", "DATE", "2026-05")]),
    ("May I ask about the talks?", []),
    ("The deputy, April Jones, left early.", []),
    ("The march on the capital ended.", []),
    ("The war began in 2014.", [("2014", "DATE", "2014")]),
    ("The war began in late 2025.", [("late 2025", "DATE", "2025")]),
    ("The war began in early 2014.", [("early 2014", "DATE", "2014")]),
    ("The war began around 2014.", [("around 2014", "DATE", "2014")]),
    ("The army had 2014 tanks.", []),
    ("The army counted 1950 soldiers.", []),
    ("The price rose to $2014.", []),
    ("The king ruled until 1763.", [("1763", "DATE", "1763")]),
    ("The war lasted from 1939 to 1945.", [("1939", "DATE", "1939"), ("1945", "DATE", "1945")]),
    ("The 2010-11 season was cut short.", [("2010", "DATE", "2010"), ("11", "DATE", "2011")]),
    ("The class of '98 met again.", [("'98", "DATE", "1998")]),
    ("The year two thousand was a turning point.", [("The year two thousand", "DATE", "2000")]),
    ("It was founded in nineteen ninety-six.", [("nineteen ninety-six", "DATE", "1996")]),
    ("The budget for fiscal 2025 was cut.", [("fiscal 2025", "DATE", "2025")]),
    ("The budget for fiscal year 2025 was cut.", [("fiscal year 2025", "DATE", "2025")]),
    ("The city fell in 490 BC.", [("490 BC", "DATE", "BC0490")]),
    ("The city fell in AD 70.", [("AD 70", "DATE", "0070")]),
    ("It was built in the 1990s.", [("the 1990s", "DATE", "199")]),
    ("It was built in the early 1980s.", [("the early 1980s", "DATE", "198")]),
    ("It was built in the '80s.", [("the '80s", "DATE", "198")]),
    ("It was built in the nineties.", [("the nineties", "DATE", "199")]),
    ("She is in her 30s.", []),
    ("It was built in the 20th century.", [("the 20th century", "DATE", "19")]),
    ("It was built in the twenty-first century.", [("the twenty-first century", "DATE", "20")]),
    ("It was built in the fifth century BC.", [("the fifth century BC", "DATE", "BC04")]),
    ("A 19th-century treaty applies.", [("19th-century", "DATE", "18")]),
    ("They met in the summer of 2025.", [("the summer of 2025", "DATE", "2025-SU")]),
    ("They met in spring 2025.", [("spring 2025", "DATE", "2025-SP")]),
    ("They met last summer.", [("last summer", "DATE", "2025-SU")]),
    ("They met last winter.", [("last winter", "DATE", "2025-WI")]),
    ("They will meet next spring.", [("next spring", "DATE", "2026-SP")]),
    ("They will meet this summer.", [("this summer", "DATE", "2026-SU")]),
    ("They will meet in the autumn.", [("the autumn", "DATE", "2026-FA")]),
    ("Prices fall when talks begin.", []),
    ("The fall of the city came quickly.", []),
    (
        "The talks broke down in the winter of nineteen ninety-four.",
        [("the winter of nineteen ninety-four", "DATE", "1994-WI")],
    ),
    ("Growth slowed in the second quarter of 2025.", [("the second quarter of 2025", "DATE", "2025-Q2")]),
    ("Growth slowed in Q2 2025.", [("Q2 2025", "DATE", "2025-Q2")]),
    ("Growth slowed in the third quarter.", [("the third quarter", "DATE", "2025-Q3")]),
    ("Growth will pick up in the second quarter.", [("the second quarter", "DATE", "2026-Q2")]),
    ("Growth will pick up in next year's first quarter.", [("next year's first quarter", "DATE", "2027-Q1")]),
    ("Growth slowed in the first half of 2025.", [("the first half of 2025", "DATE", "2025-H1")]),
    ("Growth slowed in H1 2025.", [("H1 2025", "DATE", "2025-H1")]),
    ("Growth slowed in the second half of last year.", [("the second half of last year", "DATE", "2025-H2")]),
    ("The envoys met on Tuesday.", [("Tuesday", "DATE", "2026-02-17")]),
    ("The envoys met on Wednesday.", [("Wednesday", "DATE", "2026-02-18")]),
    ("The envoys met Thursday.", [("Thursday", "DATE", "2026-02-12")]),
    ("The envoys will meet on Friday.", [("Friday", "DATE", "2026-02-20")]),
    ("The envoys will meet on Tuesday.", [("Tuesday", "DATE", "2026-02-24")]),
    ("The envoys are expected to meet on Monday.", [("Monday", "DATE", "2026-02-23")]),
    ("The envoys agreed to meet on Sunday.", [("Sunday", "DATE", "2026-02-22")]),
    ("The envoys met last Tuesday.", [("last Tuesday", "DATE", "2026-02-17")]),
    ("The envoys met last Wednesday.", [("last Wednesday", "DATE", "2026-02-11")]),
    ("The envoys will meet next Tuesday.", [("next Tuesday", "DATE", "2026-02-24")]),
    ("The envoys will meet this Friday.", [("this Friday", "DATE", "2026-02-20")]),
    ("The envoys met on Monday of last week.", [("Monday of last week", "DATE", "2026-02-09")]),
    ("The envoys will meet on Monday next week.", [("Monday next week", "DATE", "2026-02-23")]),
    ("The envoys met on Tuesday night.", [("Tuesday night", "TIME", "2026-02-17TNI")]),
    ("The envoys met late Tuesday.", [("late Tuesday", "DATE", "2026-02-17")]),
    ("The envoys met early on Tuesday.", [("early on Tuesday", "DATE", "2026-02-17")]),
    ("Tuesday's talks lasted long.", [("Tuesday", "DATE", "2026-02-17")]),
    ("The deadline is by Friday.", [("Friday", "DATE", "2026-02-20")]),
    ("They have until 9 a.m. Friday.", [("9 a.m. Friday", "TIME", "2026-02-20T09:00")]),
    ("A meeting planned for Saturday was called off.", [("Saturday", "DATE", "2026-02-14")]),
    ("The envoys met today.", [("today", "DATE", "2026-02-18")]),
    ("The envoys met yesterday.", [("yesterday", "DATE", "2026-02-17")]),
    ("The envoys will meet tomorrow.", [("tomorrow", "DATE", "2026-02-19")]),
    ("The envoys met yesterday morning.", [("yesterday morning", "TIME", "2026-02-17TMO")]),
    ("The envoys meet tonight.", [("tonight", "TIME", "2026-02-18TNI")]),
    ("The envoys met last night.", [("last night", "TIME", "2026-02-17TNI")]),
    ("The envoys met this morning.", [("this morning", "TIME", "2026-02-18TMO")]),
    ("The envoys met the day before yesterday.", [("the day before yesterday", "DATE", "2026-02-16")]),
    ("The envoys will meet the day after tomorrow.", [("the day after tomorrow", "DATE", "2026-02-20")]),
    ("The envoys met this week.", [("this week", "DATE", "2026-W08")]),
    ("The envoys met last week.", [("last week", "DATE", "2026-W07")]),
    ("The envoys will meet next week.", [("next week", "DATE", "2026-W09")]),
    ("The envoys met earlier this week.", [("earlier this week", "DATE", "2026-W08")]),
    ("The envoys met late last week.", [("late last week", "DATE", "2026-W07")]),
    ("The envoys met over the weekend.", [("the weekend", "DATE", "2026-W07-WE")]),
    ("The envoys will meet this weekend.", [("this weekend", "DATE", "2026-W08-WE")]),
    ("The envoys met last month.", [("last month", "DATE", "2026-01")]),
    ("The envoys met earlier this month.", [("earlier this month", "DATE", "2026-02")]),
    ("The envoys will meet next month.", [("next month", "DATE", "2026-03")]),
    ("The envoys met last year.", [("last year", "DATE", "2025")]),
    ("The envoys met earlier this year.", [("earlier this year", "DATE", "2026")]),
    ("The envoys will meet later this year.", [("later this year", "DATE", "2026")]),
    ("The envoys will meet next year.", [("next year", "DATE", "2027")]),
    ("The envoys met in the past year.", [("the past year", "DATE", "2025")]),
    ("The envoys met in the last decade.", [("the last decade", "DURATION", "P10Y")]),
    ("The envoys met in the week of January 12.", [("the week of January 12", "DATE", "2026-W03")]),
    ("The deal should be done by the end of the year.", [("the end of the year", "DATE", "2026")]),
    ("The deal should be done by the end of the month.", [("the end of the month", "DATE", "2026-02")]),
    ("The deal should be done early in the month.", [("early in the month", "DATE", "2026-02")]),
    ("The deal should be done by year-end.", [("year-end", "DATE", "2026")]),
    ("The envoys met three days ago.", [("three days ago", "DATE", "2026-02-15")]),
    ("The envoys met three weeks ago.", [("three weeks ago", "DATE", "2026-W05")]),
    ("The envoys met a month ago.", [("a month ago", "DATE", "2026-01")]),
    ("The envoys met two months ago.", [("two months ago", "DATE", "2025-12")]),
    ("The envoys met a year ago.", [("a year ago", "DATE", "2025")]),
    ("The envoys met nearly four years ago.", [("nearly four years ago", "DATE", "2022")]),
    ("The envoys met a decade ago.", [("a decade ago", "DATE", "201")]),
    ("The envoys met a fortnight ago.", [("a fortnight ago", "DATE", "2026-W06")]),
    ("The envoys met two hours ago.", [("two hours ago", "DURATION", "PT2H")]),
    ("The envoys met several years ago.", [("several years ago", "DATE", "PAST_REF")]),
    ("The envoys met years ago.", [("years ago", "DATE", "PAST_REF")]),
    ("The envoys will meet two weeks from now.", [("two weeks from now", "DATE", "2026-W10")]),
    ("The envoys will meet in three weeks' time.", [("in three weeks' time", "DATE", "2026-W11")]),
    ("The talks lasted two hours.", [("two hours", "DURATION", "PT2H")]),
    ("The talks lasted more than four hours.", [("more than four hours", "DURATION", "PT4H")]),
    ("The talks lasted 40 minutes.", [("40 minutes", "DURATION", "PT40M")]),
    ("The talks lasted nearly three years.", [("nearly three years", "DURATION", "P3Y")]),
    ("The talks lasted at least 72 hours.", [("at least 72 hours", "DURATION", "PT72H")]),
    ("The talks lasted two and a half hours.", [("two and a half hours", "DURATION", "PT2H30M")]),
    ("The talks lasted 2 1/2 years.", [("2 1/2 years", "DURATION", "P2Y6M")]),
    ("The talks lasted half an hour.", [("half an hour", "DURATION", "PT30M")]),
    ("The talks lasted an hour and a half.", [("an hour and a half", "DURATION", "PT1H30M")]),
    ("The talks lasted an hour.", [("an hour", "DURATION", "PT1H")]),
    ("The talks lasted a decade.", [("a decade", "DURATION", "P10Y")]),
    ("The talks lasted two decades.", [("two decades", "DURATION", "P20Y")]),
    ("The talks lasted several months.", [("several months", "DURATION", "PXM")]),
    ("The talks lasted a few days.", [("a few days", "DURATION", "PXD")]),
    ("The talks lasted a couple of weeks.", [("a couple of weeks", "DURATION", "P2W")]),
    ("The talks went on for years.", [("years", "DURATION", "PXY")]),
    ("The talks went on for decades.", [("decades", "DURATION", "PXE")]),
    ("The talks went on for another week.", [("another week", "DURATION", "P1W")]),
    ("The talks went on for two more weeks.", [("two more weeks", "DURATION", "P2W")]),
    ("The talks went on for three consecutive days.", [("three consecutive days", "DURATION", "P3D")]),
    ("The talks went on for 1,000 days.", [("1,000 days", "DURATION", "P1000D")]),
    ("The talks went on for one hundred days.", [("one hundred days", "DURATION", "P100D")]),
    ("The talks went on for twenty-four hours.", [("twenty-four hours", "DURATION", "PT24H")]),
    ("It will take two to three weeks.", [("two to three weeks", "DURATION", "P2W")]),
    ("It will take 12 to 18 months.", [("12 to 18 months", "DURATION", "P12M")]),
    ("A two-day meeting opened.", [("two-day", "DURATION", "P2D")]),
    ("A 14-day truce held.", [("14-day", "DURATION", "P14D")]),
    ("A week-long truce held.", [("week-long", "DURATION", "P1W")]),
    ("A decades-long dispute ended.", [("decades-long", "DURATION", "PXE")]),
    ("A 25-year-old man was held.", []),
    ("He is 52 years old.", []),
    ("Nothing moved in the past two weeks.", [("the past two weeks", "DURATION", "P2W")]),
    ("Nothing will move in the next few days.", [("the next few days", "DURATION", "PXD")]),
    ("Nothing moved in the first nine months.", [("the first nine months", "DURATION", "P9M")]),
    ("Nothing moved over the last five years.", [("the last five years", "DURATION", "P5Y")]),
    ("Nothing moved in recent days.", [("recent days", "DATE", "PAST_REF")]),
    ("Nothing moved in recent weeks.", [("recent weeks", "DATE", "PAST_REF")]),
    ("Much will move in the coming months.", [("the coming months", "DATE", "FUTURE_REF")]),
    ("These days nobody asks.", [("These days", "DATE", "PRESENT_REF")]),
    ("The envoys meet every week.", [("every week", "SET", "P1W")]),
    ("The envoys meet every two weeks.", [("every two weeks", "SET", "P2W")]),
    ("The envoys meet every other day.", [("every other day", "SET", "P2D")]),
    ("The envoys meet each month.", [("each month", "SET", "P1M")]),
    ("The envoys meet twice a month.", [("twice a month", "SET", "P1M")]),
    ("The envoys meet three times a year.", [("three times a year", "SET", "P1Y")]),
    ("The envoys meet on Mondays.", [("Mondays", "SET", "XXXX-WXX-1")]),
    ("The envoys meet every Tuesday.", [("every Tuesday", "SET", "XXXX-WXX-2")]),
    ("The envoys meet every morning.", [("every morning", "SET", "XXXX-XX-XXTMO")]),
    ("The envoys meet each July.", [("each July", "SET", "XXXX-07")]),
    ("The envoys speak daily.", [("daily", "SET", "P1D")]),
    ("The envoys report annually.", [("annually", "SET", "P1Y")]),
    ("The envoys speak once a week.", [("once a week", "SET", "P1W")]),
    ("The toll is ten per day.", [("per day", "SET", "P1D")]),
    ("The rent is $5 a year.", [("a year", "SET", "P1Y")]),
    ("It costs 300 dollars a month.", [("a month", "SET", "P1M")]),
    ("He reads the Daily Mirror.", []),
    ("He watched 60 Minutes.", []),
    ('He was on "This Week" again.', []),
    ("The sides are now far apart.", [("now", "DATE", "PRESENT_REF")]),
    ("The sides are currently far apart.", [("currently", "DATE", "PRESENT_REF")]),
    ("The sides recently met.", [("recently", "DATE", "PAST_REF")]),
    ("The sides hope for peace in the near future.", [("the near future", "DATE", "FUTURE_REF")]),
    ("The sides spoke of the past.", [("the past", "DATE", "PAST_REF")]),
    ("The talks begin at 9:30 a.m.", [("9:30 a.m.", "TIME", "2026-02-18T09:30")]),
    ("The talks begin at 9:30 a.m. EST on Friday.", [("9:30 a.m. EST on Friday", "TIME", "2026-02-20T09:30")]),
    ("The talks began at 1400 GMT.", [("1400 GMT", "TIME", "2026-02-18T14:00Z")]),
    ("The talks began at 1400 GMT on Tuesday.", [("1400 GMT on Tuesday", "TIME", "2026-02-17T14:00Z")]),
    ("The talks began at 5 p.m.", [("5 p.m.", "TIME", "2026-02-18T17:00")]),
    ("The talks began at 5pm.", [("5pm", "TIME", "2026-02-18T17:00")]),
    ("The talks began at 10:35.", [("10:35", "TIME", "2026-02-18T10:35")]),
    ("The score was 2:1.", []),
    ("They read Isaiah 40:31 aloud.", []),
    ("The talks began at noon.", [("noon", "TIME", "2026-02-18T12:00")]),
    ("The talks began at noon on Monday.", [("noon on Monday", "TIME", "2026-02-16T12:00")]),
    ("The talks began at midnight.", [("midnight", "TIME", "2026-02-18T24:00")]),
    ("The talks began at four o'clock.", [("four o'clock", "TIME", "2026-02-18T04:00")]),
    ("The talks began at 4 in the morning.", [("4 in the morning", "TIME", "2026-02-18T04:00")]),
    ("The talks began at 9 p.m. Tuesday.", [("9 p.m. Tuesday", "TIME", "2026-02-17T21:00")]),
    ("The guns fell silent on the morning of February 12.", [("the morning of February 12", "TIME", "2026-02-12TMO")]),
    (
        "The talks broke off on the evening of Feb. 10, 2026.",
        [("the evening of Feb. 10, 2026", "TIME", "2026-02-10TEV")],
    ),
    ("The truce held over Christmas.", [("Christmas", "DATE", "2025-12-25")]),
    ("The truce will hold until Easter.", [("Easter", "DATE", "2026-04-05")]),
    ("The truce held until last Thanksgiving.", [("last Thanksgiving", "DATE", "2025-11-27")]),
    ("The truce held on Labor Day 2025.", [("Labor Day 2025", "DATE", "2025-09-01")]),
    ("The truce held on Christmas Eve.", [("Christmas Eve", "DATE", "2025-12-24")]),
    ("The truce held on New Year's Day.", [("New Year's Day", "DATE", "2026-01-01")]),
    ("The truce held on Good Friday 2025.", [("Good Friday 2025", "DATE", "2025-04-18")]),
    ("The truce held through Easter week 2025.", [("Easter week 2025", "DATE", "2025-W16")]),
    ("The shops open on Black Friday 2025.", [("Black Friday 2025", "DATE", "2025-11-28")]),
    ("The parade is on the second Sunday.", []),
    ("They marked the fourth anniversary of the invasion.", []),
    (
        "They marked the fourth anniversary of the Feb. 24, 2022 assault.",
        [("the fourth anniversary of the Feb. 24, 2022", "DATE", "2026-02-24")],
    ),
    (
        "The first round was held on 3 March 2025. Two days later it resumed.",
        [("3 March 2025", "DATE", "2025-03-03"), ("Two days later", "DATE", "2025-03-05")],
    ),
    (
        "The first round was held on 3 March 2025. The next day it resumed.",
        [("3 March 2025", "DATE", "2025-03-03"), ("The next day", "DATE", "2025-03-04")],
    ),
    (
        "The first round was held on 3 March 2025. A week earlier all was calm.",
        [("3 March 2025", "DATE", "2025-03-03"), ("A week earlier", "DATE", "2025-W09")],
    ),
    (
        "The first round was held on 3 March 2025. The following month it resumed.",
        [("3 March 2025", "DATE", "2025-03-03"), ("The following month", "DATE", "2025-04")],
    ),
    (
        "The first round was held on 3 March 2025. Later that year it resumed.",
        [("3 March 2025", "DATE", "2025-03-03"), ("Later that year", "DATE", "2025")],
    ),
    (
        "The first round was held on 3 March 2025. That same day shots were fired.",
        [("3 March 2025", "DATE", "2025-03-03"), ("That same day", "DATE", "2025-03-03")],
    ),
    (
        "The first round was held on 3 March 2025. The following Friday it resumed.",
        [("3 March 2025", "DATE", "2025-03-03"), ("The following Friday", "DATE", "2025-03-07")],
    ),
    (
        "The first round was held on 3 March 2025. The previous week all was calm.",
        [("3 March 2025", "DATE", "2025-03-03"), ("The previous week", "DATE", "2025-W09")],
    ),
    (
        "The first round was held on 3 March 2025. On 9 April it resumed.",
        [("3 March 2025", "DATE", "2025-03-03"), ("9 April", "DATE", "2025-04-09")],
    ),
    (
        "The first round was held on 3 March 2025. In June it resumed.",
        [("3 March 2025", "DATE", "2025-03-03"), ("June", "DATE", "2025-06")],
    ),
    (
        "The first round was held on 3 March 2025. The next morning it resumed.",
        [("3 March 2025", "DATE", "2025-03-03"), ("The next morning", "TIME", "2025-03-04TMO")],
    ),
    (
        "Profit fell in the third quarter of 2025 from a year earlier.",
        [("the third quarter of 2025", "DATE", "2025-Q3"), ("a year earlier", "DATE", "2024-Q3")],
    ),
    (
        "Profit fell in the third quarter of 2025 from the year-ago quarter.",
        [("the third quarter of 2025", "DATE", "2025-Q3"), ("the year-ago quarter", "DATE", "2024-Q3")],
    ),
    ("Profit rose in the quarter.", [("the quarter", "DATE", "2025-Q4")]),
    ("The 52-week high stands.", [("52-week", "DURATION", "P52W")]),
    ("The U.N. spokesman said Feb. 9 is a likely date.", [("Feb. 9", "DATE", "2026-02-09")]),
    ("They met on 30 February.", []),
    ("They met on Feb. 29, 2025.", [("Feb. 29, 2025", "DATE", "XXXX-02-29")]),
    ("They met on Feb. 29, 2024.", [("Feb. 29, 2024", "DATE", "2024-02-29")]),
    ("TUESDAY was calm.", [("TUESDAY", "DATE", "2026-02-17")]),
    ("The session is set for Thursday, Feb. 26.", [("Thursday, Feb. 26", "DATE", "2026-02-26")]),
    ("The session is set for Mon., Feb. 23.", [("Mon., Feb. 23", "DATE", "2026-02-23")]),
    ("Geneva, 12 Feb – talks resumed.", [("12 Feb", "DATE", "2026-02-12")]),
    ("The accord was reached around Nov. 1.", [("around Nov. 1", "DATE", "2025-11-01")]),
    ("About two years ago the talks stalled.", [("About two years ago", "DATE", "2024")]),
    ("They talked for hundreds of years.", [("years", "DURATION", "PXY")]),
    ("The envoy spoke for the third time.", []),
    ("He came second and left in a second.", []),
    ("He asked for one quarter of the land.", []),
    ("Three quarters of the land is theirs.", []),
    ("The meeting lasts through Feb. 20.", [("Feb. 20", "DATE", "2026-02-20")]),
    ("The pact expires on March 31, 2027.", [("March 31, 2027", "DATE", "2027-03-31")]),
    ("The pact expires in March 2027.", [("March 2027", "DATE", "2027-03")]),
    ("The sides first met in Istanbul in 2022.", [("2022", "DATE", "2022")]),
    ("The sides have not met since 2022.", [("2022", "DATE", "2022")]),
    ("The ministers met on the eve of the vote.", []),
    ("At the start of 2025 nobody talked.", [("the start of 2025", "DATE", "2025")]),
    ("By the middle of October all had left.", [("the middle of October", "DATE", "2025-10")]),
    ("In the late 1990s they spoke often.", [("the late 1990s", "DATE", "199")]),
    ("The deal was to be closed by mid-2025.", [("mid-2025", "DATE", "2025")]),
    ("The office closes at 17:30 local time.", [("17:30 local time", "TIME", "2026-02-18T17:30")]),
    ("The office closes at 12 p.m.", [("12 p.m.", "TIME", "2026-02-18T12:00")]),
    ("The office opens at 12 a.m.", [("12 a.m.", "TIME", "2026-02-18T00:00")]),
    (
        "They met February 17 through 20, 2026.",
        [("February 17", "DATE", "2026-02-17"), ("20, 2026", "DATE", "2026-02-20")],
    ),
    ("They met on Jan. 31-Feb. 1.", [("Jan. 31", "DATE", "2026-01-31"), ("Feb. 1", "DATE", "2026-02-01")]),
    ("They met in the second half of February.", [("the second half of February", "DATE", "2026-02")]),
    ("They met in the week of 9 February.", [("the week of 9 February", "DATE", "2026-W07")]),
    ("GENEVA, FEB. 17 - They met.", [("FEB. 17", "DATE", "2026-02-17")]),
    (
        "They met on Feb. 3, 4 and 5.",
        [("Feb. 3", "DATE", "2026-02-03"), ("4", "DATE", "2026-02-04"), ("5", "DATE", "2026-02-05")],
    ),
    ("They met between 3 and 5 March 2025.", [("3", "DATE", "2025-03-03"), ("5 March 2025", "DATE", "2025-03-05")]),
    ("They met in January and February 2026.", [("January", "DATE", "2026-01"), ("February 2026", "DATE", "2026-02")]),
    (
        "They met on New Year’s Day at four o’clock.",
        [("New Year’s Day", "DATE", "2026-01-01"), ("four o’clock", "TIME", "2026-01-01T04:00")],
    ),
    ("A 3-year-old truce ended.", []),
    ("They met at 19:00 on Feb. 17.", [("19:00 on Feb. 17", "TIME", "2026-02-17T19:00")]),
    ("They met on Tuesday (Feb. 17).", [("Tuesday", "DATE", "2026-02-17"), ("Feb. 17", "DATE", "2026-02-17")]),
    ("They met this past spring.", [("this past spring", "DATE", "2025-SP")]),
    ("They will meet by late spring 2026.", [("late spring 2026", "DATE", "2026-SP")]),
    (
        "The parties met on Feb. 3, 5 and 6, 2025.",
        [("Feb. 3", "DATE", "2025-02-03"), ("5", "DATE", "2025-02-05"), ("6, 2025", "DATE", "2025-02-06")],
    ),
    ("The treaty was signed in May nineteen ninety-one.", [("May nineteen ninety-one", "DATE", "1991-05")]),
    ("The treaty was signed on May 3 of last year.", [("May 3 of last year", "DATE", "2025-05-03")]),
    ("The ceasefire collapsed this past January.", [("this past January", "DATE", "2026-01")]),
    (
        "The war began on 3 March 2021. The previous April all was calm.",
        [("3 March 2021", "DATE", "2021-03-03"), ("The previous April", "DATE", "2020-04")],
    ),
    (
        "The talks ran from the last week of January to the first week of March.",
        [("the last week of January", "DATE", "2026-01"), ("the first week of March", "DATE", "2026-03")],
    ),
    ("The talks end in the final days of March 2026.", [("the final days of March 2026", "DATE", "2026-03")]),
    ("The talks end in the second week of March.", [("the second week of March", "DATE", "2026-03")]),
    ("The fifth week of March does not exist.", [("The fifth week of March", "DATE", "2026-03")]),
    ("The war began in the year 1991.", [("the year 1991", "DATE", "1991")]),
    ("It was the year nineteen ninety-one.", [("the year nineteen ninety-one", "DATE", "1991")]),
    ("They met in the spring of last year.", [("the spring of last year", "DATE", "2025-SP")]),
    ("They met this past winter.", [("this past winter", "DATE", "2025-WI")]),
    ("They met in the past winter.", [("the past winter", "DATE", "2025-WI")]),
    ("Growth slowed in the second quarter of last year.", [("the second quarter of last year", "DATE", "2025-Q2")]),
    ("Growth slowed in 2025's third quarter.", [("2025's third quarter", "DATE", "2025-Q3")]),
    ("Growth beat that of the same period last year.", [("the same period last year", "DATE", "2025")]),
    (
        "Growth slowed in the third quarter. It beat the quarter a year earlier.",
        [("the third quarter", "DATE", "2025-Q3"), ("the quarter a year earlier", "DATE", "2024-Q3")],
    ),
    (
        "Growth slowed in the third quarter. It beat last year's period.",
        [("the third quarter", "DATE", "2025-Q3"), ("last year's period", "DATE", "2024-Q3")],
    ),
    (
        "Growth slowed in the third quarter. It beat the 2023 quarter.",
        [("the third quarter", "DATE", "2025-Q3"), ("the 2023 quarter", "DATE", "2023-Q3")],
    ),
    (
        "Growth slowed in the third quarter. It beat the year-earlier figure. The quarter was up from a year ago.",
        [
            ("the third quarter", "DATE", "2025-Q3"),
            ("the year-earlier", "DATE", "2024-Q3"),
            ("The quarter", "DATE", "2025-Q3"),
            ("a year ago", "DATE", "2024-Q3"),
        ],
    ),
    (
        "Growth slowed in the third quarter, and so it did in the latest period.",
        [("the third quarter", "DATE", "2025-Q3"), ("the latest period", "DATE", "2025-Q4")],
    ),
    (
        "Growth slowed in the year ended March 31.",
        [("the year", "DURATION", "P1Y"), ("March 31", "DATE", "2025-03-31")],
    ),
    (
        "Growth slowed in the quarter ended Sept. 30, against 4 percent a year earlier.",
        [("the quarter", "DATE", "2025-Q3"), ("Sept. 30", "DATE", "2025-09-30"), ("a year earlier", "DATE", "2024-Q3")],
    ),
    ("Growth beat that of the year-ago quarter.", [("the year-ago quarter", "DATE", "2024-Q4")]),
    ("Growth slowed in this quarter.", [("this quarter", "DATE", "2026-Q1")]),
    ("Growth slowed in the second half.", [("the second half", "DATE", "2026-H2")]),
    ("They met this past Monday.", [("this past Monday", "DATE", "2026-02-16")]),
    ("They will meet this coming Monday.", [("this coming Monday", "DATE", "2026-02-23")]),
    ("They met the day before last Tuesday.", [("the day before last Tuesday", "DATE", "2026-02-16")]),
    ("They will meet the day after Friday's vote.", [("the day after Friday", "DATE", "2026-02-21")]),
    ("This coming Sunday, March 8, they rest.", [("This coming Sunday, March 8", "DATE", "2026-03-08")]),
    ("They met on the morning yesterday.", [("morning yesterday", "TIME", "2026-02-17TMO")]),
    (
        "They met on the 3 March 2025. The following night they left.",
        [("3 March 2025", "DATE", "2025-03-03"), ("The following night", "TIME", "2025-03-04TNI")],
    ),
    (
        "They met on the 3 March 2025. They had met the week before.",
        [("3 March 2025", "DATE", "2025-03-03"), ("the week before", "DATE", "2025-W09")],
    ),
    (
        "The past decade was calm, and so was the last decade.",
        [("The past decade", "DURATION", "P10Y"), ("the last decade", "DURATION", "P10Y")],
    ),
    ("It was the last week of fighting.", [("the last week", "DURATION", "P1W")]),
    ("They met in the latest week.", [("the latest week", "DATE", "2026-W07")]),
    ("They met last calendar week.", [("last calendar week", "DATE", "2026-W07")]),
    ("They met in the latter part of the year.", [("the latter part of the year", "DATE", "2026")]),
    ("They met at the week's end.", [("the week's end", "DATE", "2026-W08")]),
    ("They met in mid-month.", [("mid-month", "DATE", "2026-02")]),
    ("They met earlier in the month.", [("earlier in the month", "DATE", "2026-02")]),
    ("They met two and a half years ago.", [("two and a half years ago", "DATE", "2023")]),
    (
        "They met on 3 March 2025, and two days before, in Rome.",
        [("3 March 2025", "DATE", "2025-03-03"), ("two days before", "DATE", "2025-03-01")],
    ),
    (
        "They met on 3 March 2025. Weeks later they left.",
        [("3 March 2025", "DATE", "2025-03-03"), ("Weeks later", "DATE", "FUTURE_REF")],
    ),
    (
        "They met on 3 March 2025. The week earlier was calm.",
        [("3 March 2025", "DATE", "2025-03-03"), ("The week earlier", "DATE", "2025-W09")],
    ),
    ("It was a two-week-long fast.", [("two-week-long", "DURATION", "P2W")]),
    ("It took 2 days and a half.", [("2 days and a half", "DURATION", "P2DT12H")]),
    ("It took almost a year.", [("almost a year", "DURATION", "P1Y")]),
    ("It took over a thousand days.", [("over a thousand days", "DURATION", "P1000D")]),
    ("The three days were long.", [("The three days", "DURATION", "P3D")]),
    ("These two weeks were hard.", [("These two weeks", "DURATION", "P2W")]),
    ("They will meet in two weeks.", [("two weeks", "DATE", "2026-W10")]),
    ("They will meet in a few days.", [("a few days", "DATE", "FUTURE_REF")]),
    ("They met twice in two weeks.", [("two weeks", "DURATION", "P2W")]),
    ("They meet each spring.", [("each spring", "SET", "XXXX-SP")]),
    ("They meet on Monday mornings.", [("Monday mornings", "SET", "XXXX-WXX-1TMO")]),
    (
        "The future looks dim, and future talks are in doubt, like the future of the city.",
        [("The future", "DATE", "FUTURE_REF"), ("future", "DATE", "FUTURE_REF")],
    ),
    ("At the present day nobody asks.", [("the present", "DATE", "PRESENT_REF")]),
    ("They will meet very soon.", [("very soon", "DATE", "FUTURE_REF")]),
    ("They soon left, as soon as it was over.", []),
    ("They met at Christmas of last year.", [("Christmas of last year", "DATE", "2025-12-25")]),
    (
        "They met on April 9, 2009, the sixth anniversary of the raid.",
        [("April 9, 2009", "DATE", "2009-04-09"), ("the sixth anniversary", "DATE", "2009-04-09")],
    ),
    (
        "They marked the fourth anniversary of the 24 February 2022 assault.",
        [("the fourth anniversary of the 24 February 2022", "DATE", "2026-02-24")],
    ),
    ("They met in the early hours of Feb. 10.", [("the early hours of Feb. 10", "TIME", "2026-02-10TMO")]),
    ("They were on \"60 Minutes\" again, under the headline '60 Minutes'.", []),
    ("The shop is open 24 hours a day.", []),
    ("They hold three rounds a year.", [("a year", "SET", "P1Y")]),
    ("Until Friday, they had not met.", [("Friday", "DATE", "2026-02-13")]),
    ("By Friday they must sign.", [("Friday", "DATE", "2026-02-20")]),
    ("They would fight Monday's ruling.", [("Monday", "DATE", "2026-02-16")]),
    ("They would fight Friday's ruling.", [("Friday", "DATE", "2026-02-20")]),
    ("They met before the Monday deadline.", [("Monday", "DATE", "2026-02-16")]),
    ("He left by the Monday deadline.", [("Monday", "DATE", "2026-02-16")]),
    (
        "They met on 3 March 2025. It began last October. That same day shots were fired.",
        [
            ("3 March 2025", "DATE", "2025-03-03"),
            ("last October", "DATE", "2025-10"),
            ("That same day", "DATE", "2025-10-XX"),
        ],
    ),
    (
        "They met on 3 March 2025. It began in 1999. That day shots were fired.",
        [("3 March 2025", "DATE", "2025-03-03"), ("1999", "DATE", "1999"), ("That day", "DATE", "1999-XX-XX")],
    ),
    (
        "The loan, which had been expected for years by the banks and the state, is to be paid back by May.",
        [("years", "DURATION", "PXY"), ("May", "DATE", "2026-05")],
    ),
    ("The fiscal year ended Jan. 31.", [("The fiscal year", "DURATION", "P1Y"), ("Jan. 31", "DATE", "2026-01-31")]),
    ("The talks will be held on Friday.", [("Friday", "DATE", "2026-02-20")]),
    ("The talks may be moved to Friday.", [("Friday", "DATE", "2026-02-20")]),
    ("The accord is to be signed on Monday.", [("Monday", "DATE", "2026-02-23")]),
    ("He announced talks to be held in May.", [("May", "DATE", "2026-05")]),
    ("Both sides said they had agreed to meet on Friday.", [("Friday", "DATE", "2026-02-20")]),
    ("He hoped the talks would resume on Monday.", [("Monday", "DATE", "2026-02-23")]),
    (
        "Talks would begin on Friday and end on Sunday.",
        [("Friday", "DATE", "2026-02-20"), ("Sunday", "DATE", "2026-02-22")],
    ),
    ("They did not meet on Friday.", [("Friday", "DATE", "2026-02-13")]),
    ("They failed to arrive on Friday.", [("Friday", "DATE", "2026-02-13")]),
    ("Ahead of Friday's talks he was upbeat.", [("Friday", "DATE", "2026-02-20")]),
    ("He will appeal Monday's ruling.", [("Monday", "DATE", "2026-02-16")]),
    ("He will attend Friday's talks.", [("Friday", "DATE", "2026-02-20")]),
    ("Envoys gather in Geneva on Friday.", [("Friday", "DATE", "2026-02-20")]),
    ("A round will be held in Quito soon.", [("soon", "DATE", "FUTURE_REF")]),
    ("They met in each of the last three years.", [("each of the last three years", "SET", "P1Y")]),
    (
        "A plan that had been drawn up by experts from both capitals over the winter is to end the strike by Monday.",
        [("the winter", "DATE", "2025-WI"), ("Monday", "DATE", "2026-02-23")],
    ),
    # Wednesday, 18 February 2026: a verb beside the expression settles it, and so does a term.
    (
        "Nobody expects a text before Friday, since no vote is possible before Monday.",
        [("Friday", "DATE", "2026-02-20"), ("Monday", "DATE", "2026-02-23")],
    ),
    ("The port may stay idle beyond the end of October.", [("the end of October", "DATE", "2026-10")]),
    ("Since signing with the dockers in November, the line has hired again.", [("November", "DATE", "2025-11")]),
    ("The draft handed over on Sunday sets out the order of talks.", [("Sunday", "DATE", "2026-02-15")]),
    ("The sides are racing to meet a Friday deadline.", [("Friday", "DATE", "2026-02-20")]),
    # Before a noun, the verb of the sentence tells nothing of a month.
    ("Fares could rise, says a December study by the ministry.", [("December", "DATE", "2025-12")]),
    ("They would share the wells under a November pact.", [("November", "DATE", "2025-11")]),
    ("The inspectors return the week after next.", [("the week after next", "DATE", "2026-W10")]),
    ("They broke off in the month before last.", [("the month before last", "DATE", "2025-12")]),
    ("The dockers vote a week from Friday.", [("a week from Friday", "DATE", "2026-02-27")]),
    ("The dockers vote on Monday week.", [("Monday week", "DATE", "2026-03-02")]),
    ("The session took three-and-a-half hours.", [("three-and-a-half hours", "DURATION", "PT3H30M")]),
    ("They agreed to swap 1200 for 1200.", []),
    ("She told USA Today and the Today show that they had lost.", []),
    ("The Sunday Mirror and the Mail on Sunday had the letter first.", []),
    ("TALKS RESUME TODAY", [("TODAY", "DATE", "2026-02-18")]),
    (
        "They had met on 5 February.\n\n14:20: The doors open.\n\nAt last.",
        [("5 February", "DATE", "2026-02-05"), ("14:20", "TIME", "2026-02-18T14:20")],
    ),
    # What is still to come is of no year gone by, and one year named makes no chronicle.
    (
        "The offer was made in June 2024. A walkout is due to begin on 9 March.",
        [("June 2024", "DATE", "2024-06"), ("9 March", "DATE", "2026-03-09")],
    ),
    (
        "All quoted the 1987 Border Act.\n\nThe 4 February meeting was short.",
        [("1987", "DATE", "1987"), ("4 February", "DATE", "2026-02-04")],
    ),
]


def found(text: str, published: dt.date | None = WEDNESDAY, **options: Any) -> list[Triple]:
    return [(e.text, e.type, e.value) for e in find_times(text, published=published, **options)]


def only(text: str, published: dt.date | None = WEDNESDAY, **options: Any) -> TimeExpression:
    expressions = find_times(text, published=published, **options)
    assert len(expressions) == 1, expressions
    return expressions[0]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_expressions_types_and_values(text: str, expected: list[Triple]) -> None:
    assert found(text) == expected


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert sum(len(expected) for _, expected in TABLE) >= 250


# Sentence, EDTF, first day, last day, precision, basis.
DAYS = [
    ("Signed on 17 February 2026.", "2026-02-17", "2026-02-17", "2026-02-17", "day", "stated"),
    ("Signed in February 2026.", "2026-02", "2026-02-01", "2026-02-28", "month", "stated"),
    ("Signed in February 2024.", "2024-02", "2024-02-01", "2024-02-29", "month", "stated"),
    ("Signed in 2014.", "2014", "2014-01-01", "2014-12-31", "year", "stated"),
    ("Signed around 2014.", "2014~", "2014-01-01", "2014-12-31", "year", "stated"),
    ("Signed in late 2025.", "2025-09~/2025-12~", "2025-09-01", "2025-12-31", "year", "stated"),
    ("Signed in early 2025.", "2025-01~/2025-04~", "2025-01-01", "2025-04-30", "year", "stated"),
    ("Signed in mid-2025.", "2025-05~/2025-08~", "2025-05-01", "2025-08-31", "year", "stated"),
    ("Signed in early April 2025.", "2025-04-01~/2025-04-10~", "2025-04-01", "2025-04-10", "month", "stated"),
    ("Signed in mid-April 2025.", "2025-04-11~/2025-04-20~", "2025-04-11", "2025-04-20", "month", "stated"),
    ("Signed in late April 2025.", "2025-04-21~/2025-04-30~", "2025-04-21", "2025-04-30", "month", "stated"),
    ("Signed in the 1990s.", "199X", "1990-01-01", "1999-12-31", "decade", "stated"),
    ("Signed in the early 1990s.", "1990~/1992~", "1990-01-01", "1992-12-31", "decade", "stated"),
    ("Signed in the late 1990s.", "1997~/1999~", "1997-01-01", "1999-12-31", "decade", "stated"),
    ("Signed in the 20th century.", "19XX", "1900-01-01", "1999-12-31", "century", "stated"),
    ("Signed in the summer of 2025.", "2025-22", "2025-06-01", "2025-08-31", "season", "stated"),
    ("Signed in spring 2025.", "2025-21", "2025-03-01", "2025-05-31", "season", "stated"),
    ("Signed in the autumn of 2025.", "2025-23", "2025-09-01", "2025-11-30", "season", "stated"),
    ("Signed in the winter of 2025.", "2025-24", "2025-12-01", "2026-02-28", "season", "stated"),
    ("Signed in the second quarter of 2025.", "2025-34", "2025-04-01", "2025-06-30", "quarter", "stated"),
    ("Signed in Q4 2025.", "2025-36", "2025-10-01", "2025-12-31", "quarter", "stated"),
    ("Signed in the second half of 2025.", "2025-41", "2025-07-01", "2025-12-31", "quarter", "stated"),
    ("Signed in the last week of January.", "2026-01-25~/2026-01-31~", "2026-01-25", "2026-01-31", "month", "resolved"),
    ("Signed in the first week of May 2025.", "2025-05-01~/2025-05-07~", "2025-05-01", "2025-05-07", "month", "stated"),
    ("Signed in the fifth week of May 2025.", "2025-05-29~/2025-05-31~", "2025-05-29", "2025-05-31", "month", "stated"),
    ("They will sign in two weeks.", "2026-03-02/2026-03-08", "2026-03-02", "2026-03-08", "week", "assumed"),
    ("They would fight Friday's ruling.", "2026-02-20", "2026-02-20", "2026-02-20", "day", "assumed"),
    ("It ended Jan. 31.", "2026-01-31", "2026-01-31", "2026-01-31", "day", "resolved"),
    ("Signed last week.", "2026-02-09/2026-02-15", "2026-02-09", "2026-02-15", "week", "resolved"),
    ("Signed over the weekend.", "2026-02-14/2026-02-15", "2026-02-14", "2026-02-15", "week", "resolved"),
    ("Signed last month.", "2026-01", "2026-01-01", "2026-01-31", "month", "resolved"),
    ("Signed last year.", "2025", "2025-01-01", "2025-12-31", "year", "resolved"),
    ("He signed on Tuesday.", "2026-02-17", "2026-02-17", "2026-02-17", "day", "resolved"),
    ("Tuesday, at last.", "2026-02-17", "2026-02-17", "2026-02-17", "day", "resolved"),
    ("He will sign next Tuesday.", "2026-02-24", "2026-02-24", "2026-02-24", "day", "assumed"),
    ("He signed on Tuesday night.", "2026-02-17", "2026-02-17", "2026-02-17", "time", "resolved"),
    ("He signed at 1400 GMT on Tuesday.", "2026-02-17T14:00:00Z", "2026-02-17", "2026-02-17", "time", "resolved"),
    ("He signed at 5 p.m. on Tuesday.", "2026-02-17T17:00:00", "2026-02-17", "2026-02-17", "time", "resolved"),
    ("He signed on Feb. 3.", "2026-02-03", "2026-02-03", "2026-02-03", "day", "resolved"),
    ("He signed on Christmas Day 2025.", "2025-12-25", "2025-12-25", "2025-12-25", "day", "stated"),
    ("He signed in fiscal 2025.", "2025", "2025-01-01", "2025-12-31", "year", "assumed"),
    ("He must sign by the end of the year.", "2026-11~/2026-12~", "2026-11-01", "2026-12-31", "year", "resolved"),
    (
        "He must sign by the end of March 2026.",
        "2026-03-26~/2026-03-31~",
        "2026-03-26",
        "2026-03-31",
        "month",
        "stated",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [(row[0], row[1:]) for row in DAYS])
def test_edtf_days_precision_and_basis(text: str, expected: tuple[str, ...]) -> None:
    expression = only(text)
    days = (str(expression.first), str(expression.last))
    assert (expression.edtf, *days, expression.precision, expression.basis) == expected


OPEN = [
    "two hours",
    "every week",
    "recently",
    "in recent days",
    "the near future",
    "several years ago",
    "03/04/2025",
    "490 BC",
]


@pytest.mark.parametrize("text", OPEN)
def test_what_names_no_days_has_none(text: str) -> None:
    expression = only(f"They met {text} there.")
    assert (expression.edtf, expression.first, expression.last) == (None, None, None)


# Sentence without a publication date, value, offsets from the publication day.
UNKNOWN = [
    ("They met today.", "XXXX-XX-XX", 0, 0),
    ("They met yesterday.", "XXXX-XX-XX", -1, -1),
    ("They meet tomorrow.", "XXXX-XX-XX", 1, 1),
    ("They met last night.", "XXXX-XX-XXTNI", -1, -1),
    ("They met this morning.", "XXXX-XX-XXTMO", 0, 0),
    ("They met three days ago.", "XXXX-XX-XX", -3, -3),
    ("They met on Tuesday.", "XXXX-WXX-2", 0, 0),
    ("They met on Tuesday night.", "XXXX-WXX-2TNI", 0, 0),
    ("They will meet on Tuesday.", "XXXX-WXX-2", None, None),
    ("They met last week.", "XXXX-WXX", None, None),
    ("They met over the weekend.", "XXXX-WXX-WE", None, None),
    ("They met last month.", "XXXX-XX", None, None),
    ("They met last year.", "XXXX", None, None),
    ("They met in February.", "XXXX-02", None, None),
    ("They met on February 17.", "XXXX-02-17", None, None),
    ("They met on the 17th of February.", "XXXX-02-17", None, None),
    ("They met last summer.", "XXXX-SU", None, None),
    ("They met in the second quarter.", "XXXX-Q2", None, None),
    ("They met two months ago.", "XXXX-XX", None, None),
    ("They met three years ago.", "XXXX", None, None),
    ("They met a decade ago.", "XXX", None, None),
    ("They met in the nineties.", "XX9", None, None),
    ("They met over Christmas.", "XXXX-12-25", None, None),
    ("They met over Easter.", "XXXX-XX-XX", None, None),
    ("They met in the '45 campaign.", "XX45", None, None),
    ("They will meet in the coming days.", "FUTURE_REF", 1, None),
    ("They will meet in a few days.", "FUTURE_REF", 1, None),
    ("They will meet several weeks from now.", "FUTURE_REF", 1, None),
    ("They will meet in the coming hours.", "FUTURE_REF", 0, None),
    ("They will meet in the near future.", "FUTURE_REF", 0, None),
    ("They will meet soon.", "FUTURE_REF", 0, None),
    ("They met in the following days.", "FUTURE_REF", None, None),
    ("They met in recent days.", "PAST_REF", None, None),
]


@pytest.mark.parametrize(("text", "value", "first", "last"), UNKNOWN)
def test_without_publication_date_values_stay_open(text: str, value: str, first: int | None, last: int | None) -> None:
    expression = only(text, published=None)
    assert (expression.value, expression.offset_first, expression.offset_last) == (value, first, last)
    assert (expression.first, expression.last, expression.edtf, expression.basis) == (None, None, None, "unresolved")


def test_a_quarter_told_by_its_last_day_is_known_without_the_year() -> None:
    assert [e.value for e in find_times("It rose in the quarter ended Sept. 30.")] == ["XXXX-Q3", "XXXX-09-30"]


def test_days_are_not_counted_from_a_publication_day_that_is_known() -> None:
    expression = only("They will meet in the coming days.")
    assert (expression.offset_first, expression.offset_last, expression.first) == (None, None, None)


def offsets(text: str, **options: Any) -> list[tuple[str, int | None]]:
    return [(e.text, e.offset_first) for e in find_times(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on Tuesday. They met again on Wednesday.", [("Tuesday", -1), ("Wednesday", 0)]),
        ("They met again on Wednesday, after they had met on Tuesday.", [("Wednesday", 0), ("Tuesday", -1)]),
        ("They met on Friday. It rained on Monday.", [("Friday", -3), ("Monday", 0)]),
        ("They met on Monday. They will meet on Friday.", [("Monday", 0), ("Friday", 4)]),
        ("They met on Monday. Two days later they left.", [("Monday", 0), ("Two days later", 2)]),
        ("They met on Monday. They had met last Thursday.", [("Monday", 0), ("last Thursday", -4)]),
        ("They met on Monday. They left last week.", [("Monday", 0), ("last week", -7)]),
        ("They met today. They had met on Tuesday.", [("today", 0), ("Tuesday", None)]),
    ],
)
def test_the_latest_weekday_told_is_the_unknown_publication_day(
    text: str, expected: list[tuple[str, int | None]]
) -> None:
    assert offsets(text) == expected


def test_weekdays_in_quotations_do_not_tell_the_publication_day() -> None:
    text = 'They met on Monday. "We met on Tuesday," she said.'
    quotation = (text.index('"'), text.rindex('"') + 1)
    assert offsets(text, quoted=[quotation]) == [("Monday", 0), ("Tuesday", -6)]


def test_without_publication_date_full_dates_and_their_passage_still_resolve() -> None:
    text = "The sides met on 3 March 2025. On 9 April they met again. Two days later they signed."
    expressions = find_times(text)
    assert [str(e.first) for e in expressions] == ["2025-03-03", "2025-04-09", "2025-04-11"]
    assert [e.basis for e in expressions] == ["stated", "resolved", "resolved"]


QUOTED = [
    ('"We met yesterday," she said on Tuesday.', "2026-02-16"),
    ('She said on Monday: "We met yesterday."', "2026-02-15"),
    ('"We met yesterday," she said.', "2026-02-17"),
    ('"We meet today. It matters," she said on Monday.', "2026-02-16"),
    ('"We met yesterday," she said on 10 January 2026.', "2026-01-09"),
]


@pytest.mark.parametrize(("text", "day"), QUOTED)
def test_yesterday_in_a_quotation_counts_from_the_utterance(text: str, day: str) -> None:
    quotation = (text.index('"'), text.rindex('"') + 1)
    spoken = [
        e for e in find_times(text, published=WEDNESDAY, quoted=[quotation]) if quotation[0] <= e.start < quotation[1]
    ]
    assert [str(e.first) for e in spoken] == [day]


@pytest.mark.parametrize("sentence", ['"yesterday" ', '"yesterday" Tuesday '])
@pytest.mark.parametrize("published", [WEDNESDAY, None])
def test_many_quotations_in_one_sentence_are_read_in_linear_time(sentence: str, published: dt.date | None) -> None:
    def seconds(count: int) -> float:
        quoted = [(at * len(sentence), at * len(sentence) + len('"yesterday"')) for at in range(count)]
        started = time.process_time()
        found_times = find_times(sentence * count, published=published, quoted=quoted)
        assert len(found_times) >= count
        return time.process_time() - started

    # Eight times the text takes some 64 times as long where every quotation is compared with every other.
    assert grows_with_its_size(seconds, 500, times=8, bound=24)


def test_yesterday_in_a_quotation_of_a_report_without_date() -> None:
    text = 'Talks went on on Wednesday.\n"We met yesterday," she wrote.'
    quotation = (text.index('"'), text.rindex('"') + 1)
    assert offsets(text, quoted=[quotation]) == [("Wednesday", 0), ("yesterday", -1)]


def test_a_passage_carries_its_year_to_month_and_day() -> None:
    text = "In 2022 the sides met in Istanbul. On March 29 they drafted a text. In April they left."
    assert [value for *_, value in found(text)] == ["2022", "2022-03-29", "2022-04"]


def test_a_new_paragraph_of_a_report_leaves_the_year_behind() -> None:
    text = "In 2022 they met on March 29.\n\nThis week they met again. On March 29 they will sign."
    assert found(text)[-1][2] == "2026-03-29"


def test_an_expression_of_the_day_of_writing_ends_the_passage() -> None:
    text = "On 29 March 2022 they met. Last week they met again. On January 12 they had signed."
    assert found(text)[-1][2] == "2026-01-12"


def test_a_chronicle_goes_on_into_the_next_year() -> None:
    text = "In 2021 the front moved. In November 2021 the siege began.\n\nIn December it ended. In January all left."
    assert [value for *_, value in found(text)][-1] == "2022-01"


def test_dates_beyond_the_calendar_do_not_fail() -> None:
    assert found("It was 9,999 years ago, on Tuesday.")
    assert found("The year 2026 ended 99999 decades later.", dt.date.max)
    assert found("They met yesterday and last year.", dt.date.min) is not None


def test_directions_may_be_weighed_otherwise() -> None:
    text = "Talks at the border, Monday."
    assert [only(text, directions={"weekday": weight}).value for weight in (-1.0, 1.0)] == ["2026-02-16", "2026-02-23"]
    settled = "The envoys met on Monday."
    assert only(settled, directions={"weekday": 1.0}).value == "2026-02-16"


def test_questions_name_the_days_between_which_the_signs_decide() -> None:
    (asked,) = questions("The envoys met on Monday, in March 2020.", WEDNESDAY)
    assert ((asked.start, asked.end), asked.behind, asked.ahead) == ((18, 24), "2026-02-16", "2026-02-23")
    assert [(asked.behind, asked.ahead) for asked in questions("It ends in May.", WEDNESDAY)] == [
        ("2025-05", "2026-05")
    ]


def test_sentences_may_be_given() -> None:
    text = "They will meet. Tuesday was calm"
    assert only(text, sentences=[(0, 15), (16, 32)]).value == "2026-02-17"


def test_records_name_their_article() -> None:
    assert only("They met on Tuesday.", article_id="a1").article_id == "a1"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("two", 2),
        ("twenty - four", 24),
        ("two and a half", 2.5),
        ("2 1/2", 2.5),
        ("1,500", 1500),
        ("½", 0.5),
        ("three hundred", 300),
        ("two thousand and six", 2006),
        ("one hundred thousand", 100_000),
        ("1/0", 1),
    ],
)
def test_numbers(words: str, expected: float) -> None:
    assert number(words) == expected


def test_spelled_years() -> None:
    assert [spelled_year(words) for words in ("nineteen ninety - one", "two thousand and six", "twenty ten")] == [
        1991,
        2006,
        2010,
    ]


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [
        (2, "D", "P2D"),
        (4, "H", "PT4H"),
        (2, "DE", "P20Y"),
        (0.5, "H", "PT30M"),
        (1.5, "D", "P1DT12H"),
        (2.5, "Y", "P2Y6M"),
        (None, "MO", "PXM"),
        (None, "M", "PTXM"),
        (2, "F", "P4W"),
        (3, "Q", "P3Q"),
        (1.5, "H", "PT1H30M"),
    ],
)
def test_lengths(count: float | None, unit: str, value: str) -> None:
    assert length(count, unit) == value


@pytest.mark.parametrize(
    ("year", "day"),
    [(1999, "1999-04-04"), (2000, "2000-04-23"), (2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05")],
)
def test_easter(year: int, day: str) -> None:
    assert str(day_of_holiday("easter+0", year)) == day


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("12-25", "2025-12-25"),
        ("easter-2", "2025-04-18"),
        ("nth 4 4 of 11", "2025-11-27"),
        ("nth -1 1 of 05", "2025-05-26"),
        ("nth 1 1 of 11 +1", "2025-11-04"),
    ],
)
def test_holiday_rules(rule: str, day: str) -> None:
    assert str(day_of_holiday(rule, 2025)) == day


@pytest.mark.parametrize("value", ["2026-13", "2026-02-30", "2026-W60", "PXD", "PAST_REF", "XXXX-02", "", "0000"])
def test_values_that_name_no_days(value: str) -> None:
    assert period(value) is None


def test_parts_stay_within_their_period() -> None:
    first, last, _ = period("2025") or (WEDNESDAY, WEDNESDAY, "")
    assert part_of(first, last, (0.0, 1.0)) == (first, last)


def test_edtf_of_midnight_is_the_day() -> None:
    days = period("2026-02-18T24:00")
    assert days is not None
    assert edtf("2026-02-18T24:00", days) == "2026-02-18"


def test_sentences_do_not_end_at_titles_and_initials() -> None:
    text = "Gen. Smith met Mr. J. Doe on Feb. 3. They left."
    assert [text[start:end].strip() for start, end in split_sentences(text)] == [
        "Gen. Smith met Mr. J. Doe on Feb. 3.",
        "They left.",
    ]


def test_every_rule_has_its_reader_and_every_reader_its_rule() -> None:
    assert {reads for reads, _ in grammar().rules} == set(READERS)


def test_every_pattern_of_the_grammar_is_met_by_a_sentence_of_the_tables() -> None:
    met: set[int] = set()
    for text in [row[0] for row in (*TABLE, *DAYS, *UNKNOWN)]:
        tokens = tokenize(text)
        met.update(match.order for match in longest(find(tokens, grammar().encode(tokens.words))))
    rules = [(rule["reads"], source) for rule in tables()["rules"] for source in rule["patterns"]]
    assert [rule for order, rule in enumerate(rules) if order not in met] == []


WORDS = st.sampled_from(
    """
    On In the a of to at by last next this early late mid - Tuesday Friday May March Feb. 17 3 31 2026 1999 second third
    quarter year years week weeks days hours two twenty hundred half and ago later earlier from now today yesterday
    morning night , . " 1990s century summer fall every each daily Christmas Easter 9:30 a.m. GMT noon fiscal first end
    said will met BC '45 Q2 02/03/2025 2025-02-30 anniversary previous following same that 's per LINE
    """.split()  # noqa: SIM905 - a hundred words read best as words
).map(lambda word: "\n\n" if word == "LINE" else word)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join))
DATES = st.one_of(st.none(), st.dates())


@settings(max_examples=150)
@given(TEXTS, DATES)
def test_any_text_gives_ordered_spans_that_slice_to_their_text(text: str, published: dt.date | None) -> None:
    end = 0
    for expression in find_times(text, published=published, quoted=[(0, len(text) // 2)]):
        assert expression.start >= end
        assert expression.end > expression.start
        assert text[expression.start : expression.end] == expression.text
        assert expression.value
        assert (expression.first is None) == (expression.last is None) == (expression.edtf is None)
        assert expression.first is None or (expression.last is not None and expression.first <= expression.last)
        end = expression.end


RELATIVE = """
    today, yesterday, last week, next month, Tuesday, last Tuesday, in May, on May 3, this year, two weeks ago, tonight,
    the weekend, the summer, last winter, the third quarter, the quarter, a year earlier, Christmas, at noon, that day,
    the end of the year, at 9:30 a.m., the following month, the next day, two days later, '45, the nineties, the year,
    the second half, later this month, the year-ago quarter, earlier this week, Easter week, the week of May 3,
    in the coming days, soon, in two weeks, the last week of May, that same day, the day before Tuesday, in a few days,
    the quarter ended May 3, the past decade, in the future, the day after last Friday
    """.replace("\n", " ").split(",")


@settings(max_examples=100)
@given(
    st.lists(st.sampled_from(RELATIVE), min_size=1, max_size=8), st.sampled_from(["They met {}.", "They will meet {}."])
)
def test_without_publication_date_no_relative_expression_gets_a_date(expressions: list[str], frame: str) -> None:
    text = " ".join(frame.format(expression.strip()) for expression in expressions)
    for expression in find_times(text):
        assert (expression.first, expression.last, expression.edtf) == (None, None, None), expression
        assert "2001" not in expression.value


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_tokens_slice_to_themselves(text: str) -> None:
    tokens = tokenize(text)
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        assert text[start:end] == word or word == "\n"
