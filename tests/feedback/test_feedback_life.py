"""Whatever is pressed in whatever order: the steps alone tell what is stored, and the table is the only way."""

import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reception.feedback.life import KINDS, NEXT, OF_COMPLAINTS, OF_OTHERS, STATES, possible, take
from reception.feedback.rows import Feedback, Stage
from reception.refusals import Refusal
from tests.builders import Hands, open_door


def test_every_step_belongs_to_a_kind_and_leads_to_a_state():
    steps = {step for after in NEXT.values() for step in after}
    assert set(NEXT) == set(STATES)
    assert {state for after in NEXT.values() for state in after.values()} <= set(STATES)
    assert steps - OF_COMPLAINTS - OF_OTHERS == {"feedback_added", "feedback_assigned"}


def test_what_is_offered_can_be_taken():
    for kind in KINDS:
        for state in STATES:
            for step in possible(kind, state, last_stage=False):
                assert take(kind, state, step) in STATES


class Pressed(RuleBasedStateMachine):
    """Anybody may press anything; a refusal changes nothing."""

    told = st.integers(0, 5)

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.hands = Hands()
        self.door = open_door(Path(self.folder.name) / "reception.db", self.hands)
        self.ids = []

    def teardown(self):
        if hasattr(self, "door"):
            self.door.store.close()
            self.folder.cleanup()

    def press(self, asked, told: int, **said) -> None:
        if not self.ids:
            return
        with suppress(Refusal):
            asked(feedback=self.ids[told % len(self.ids)], by="person:1", **said)

    @rule(kind=st.sampled_from(KINDS), put_right=st.sampled_from(["", "Done."]))
    def give(self, kind, put_right):
        put_right = put_right if kind == "complaint" else ""
        said = {"theme": "waiting", "source": "desk", "by": "person:1"}
        self.ids.append(self.door.give_feedback(kind=kind, put_right=put_right, **said).id)

    @rule(days=st.integers(1, 9))
    def days_pass(self, days):
        self.hands.go(days=days)

    @rule(told=told)
    def acknowledge(self, told):
        self.press(self.door.acknowledge_feedback, told)

    @rule(told=told, days=st.integers(1, 30))
    def extend(self, told, days):
        self.press(self.door.extend_feedback, told, reason="It takes longer.", days=days)

    @rule(told=told)
    def put_right(self, told):
        self.press(self.door.put_feedback_right, told, done="Done.")

    @rule(told=told, finding=st.sampled_from(["upheld", "not_upheld"]))
    def answer(self, told, finding):
        self.press(self.door.answer_feedback, told, finding=finding, answer="We looked into it.")

    @rule(told=told)
    def escalate(self, told):
        self.press(self.door.escalate_feedback, told)

    @rule(told=told, step=st.sampled_from(sorted(OF_OTHERS | {"feedback_withdrawn", "feedback_referred"})))
    def end(self, told, step):
        self.press(self.door.end_feedback, told, step=step)

    @invariant()
    def steps_tell_it_all(self):
        if not hasattr(self, "door"):
            return
        rows: dict[str, dict] = {}
        for step in self.door.told():
            if step.about and (step.step.startswith("feedback_")):
                rows.setdefault(step.about, {}).update({name: new for name, (_old, new) in step.changes.items()})
        for kind in (Feedback, Stage):
            for one in self.door.store.things(kind, self.door.office):
                stored = {name: value for name, value in asdict(one).items() if value not in (None, 0)}
                assert {name: value for name, value in rows[one.id].items() if value not in (None, 0)} == stored

    @invariant()
    def a_complaint_and_its_stages_agree(self):
        for one in getattr(self, "ids", []):
            found, stages = self.door.feedback(one), self.door.stages(one)
            assert found.stage == len(stages)
            if stages:
                assert found.answer_on == stages[-1].answer_on
                assert all(stage.answered_at for stage in stages[:-1])
            assert (found.ended_at is None) == (found.state == "open")


TestPressed = Pressed.TestCase
TestPressed.settings = settings(max_examples=40, stateful_step_count=25)
