"""What people read, and what machines keep: numbers and identifiers."""

import uuid

import pytest

from reception.identifiers import digest, secret, token, uuid7
from reception.numbers import number
from tests.builders import TEN


@pytest.mark.parametrize(
    ("count", "shown"), [(1, "A001"), (42, "A042"), (999, "A999"), (1000, "A1000"), (12345, "A12345")]
)
def test_a_number_has_at_least_three_digits_and_is_never_cut(count, shown):
    assert number("A", count) == shown


def test_an_identifier_is_a_uuid7_of_its_instant():
    made = uuid.UUID(uuid7(TEN))
    assert (made.version, made.variant, made.int >> 80) == (7, uuid.RFC_4122, TEN)


def test_identifiers_sort_by_instant_and_differ_within_one():
    assert uuid7(TEN) < uuid7(TEN + 1)
    assert len({uuid7(TEN) for _ in range(1_000)}) == 1_000


def test_tokens_hold_128_bits_and_secrets_256_and_both_fit_an_address():
    for made, length in ((token(), 22), (secret(), 43)):
        assert len(made) == length
        assert set(made) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_what_is_stored_of_a_secret_does_not_hold_it():
    made = secret()
    assert digest(made) == digest(made) != digest(secret())
    assert made not in digest(made)
