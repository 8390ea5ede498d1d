"""What network printers do to the unwary, each against a printer that does it."""

import socket
import struct
import time

import pytest
from PIL import Image

from reception.printing.outcome import Outcome, PrinterFault
from reception.printing.printers import NetworkPrinter
from reception.printing.slip import draw
from reception.printing.status import NOT_MONITORED, UNKNOWN, Condition
from tests.fakes.printer import FakePrinter
from tests.printing.house import a_slip

PAGE = Image.new("1", (576, 40), 0)
HELD = ["out", "cover", "cutter", "hot", "error", "offline"]


def printer_at(fake: FakePrinter, **changes) -> NetworkPrinter:
    return NetworkPrinter(fake.host, fake.port, **{"timeout": 0.4, "confirm_seconds": 1.5} | changes)


@pytest.mark.parametrize("confirm", ["job_id", "status"])
def test_a_slip_that_the_printer_confirms_is_printed(confirm):
    with FakePrinter() as fake:
        outcome = printer_at(fake, confirm=confirm).print(PAGE)
        assert (outcome, len(fake.slips), fake.cuts) == (Outcome("printed", condition=Condition("ok")), 1, 1)


@pytest.mark.parametrize("confirm", ["job_id", "status"])
def test_printed_is_said_only_when_the_paper_has_come_out(confirm):
    with FakePrinter("slow", slow_seconds=0.6) as fake:
        begun = time.monotonic()
        outcome = printer_at(fake, confirm=confirm, confirm_seconds=5).print(PAGE)
        assert (outcome.state, len(fake.slips), time.monotonic() - begun >= 0.6) == ("printed", 1, True)


@pytest.mark.parametrize("fault", HELD)
def test_a_printer_in_trouble_is_sent_nothing_and_says_why(fault):
    with FakePrinter(fault) as fake:
        begun = []
        outcome = printer_at(fake).print(PAGE, sending=lambda: begun.append(1))
        condition = Condition(fault, fault)
        assert outcome == Outcome("failed", fault, sent=False, condition=condition)
        fake.fault = None
        assert (begun, fake.slips) == ([], [])


@pytest.mark.parametrize("fault", [*HELD, "near_end"])
def test_asking_tells_the_fault(fault):
    with FakePrinter(fault) as fake:
        assert printer_at(fake).ask() == Condition(fault, fault)


def test_paper_near_its_end_still_prints():
    with FakePrinter("near_end") as fake:
        assert printer_at(fake).print(PAGE) == Outcome("printed", condition=Condition("near_end", "near_end"))


def test_false_paper_ok_silence_is_unknown_and_the_slip_unconfirmed():
    with FakePrinter("silent") as fake:
        printer = printer_at(fake)
        assert printer.ask() == UNKNOWN
        assert printer.print(PAGE) == Outcome("unconfirmed", "silent", condition=UNKNOWN)
        assert len(fake.wait_for_slips(1)) == 1


def test_a_printer_known_to_be_silent_is_not_waited_for_at_every_slip():
    with FakePrinter("silent") as fake:
        printer = printer_at(fake, timeout=2)
        printer.ask()
        begun = time.monotonic()
        printer.print(PAGE)
        assert time.monotonic() - begun < 1


@pytest.mark.parametrize("confirm", ["job_id", "status"])
def test_unsolicited_status_is_not_taken_for_an_answer(confirm):
    with FakePrinter(unsolicited=True) as fake:
        printer = printer_at(fake, confirm=confirm)
        assert printer.ask() == Condition("ok")
        assert printer.print(PAGE) == Outcome("printed", condition=Condition("ok"))
        fake.fault = "out"
        assert printer.ask() == Condition("out", "out")


def test_a_picture_that_happens_to_hold_a_question_confuses_nobody():
    """Printers answer DLE EOT inside a picture too, so that answers arrive which nobody asked for."""
    rows = bytes((0xFF ^ 0x10, 0xFF ^ 0x04, 0xFF ^ 0x04, 0x00)) * 40
    with FakePrinter() as fake:
        outcome = printer_at(fake).print(Image.frombytes("1", (32, 40), rows))
        assert (outcome, len(fake.slips)) == (Outcome("printed", condition=Condition("ok")), 1)


@pytest.mark.parametrize("fault", ["drop_unseen", "drop_before_image", "drop_in_image"])
@pytest.mark.parametrize("confirm", ["job_id", "status"])
def test_silent_loss_a_connection_that_breaks_is_unconfirmed_not_printed_and_not_resent(fault, confirm):
    with FakePrinter(fault) as fake:
        begun = []
        outcome = printer_at(fake, confirm=confirm).print(draw(a_slip()), sending=lambda: begun.append(1))
        assert outcome == Outcome("unconfirmed", "dropped")
        fake.fault = None
        assert (begun, fake.connections, fake.slips) == ([1], 1, [])


@pytest.mark.parametrize("confirm", ["job_id", "status"])
def test_a_power_cut_in_mid_slip_is_unconfirmed_and_then_told(confirm):
    with FakePrinter("power_cut_in_image") as fake:
        printer = printer_at(fake, confirm=confirm)
        assert printer.print(draw(a_slip())) == Outcome("unconfirmed", "silent")
        assert printer.ask() == Condition("offline", "unreachable")
        fake.power_on()
        assert (printer.ask(), fake.slips) == (Condition("ok"), [])
        assert (printer.print(PAGE).state, len(fake.slips)) == ("printed", 1)


def test_a_printer_that_is_switched_off_and_on_in_mid_slip_confirms_nothing():
    with FakePrinter("power_cut_in_image") as fake:
        cycled = []

        class Hurried(NetworkPrinter):
            def read(self, device, seconds):
                if fake.fault == "power_cut_in_image" and fake.is_off and not cycled:
                    cycled.append(fake.power_on())
                return super().read(device, seconds)

        outcome = Hurried(fake.host, fake.port, timeout=2, confirm="status").print(draw(a_slip()))
        assert (outcome.state, outcome.cause, fake.slips, cycled) == ("unconfirmed", "dropped", [], [None])


def test_what_a_printer_has_printed_after_its_trouble_was_never_called_printed():
    """It keeps what it was sent, and prints it when somebody closes the cover: two slips are a person's to find."""
    with FakePrinter("out_after_image", remembers=True) as fake:
        outcome = printer_at(fake, confirm="job_id").print(PAGE)
        assert (outcome.state, outcome.cause) == ("unconfirmed", "out")
        fake.fault = None
        assert len(fake.wait_for_slips(1)) == 1


@pytest.mark.parametrize("confirm", ["job_id", "status"])
def test_answers_that_trickle_are_understood(confirm):
    with FakePrinter("trickle", unsolicited=True) as fake:
        assert printer_at(fake, confirm=confirm).print(PAGE) == Outcome("printed", condition=Condition("ok"))


def test_a_printer_that_has_just_fallen_silent_is_asked_anew():
    with FakePrinter() as fake:
        printer = printer_at(fake)
        assert printer.ask() == Condition("ok")
        fake.fault, before = "silent", fake.connections
        assert (printer.ask(), fake.connections - before) == (UNKNOWN, 2)
        assert (printer.ask(), fake.connections - before) == (UNKNOWN, 3)


def test_paper_that_runs_out_while_printing_is_told_and_confirms_nothing():
    with FakePrinter("out_after_image") as fake:
        begun = time.monotonic()
        outcome = printer_at(fake, confirm="job_id", confirm_seconds=20).print(PAGE)
        assert outcome == Outcome("unconfirmed", "out", condition=Condition("out", "out"))
        assert time.monotonic() - begun < 5


def test_a_printer_that_cannot_return_job_ids_leaves_the_slip_unconfirmed():
    with FakePrinter("no_job_id") as fake:
        outcome = printer_at(fake, confirm="job_id").print(PAGE)
        assert (outcome, len(fake.slips)) == (Outcome("unconfirmed", "silent"), 1)


def test_a_printer_without_a_status_channel_is_never_asked():
    with FakePrinter() as fake:
        printer = printer_at(fake, confirm="none")
        assert printer.ask() == NOT_MONITORED
        assert fake.connections == 0
        assert printer.print(PAGE) == Outcome("unconfirmed", "not_monitored", condition=NOT_MONITORED)
        assert len(fake.wait_for_slips(1)) == 1


def test_a_second_connection_that_is_refused_sends_nothing():
    with FakePrinter() as fake, socket.create_connection((fake.host, fake.port)) as other:
        other.sendall(b"\x10\x04\x01")
        assert other.recv(1) == b"\x12"
        with pytest.raises(PrinterFault) as caught:
            printer_at(fake).print(PAGE)
        assert (caught.value.cause, fake.slips) == ("dropped", [])
        assert printer_at(fake).ask() == Condition("offline", "dropped")


def test_a_dead_printer_is_one_exception_with_its_cause_and_works_again_once_it_is_back():
    with FakePrinter() as fake:
        printer = printer_at(fake)
        fake.switch_off()
        for _ in range(2):
            with pytest.raises(PrinterFault) as caught:
                printer.print(PAGE)
            assert caught.value.cause == "unreachable"
            assert caught.value.__cause__ is not None
        with FakePrinter(port=fake.port) as back:
            assert printer.print(PAGE).state == "printed"
            assert len(back.slips) == 1


def test_a_printer_that_does_not_accept_is_given_up_within_the_timeout():
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf:
        waiting = [socket.socket() for _ in range(3)]
        for connection in waiting:
            connection.setblocking(False)
            connection.connect_ex(deaf.getsockname())
        begun = time.monotonic()
        assert NetworkPrinter(*deaf.getsockname(), timeout=0.4).ask() == Condition("offline", "unreachable")
        assert time.monotonic() - begun < 2
        for connection in waiting:
            connection.close()


def test_a_frozen_printer_is_given_up_within_its_timeouts():
    with FakePrinter("frozen") as fake:
        begun = time.monotonic()
        outcome = printer_at(fake).print(PAGE)
        assert (outcome.state, outcome.cause, time.monotonic() - begun < 2) == ("unconfirmed", "silent", True)


def test_an_unknown_name_is_unreachable():
    assert NetworkPrinter("printer.invalid", timeout=0.4).ask() == Condition("offline", "unreachable")


def test_late_slips_every_job_is_a_connection_of_its_own_closed_at_its_end():
    with FakePrinter() as fake:
        printer = printer_at(fake)
        for _ in range(3):
            printer.print(PAGE)
        assert fake.connections == 3
        with socket.create_connection((fake.host, fake.port)) as next_one:  # nothing is left open: it is served
            next_one.sendall(b"\x10\x04\x04")
            assert next_one.recv(1) == b"\x12"


def test_a_slip_is_not_lost_to_answers_nobody_read():
    """Closing a socket with unread input resets it, and a reset takes what the peer has not read yet."""
    with FakePrinter(unsolicited=True) as fake:
        printer = printer_at(fake, confirm="none")
        for _ in range(5):
            printer.print(draw(a_slip()))
        assert len(fake.wait_for_slips(5)) == 5


def test_what_was_recorded_before_the_first_byte_goes_out():
    with FakePrinter() as fake:
        seen = []
        printer_at(fake).print(PAGE, sending=lambda: seen.append(fake.bytes_read))
        assert seen == [4 * len(b"\x10\x04\x01")]
        assert fake.bytes_read > seen[0] + struct.calcsize("40s")
