"""The pair net and its layout of word pieces, on a net and a tokenizer that a test can see."""

import torch

from coach.listening.contrast import FIGURES
from coach.listening.pair_net import LABELS, _peak
from coach.listening.pairing import MOST_CONTEXT, MOST_TURN, batch, lay_out
from tests.small_net import Letters, small_net

NOTHING = [[0.0] * len(FIGURES)]


def pieces(pair, place):
    return [pair.offsets[at] for at in range(*place)]


def test_spans_are_found_as_word_pieces_of_their_own_side():
    pair = lay_out(Letters(), "abcd", "xyz")
    assert len(pair.ids) == 1 + 4 + 1 + 3 + 1
    assert pieces(pair, pair.in_context((1, 3))) == [(1, 2), (2, 3)]
    assert pieces(pair, pair.in_turn((2, 3))) == [(2, 3)]
    assert pair.in_turn((3, 9)) is None


def test_a_long_context_is_read_from_its_end_and_a_long_turn_from_its_start():
    pair = lay_out(Letters(), "a" * 400, "b" * 400)
    assert pair.in_context((0, 10)) is None
    assert pair.in_context((390, 400)) is not None
    assert pair.in_turn((0, 10)) is not None
    assert pair.in_turn((390, 400)) is None
    assert len(pair.ids) == MOST_CONTEXT + MOST_TURN + 3


def test_padding_hardly_matters_and_the_other_row_not_at_all():
    net = small_net().eval()
    one, two = lay_out(Letters(), "I left.", "Why?"), lay_out(Letters(), "I stayed on.", "Oh no.")
    figures = torch.zeros(2, 2)
    with torch.inference_mode():
        both = net(batch([one, two], figures, [(0, (1, 4))], [(1, (15, 18))], NOTHING))
        alone = net(batch([one], figures[:1], [(0, (1, 4))], contrasts=NOTHING))
    assert torch.allclose(both.labels[0], alone.labels[0], atol=1e-5)
    assert torch.allclose(both.points[0], alone.points[0], atol=1e-5)
    assert both.labels.shape == (2, len(LABELS))
    assert both.claims.shape == (1,)


def test_pairs_read_end_to_end_do_not_see_each_other():
    net = small_net().eval()
    texts = [("I left.", "Why?"), ("I stayed on.", "Oh no."), ("", "So you left, and they stayed.")]
    pairs = [lay_out(Letters(), context, turn) for context, turn in texts]
    laid = batch(pairs, torch.zeros(3, 2), [(0, (1, 4)), (1, (2, 9))], [(2, (5, 9))], NOTHING * 2)
    with torch.inference_mode():
        side, end = net(laid), net(laid, end_to_end=True)
    assert torch.allclose(side.labels, end.labels, atol=1e-5)
    assert torch.allclose(side.points, end.points, atol=1e-5)
    assert torch.allclose(side.claims, end.claims, atol=1e-5)
    for row, pair in enumerate(pairs):
        turn = slice(*pair.turn)
        assert torch.allclose(side.pieces[row, turn], end.pieces[row, turn], atol=1e-5)


def test_one_piece_that_speaks_up_carries_the_turn():
    pieces_said = torch.zeros(1, 6, 1)
    pieces_said[0, 3, 0] = 5.0
    turn = torch.tensor([[0, 0, 1, 1, 1, 0]])
    assert 4.0 < float(_peak(pieces_said, turn)) <= 5.0
    pieces_said[0, 3, 0], pieces_said[0, 1, 0] = 0.0, 50.0  # not the turn's
    assert abs(float(_peak(pieces_said, turn))) < 1e-5


def test_spans_see_their_own_words():
    net = small_net().eval()
    pair = lay_out(Letters(), "he left and she stayed", "She stayed.")
    with torch.inference_mode():
        said = net(
            batch([pair], torch.zeros(1, 2), [(0, (1, 8)), (0, (9, 23))], contrasts=NOTHING * 2)
        )
    assert not torch.allclose(said.points[0], said.points[1], atol=1e-4)
