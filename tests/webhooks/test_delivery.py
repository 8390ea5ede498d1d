"""Steps go out in order, at least once and signed; a failing receiver is tried again and harms nobody else."""

import logging
import threading

import pytest

from reception.webhooks import LEAVE, words
from tests.builders import TEN, eventually
from tests.serving import free_port
from tests.webhooks.conftest import SECRET, hook
from tests.webhooks.receiver import Receiver

HOUR = 3_600_000


def tried(sender, times: int, key: str = "crm") -> dict:
    """The hook's condition once it has failed so many times."""
    eventually(lambda: sender.condition(key)["attempts"] >= times)
    return sender.condition(key)


def morning(door) -> list[str]:
    """Two visitors, one called and finished: what was told about them."""
    before = len(door.told())
    door.ticket()
    door.ticket()
    door.next("1")
    door.next("1")
    return [f"visit.{step.step}" for step in door.told()[before:] if step.visit]


def test_every_step_of_a_visit_arrives_once_and_in_order(sender, receiver):
    office = sender(hook(receiver)).start()
    told = morning(office.door)
    eventually(lambda: len(receiver.arrived) >= len(told))
    assert receiver.types == told
    assert "visit.called" in told and "opened" in office.door.words()


def test_a_hook_hears_only_the_steps_it_names(sender, receiver):
    office = sender(hook(receiver, steps=["called"])).start()
    told = morning(office.door)
    eventually(lambda: len(receiver.arrived) >= told.count("visit.called"))
    office.close()
    assert set(receiver.types) == {"visit.called"}


def test_a_new_hook_starts_at_the_newest_step(sender, receiver):
    office = sender(hook(receiver))
    office.door.ticket()
    office.start()
    newest = office.door.ticket()
    eventually(lambda: receiver.arrived)
    assert [arrived.said["data"]["visit"] for arrived in receiver.arrived] == [newest.id]


def test_a_failed_step_is_sent_again_with_the_same_id_and_body_before_any_other(sender, receiver):
    receiver.answer = 503
    office = sender(hook(receiver)).start()
    told = morning(office.door)
    tried(office, 1)
    receiver.answer = 204
    office.go(seconds=10)
    eventually(lambda: len(receiver.arrived) > len(told))
    first, again, *_ = receiver.arrived
    assert (first.id, first.body) == (again.id, again.body)
    assert receiver.types == [told[0], *told]


def test_the_pause_doubles_up_to_the_longest(sender, receiver):
    receiver.answer = 500
    office = sender(hook(receiver)).start()
    office.door.ticket()
    pauses = []
    for times in range(1, 6):
        pauses.append(tried(office, times)["next_at"] - office.hands.wall)
        office.go(milliseconds=pauses[-1])
    assert pauses == [10_000, 20_000, 40_000, 60_000, 60_000]


def test_nothing_is_tried_before_its_time_however_much_happens(sender, receiver):
    receiver.answer = 500
    office = sender(hook(receiver)).start()
    office.door.ticket()
    tried(office, 1)
    office.go(seconds=9)
    morning(office.door)
    office.hooks.hooks[0].over = True  # so that what it does now is all that it does
    office.close()
    assert len(receiver.arrived) == 1


@pytest.mark.parametrize(
    ("answer", "cause"),
    [("hang", "timeout"), ("drip", "timeout"), ("reset", "dropped"), ("redirect", "redirected"), (404, "status")],
)
def test_whatever_a_receiver_does_it_gets_the_step_when_it_is_well(sender, receiver, answer, cause):
    receiver.answer = answer
    office = sender(hook(receiver), timeout_seconds=0.3).start()
    office.door.ticket()
    failing = tried(office, 1)
    assert failing["last_error"] == str(words.CAUSES[cause]) % {"status": {"redirect": 307}.get(answer, answer)}
    receiver.answer = 200
    office.go(minutes=1)
    eventually(lambda: office.condition()["state"] == "ok")
    assert [arrived.step for arrived in receiver.arrived] == [1, 1]


def test_a_receiver_that_was_not_there_gets_everything_when_it_is(sender):
    port = free_port()
    office = sender({"key": "crm", "url": f"http://127.0.0.1:{port}/", "secret": SECRET}).start()
    told = morning(office.door)
    tried(office, 1)
    with Receiver(port=port) as late:
        office.go(minutes=1)
        eventually(lambda: len(late.arrived) >= len(told))
        assert late.types == told


def test_a_hook_that_hangs_delays_no_other(sender, receiver):
    with Receiver("hang") as hanging:
        office = sender(hook(hanging, "slow"), hook(receiver), timeout_seconds=30).start()
        told = morning(office.door)
        eventually(lambda: len(receiver.arrived) >= len(told))
        assert (receiver.types, office.condition("slow")["step"], len(hanging.arrived)) == (told, 0, 1)


def test_a_receiver_that_says_gone_is_left_alone_until_the_next_start(sender, receiver):
    receiver.answer = 410
    office = sender(hook(receiver)).start()
    office.door.ticket()
    eventually(lambda: office.condition()["state"] == "stopped")
    office.go(hours=1)
    office.door.ticket()
    office.close()
    assert len(receiver.arrived) == 1
    receiver.answer = 204
    office.open()
    office.start()
    eventually(lambda: len(receiver.arrived) >= 3)
    assert (receiver.steps, office.condition()["state"]) == ([1, 1, 2], "ok")


def test_a_restart_tries_at_once_and_loses_nothing(sender, receiver):
    receiver.answer = 500
    office = sender(hook(receiver)).start()
    told = morning(office.door)
    tried(office, 1)
    office.close()
    receiver.answer = 204
    office.open()
    told += morning(office.door)
    office.start()
    eventually(lambda: len(receiver.arrived) > len(told))
    assert receiver.types == [told[0], *told]


def test_a_deliverer_that_dies_repeats_but_never_loses_or_turns_around(sender, receiver):
    """Killed after it was answered and before its place was stored, again and again."""
    office = sender(hook(receiver)).start()
    told = []
    for _ in range(4):
        told += morning(office.door)
        eventually(lambda: receiver.arrived)
        for one in office.hooks.hooks:
            one.closed = True  # nothing is stored any more
        office.close()
        office.open()
        office.start()
    last = office.door.told()[-1].number
    eventually(lambda: last in receiver.steps)
    office.close()
    once = {arrived.id: arrived for arrived in receiver.arrived}
    assert [arrived.said["type"] for arrived in once.values()] == told
    assert all(once[arrived.id].body == arrived.body for arrived in receiver.arrived)


def test_what_is_too_old_is_skipped_and_said_and_younger_steps_still_arrive(sender, receiver, caplog):
    receiver.answer = 500
    office = sender(hook(receiver)).start()
    morning(office.door)
    tried(office, 1)
    office.hands.go(minutes=90)
    young = office.door.ticket()
    tried(office, 2)
    office.go(minutes=30)
    failing = tried(office, 3)
    assert (failing["state"], failing["failing_since"], failing["skipped"]) == ("failing", TEN, 5)
    assert "5 steps up to number 6 could not be delivered" in caplog.text
    receiver.answer = 204
    office.go(hours=1)
    eventually(lambda: office.condition()["state"] == "ok")
    assert receiver.arrived[-1].said["data"]["visit"] == young.id
    assert (office.condition()["skipped"], office.condition()["skipped_at"]) == (5, TEN + 2 * HOUR)


def test_a_hook_taken_out_of_the_settings_is_new_when_it_comes_back(sender, receiver):
    office = sender(hook(receiver)).start()
    office.close()
    office.open(webhooks=[])
    office.start()
    office.door.ticket()
    office.close()
    office.open(webhooks=[hook(receiver)])
    office.start()
    newest = office.door.ticket()
    eventually(lambda: receiver.arrived)
    assert [arrived.said["data"]["visit"] for arrived in receiver.arrived] == [newest.id]


def test_secrets_and_the_rest_of_the_address_are_in_no_log_and_no_condition(sender, receiver, caplog):
    caplog.set_level(logging.DEBUG)
    receiver.answer = 500
    office = sender(hook(receiver)).start()
    office.door.ticket()
    seen = f"{tried(office, 1)} {caplog.text}"
    assert f"localhost:{receiver.port}" in seen
    assert not any(kept in seen for kept in (SECRET, SECRET.removeprefix("whsec_"), "for=tests"))


def test_stopping_waits_for_no_receiver_longer_than_it_may(sender):
    with Receiver("hang") as hanging:
        office = sender(hook(hanging), timeout_seconds=60).start()
        office.door.ticket()
        eventually(lambda: hanging.arrived)
        stopping = threading.Thread(target=office.hooks.stop)
        stopping.start()
        stopping.join(LEAVE + 5)
        assert not stopping.is_alive()


def test_an_address_or_secret_that_cannot_work_stops_the_start_and_is_not_repeated(sender, receiver):
    office = sender(hook(receiver) | {"url": "https://me:hunter2@example.org/"})
    with pytest.raises(ValueError, match="'crm': an address holds no name and password") as refused:
        office.start()
    assert "hunter2" not in str(refused.value)
    assert refused.value.__suppress_context__
