"""The turn to come, from its first letter until it is on record."""

from coach.tui.turn_under_way import TurnUnderWay
from coach.tui.widgets.dialogue import Entry

LINES = [Entry("Bo", "Come in.", 0, mine=False)] + [
    Entry(who, f"{who} {turn}", turn, mine=who == "You")
    for turn in (1, 2, 3)
    for who in ("You", "Bo")
]


def test_the_next_turn_follows_the_last_and_takes_nothings_place():
    turn = TurnUnderWay(last=3)
    turn.send("And then?", LINES)
    assert (turn.number, turn.replaced, turn.sent) == (4, (), "And then?")
    assert turn.kept(4) == ""
    assert (turn.number, turn.sent) == (5, None)


def test_a_turn_takes_the_place_of_one_that_could_not_be_read():
    turn = TurnUnderWay(last=3, unread=True)
    turn.send("And then?", LINES)
    assert (turn.number, turn.replaced) == (3, tuple(LINES[-2:]))
    assert turn.take_back() == "And then?"
    assert (turn.number, turn.unread, turn.sent) == (3, True, None)


def test_what_was_typed_comes_back_once_a_turn_was_taken_again():
    turn = TurnUnderWay(last=3)
    turn.reopen(2, "half a li")
    turn.reopen(1, "another try at two")
    assert turn.reopened and turn.number == 1
    turn.send("Once more.", LINES)
    assert not turn.reopened and turn.replaced == tuple(LINES[1:])
    turn.take_back()
    assert turn.reopened
    turn.send("Once more.", LINES)
    assert turn.kept(1) == "half a li"
    assert (turn.last, turn.again, turn.put_away) == (1, None, "")


def test_a_turn_that_is_not_taken_again_after_all_leaves_everything_as_it_was():
    turn = TurnUnderWay(last=3)
    turn.reopen(2, "half a li")
    assert turn.give_up() == "half a li"
    assert turn == TurnUnderWay(last=3)
