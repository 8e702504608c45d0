from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.listening.overlap import concision, content_words, copied_runs, own_words

HEARD = "I ran the pipe uphill, and in January I was back to a block of ice and my boss shouting."


def quoted(context: str, text: str, **options: int) -> list[str]:
    return [text[start:end] for start, end in copied_runs(context, text, **options)]


def test_a_run_of_words_taken_over_is_found_where_it_stands():
    text = "Right. So the pipe uphill, and in January it all froze."
    assert quoted(HEARD, text) == ["the pipe uphill, and in January"]


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("I ran the pipe uphill", "You ran the pipe uphill"),
        ("I was sure my boss knew the answer", "you were sure your boss knew the answer"),
        ("I'm keeping two ledgers now", "You are keeping two ledgers now"),
        ("We don't trust the figures upstairs", "you do not trust the figures upstairs"),
        ("It’s the phone calls that kill me", "It's the phone calls that kill you"),
        ("I taught myself the whole ledger", "You taught yourself the whole ledger"),
    ],
)
def test_swapped_persons_count_as_the_same(heard, said):
    assert quoted(heard, said) == [said]


def test_case_and_punctuation_do_not_hide_a_copy():
    assert quoted("The ward was short, again, on Friday.", "THE WARD was short -- again on friday!")


def test_unicode_words_are_words():
    assert quoted("Der Prüfer sah café und Straße", "der prüfer sah CAFÉ und STRASSE") == [
        "der prüfer sah CAFÉ und STRASSE"
    ]


def test_function_words_alone_are_no_copy():
    assert quoted("and then it was all over for me", "and then it was all over for you") == []


def test_own_wording_is_no_copy():
    assert quoted(HEARD, "The drain went the wrong way and froze in winter.") == []


def test_a_short_run_is_no_copy_unless_asked_for():
    said = "Only the pipe uphill there"
    assert quoted(HEARD, said) == []
    assert quoted(HEARD, said, at_least=3) == ["the pipe uphill"]


def test_runs_from_two_places_are_two_runs_and_do_not_overlap():
    text = "in January I was back to a block of ice, I ran the pipe uphill"
    runs = copied_runs(HEARD, text)
    assert [text[a:b] for a, b in runs] == [
        "in January I was back to a block of ice",
        "I ran the pipe uphill",
    ]


def test_possessive_is_not_is():
    assert quoted("the client's ledger burned down", "the client is ledger burned down") == []


def test_own_words_falls_with_copying():
    copied = own_words(HEARD, "You ran the pipe uphill and in January were back to a block of ice")
    mixed = own_words(HEARD, "You ran the pipe uphill, and winter froze it while you got told off")
    fresh = own_words(HEARD, "Water sat in the drain, winter turned it solid, you got told off")
    assert copied == 0.0
    assert copied < mixed < fresh == 1.0


def test_own_words_of_next_to_nothing_is_one():
    assert own_words(HEARD, "") == own_words(HEARD, "uphill") == own_words("", HEARD) == 1.0


def test_concision():
    long = "word " * 100
    assert concision(long, "short " * 30) == 1.0
    assert 0.0 < concision(long, long) < concision(long, "half " * 80) < 1.0
    assert concision(long, "more " * 200) == 0.0
    assert (
        concision("Six words are not very many", "Twelve words handed back are no long speech")
        == 1.0
    )
    assert concision("", long) == 1.0


def test_content_words_leaves_talk_out():
    assert content_words("Well, I think it’s the PIPE, isn't it?") == ["pipe"]


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_measured(context, text):
    runs = copied_runs(context, text)
    assert all(0 <= a < b <= len(text) for a, b in runs)
    assert all(a[1] <= b[0] for a, b in zip(runs, runs[1:], strict=False))
    assert 0.0 <= own_words(context, text) <= 1.0
    assert 0.0 <= concision(context, text) <= 1.0


@settings(deadline=None)
@given(st.lists(st.sampled_from(["pipe", "ice", "boss", "froze", "uphill", "the"]), max_size=30))
def test_a_copy_of_everything_is_found_whole(words):
    text = " ".join(words)
    matter = sum(word != "the" for word in words)
    expected = [(0, len(text))] if len(words) >= 4 and matter >= 2 else []
    assert copied_runs(text, text) == expected


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["pipe", "ice", "boss", "froze"]), max_size=12),
    st.lists(st.sampled_from(["pipe", "ice", "boss", "froze"]), max_size=12),
)
def test_every_run_stands_in_the_context(theirs, yours):
    context, text = " ".join(theirs), " ".join(yours)
    for start, end in copied_runs(context, text):
        assert text[start:end] in context


def test_a_pasted_book_is_measured_in_one_go():
    book = "over and over the same ledger " * 4000
    assert copied_runs(book, book) == [(0, len(book) - 1)]


def test_runs_that_would_overlap_share_no_word():
    context = "red kiln blue glaze tin ash, and later blue glaze tin ash cold shed wet clay"
    text = "red kiln blue glaze tin ash cold shed wet clay"
    assert quoted(context, text) == ["red kiln blue glaze tin ash", "cold shed wet clay"]
