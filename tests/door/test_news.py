"""What the listeners are told: each step once, whoever took it, in the order stored."""

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
