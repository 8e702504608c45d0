"""Phrases that make, frame or colour a question, as data.

All expressions are matched against lower-cased text with straight apostrophes. Terms follow
MITI 4.2.1: an open question invites an account, a view, a reason or an example; a closed one can
be answered by yes or no, a choice, a name, a date or a number.
"""

from __future__ import annotations

import re

_EMBEDDED = (
    r"(?P<embedded>if|whether|when|where|who|whose|which|how (?:many|much|long|often|old|far|soon)|"
    r"what (?:time|day|date|year|number|percentage)|your name)\b"
)
EMBEDDED_CLOSED = re.compile(r"[\s,:]*(?:exactly |please |me |us )*" + _EMBEDDED)
"""Matched where an invitation ends: "could you tell me | when it is due" asks for a date."""

_MORE = r"(?:(?:a )?(?:little |bit |lot )?(?:bit )?more|a (?:bit|little|word)|something)"
_INVITE = (
    r"(?:tell (?:me|us)|say " + _MORE + r"|(?:talk|walk|run|take|step|lead) (?:me|us) "
    r"(?:through|back|over|into)|"
    r"(?:describe|explain)(?! [^.?!]{0,30}\bto (?:him|her|them|the|my|your|our)\b)|"
    r"elaborate|expand|unpack|fill me in|"
    r"help me (?:to )?(?:understand|see|make sense|get|picture)|show me how|teach me|"
    r"paint (?:me )?a picture|"
    r"share (?:how|what|why|your|an?|some|more|something|with|any)|"
    r"give (?:me|us) (?:\w+ ){0,4}?(?:examples?|sense|idea|picture|feedback|background|thoughts?|"
    r"views?|opinion|take|advice|insight|context|overview|tips|pointers|flavou?r)|"
    r"let me know (?:what you (?:think|thought|make)|how you|your)|"
    r"give (?:me|us) your (?:\w+ )?(?:thoughts?|view|opinion|take|advice|reaction))"
)
_SPEAK = (
    r"speak (?:" + _MORE + r" )?(?:to|about|on)|talk (?:" + _MORE + r" )?(?:to me )?(?:about|on)"
)
_SOFTLY = (
    r"(?: guys| please| maybe| perhaps| possibly| just| kindly| also| ever| both| quickly| briefly"
    r")*"
)
_WILL_YOU = (
    # "could you (be willing to) …", "do you mind …", "if you could …"
    r"(?:(?:can|could|would|will|might)(?:n't)? (?:i (?:ask|get|invite) )?(?:you|u|ya|ye)"
    + _SOFTLY
    + r"(?: (?:be )?(?:able|willing|happy|open|ok|okay|prepared|mind|like|care)(?: to)?)?|"
    r"(?:do|are|is)(?:n't)? (?:you|u|ya|ye)"
    + _SOFTLY
    + r" (?:able|willing|happy|open|ok|okay|prepared|mind|want|going)(?: to)?|"
    r"if you(?: can| could| would|'d|'re| wouldn't| don't| are)(?: be)?"
    r"(?: (?:able|willing|happy|open|ok|mind|like)(?: to)?)?)" + _SOFTLY
)
TELLING = re.compile(
    r"\W*(?:if|whether) you(?:[^.?!,]{0,40}) (?:" + _INVITE + "|" + _SPEAK + r")\b"
)
"""An invitation that hides in a condition: "I was wondering | if you could tell me about it"."""
INVITATION = re.compile(
    r"\b"
    + _WILL_YOU
    + r" (?:[^.?!]{1,60}? (?:and|then) (?:then )?)?(?P<ask>"
    + _INVITE
    + "|"
    + _SPEAK
    + r"|telling me|sharing (?:how|what|why|your|more|some)|explaining|describing|"
    r"(?:walking|talking|taking) me (?:through|back)|saying " + _MORE + r"|elaborating|expanding)\b"
)
"""A request for an account in the shape of a yes-or-no question."""

COMMAND = re.compile(
    r"(?:(?:please|just|do|now|maybe|kindly|go on(?: then)?,?) )*(?P<ask>" + _INVITE + r")\b"
)
"""The same as a command; only where a clause begins."""

NO_COMMAND = re.compile(
    r"tell me about it\s*[.!]*$|tell me (?:that|i)\b|explain(?:s|ed|ing)\b|describe[sd]\b|"
    r"tell me off\b|expand(?:s|ed)\b"
)
_WANT = (
    r"(?:i|we)(?:'d| would|'m| am| was| want| wanted|'ve been| have been|'d be| would be)?"
    r"(?: really| very much| just| also| so| always| still| quite| genuinely| actually)*"
)
_HEAR = (
    r"(?:hear(?:ing)?|know(?:ing)?|understand(?:ing)?|find(?:ing)? out|learn(?:ing)? (?:about|how|"
    r"what|why|from)|see(?:ing)? (?:how|what|why)|ask(?:ing)?(?: you)?|get(?:ting)? your|"
    r"have your|listen(?:ing)? to)"
)
WISH = re.compile(
    r"\b(?:" + _WANT + r" (?:(?:love|like|be (?:very |really |so )?(?:keen|interested|curious|glad|"
    r"happy|grateful|fascinated|eager)|keen|interested|eager|dying|want|wanted|hoping|hope)"
    r"(?: in)?(?: to)? " + _HEAR + r"|(?:love|appreciate|value|welcome|like) (?:to have )?your "
    r"(?:\w+ )?(?:take|views?|thoughts?|feedback|advice|opinion|perspective|help understanding|"
    r"insight|experience|input|guidance|read))|"
    r"(?:it'd|it would|that would|that'd)(?: be)?(?: really| very)? (?:help|helpful|useful|great|"
    r"good|interesting)(?: for)?(?: me)? to (?:hear|know|understand|get your)|"
    r"(?:i'm|i am|i was|i|just|really|very|am|so)(?: also| always| just)? (?:curious|interested|"
    r"intrigued|keen)(?: about|,? (?=how|what|why|if|whether|when|where|who|which|to (?:hear|know|"
    r"understand|learn|see|find)))|curious (?:how|what|why|about)|"
    r"(?:my|the|one|another) (?:\w+ )?question (?:is|for you is|would be|i have is)"
    r"(?=[,:]? (?:how|what|why|when|who|where|which|whether|if))|"
    r"(?:can|could|may|might) i (?:just |also |please )*ask(?: you)?"
    r"(?=[,:]? (?:about|how|what|why|when|who|where|which|whether|if))|"
    r"(?:i )?have to ask(?: you)?[,:]? (?=how|what|why)|"
    r"(?:can|could|may|might) i (?:just |please |also )*(?:get|have|hear|ask for) your "
    r"(?:\w+ ){0,2}(?:take|views?|thoughts|opinion|feedback|advice|perspective|input|read|"
    r"reaction|impression)|"
    r"not (?:quite |entirely |really )?sure what you mean(?:t)?)"
    r"(?: more)?(?=\W|$)"
)
"""A statement that asks: "I'd love to hear what staying gave you"."""

WONDER = re.compile(
    r"\bi(?:'m|'ve been| am| was|'d| do| have been| just)*(?: just| also| always)*"
    r" wonder(?:ing|ed)?\b(?: about)?"
)
VIEW = re.compile(
    r"\b(?:do|did|have|would|could|might|got|are there|is there|was there|were there|any)"
    r"(?: you)?(?: have| got| see| offer| share)?(?: for me)? ?(?:any|some|an|another|other)? "
    r"?(?:other |further |more |general |particular |specific |quick |good )?"
    r"(?:thoughts|ideas?|advice|suggestions?|tips|pointers|feedback|comments|examples?|"
    r"recommendations?|concerns|worries|insights?|words of wisdom|reactions?|reflections)\b"
)
"""Asks for a view by asking whether there is one: "any advice?"."""

OPEN_FRAGMENT = re.compile(
    r"(?:(?:so|and|but|ok|okay|well|then) )*(?:(?:any |your |more |further )?(?:thoughts?|ideas|"
    r"advice|suggestions?|tips|feedback|comments|examples?|reactions?)"
    r"(?: (?:on|about|for|from) .*)?|"
    r"your (?:\w+ )?(?:take|views?|opinion|sense|read|perspective|impression|experience)\b.*|"
    r"(?:and |how about |what about )you(?:rself)?|how so|how come|meaning|such as|like what|"
    r"as in|for example|for instance|e g|because|and|so|and then|and now|and after(?: that)?|"
    r"and before(?: that)?|(?:anything|what|who|anyone) else\b.*|in what (?:way|ways|sense)|"
    r"to what extent|in which (?:way|sense)|which means|which was)"
)
LAST_WH = re.compile(
    r"\b(?P<open>what|how|why|because|which is|meaning)\W*$|\b(?:who|when|where|which|whose)\W*$"
)
"""A statement with its gap at the end: "difficult how?", "and that was because?"."""
ECHO = re.compile(r"(?:\w+ )?(?:a|an|the|your|his|her|my|their) what")
"""Asks to hear a word again: "sorry, a what?"."""
CHECK_VERB_FIRST = re.compile(
    r"\b(?:is that (?:right|fair|correct|true|what (?:you (?:mean|meant|said)|happened|it was))|"
    r"(?:have|did|do) i (?:get|got|have|hear|understand|understood) (?:that|this|it|you) "
    r"(?:right|correctly)|am i (?:right|wrong|off|close)|does that sound right)\W*$"
)
"""A checking tag that needs no question mark."""
CLARIFYING_FRAGMENT = re.compile(
    r"(?:oh |i'm |so )*(?:sorry|pardon(?: me)?|come again|excuse me|"
    r"say (?:that|what) again|meaning|as in)"
)
CONTINUATION = re.compile(
    r"(?:like|or|as in|such as|say|i mean|maybe|perhaps|e g|for example|for instance|you know) "
)
"""A fragment that spells out the question before it, and is no question of its own."""

BARE_FRAGMENTS = frozenset(
    ("why", "how so", "how come", "what else", "why so", "why not", "what next", "what now")
    + ("what then", "then what", "and then what")
)
"""Questions of one or two words that need no question mark."""
BACKCHANNEL = re.compile(
    r"(?:(?:oh|ah|wow|mm|mhm|hmm|hm|yeah|yes|no|okay|ok|right|alright|all right|well|really|huh|"
    r"eh|uh|um|yep|sure|great|good|gosh|is it|see|oh my god|seriously|did you|"
    r"do you|is that so|are you|have you|was it)\W*)+"
)
"""A whole utterance that only shows attention: "Yeah?", "Oh really?"."""

CHECK_WORD = re.compile(r"right|correct|yes|yeah|no|fair|true|agreed|is it")
RHETORICAL = re.compile(
    r"(?:(?:so|and|but|well|i mean|like|oh|you know) )*(?:you know(?: what(?: i mean)?)?|"
    r"(?:do )?you know what i mean|you see|guess what|(?:who|god|heaven|lord|goodness) knows.*|"
    r"who cares|who knew|who(?:'d| would) have thought(?: it)?|(?:you )?know what(?: i .*)?|"
    r"why bother|why me|so what|what can i say|what do i know|what could i (?:do|say)|"
    r"what was i thinking|what's not to (?:like|love)|who am i (?:to|kidding)\b.*|"
    r"how could i (?:not|forget|resist|say no|refuse)\b.*|what else is new|"
    r"how hard can (?:it|that) be|what else (?:can|could) (?:i|you|one|we) do|"
    r"how (?:cool|great|amazing|crazy|mad|wild|good|lucky|lovely|nice|sad|awful|funny|weird) "
    r"is (?:that|this)|"
    r"isn't (?:that|it) (?:something|funny|great|the truth|always the way)|how about that|"
    r"would you believe (?:it|that)|(?:can|could) you (?:believe|imagine) (?:it|that)|"
    r"if not now when|don't we all|doesn't everyone|don't you just (?:love|hate)\b.*|"
    r"what's the (?:point|use|harm|worst)|is it any wonder.*|where would (?:i|we) be without.*|"
    r"what's new|need i say more|what do you expect|what did i expect|what did you expect|"
    r"what are you gonna do|what are you going to do|am i right|does it ever end|"
    r"where was i|what was i saying|how do i (?:put|say) (?:it|this)|what's the word|"
    r"what do you call it|how can i (?:put|say) (?:it|this)|shall we say)"
    r"(?: (?:right|eh|really|though|then|anyway))?"
)
"""Whole clauses that ask nothing of the partner."""

REPORTED = re.compile(
    r"(?:\b(?:ask(?:s|ed|ing)?|tell(?:s|ing)?|told|said|say to|saying to) (?:myself|me|him|her|"
    r"them|themselves|himself|herself|ourselves|people|everyone|everybody|my \w+|his \w+|her \w+|"
    r"the \w+)|\b(?:my|his|her|their|our|your|the|a|one|some) \w+"
    r"(?: always| just| often| then| once| used to| would)?"
    r" (?:says?|said|asks?|asked|thinks|thought|goes|went|shouts|shouted)|"
    r"\b(?:i|we)(?: always| often| sometimes| still| used to)+ think|"
    r"\b(?:he|she|they|it|who|everyone|everybody|people|nobody|boss|manager|client|"
    r"customer|patient|friend|mum|mom|dad|teacher|wife|husband|partner|someone|somebody|i|we|then)"
    r"(?:'s|'re|'m| was| were| is| are| just| always| keep| kept| would|'d| all| then| only)*"
    r"(?: asking| asked| asks| said| says| saying| thinking| thought| goes| went| go| going| like|"
    r" shouted| shouts| whispered| screaming)(?: to)?(?: myself| themselves| himself| herself)?|"
    r"\bwonder(?:ing|ed)? to myself|\bquestion (?:i (?:keep|kept|always) asking|in my head))"
    r"(?: myself| like)?\s*[,:;\-—–]*\s*[\"“”'‘]*\s*$"
)
"""Ends right before a question that is told, not asked: "he said,", "I keep asking myself,"."""

REALLY_ASKED = re.compile(
    r"\b(?:can|could|may|might|let|lemme|to|must|gotta|gonna|just|i'm|i'll|will) "
    r"(?:i |me |to )*(?:just )?ask(?:ing)?(?: you)?\s*[,:;\-—–]*\s*$|\bi wonder(?:ed)?\s*,?\s*$"
)

CHECKS = re.compile(
    r"[,;.\-—–]?\s*(?:(?:and|or|but|so) )?(?:is that (?:right|fair|correct|true|it|about (?:it|"
    r"right)|what you (?:mean|meant|said|'re saying|are saying))|right|correct|yeah|yes|ok|okay|eh|"
    r"huh|hm+|alright|all right|fair|(?:did|have|do) i (?:get|got|have|hear|heard|understand|"
    r"understood|follow|followed|read) (?:that|this|it|you|all that)?\s?(?:right|correctly|well|"
    r"properly)?|am i (?:right|close|close enough|getting (?:that|it)(?: right)?|"
    r"hearing (?:that|you)(?: right)?|following|off|"
    r"way off|wrong|on the right track|reading (?:that|it) right)|does that (?:sound|seem|feel) "
    r"(?:right|about right|fair|accurate|true)|would that be (?:right|fair|correct)|"
    r"is that about it|is that fair|have i missed anything|did i miss anything|"
    r"or am i (?:off|wrong|way off|missing something)|if i(?:'ve| have) got that right)\s*\?*$"
)
"""A checking tag at the end of a paraphrase or statement: closed, and not leading."""

ALLOWED = re.compile(r"\b(?:i|we) (?:can|may|could|should|might|must|need)\b")
"""A statement about oneself that still asks leave: "I can mention it to Sam, right?"."""
SOFTENERS = re.compile(r"(?:[,;\-—–]\s*|\s)(?:right|okay|ok|yeah|eh|huh|alright|all right)\s*\?$")
"""Tags that ask nothing after a statement about oneself: "I'll send it Friday, okay?"."""
FILLER_TAG = re.compile(
    r"[,;\-—–]\s*(?:you know|you see|see|(?:do )?(?:you )?know what i mean)\s*\?$"
)
"""Tags that ask nothing after any statement."""

_PRONOUN = r"(?:i|you|he|she|it|we|they|that|this|there)"
PUSHING_TAG = re.compile(
    r"[,;\-—–]?\s*\b(?:(?:is|are|was|were|do|does|did|have|has|had|wo|would|could|can|ca|should|"
    r"will|ai|must|sha)n't " + _PRONOUN + r"|(?:is|are|was|were|do|does|did|have|has|would|could|"
    r"can|should|will) " + _PRONOUN + r" not|innit|abi|no|don't you (?:think|agree|reckon|find)|"
    r"wouldn't you (?:say|agree|think))\s*\?*$"
)
_DO_IT = r"(?:try|ask|talk|tell|go|get|start|use|take|call|write|speak|make|give|leave|say|stop)\b"
LEADING = re.compile(
    r"\bsurely\b|\bhave you (?:ever |even |not |already |at least )?(?:tried|thought (?:about|of)|"
    r"considered)\b|\bwhy (?:didn't|wouldn't) (?:you|we) (?:just|simply)\b|"
    r"\bwhy don't (?:you|we) (?:just|simply|" + _DO_IT + r")|"
    r"\bwhy not (?:just |simply )?" + _DO_IT + r"|"
    r"\bwouldn't you (?:say|agree|rather)\b|\bdo you not (?:think|feel|agree|see)\b|"
    r"\bdo you really (?:think|believe|want|expect|need)\b|\b(?:you|we) (?:do|would|will) agree\b|"
    r"\bhow about (?:you )?(?:try|trying|talking|asking|using|going|just|telling|you (?:try|just|"
    r"talk|ask|go|use|tell))|\bwhat if you (?:just |simply )?(?:tried|asked|talked|told|went|used|"
    r"got|started|stopped|took|did|said|wrote|made)\b|\byou must (?:have|be|feel)\b|"
    r"\bobviously\b|\bof course\b|\bis it not\b|\bdon't tell me\b|\bhow could you\b"
)
CLARIFYING = re.compile(
    r"\b(?:what|how) (?:exactly |precisely )?(?:do|did|does|is|was|are|would) (?:you|that|it|this|"
    r"they|he|she|[\w' \-]{1,30}?) (?:\w+ )?(?:mean|meant)\b|\bwhat you mean(?:t)?\b|"
    r"\bwhen you (?:say|said|talk about|talked about|mention|mentioned|call|called|speak of)\b|"
    r"\b(?:do|did) you mean\b|\byou mean\b|\bmean(?:t)? by\b|\bby (?:that|this|['\"\w ]{2,30}),? "
    r"(?:do|did) you (?:mean|understand)|\bin what (?:sense|way)\b|"
    r"\bhow (?:do|would|did) you define\b|"
    r"\b(?:could|can|would) you (?:\w+ )?(?:clarify|rephrase|spell (?:that|it) out|say that again|"
    r"explain what (?:that|this|you|an?))|\bwhat(?:'s| is| are| was) (?:an? )[\w&/.\-]+\s*\??$|"
    r"\bstands? for\b|\bshort for\b|\bwhat counts as\b|\bmeaning\?|\bas in\b[^?]{0,40}\?|"
    r"\bnot (?:quite |entirely |really )?sure what you mean|"
    r"\bsay more about (?:the (?:word )?)?['\"“]?[a-z\-]+['\"”]?\s*\?|"
    r"\bis that (?:like|the same as|what you mean|the one)\b|\bwhat(?:'s| is) meant by\b|"
    r"\bwhat sort of \w+ do you mean\b|\bwhich \w+ (?:do|did) you mean\b|"
    r"\b(?:help me|don't|didn't|do not) (?:quite |really )?understand what you\b"
)
SAID = re.compile(
    r"[\"”'\s]*(?:he|she|they|i|we|it|my \w+|his \w+|her \w+|the \w+|\w+) (?:said|asked|says|asks|"
    r"goes|went|thought|shouted|wondered|kept|yelled|whispered|muttered)\b"
)
"""Follows a quoted question: "…?" she said."""
SAME_AGAIN = re.compile(r"what (?:do|would|did) (?:you|ye|u) (?:think|reckon|say)\W*$")
"""Asks once more for an answer to the question beside it."""
CHOICE = re.compile(r",\s*(?:[\w'-]+ ){1,4}or (?:[\w'-]+ ?){1,4}\s*\?$")
PREFERENCE = re.compile(r"\b(?:better|best|prefer|rather|suits?|easier|first|works?|pick|choose)\b")
"""With a choice at the end, "what" is answered by choosing."""
REASON = re.compile(r"(?:because|cause|cos|'cause)\b")
ANSWER = re.compile(
    r"(?:(?:well|oh|hmm|so|and|but|yeah) ?,? )*(?:i (?:guess|suppose|imagine|bet|reckon|assume|"
    r"presume|expect|would guess|'d guess|'d imagine|would imagine)|i'd (?:guess|imagine|bet|say|"
    r"have thought)|i'm (?:guessing|assuming|betting)|probably|because|cause|cos|'cause|"
    r"must(?:'ve| have| be)|it must|that must|presumably|most likely|no doubt|obviously|clearly|"
    r"my guess|the answer|maybe because|maybe it(?:'s| was)|perhaps (?:because|it)|no,|nope|"
    r"of course (?:it|you|they|not)|surely)\b"
)
"""Begins an answer that the asker gives to the question just asked."""
ANSWER_TAIL = re.compile(
    r", (?:probably|i (?:guess|suppose|imagine|bet|reckon|expect|assume)|presumably|no doubt|"
    r"i'd (?:guess|imagine|bet))\W*$"
)
"""Ends such an answer."""
