"""Word lists that figures and contrasts share, each a set by name."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """A set of the words in a text, parted by spaces."""
    return frozenset(text.split())


FIRST_PERSON = words("i me my mine myself im i'm")
SECOND_PERSON = words("you your yours yourself u ur ye youse y'all")
TOGETHER = words("we us our ours let's")
FUTURE = words("will 'll ’ll gonna shall wo ll")
ADVISING = words("should must need ought better try just")
PLAIN_NEGATION = words("not n't n’t no never nothing nobody none nowt")
NEGATION = words(
    "not no never nobody none nothing nowhere neither nor without hardly barely nowt naw nae "
    "cannot refuse refused fail failed stop stopped unable lack lacked against deny denied "
    "didnt dont doesnt wasnt werent isnt arent cant couldnt wouldnt wont hadnt havent hasnt "
    "shouldnt aint instead rather unless impossible"
)
ORDER = words("before after more less fewer first last always never all none most")

_SHARES = {
    0.0: "none no nobody neither never zero nothing",
    0.15: "few rarely seldom hardly barely",
    0.4: "some several sometimes",
    0.5: "half",
    0.8: "most mostly usually many often majority nearly almost",
    1.0: "all every everyone everybody always both everything whole entire each",
}
SHARES = {word: share for share, text in _SHARES.items() for word in text.split()}
"""How much of the whole a quantity word takes."""

_FOLDED = {
    "<you>": "i me we us you u mentor im ye",
    "<your>": "my our your ur mine ours yours",
    "<yourself>": "myself yourself ourselves yourselves",
    "<be>": "am are is was were be been being 's 'm 're",
    "<them>": "he she him her they them",
    "<their>": "his hers their theirs",
    "not": "n't not",
    "will": "'ll will",
    "would": "'d would had",
    "have": "'ve have has",
}
FOLDED = {word: form for form, text in _FOLDED.items() for word in text.split()}
"""I heard is you handed back, a given key point says "the mentor": one form for all."""

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
VALUES: dict[str, float] = {
    **{word: float(at) for at, word in enumerate(_ONES.split())},
    **{word: 20.0 + 10 * at for at, word in enumerate(_TENS.split())},
    **{"once": 1, "twice": 2, "double": 2, "doubled": 2, "half": 0.5, "halved": 0.5},
    **{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "triple": 3},
    **{"both": 2, "couple": 2, "pair": 2, "quarter": 0.25, "single": 1},
}
"""What a number word counts."""
UNITS: dict[str, float] = {
    **{"hundred": 100, "thousand": 1000, "million": 1e6, "dozen": 12, "grand": 1000, "k": 1000},
    **{"decade": 10, "decades": 10},
}
"""What a number word multiplies by."""

ENGLISH = words(
    "the a an and but or if because so than that this these those there here i you he she we they "
    "it me him them us my your his their our its what how why when where who which is are was "
    "were be been am do does did have has had can could would should will shall may might must "
    "not no yes to of for with from about at by on in up out off over into after before between "
    "all any some just very really too also then now again always never ever still only even "
    "i'm you're it's that's don't didn't can't i've you've i'll won't isn't wasn't let's yeah "
    "okay ok well right sure like get got go going know think want need said say tell u ur im "
    "monday tuesday wednesday thursday friday saturday sunday thanks thank please sorry hello hi "
    "dont didnt thats cos coz cuz wi nae dinnae ye yer dey abeg wetin lah ain't gonna"
)
"""Grammar words of English talk, some dialects' and texting's among them."""
FOREIGN = words(
    "ich nicht und der das ist ein eine wir sie mit auf für dass wie aber auch haben habe du mein "
    "que el los las una por para con como pero muy del está yo mi qué est les des une dans pour "
    "qui pas nous vous je c'est il sur avec mais ça très di che non per sono della questo ma più "
    "een het niet van ik maar zijn och att det som är inte não você uma isso mas eu jest nie się "
    "że bir ve için değil ben og ikke jeg er som med på af til saya tidak yang dan hindi ang ng "
    "mga ako nggak na wa kwa ni la le et un en es se te sí più com ao dos oder wenn sich zu"
)
"""Grammar words of other languages in Latin letters that English has not."""
