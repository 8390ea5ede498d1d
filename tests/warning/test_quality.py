"""How often warnings were right: each visitor counts once, and who left in time proves nothing."""

from reception.warning.quality import Quality, quality

FATES = [("a", "missed"), ("b", "missed"), ("c", "missed"), ("d", "kept"), ("e", "left"), ("f", "kept"), ("g", None)]


def test_precision_is_of_warnings_and_recall_of_misses():
    found = quality(FATES, {"a": 120_000, "b": 119_999, "d": 200_000, "e": 200_000, "g": 1})
    assert found == Quality(missed=3, foreseen=2, early=1, warned=4, kept=1, left=1)
    assert (found.precision, found.recall, found.recall_early) == (2 / 3, 2 / 3, 1 / 3)


def test_of_nobody_there_is_no_share():
    assert (Quality().precision, Quality().recall, Quality().recall_early) == (None, None, None)


def test_offices_are_added_up_and_never_averaged():
    assert Quality(3, 2, 1, 4, 1, 1) + Quality(1, 1, 1, 1) == Quality(4, 3, 2, 5, 1, 1)
