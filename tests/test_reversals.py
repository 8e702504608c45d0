"""Ten statements handed back nearly word for word, one word changed: a point turned round."""

import pytest

from coach.listening.listener import Row
from tests.models import listener

REVERSALS = (
    (
        "The surveyor came on the Monday and I never showed him the cellar. He signed it off.",
        "The surveyor came on the Monday and you always showed him the cellar. He signed it off.",
        0,
    ),
    (
        "We lost six beds in May. My sister ran the ward alone and nobody thanked her.",
        "You lost sixteen beds in May. Your sister ran the ward alone and nobody thanked her.",
        0,
    ),
    (
        "I read the lease before I signed it. The landlord put the rent up anyway.",
        "You read the lease after you signed it. The landlord put the rent up anyway.",
        0,
    ),
    (
        "My first boss hated meetings. I learned to write short notes, and he read every one.",
        "Your first boss loved meetings. You learned to write short notes, and he read every one.",
        0,
    ),
    (
        "The jury believed the driver. I had told my client to keep quiet and he did.",
        "The jury believed the driver. You had told your client to keep quiet and he didn't.",
        1,
    ),
    (
        "All the apprentices passed the winter exam. It was the old lathe they practised on.",
        "None of the apprentices passed the winter exam. It was the old lathe they practised on.",
        0,
    ),
    (
        "The younger nurse noticed the wrong dose. I rang the doctor at two in the morning.",
        "The younger nurse noticed the wrong dose. You rang the doctor at four in the morning.",
        1,
    ),
    (
        "Our café made more money in the rain. The tourists stayed in and ordered soup.",
        "Your café made less money in the rain. The tourists stayed in and ordered soup.",
        0,
    ),
    (
        "He apologised to me at the funeral. I could forgive him by then.",
        "He apologised to you at the funeral. You couldn't forgive him by then.",
        1,
    ),
    (
        "I trusted the foreman with the keys. He locked the gate every night for nine years.",
        "You trusted the foreman with the keys. He opened the gate every night for nine years.",
        1,
    ),
)


def statuses(statement, text):
    row = Row(context=statement, text=text, task="paraphrase")
    found = listener().read_rows([row])[0].paraphrase
    return found.score, [point.status for point in found.key_points], found.key_points


@pytest.mark.parametrize(("statement", "twisted", "sentence"), REVERSALS)
def test_one_changed_word_is_caught(statement, twisted, sentence):
    place = [0, statement.index(". ") + 2]
    _, _, points = statuses(statement, twisted)
    here = [
        point.status
        for point in points
        if (point.span[0] >= place[1]) == bool(sentence) and point.status == "distorted"
    ]
    assert here, [(point.text, point.status, point.p) for point in points]


@pytest.mark.parametrize(("statement", "twisted", "sentence"), REVERSALS)
def test_the_true_copy_is_no_reversal(statement, twisted, sentence):
    true = statement.replace("I ", "you ").replace("My ", "Your ").replace("my ", "your ")
    true = true.replace("We ", "You ").replace("Our ", "Your ").replace(" me ", " you ")
    score, found, _ = statuses(statement, true)
    assert "distorted" not in found
    assert score > statuses(statement, twisted)[0]


@pytest.mark.parametrize(
    ("statement", "swapped"),
    [
        ("Rain ruins more roofs than snow.", "Snow ruins more roofs than rain, you say."),
        (
            "I sign the log before I read the forecast.",
            "You read the forecast before you sign the log.",
        ),
        (
            "The porters bow to me, but the matrons forget my name. I am new here.",
            "The matrons bow to you, but the porters forget your name. You are new here.",
        ),
        (
            "I water the tubs before the beds. It takes two hours.",
            "You water the beds before the tubs. It takes two hours.",
        ),
    ],
)
def test_what_changed_places_is_caught_and_nothing_else(statement, swapped):
    score, found, points = statuses(statement, swapped)
    first = statement.index(".")
    for point, status in zip(points, found, strict=True):
        assert (status == "distorted") == (point.span[0] < first), (point.text, status, point.p)
    assert score < 25
