"""What the listeners are told: each step once, whoever took it, in the order stored."""

import pytest

from reception.door import Once
from reception.writer import Writer
from tests.builders import open_door


def test_what_another_process_stored_is_told_once_and_ones_own_is_not_told_again(door, hands, tmp_path):
    told = []
    door.listeners.append(lambda news: told.extend(step.number for step in news.steps))
    door.ticket()
    other = open_door(tmp_path / "reception.db", hands)
    other.ticket()
    door.ticket()
    assert told == [1, 3]
    seen = door.tell_of_others(0)
    assert (seen, told) == (3, [1, 3, 2])
    door.ticket()
    assert door.tell_of_others(seen) == 4
    assert told == [1, 3, 2, 4]
    other.store.close()


def test_a_number_that_a_failed_change_gave_back_is_its_next_takers_own(door):
    class Busy(Writer):
        """Somebody else's turn comes before a change hears that its own has failed."""

        def do(self, turn):
            try:
                return super().do(turn)
            except ZeroDivisionError:
                door.ticket()
                raise

    told = []
    door.listeners.append(lambda news: told.extend(step.number for step in news.steps))
    door.writer = Busy(door.store, door._tell)
    with pytest.raises(ZeroDivisionError):
        door.issue(service="tax", by="key:7", once=Once("key:7", "k1", lambda answer: 1 / 0))
    assert door.tell_of_others(0) == 1
    assert told == [1]
