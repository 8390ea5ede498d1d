import re

import pytest

from reception.refusals import Refusal
from tests.manage.conftest import Manager


def test_a_screen_is_let_in_by_its_code_and_ended_by_a_press(manager, parts):
    code, claim = parts.keys.ask_to_pair(lasts_ms=60_000, most=50)
    manager.post("/manage/devices", code=code.lower(), role="kiosk", name="Lobby by the door")
    assert "Lobby by the door is let in." in manager.get("/manage/devices").text
    given, holder = parts.keys.exchange(claim, kind="pairing")
    page = manager.get("/manage/devices").text
    assert "Lobby by the door" in page and "Not heard yet" in page
    manager.post(f"/manage/devices/{holder.id}/end")
    assert parts.keys.holder(given, "browser") is None
    assert "Lobby by the door has no access any more." in manager.get("/manage/devices").text
    assert "No screen is let in yet." in manager.get("/manage/devices").text


def test_a_wrong_code_keeps_what_was_typed(manager):
    page = manager.post("/manage/devices", status=404, code="XXXXXX", role="display", name="Board <b>").text
    assert "No screen shows this code now." in page
    assert 'value="XXXXXX"' in page and "Board &lt;b&gt;" in page


def test_a_screen_cannot_be_let_in_as_a_manager(manager, parts):
    code, _ = parts.keys.ask_to_pair(lasts_ms=60_000, most=50)
    manager.post("/manage/devices", status=422, code=code, role="admin", name="Mine")


def test_changes_are_made_by_post_with_the_forms_token_alone(manager, parts):
    parts.keys.add(name="Board", role="display", kind="browser", by="test")
    key = parts.keys.all()[0].id
    assert manager.client.get(f"/manage/devices/{key}/end").status_code == 405
    assert manager.client.post(f"/manage/devices/{key}/end").status_code == 400
    assert not parts.keys.all()[0].revoked_at


def test_a_manager_cannot_end_an_admins_sign_in_or_key(manager, admin, parts):
    parts.keys.add(name="backup", role="admin", kind="bearer", by="test")
    for key in parts.keys.all():
        manager.post(f"/manage/devices/{key.id}/end", status=404)
    backup = next(key for key in parts.keys.all() if key.name == "backup")
    admin.post(f"/manage/devices/{backup.id}/end")


def test_a_screens_name_is_kept_without_what_cannot_be_seen(manager, parts):
    code, _ = parts.keys.ask_to_pair(lasts_ms=60_000, most=50)
    manager.post("/manage/devices", code=code, role="display", name="L\x1b[2Jobby\u202e")
    assert parts.store.reader.execute("SELECT name FROM keys WHERE role = 'display'").fetchall() == [("L[2Jobby",)]


def test_only_so_many_screens_wait_for_a_code_at_a_time(parts):
    for _ in range(2):
        parts.keys.ask_to_pair(lasts_ms=60_000, most=2)
    with pytest.raises(Refusal, match="too_many_codes"):
        parts.keys.ask_to_pair(lasts_ms=60_000, most=2)


def test_only_admins_see_people(manager, admin, receptionist):
    manager.get("/manage/people", status=403)
    manager.post("/manage/people", status=403, name="Me", sign_in="me", role="admin")
    receptionist.get("/manage/people", status=403)
    assert "Who may sign in" in admin.get("/manage/people").text
    assert "/manage/people" not in manager.get("/manage/devices").text


def test_somebody_added_gets_a_link_that_is_shown_once(admin, parts):
    page = admin.post("/manage/people", status=200, name="Robin", sign_in="Robin", role="receptionist").text
    given = re.search(r"/password/([\w-]+)", page)[1]
    assert parts.keys.holder(given, "password").name == "Robin"
    again = admin.get("/manage/people").text
    assert given not in again and "signs in as robin" in again and "No password yet" in again


def test_a_name_to_sign_in_with_is_one_persons(admin, parts):
    admin.post("/manage/people", status=200, name="Robin", sign_in="robin", role="receptionist")
    page = admin.post("/manage/people", status=409, name="Other", sign_in="ROBIN", role="manager").text
    assert "Somebody already signs in as robin." in page and "/password/" not in page


def test_nobody_is_added_without_names_or_with_a_role_that_is_none(admin, parts):
    before = parts.keys.people()
    for form in ({"name": "", "sign_in": "x"}, {"name": "X", "sign_in": " "}, {"name": "\u202e", "sign_in": "x"}):
        admin.post("/manage/people", status=422, role="manager", **form)
    admin.post("/manage/people", status=422, name="X", sign_in="x", role="root")
    assert parts.keys.people() == before


def test_ending_somebodys_access_signs_them_out(admin, parts, app):
    leaver = Manager(parts, app, "manager")
    leaver.get("/manage/figures")
    admin.post(f"/manage/people/{leaver.person}/end")
    assert leaver.get("/manage/figures", status=302).location.startswith("/sign-in")


def test_an_admin_remains(admin, parts):
    page = admin.post(f"/manage/people/{admin.person}/end", status=409).text
    assert "You cannot end your own access." in page
    admin.get("/manage/people")


def test_somebody_who_is_not_there_is_refused_with_a_sentence(admin):
    assert "has this id" in admin.post("/manage/people/nobody/end", status=404).text
    assert "No key that still works" in admin.post("/manage/devices/nothing/end", status=404).text
