"""What time alone changes reaches the screens: nobody presses anything, and nobody has to load a page again."""

from tests.builders import eventually


def test_somebody_put_back_is_offered_again_once_they_have_cooled_down(serve):
    server = serve(line={"cool_down_seconds": 1})
    key = server.key("desk")
    desk = server.screen("desk", key=key)
    visit = server.door.issue(service="tax", by="test").visit
    desk.ask("call_next", {"desk": "1"})
    desk.ask("return_to_line", {"desk": "1", "visit": visit.id})
    desk.ask("sit", {"desk": "1"})
    eventually(lambda: desk.of("desk")[-1]["waiting"] == 1)
    eventually(lambda: (desk.of("desk")[-1]["next"] or {}).get("id") == visit.id)


def test_a_ruling_that_ends_by_itself_is_told_to_the_board(serve):
    server = serve()
    board = server.screen("display", key=server.key("display"))
    ends_at = server.door.now() + 1_500
    server.door.rule(
        kind="notice", subject="board", value="shown", text="The lift is out.", by="person:boss", until_at=ends_at
    )
    eventually(lambda: board.of("board")[-1]["notice"] == "The lift is out.")
    eventually(lambda: board.of("board")[-1]["notice"] is None)
