"""Days and times are CLDR's on every surface, with the hour of the United Kingdom and the figures of a ticket."""

import re
from datetime import date

import pytest
from flask import Flask

from reception.languages import CATALOGUES
from reception.translations.extracting import files
from reception.web import speaking, times
from tests.builders import LONDON, instant, office

AFTERNOON = instant("2026-03-02 14:05")
DAYS = {
    "en": "Wednesday 2 December 2026",
    "cy": "Dydd Mercher 2 Rhagfyr 2026",
    "gd": "DiCiadain, 2mh dhen Dùbhlachd 2026",
    "pl": "środa, 2 grudnia 2026",
    "ro": "miercuri, 2 decembrie 2026",
    "pa": "ਬੁੱਧਵਾਰ, 2 ਦਸੰਬਰ 2026",
    "ur": "بدھ، 2 دسمبر، 2026",
    "pt": "quarta-feira, 2 de dezembro de 2026",
    "es": "miércoles, 2 de diciembre de 2026",
    "ar": "الأربعاء، 2 ديسمبر 2026",
    "bn": "বুধবার, 2 ডিসেম্বর, 2026",
    "gu": "બુધવાર, 2 ડિસેમ્બર, 2026",
}


@pytest.fixture(autouse=True)
def app():
    app = Flask("times")
    settings = office(catalogues={"offered": [*CATALOGUES]})
    app.extensions["reception"] = type("Parts", (), {"settings": settings})
    speaking.prepare(app, settings)
    with app.app_context():
        yield app


@pytest.mark.parametrize("tag", CATALOGUES)
def test_a_day_is_said_as_its_language_says_it(tag):
    with speaking.in_language(tag):
        assert times.day(date(2026, 12, 2)).replace("\N{NO-BREAK SPACE}", " ") == DAYS[tag]


@pytest.mark.parametrize("tag", CATALOGUES)
def test_every_language_has_the_same_hour_in_the_same_figures(tag):
    with speaking.in_language(tag):
        assert times.time_of_day(AFTERNOON, LONDON) == "14:05"
        for said in (times.weekday_and_time, times.day_and_time, times.full_day_and_time, times.short_day_and_time):
            assert said(AFTERNOON, LONDON).endswith("14:05")
        assert set(re.findall(r"\d", times.full_day_and_time(AFTERNOON, LONDON))) <= set("0123456789")


@pytest.mark.parametrize("tag", CATALOGUES)
def test_a_near_day_leaves_its_year_out_and_nothing_else(tag):
    with speaking.in_language(tag):
        near, full = times.day_and_time(AFTERNOON, LONDON), times.full_day_and_time(AFTERNOON, LONDON)
    assert "2026" in full and "2026" not in near
    assert near.split()[0].strip(",،") in full and near[-1] != "\N{SPACE}"


def test_the_months_name_stands_beside_its_day_and_a_month_alone_has_its_own_form():
    assert times.day(date(2026, 3, 2)) == "Monday 2\N{NO-BREAK SPACE}March 2026"
    with speaking.in_language("pl"):
        assert (times.month(date(2026, 3, 2)), times.day(date(2026, 3, 2))[-10:]) == ("marzec 2026", "marca 2026")


def test_no_surface_has_a_pattern_of_its_own():
    # strftime may write a time for a script, in Python; on a page it would be read.
    shapes = {".py": r"format_(date|time|datetime)\b|[\"']\w*(HH:mm|MMMM)", ".html": r"strftime|dateformat|timeformat"}
    assert [file for file in files() if re.search(shapes[file.suffix], file.read_text("utf-8"))] == []
