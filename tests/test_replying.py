"""Which line answers a turn: the net that reads them, the rules that put them up, its training."""

from __future__ import annotations

import json
import random
import shutil

import pytest
import torch
from safetensors.torch import save_file

from coach.errors import MissingModel
from coach.listening.encoder import default_folder, load_encoder
from coach.listening.listener import Reply
from coach.listening.reply_net import FIGURES, REPLY, TURN, Layout, ReplyNet, merge
from coach.listening.replying import REPLYING, ReplyReader
from coach.listening.wire import reply_from_json, reply_to_json
from coach.mentor.library import load_library
from coach.mentor.nearness import Nearness, Wordings, as_reply, part_of
from coach.mentor.policy import STORY
from coach.paths import data_dir, models_dir
from coach.training.data import read_json_lines
from coach.training.reply_data import NEWEST, PLAYED, WRITTEN, Group, Lines, thinned
from coach.training.replying import (
    Row,
    digest,
    keep,
    loss_of,
    main,
    steps,
    take_up,
    with_pieces_hidden,
)
from tests.fakes import FakeListener
from tests.mentor_scene import CLOSED, OPEN, PLAIN, WELL, a_mentor, a_scenario
from tests.models import listener

LAST = "I left them out one back-end. Three of the cows died."
TURN_TEXT = "Three of them. How old were you then?"
AGE = Reply(
    text="Twenty-eight. It was my first year with my name on the cheque book.",
    kind="after",
    asked_as="How old were you then?",
    near=0.97,
)
TEA = Reply(
    text="There's tea in the flask, and two cups.",
    kind="small",
    asked_as="Is there any tea?",
    near=0.31,
    behind=0.66,
)
NO = Reply(text="That I couldn't tell you.")


def a_net() -> tuple[ReplyNet, Layout]:
    torch.manual_seed(1)
    tokenizer, encoder = load_encoder(str(default_folder()))
    net = ReplyNet(encoder)
    with torch.no_grad():
        for name, parameter in net.named_parameters():
            if name.endswith(".b"):
                parameter.normal_(std=0.02)
    return net.eval(), Layout(tokenizer)


def scores(net: ReplyNet, *rows) -> list[float]:
    with torch.inference_mode():
        return net(list(rows)).tolist()


def test_no_reply_sees_another():
    net, layout = a_net()
    together = scores(net, layout.lay_out(LAST, TURN_TEXT, [AGE, TEA, NO]))
    for reply, score in zip((AGE, TEA, NO), together, strict=True):
        alone = scores(net, layout.lay_out(LAST, TURN_TEXT, [reply]))
        assert alone == pytest.approx([score], abs=1e-4)
    # Rows of another length beside it change nothing either.
    longer = layout.lay_out("", "And " * 50, [NO])
    assert scores(net, longer, layout.lay_out(LAST, TURN_TEXT, [AGE]))[1:] == pytest.approx(
        together[:1], abs=1e-4
    )


def test_every_part_of_what_is_known_counts():
    net, layout = a_net()
    [plain] = scores(net, layout.lay_out(LAST, TURN_TEXT, [AGE]))
    for other in (
        layout.lay_out("Something else.", TURN_TEXT, [AGE]),
        layout.lay_out(LAST, "And the cows?", [AGE]),
        layout.lay_out(LAST, TURN_TEXT, [AGE.model_copy(update={"asked_as": "Why?"})]),
        layout.lay_out(LAST, TURN_TEXT, [AGE.model_copy(update={"near": 0.2})]),
        layout.lay_out(LAST, TURN_TEXT, [AGE.model_copy(update={"kind": "story"})]),
    ):
        assert abs(scores(net, other)[0] - plain) > 1e-4


def test_what_is_cut_off_is_the_start_of_a_turn_and_the_end_of_a_reply():
    _, layout = a_net()
    row = layout.lay_out("", "well " * 200 + "why?", [Reply(text="because " * 200)])
    assert row.turn[1] - row.turn[0] == TURN + 1
    assert row.replies[0][1] - row.replies[0][0] == REPLY + 1
    assert len(row.figures[0]) == FIGURES
    whole = layout.lay_out("", "why?", [])
    assert row.ids[row.turn[1] - 3 : row.turn[1]] == whole.ids[-3:]


def test_the_exchange_before_is_read_and_nothing_before_that():
    net, layout = a_net()

    def read(*earlier):
        return scores(net, layout.lay_out(LAST, TURN_TEXT, [AGE], earlier))

    one, other = read("Who is it?", "Me."), read("Was it cold?", "No.")
    assert abs(one[0] - other[0]) > 1e-4 < abs(one[0] - read()[0])
    assert read("Long gone.", "Who is it?", "Me.") == read("Who is it?", "Me.")


def test_changes_worked_into_the_matrices_give_the_same():
    net, layout = a_net()
    row = layout.lay_out(LAST, TURN_TEXT, [AGE, TEA])
    before = scores(net, row)
    assert scores(merge(net), row) == pytest.approx(before, abs=1e-4)


def test_the_shipped_model_prefers_the_answer():
    fits = listener().fits(LAST, TURN_TEXT, [TEA, AGE, NO])
    assert all(0 <= fit <= 1 for fit in fits)
    assert max(fits) == fits[1]
    assert listener().fits(LAST, TURN_TEXT, []) == []


def test_it_belongs_to_its_listening_model(tmp_path):
    shutil.copytree(models_dir() / "replying", tmp_path / "replying")
    path = tmp_path / "replying" / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**config, "listening": "other"}), encoding="utf-8")
    with pytest.raises(MissingModel, match=r"belongs to another listening model.*models/replying"):
        ReplyReader(tmp_path / "replying", models_dir() / "listening")
    (tmp_path / "replying" / REPLYING.weights).unlink()
    with pytest.raises(MissingModel, match=r"replying\.safetensors"):
        ReplyReader(tmp_path / "replying", models_dir() / "listening")


def test_a_reply_crosses_a_process_as_it_is():
    for reply in (AGE, TEA, NO):
        assert reply_from_json(json.loads(json.dumps(reply_to_json(reply)))) == reply


# ---------------------------------------------------------------- what is put up


def test_a_line_knows_the_part_it_answers():
    assert part_of("topic/flood/full") == "topic/flood"
    assert part_of("detail/flood/2/0") == "detail/flood/2"
    assert part_of("answer/12/1") == "answer/12"
    assert part_of("confided/flood/age/0") == "follow/age"
    assert part_of("agreed/1") == part_of("opening") == ""
    parts = {"answer/1": Nearness(0.5, "Is it far?"), "topic/flood": Nearness(0.8, "The flood?")}
    reply = as_reply("Not far.", "answer/1", parts)
    assert (reply.kind, reply.asked_as, reply.near, reply.behind) == (
        "small",
        "Is it far?",
        0.5,
        0.3,
    )
    assert as_reply("Aye.", "", parts) == Reply(text="Aye.")


def test_a_wording_can_be_left_out():
    wordings = Wordings(a_scenario(), FakeListener().closeness)
    [wording, part] = next(
        (p.text, p.part) for p in wordings.phrases if p.part.startswith("topic/")
    )
    assert wordings.nearness(wording)[part].asked_as == wording
    assert wordings.nearness(wording, without=wording)[part].asked_as != wording
    assert (
        wordings.nearness(wording, without=wording)[part].score
        < wordings.nearness(wording)[part].score
    )


def asked_with(fits, text, reading, **state):
    mentor = a_mentor()
    mentor._fits = fits
    mentor.state = mentor.state.model_copy(update=state)
    return mentor.reply(text, reading, "context")


def test_in_doubt_the_first_rule_speaks():
    text = "Are you married?"
    ruled = a_mentor().reply(text, CLOSED, "")
    assert asked_with(lambda *_: [0.5] * len(_[2]), text, CLOSED) == ruled


def test_what_answers_the_turn_best_is_said():
    seen = []

    def last_one(context, text, replies, earlier):
        seen.append((context, text, replies, earlier))
        return [0.1] * (len(replies) - 1) + [0.9]

    line = asked_with(last_one, "Are you married?", CLOSED)
    [(context, text, replies, earlier)] = seen
    assert (context, text, earlier) == ("context", "Are you married?", ())
    assert line.text == replies[-1].text
    assert len({reply.text for reply in replies}) == len(replies) >= 3
    assert any(reply.kind == "small" for reply in replies)


def weighed(text, reading, **manners):
    """The texts weighed against a turn."""
    seen = []

    def fits(_, __, replies, ___):
        seen.extend(reply.text for reply in replies)
        return [0.5] * len(replies)

    mentor = a_mentor(manners=a_scenario().manners.model_dump() | manners)
    mentor._fits = fits
    mentor.reply(text, reading, "context")
    return seen


def test_all_that_is_said_without_an_answer_is_weighed():
    lines = [f"In a way, number {n}." for n in range(6)]
    assert set(lines) <= set(weighed("Are you married?", CLOSED, unknown={"yes_no": lines}))


def test_a_murmur_is_weighed_where_nothing_is_asked():
    murmurs = ["Mm.", "Ah, well."]
    assert "Mm." not in weighed("Are you married?", CLOSED, murmurs=murmurs)
    assert set(murmurs) <= set(weighed("My sister paints.", PLAIN, murmurs=murmurs))


FLOODED = "So it flooded, and there was nobody to carry the books out."


@pytest.mark.parametrize("text, reading", [("Goodbye.", PLAIN), (FLOODED, WELL)])
def test_what_a_firm_rule_says_stands(text, reading):
    def never(*_):
        raise AssertionError("nothing to weigh")

    story = {"told": {"flood": "full"}, "current": "flood", "last": ("topic/flood/full",)}
    ruled = a_mentor()
    ruled.state = ruled.state.model_copy(update=story)
    assert asked_with(never, text, reading, **story) == ruled.reply(text, reading, "context")


def test_a_story_that_makes_some_sense_is_told_whatever_else_would():
    def story_last(_, __, replies, ___):
        return [STORY if reply.kind == "story" else 0.9 for reply in replies]

    assert asked_with(story_last, a_scenario().topics[0].opened_by[0], OPEN).kind == "story"


def test_a_story_that_makes_none_is_weighed():
    seen = []

    def no_story(_, __, replies, ___):
        seen.append([reply.kind for reply in replies])
        return [STORY / 2 if reply.kind == "story" else 0.9 for reply in replies]

    line = asked_with(no_story, a_scenario().topics[0].opened_by[0], OPEN)
    assert line.kind != "story"
    [kinds] = seen
    assert kinds[0] == "story"


def test_nothing_said_is_weighed_again():
    def rises(_, __, replies, ___):
        return [index / 100 for index, _ in enumerate(replies)]

    mentor = a_mentor()
    mentor._fits = rises
    lines = [mentor.reply("What is it like here?", OPEN, "").text for _ in range(12)]
    assert len(set(lines)) == len(lines)


# ---------------------------------------------------------------- what it learned from


def a_row(*fits: float) -> Row:
    _, layout = a_net()
    return Row(layout.lay_out("", "Why?", [NO] * len(fits)), fits)


def test_the_loss_falls_as_lines_that_fit_rise():
    row = a_row(1.0, 0.0, 0.5)
    wrong, right = torch.tensor([-1.0, 1.0, 0.0]), torch.tensor([1.0, -1.0, 0.0])
    assert loss_of(right, [row]) < loss_of(wrong, [row])
    assert torch.isfinite(loss_of(right, [a_row(0.0, 0.0, 0.0)]))


def test_every_row_is_seen_once_and_no_step_is_too_large():
    rows = [a_row(*[0.0] * n) for n in (1, 2, 3, 1)] * 30
    batches = steps(rows, random.Random(1))
    assert sum(len(batch) for batch in batches) == len(rows)
    assert all(max(len(r.laid.ids) for r in batch) * len(batch) <= 6000 for batch in batches)


def test_thinning_keeps_all_that_fit():
    group = Group("", "Why?", (NO,) * 20, (1.0, 0.5, *[0.0] * 18))
    thin = thinned(group, random.Random(3))
    assert sorted(thin.fits, reverse=True) == [1.0, 0.5, *[0.0] * 7]


def test_some_pieces_are_hidden_and_none_between_texts():
    tokenizer, _ = load_encoder(str(default_folder()))
    row = Row(Layout(tokenizer).lay_out(LAST, TURN_TEXT, [AGE, TEA] * 8), (0.0,) * 16)
    seen = with_pieces_hidden(row, tokenizer, random.Random(1)).laid
    changed = [at for at, one in enumerate(row.laid.ids) if seen.ids[at] != one]
    assert {seen.ids[at] for at in changed} == {tokenizer.mask_token_id}
    assert 0.05 < len(changed) / len(row.laid.ids) < 0.2
    assert not {tokenizer.cls_token_id, tokenizer.sep_token_id} & {row.laid.ids[i] for i in changed}
    assert (seen.turn, seen.replies) == (row.laid.turn, row.laid.replies)


def test_training_goes_on_from_its_first_stage_and_from_no_other_net(tmp_path):
    net, layout = a_net()
    row = layout.lay_out(LAST, TURN_TEXT, [AGE, TEA])
    keep(net, tmp_path / "work" / "first.safetensors", 12)
    fresh, _ = a_net()
    with torch.no_grad():
        fresh.by_figure.weight.add_(1.0)
    assert scores(fresh, row) != scores(net, row)
    assert take_up(fresh, tmp_path / "work" / "first.safetensors") == 12
    assert scores(fresh, row) == scores(net, row)
    save_file({"other": torch.zeros(1)}, tmp_path / "other.safetensors")
    with pytest.raises(ValueError, match="of another net"):
        take_up(fresh, tmp_path / "other.safetensors")


def test_a_checkpoint_is_named_by_what_it_was_made_of(tmp_path):
    path = tmp_path / "turns.jsonl"
    path.write_text("one", encoding="utf-8")
    name = digest(("weights", 7), [path])
    assert name == digest(("weights", 7), [path]) != digest(("weights", 8), [path])
    path.write_text("two", encoding="utf-8")
    assert digest(("weights", 7), [path]) != name


def test_the_same_lists_do_not_teach_twice_over(tmp_path):
    home = models_dir() / "replying"
    with pytest.raises(SystemExit, match="went on with these lists"):
        main(["--onward", "--corpora", str(tmp_path), "--out", str(home)])


def test_judged_lists_are_of_scenarios_that_are_there_and_the_test_is_apart():
    scenarios = load_library().scenarios
    home = data_dir() / "labelled" / "replies"
    ids, turns = [], {"train": set(), "test": set()}
    for path in sorted(home.glob("*.jsonl")):
        for row in read_json_lines(path):
            assert row["scenario"] in scenarios
            assert all(reply["text"].strip() for reply in row["replies"])
            assert {reply["fits"] for reply in row["replies"]} <= {0, 0.5, 1}
            ids.append(row["id"])
            part = "test" if "test" in path.stem else "train"
            turns[part].add((row["context"], row["text"]))
    assert (home / f"{NEWEST}.jsonl").is_file()
    seen = {path for part in (WRITTEN, PLAYED) for path in home.glob(f"{part}.jsonl")}
    assert seen == {*home.glob("train*.jsonl")}
    assert len(set(ids)) == len(ids) > 3000
    assert turns["train"].isdisjoint(turns["test"])


def test_what_answers_one_line_is_no_answer_to_be_learnt_after_another():
    sort = {"answers": ["like a stone", "slept fine"], "says": "Then you missed the rats."}
    lines = Lines(a_scenario(hears=[sort]), FakeListener())
    assert "Then you missed the rats." in lines.text.values()
    assert "Then you missed the rats." not in lines.small
    assert not [part for _, part in lines.wordings if part.startswith("begins/")]


def test_two_lines_in_one_are_known_by_the_one_that_answers():
    lines = Lines(a_scenario(), FakeListener())
    asked = Nearness(0.7, "Is there any tea?")
    parts = {"answer/0": asked, "farewell": Nearness(0.1, "")}
    answer = lines.text["answer/0/0"]
    murmur = lines.text["encouraged/0"]
    for text in (answer, f"{murmur} {answer}"):
        reply = lines.reply(text, parts)
        assert (reply.kind, reply.near, reply.asked_as) == ("small", 0.7, asked.asked_as)
    assert lines.reply(f"{murmur} Nobody ever said this.", parts).kind == "none"
