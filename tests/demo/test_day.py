"""The demo's chances speak of things the demo office has: a renamed need or outcome would be refused all day."""

import inspect

from demo import day, people, receptionist
from demo.day import Day
from demo.doors import Lobby
from reception.settings import CONFIG, load
from reception.visit import OUTCOMES

SETTINGS = load(CONFIG / "demo.toml", env={})


def test_people_come_for_what_the_office_offers_and_need_what_it_knows():
    assert set(day.POPULAR) == set(day.SERVICE) == set(SETTINGS.service)
    assert set(day.NEEDS) <= set(SETTINGS.need)
    assert set(day.OUTCOMES) == set(OUTCOMES)
    assert SETTINGS.appointments.not_attended_minutes == people.MISSED_AFTER


def test_whatever_a_day_brings_a_receptionist_can_do():
    can = {name for name, _ in inspect.getmembers(receptionist.Receptionist, inspect.isfunction)}
    assert {*day.BETWEEN_CALLS, *day.WITH_THEM} <= can


def test_the_same_seed_is_the_same_day():
    one, two = Day(7), Day(7)
    assert [one.service() for _ in range(20)] == [two.service() for _ in range(20)]


def test_every_appointment_is_todays_and_known_by_a_reference_of_its_own():
    booked = people.appointments(Lobby("http://localhost", 60), Day(1), SETTINGS.zone)
    assert len({one["reference"] for one in booked}) == len(booked)
    assert len({one["start"][:10] for one in booked}) == 1
