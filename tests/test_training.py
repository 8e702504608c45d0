"""Training: examples, twists, the loop that resumes, calibration, the score's net."""

import json
import random
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from coach.errors import MissingModel
from coach.feedback.card import Remark
from coach.listening.pair_net import LABELS, STATUSES
from coach.listening.pair_reader import net_of
from coach.listening.paraphrase import Net
from coach.listening.weighing import Weighing, by_clause, named, point_figures
from coach.paths import data_dir
from coach.training import measures, suites_lapses
from coach.training.agreement import alpha
from coach.training.calibrating import Calibration, Said, _heat, _heat_and_shift, _line
from coach.training.curriculum import new_and_old
from coach.training.data import (
    LAPSES,
    Attempt,
    LabelledTurn,
    LapseTurn,
    Statement,
    heard_turns,
    labelled_turns,
    lapse_turns,
    read_json_lines,
)
from coach.training.deciding import UNDECIDED, fit
from coach.training.entailment import SOURCES, _table
from coach.training.examples import (
    Example,
    crossed,
    exchanged_words,
    from_attempts,
    from_points,
    from_turn,
    kept_out,
)
from coach.training.framing import Frames
from coach.training.listening import shipped
from coach.training.ours import beside_points_or_claims, roughened
from coach.training.pair_data import batches, collate, make_ready
from coach.training.signing import Possible
from coach.training.signing import fit as fit_signed
from coach.training.silver import mibot
from coach.training.suites_lapses import ADVICE
from coach.training.suites_marks import find_margins, point_marks, precision, recall, spotless
from coach.training.tuning import Plan, average, loss_of, tune
from coach.training.twists import changes, copy_of, handed_back
from coach.training.worth import SIGNS, likely, train_rising, weigh
from tests.builders import a_paraphrase, a_point, a_reading
from tests.models import ear, listener
from tests.small_net import Letters, small_net

NO_FIGURES = np.zeros(2, np.float32)
LEFT = "I left in May. My brother stayed."


def ready(example):
    return make_ready(Letters(), example, NO_FIGURES, {})


def test_a_labelled_turn_teaches_every_label_but_depth_where_nothing_is_reflected():
    turn = LabelledTurn("t1", "I left.", "Why?", "open", ("leading",), "none", 0.5, ("dismissal",))
    labels = from_turn(turn).labels
    assert set(LABELS) - set(labels) == {"deep", "worth"}
    assert labels["question open"] == labels["flag leading"] == labels["move dismissal"] == 1.0
    assert (labels["reflects"], labels["uptake"]) == (0.0, 0.5)


def test_what_became_of_the_mentors_pieces_teaches_too():
    points = ((0, 14, "covered"), (15, 33, "missed"))
    turn = LabelledTurn("t1", LEFT, "In May, then.", "none", (), "simple", 0.5, (), points=points)
    covered, missed = STATUSES.index("covered"), STATUSES.index("missed")
    assert from_turn(turn).points == (((0, 14), covered), ((15, 33), missed))


def read_as(move, p, text="Thanks."):
    return a_reading(text, moves={move: p})


def gold(*moves):
    return LabelledTurn("u", LEFT, "Thanks.", "none", (), "none", 0.0, moves)


def test_a_margin_is_the_least_at_which_three_of_four_are_right():
    right = [(gold("appreciation"), read_as("appreciation", 0.83))] * 6
    wrong = [(gold(), read_as("appreciation", 0.72))] * 6
    doubted = [(gold(), read_as("commitment", 0.92))] * 12
    found = find_margins([*right, *wrong, *doubted])
    assert found["appreciation"] == 0.75
    assert "commitment" not in found and found["dismissal"] == 0.5
    assert find_margins([*right, *wrong[:2], *doubted])["appreciation"] == 0.5


def test_a_turn_that_hands_nothing_back_missed_every_point():
    point = a_point(LEFT, "I left in May.", p=0.9)
    reading = a_reading("Thanks.", reflects="simple", paraphrase=a_paraphrase(point))
    assert list(point_marks(gold(), reading)) == [("covered", 0.9, False)]


def test_right_marks_there_ones_and_turns_without_a_wrong_one():
    truth = np.array([[True, False], [True, False], [False, False]])
    said = np.array([[True, True], [False, False], [False, False]])
    assert (precision(truth, said), recall(truth, said)) == (0.5, 0.5)
    assert spotless(truth, said) == pytest.approx(2 / 3)


def statement(*attempts):
    return Statement("s1", LEFT, ("left in May", "the brother stayed"), attempts)


def test_an_attempt_teaches_beside_the_statement_and_beside_its_points():
    half = Attempt("a", "half", 3, "You left.", ("covered", "missed"), False)
    cut = ((0, 14), (15, 33))
    beside, *given = from_attempts(statement(half), cut, cut, lambda text: [(0, 9)])
    assert beside.points == (((0, 14), 0), ((15, 33), 1))
    assert [one.context for one in given] == list(statement().key_points)
    assert [one.points[0][1] for one in given] == [0, 1]
    assert beside.labels["reflects"] == 1.0
    assert "move summary" not in beside.labels  # one point of two, and not called "one"
    assert beside.claims == (((0, 9), 0.0),)


def test_two_points_from_one_claim_that_fared_differently_teach_nothing_of_it():
    one = Attempt("a", "opposite", 6, "You left.", ("covered", "missed"), False)
    claim = (0, 33)
    beside, *_ = from_attempts(statement(one), (claim,), (claim, claim), lambda text: [])
    assert beside.points == ()
    twisted = Attempt("a", "opposite", 6, "You stayed.", ("distorted", "covered"), False)
    beside, *_ = from_attempts(statement(twisted), (claim,), (claim, claim), lambda text: [])
    assert beside.points == ((claim, STATUSES.index("distorted")),)


def test_crossed_pairs_hand_nothing_back():
    rows = [
        Example(f"context {at}", f"text {at}", f"g{at}", points=(((0, 7), 0),)) for at in range(4)
    ]
    for one in crossed(rows, 6, random.Random(1)):
        assert one.context[-1] != one.text[-1]
        assert [status for _, status in one.points] == [STATUSES.index("missed")]


def test_a_group_is_always_on_the_same_side():
    sides = [kept_out(f"g{at}") for at in range(500)]
    assert sides == [kept_out(f"g{at}") for at in range(500)]
    assert 20 < sum(sides) < 90


def test_roughened_turns_keep_their_labels_and_most_of_their_words():
    one = Example(
        "", "I'll bring the ledger, and the keys, on Monday. Shall we?", "g", {"uptake": 0.5}
    )
    rough = [roughened(one, random.Random(seed)) for seed in range(20)]
    assert any(r.text != one.text for r in rough)
    assert all(r.labels == one.labels for r in rough)
    words = set(one.text.lower().replace(",", "").replace(".", "").split())
    assert all(len(words & set(r.text.lower().split())) > len(words) / 2 for r in rough)


@pytest.mark.parametrize(
    ("said", "handed"),
    [
        ("I was late. We lost my key.", "You were late. You lost your key."),
        ("he told me", "He told you"),
    ],
)
def test_persons_are_handed_back(said, handed):
    assert handed_back(said) == handed


@pytest.mark.parametrize(
    ("text", "put"),
    [
        ("I never told the bank.", ""),
        ("I told the bank.", "never "),
        ("All of them stayed.", "None"),
        ("We lost eleven ewes.", None),
        ("I paid him.", "He paid me"),
        ("He left before the war.", "after"),
    ],
)
def test_a_single_change_turns_a_claim_false(text, put):
    made = changes(ear().hear(text), {}, random.Random(1))
    assert made
    assert put is None or put in {change.put for change in made}


def test_a_twisted_copy_says_which_claim_it_twists():
    heard = ear().hear("I told the bank in June. My brother never forgave me for it.")
    for seed in range(12):
        copy = copy_of(heard, {}, random.Random(seed), "g", twisted=True)
        if copy is not None:
            assert [s for _, s in copy.points].count(STATUSES.index("distorted")) == 1
    true = copy_of(heard, {}, random.Random(1), "g", twisted=False)
    assert true is not None
    assert STATUSES.index("distorted") not in [s for _, s in true.points]


def test_batches_hold_every_row_once_and_mind_their_size():
    rows = [ready(Example("c" * n, "t", "g", {"uptake": 1.0})) for n in range(1, 150)]
    sizes = []
    for pairs, targets in batches(rows, LABELS, random.Random(1)):
        assert pairs.ids.numel() <= 3072
        assert len(targets.weight) == len(pairs.ids)
        sizes.append(len(pairs.ids))
    assert sum(sizes) == len(rows)


def test_what_is_not_known_teaches_nothing():
    net = small_net()
    pairs, targets = collate([ready(Example("I left.", "Why?", "g"))], LABELS)
    assert float(loss_of(net(pairs), targets).detach()) == 0.0


def asking(count):
    """Turns with an x ask for feedback; a first claim beside an x is covered, else missed."""
    for at in range(count):
        yes = at % 2 == 0
        text = ("x" if yes else "o") * 4
        labels = {"move feedback_request": float(yes)}
        yield ready(Example("abcd", text, f"g{at}", labels, points=(((0, 4), int(not yes)),)))


def test_training_learns_and_a_cut_run_ends_where_a_whole_one_does(tmp_path):
    rows = list(asking(96))
    plan = Plan("p", epochs=8, encoder_rate=3e-3, head_rate=2e-2)
    whole, cut = small_net(), small_net()
    tune(whole, lambda _: rows, plan, tmp_path / "whole", seed=3)

    class Cut(Exception):
        pass

    def until_third(epoch):
        if epoch == 3:
            raise Cut
        return rows

    with pytest.raises(Cut):
        tune(cut, until_third, plan, tmp_path / "cut", seed=3)
    again = small_net()
    tune(again, lambda _: rows, plan, tmp_path / "cut", seed=3)
    for name, value in whole.state_dict().items():
        assert torch.equal(value, again.state_dict()[name]), name
    other = small_net(seed=9)
    tune(other, lambda _: [], plan, tmp_path / "cut", seed=3)
    assert not torch.equal(other.by_claim.weight, whole.by_claim.weight), "it took up another's"
    whole.eval()
    pairs, targets = collate(rows[:2], LABELS)
    said = whole(pairs)
    at = LABELS.index("move feedback_request")
    assert said.labels[0, at] > 1 > -1 > said.labels[1, at]
    assert said.points.argmax(dim=1).tolist() == targets.points.tolist() == [0, 1]


def twins(true, false):
    """The words of each of two attempts that its twin has otherwise."""
    status = ("covered", "covered"), ("distorted", "covered")
    one = Attempt("a", "accurate", 1, true, status[0], False)
    other = Attempt("b", "opposite", 6, false, status[1], False)
    for attempt in (one, other):
        found = exchanged_words(statement(one, other), attempt)
        yield found if found is None else [attempt.text[a:b] for a, b in found]


@pytest.mark.parametrize(
    ("true", "false", "words"),
    [
        (
            "You left in May, your brother stayed.",
            "You left in June, your brother stayed.",
            ["June"],
        ),
        ("You left, and he never did, not once.", "You left, and he did, not once.", ["did"]),
        ("In May you left and he stayed on.", "In May he left and you stayed on.", ["he", "you"]),
    ],
)
def test_of_twins_the_exchanged_words_are_found(true, false, words):
    assert list(twins(true, false)) == [[], words]


def test_what_is_told_in_quite_other_words_has_no_twin():
    assert list(twins("You left in May.", "Your brother was the one who went.")) == [None, None]


def test_the_exchanged_word_turns_round_the_one_point_it_belongs_to():
    true = Attempt("a", "accurate", 1, "You left in May, he stayed.", ("covered",) * 2, False)
    false = Attempt(
        "b", "opposite", 6, "You came in May, he stayed.", ("distorted", "covered"), False
    )
    both = statement(true, false)
    assert [one.twists for one in from_points(both, false)] == [((4, 8),), ()]
    assert [one.twists for one in from_points(both, true)] == [(), ()]


def test_attempts_stand_beside_points_or_beside_the_claims_as_they_are_cut():
    half = Attempt("a", "half", 3, "You left.", ("covered", "missed"), False)
    by_words = SimpleNamespace(vector=lambda text: np.zeros(1))
    many = statement(*[half] * 40)
    rows = list(beside_points_or_claims(many, ear(), by_words, random.Random(1)))
    found = {row.context: STATUSES[row.points[0][1]] for row in rows}
    kept, missed = ("I left in May.", "left in May"), ("My brother stayed.", "the brother stayed")
    assert found == dict.fromkeys(kept, "covered") | dict.fromkeys(missed, "missed")


def turning(count):
    """Turns of nine o with an x among them turn the point round; without, they keep it."""
    for at in range(count):
        yes, place = at % 2 == 0, at % 9
        text = "o" * place + ("x" if yes else "o") + "o" * (8 - place)
        twists = ((place, place + 1),) if yes else ()
        points = (((0, 4), STATUSES.index("distorted" if yes else "covered")),)
        yield ready(Example("abcd", text, f"g{at}", points=points, twists=twists))


def test_the_word_that_turns_a_point_round_is_learned_where_the_plan_says_so(tmp_path):
    rows = list(turning(108))
    rates = {"epochs": 8, "encoder_rate": 3e-3, "head_rate": 2e-2}
    plain, by_word = small_net(), small_net()
    tune(plain, lambda _: rows, Plan("p", **rates), tmp_path, seed=3)
    assert not plain.by_twist.weight.any()
    tune(by_word, lambda _: rows, Plan("w", **rates, by_word=True), tmp_path, seed=3)
    pairs, targets = collate(rows[:2], LABELS)
    said = by_word.eval()(pairs)
    assert said.points.argmax(dim=1).tolist() == targets.points.tolist()
    known = ~torch.isnan(targets.twists)
    assert torch.equal(said.twists[known] > 0, targets.twists[known] > 0.5)


def test_one_piece_that_turns_a_point_round_speaks_for_that_and_nothing_else():
    net = small_net().eval()
    pairs, _ = collate(list(turning(2)), LABELS)
    with torch.no_grad():
        before = net(pairs).points
        net.by_twist.bias.fill_(2.0)
        after = net(pairs).points
    assert torch.allclose(after - before, torch.tensor([0.0, 0.0, 2.0]).expand(2, 3), atol=1e-5)


def test_two_nets_are_averaged_weight_by_weight():
    torch.manual_seed(1)
    one, other = small_net(), small_net()
    with torch.no_grad():
        for mine, theirs in zip(one.parameters(), other.parameters(), strict=True):
            mine.fill_(1.0)
            theirs.fill_(4.0)
    average(one, other)
    assert all(bool((mine == 2.5).all()) for mine in one.parameters())
    assert all(bool((theirs == 4.0).all()) for theirs in other.parameters())


def test_training_goes_on_from_what_ships_and_from_nothing_else():
    labels = [*LABELS, "silver asks"]
    net = small_net(labels)
    with torch.no_grad():
        for name, parameter in net.encoder.named_parameters():
            if "word_embeddings" not in name:
                parameter.add_(0.1 * torch.randn_like(parameter))
    parts = shipped(net=net, given=small_net(seed=2))
    again = net_of("net", small_net().encoder, 2, parts)
    pairs, _ = collate([ready(Example("I left.", text, "g")) for text in ("Why?", "Oh.")], labels)
    with torch.no_grad():
        whole, less = net.eval()(pairs), again.eval()(pairs)
    assert less.labels.shape[1] == len(LABELS)
    torch.testing.assert_close(less.labels, whole.labels[:, : len(LABELS)])
    del parts["net.by_claim.weight"]
    with pytest.raises(MissingModel, match="another version"):
        net_of("net", small_net().encoder, 2, parts)


def test_rows_written_later_can_be_left_out(tmp_path):
    row = {"context": "", "text": "", "question": {"kind": "none", "flags": []}}
    row |= {"reflection": "none", "uptake": 0, "moves": []}
    (tmp_path / "turns").mkdir()
    for name in ("train-a", "train-r", "train-s", "test"):
        path = tmp_path / "turns" / f"{name}.jsonl"
        path.write_text(json.dumps(row | {"id": name}), encoding="utf-8")
    assert [t.id for t in labelled_turns("train", tmp_path)] == ["train-a", "train-r", "train-s"]
    assert [t.id for t in labelled_turns("train", tmp_path, "train-s")] == ["train-a", "train-r"]


def test_the_last_stage_has_all_that_is_new_and_as_much_that_is_known():
    old, new = [f"old {n}" for n in range(50)], ["new 1", "new 2", "new 3"]
    drawn = new_and_old([*old, *new], len(old), seed=3)
    assert drawn[:3] == new
    assert len(drawn) == 6
    assert {*drawn[3:]} <= {*old}
    assert drawn == new_and_old([*old, *new], len(old), seed=3)
    assert new_and_old(["old", "new", "newer"], 1, seed=3) == ["new", "newer", "old"]
    assert len(new_and_old([*old, *new], len(old), seed=3, again=2)) == 9


def test_a_line_pulls_overbold_scores_in_and_few_rows_move_little():
    rng = np.random.default_rng(1)
    truth = rng.random(600) < 0.5
    scores = np.where(truth, 1.0, -1.0) * 4 + rng.normal(0, 6, 600)
    slope, _ = _line(scores, truth.astype(float), 0.0)
    assert slope < 0.6
    few, shift = _line(np.array([3.0, -3.0]), np.array([1.0, 0.0]), 0.0)
    assert 0.7 < few < 1.6
    assert abs(shift) < 0.5
    assert _line(np.array([1.0, 2.0]), np.array([1.0, 1.0]), 0.0) == (1.0, 0.0)


def test_heat_cools_what_is_too_sure():
    logits = np.array([[6.0, 0.0], [6.0, 0.0], [0.0, 6.0]])
    assert _heat(logits, np.array([0, 1, 1])) < 0.5


def test_shifts_draw_said_shares_to_the_true_ones():
    logits = np.array([[1.0, 0.9, -2.0]] * 6)
    _, shift = _heat_and_shift(logits, np.array([0, 0, 1, 2, 2, 2]))
    assert shift[2] > shift[0]


def test_the_score_can_only_rise_with_what_is_kept():
    rng = np.random.default_rng(1)
    rows = [{name: float(rng.random()) for name in SIGNS} for _ in range(200)]
    wanted = [100 * row["coverage"] - 30 * row["twisted"] for row in rows]
    net = train_rising(rows, wanted, SIGNS, seed=1)

    value = Net.of(net.written()).value
    assert value(rows[0]) == pytest.approx(wanted[0], abs=15)
    for row in rows[:30]:
        assert value(row | {"coverage": row["coverage"] + 0.3}) >= value(row)
        assert value(row | {"twisted": row["twisted"] + 0.3}) <= value(row)
        assert value(row | {"twisted alone": row["twisted alone"] + 0.3}) <= value(row)


def test_before_anything_is_decided_no_attempt_is_worth_more():
    undecided = Net.of(UNDECIDED["score"])
    assert undecided.value({"coverage": 1.0}) == undecided.value({"coverage": 0.0}) == 0.0


def test_a_given_point_is_weighed_with_the_clause_it_was_taken_from():
    labels = np.zeros((2, len(LABELS)))
    points = [np.array([[0.0, 0.0, 3.0], [3.0, 0.0, 0.0]]), np.array([[2.0, 0.0, 1.0]])]
    said = Said(labels, points, [np.array([]), np.array([])])
    plain = np.array([[1.0] * 3, [0.0] * 3])
    none = Calibration(np.ones(len(LABELS)), np.zeros(len(LABELS)), plain, plain, (1.0, 0.0))
    alone = Said(labels[1:], points[1:], [np.array([])])
    chances = likely(
        said, alone, none, ["the mentor sold the boat"], ["I sold my boat", "it rained"]
    )
    assert chances.sources == [0]
    assert weigh([chances], [[0]]) == Weighing(0.0)
    assert weigh([chances] * 2, [[2]] * 2).share > 0
    mixed = Weighing(0.5).both(chances.alone, chances.cut, chances.sources)
    assert mixed[0, 2] == pytest.approx((chances.alone[0, 2] + chances.cut[0, 2]) / 2)


def test_a_status_is_named_by_how_the_rest_of_the_attempt_fared():
    rng = np.random.default_rng(3)
    # Each point by itself is in doubt; the attempt as a whole is not.
    doubtful = {0: (0.4, 0.4, 0.2), 1: (0.4, 0.4, 0.2), 2: (0.2, 0.2, 0.6)}
    worth = {0: 0.9, 1: 0.1, 2: 0.5}
    rows, gold = [], []
    for status in [0, 1, 2] * 70:
        alone = np.tile(doubtful[status], (3, 1)) + rng.normal(0, 0.02, (3, 3))
        rows.append(point_figures(alone, alone, alone, worth[status]))
        gold += [status] * 3
    naming = fit(np.vstack(rows), np.array(gold), len(gold))
    for status in (0, 1, 2):
        alone = np.tile(doubtful[status], (2, 1))
        p = naming.likely(point_figures(alone, alone, alone, worth[status]))
        assert p.sum(axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)
        assert named(p, naming.lean) == [status, status]


def test_a_point_stands_beside_its_clause_and_the_others_beside_it():
    alone = np.array([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]])
    theirs = by_clause(alone, np.array([[0.0, 1.0, 0.0]]), [0, None])
    assert theirs.tolist() == [[0.0, 1.0, 0.0], [0.1, 0.1, 0.8]]
    figures = point_figures(alone, theirs, alone, 0.5)
    kept_by_others, twisted_by_others = figures[:, -2], figures[:, -1]
    assert kept_by_others == pytest.approx([0.1, 0.7])
    assert twisted_by_others == pytest.approx([0.8, 0.1])
    (one,) = point_figures(alone[:1], alone[:1], alone[:1], 0.5)
    assert one[-2:] == pytest.approx([0.7, 0.1])


def test_a_volley_reflects_if_one_sentence_does(tmp_path):
    folder = tmp_path / "train" / "mibot"
    folder.mkdir(parents=True)
    rows = [
        {"speaker": "client", "text": "I smoke at work.", "auto_misc_label": None},
        {"speaker": "counsellor", "text": "You smoke there.", "auto_misc_label": "R"},
        {"speaker": "counsellor", "text": "Why is that?", "auto_misc_label": "Q"},
    ]
    (folder / "a.json").write_text(json.dumps({"utterances": rows}))
    whole, first, second = mibot(tmp_path)
    assert whole.text == "You smoke there. Why is that?"
    assert [e.labels["reflects"] for e in (whole, first, second)] == [1.0, 1.0, 0.0]
    assert [e.labels["silver asks"] for e in (whole, first, second)] == [1.0, 0.0, 1.0]


def test_tables_are_read_by_their_heading(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text('one\ttwo\tlabel\nHe "left".\tHe left.\tentailment\n')
    assert list(_table("one", "two", "label")(path)) == [('He "left".', "He left.", "entailment")]
    assert len({source.folder for source in SOURCES}) == len(SOURCES)


def test_measures_by_hand():
    gold, said = np.array([1, 1, 0, 0]), np.array([0.9, 0.2, 0.3, 0.1])
    assert measures.auc(gold, said) == pytest.approx(0.75)
    assert measures.macro_f1(np.array(["a", "b"]), np.array(["a", "a"])) == pytest.approx(1 / 3)
    assert measures.spearman(np.array([1, 2, 3]), np.array([10, 20, 30])) == pytest.approx(1.0)


def test_alpha_is_one_for_equals_and_about_nought_for_chance():
    rng = np.random.default_rng(1)
    one = rng.choice([0, 0.25, 0.5, 0.75, 1], 4000)
    assert alpha(one, one) == 1.0
    assert abs(alpha(one, rng.permutation(one))) < 0.05
    # Hayes & Krippendorff: two readers, interval data, worked by hand.
    assert alpha([1, 2, 3], [1, 2, 4]) == pytest.approx(
        1 - (1 / 3) / (2 * 1.1388889 * 6 / 5), abs=1e-3
    )


@pytest.mark.parametrize("kind", ["turns", "paraphrases", "replies"])
def test_every_labelled_row_has_an_id_of_its_own(kind):
    files = sorted((data_dir() / "labelled" / kind).glob("*.jsonl"))
    ids = [row["id"] for path in files for row in read_json_lines(path)]
    assert len(set(ids)) == len(ids) > 1000


def test_turns_that_hand_back_a_story_are_whole_and_those_that_measure_teach_nothing():
    train, test = (
        heard_turns("train"),
        [t for p in ("test", "fresh", "short") for t in heard_turns(p)],
    )
    every = [*train, *test]
    assert len({turn.id for turn in every}) == len(every) > 1000
    for turn in every:
        assert len(turn.status) == len(turn.key_points) and {*turn.status} <= {*STATUSES}
        assert turn.back in ("well", "partly", "wrongly", "none")
    assert {(t.context, t.text) for t in train}.isdisjoint((t.context, t.text) for t in test)
    taught = {(turn.context, turn.text) for turn in labelled_turns("train")}
    assert taught.isdisjoint((turn.context, turn.text) for turn in test)


def test_lapses_are_known_ones_of_turns_that_are_there_and_the_sharp_words_are_theirs():
    train, test = lapse_turns("train"), lapse_turns("test")
    assert len({turn.id for turn in (*train, *test)}) == len(train) + len(test) > 5000
    for turn in (*train, *test):
        assert {*turn.lapses} <= {*LAPSES} and turn.text and turn.words in turn.text
        assert not turn.words or "sharp" in turn.lapses
    assert {(t.context, t.text) for t in train}.isdisjoint((t.context, t.text) for t in test)
    assert {*ADVICE} == {*LAPSES}


def test_cards_are_held_against_the_lapses_that_readers_saw(monkeypatch):
    reply = "The man died in my arms. I told nobody."
    seen = [
        LapseTurn(
            "a", reply, "What did the new machine cost you in the end, roughly?", ("passes_by",)
        ),
        LapseTurn("b", reply, "In your arms. I'm so sorry.", ()),
        LapseTurn("c", reply, "How many lorries does the depot run on a Sunday?", ("passes_by",)),
    ]
    monkeypatch.setattr(suites_lapses, "lapse_turns", lambda part: seen)
    _, passed, _ = suites_lapses.lapses(SimpleNamespace(read=listener().read), None)
    assert (passed.name, passed.rows) == ("passes_by, F1", 3)
    assert passed.value == 1.0 and passed.baseline == pytest.approx(0.8)


FRAMES = Frames(
    before=("Thank you.",), after=("Is that it?", "What then?"), questions=("What then?",)
)


def test_what_stands_around_an_attempt_moves_its_claims_and_nothing_else():
    labels = {"worth": 0.06, "reflects": 1.0}
    points = (((0, 14), STATUSES.index("covered")), ((15, 33), STATUSES.index("distorted")))
    said = "You left in May, your sister stayed"
    one = Example(LEFT, said, "s1", labels, points, (((0, 15), 0.0), ((17, 35), 1.0)))
    drawn = [FRAMES.around(one, random.Random(seed)) for seed in range(40)]
    assert {row.text for row in drawn} == {
        f"Thank you. {said}",
        f"{said}. Is that it?",
        f"{said}. What then?",
        f"Thank you. {said}. Is that it?",
        f"Thank you. {said}. What then?",
    }
    for row in drawn:
        assert (row.context, row.labels, row.points) == (LEFT, labels, points)
        assert [row.text[a:b] for (a, b), _ in row.claims] == [said[:15], said[17:]]


def test_after_a_question_a_turn_still_does_what_it_did_and_the_rest_is_not_known():
    turn = LabelledTurn("t1", LEFT, "In May, then", "none", (), "simple", 1.0, ("summary",))
    asked = FRAMES.asked_after(from_turn(turn), random.Random(1))
    assert asked.text == "In May, then. What then?"
    assert asked.labels == {"reflects": 1.0, "deep": 0.0, "uptake": 1.0, "move summary": 1.0}


def test_the_frames_that_train_fit_any_story():
    frames = Frames.read()
    assert len({*frames.before, *frames.after}) == len(frames.before) + len(frames.after) > 300
    assert {*frames.questions} < {*frames.after}


def test_praise_is_fitted_to_what_was_signed():
    def row(at: int, kind: str, carried: float, signed: bool) -> Possible:
        remark = Remark(skill=kind, title="T", words="W.", rule="Rule: r.")
        return Possible(f"t{at}", remark, 0.9, 0.5, 2.0, carried, signed)

    rows = [
        row(at, "appreciation", carried, carried > 0) for at, carried in enumerate([3.0, -3.0] * 30)
    ]
    rows += [row(at, "commitment", 3.0, at % 4 == 0) for at in range(60, 100)]
    rows += [row(at, "casual_invite", 3.0, True) for at in range(100, 102)]
    lines = fit_signed(rows)
    assert set(lines) == {"appreciation", "commitment"}

    def chance(kind: str, carried: float) -> float:
        bias, by_certainty, by_words = lines[kind]
        return 1 / (1 + np.exp(-(bias + 2.0 * by_certainty + carried * by_words)))

    assert chance("appreciation", 3.0) > 0.8 > 0.2 > chance("appreciation", -3.0)
    assert chance("commitment", 3.0) == pytest.approx(0.25, abs=0.2)
