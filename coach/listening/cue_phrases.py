"""Cue phrases of the taxonomy's moves and of reflections, as data.

They are figures for the listening model and spans to point at, never verdicts: "I appreciate the
rent" thanks nobody. Phrases stand apart by ``|`` and are matched word by word on lower-cased text
as spaCy splits it, straight and curly apostrophes alike; ``*`` stands for one or two words.
"""

from __future__ import annotations

_TABLE: dict[str, str] = {
    "acknowledgment": """
        i see | i hear you | i get that | got it | makes sense | that makes sense | fair
        enough | of course | i understand | right , right | oh wow | oh no | wow | that
        must have been | that must be | sorry to hear | i can imagine | no wonder | that
        sounds hard | that sounds tough | good for you | i'm with you | understood | noted
        | absolutely | mm | mhm | hm | uh huh | okay | ok | yeah | go on | i can see why |
        i can see how | anyone would | that's a lot | ouch | blimey | i bet | fair point |
        good point | point taken | gosh
    """,
    "summary": """
        to sum up | in short | to recap | recap | let me summarise | let me summarize | so
        far | putting it together | on the one hand | on the other hand | two things |
        three things | first of all | firstly | secondly | and then | as well as | both |
        at the same time | the main points | to summarise | to summarize | all in all |
        the long and short | what i've got so far | what i have so far | let me play that
        back | let me check i've got
    """,
    "feedback_request": """
        what do you think of my | what do you think about my | what did you think of my |
        feedback on | your feedback | any feedback | how did i do | how am i doing | what
        could i do better | what could i have done | what would you have done | what
        should i change | what would you change | where did i go wrong | how do i come
        across | how did i come across | did i come across | what am i missing | what did
        i miss | your honest opinion | be honest with me | honest view | tell me straight
        | how did that land | how did it land | how do you rate | could you look at my |
        could you look over | can you look over | would you read | have a look at my |
        what would you do differently | one thing i could | do better next time | what did
        you notice | what do you notice | is there anything i | your view on my | did it
        sound | did i sound | was i too | am i too | where could i | blind spot | blind
        spots | pick holes | mark me | how would you have handled
    """,
    "own_observation": """
        i noticed that i | i notice i | i think i | i feel i | i felt i | i tend to | i
        struggle with | i struggle to | i'm not good at | i am not good at | i'm bad at |
        i could have | i should have | i rushed | my weakness | my weak spot | my strength
        | i realised | i realized | i'm proud of | i did well | i did badly | i was too |
        i talk too | i went quiet | i got defensive | i froze | i panicked | to be honest
        i | honestly i | if i'm honest | i know i | i've been avoiding | i avoid | i lost
        track | i over | i always end up | my own sense is | my own view of | where i fall
        down | what went well | what went badly | i was pleased with | i wasn't happy with
        | i find it hard | i found it hard | i keep | i overdid | i underestimated
    """,
    "guidance_preference": """
        i learn best | works best for me | works better for me | suits me | suit you | i'd
        rather you | i would rather you | i prefer | would you prefer | do you prefer |
        how do you like to | what works for you | best way to reach | best way to work |
        how should we | how would you like | be blunt | don't sugarcoat | push me | hold
        me to | give it to me straight | just listen | i don't need advice | not looking
        for advice | ask me questions | in writing | by email | face to face | every week
        | every other week | once a month | how often should | shorter sessions | show me
        rather than | let me try first | would it help if we | what helps me | easier for
        me | easier for you | suits us
    """,
    "knowledge_share": """
        have you come across | have you heard of | have you seen | there's an app | there
        is an app | there's a tool | there is a tool | one thing that works | what we do
        is | at ours we | at our place | in my field | in my generation | my age | people
        my age | in my country | where i come from | where i trained | i read that | i
        read about | there's a study | research shows | a trick | shortcut | i can show
        you | let me show you | i could show you | for what it's worth | if it helps | fyi
        | you can use | works by | it turns out | did you know | the way it works |
        nowadays | these days | on our course | on my course | we use | in my old job | in
        my last job | the trick is | what that does is
    """,
    "mutual_benefit": """
        what do you get | what's in it for you | what is in it for you | in return | help
        you with | anything i can do for you | what can i do for you | how can i help you
        | can i help you | could help you | useful for you | useful to you | worth your
        time | worth it for you | give back | return the favour | return the favor | both
        of us | learn from me | do you learn | you get out of | works both ways | two way
        | take off your plate | happy to help | i could do yours | for you too | we both |
        would help you | if that would help your | save you | your side of
    """,
    "perspective_seeking": """
        from your side | in your day | your generation | when you were starting | when you
        started | how did you see | how do you see | from where you sit | from your point
        of view | in your shoes | your perspective | different from | differently from |
        see it differently | i see it differently | older colleagues | younger | my
        generation | your field | your background | where you come from | what's it like |
        what is it like | what was it like | i've never | i have never had to | we come
        from different | learn from how | what am i not seeing | what do people my age |
        back then | compared with | the other way round | help me see | your age
    """,
    "appreciation": """
        thank you | thanks | thanks for | i appreciate | appreciate it | grateful | i'm
        grateful | much appreciated | that means a lot | means a lot | that helped |
        really helpful | so helpful | that's helpful | you've been | kind of you |
        generous of you | good of you | because of you | thanks to you | i owe you |
        couldn't have done | ta | cheers | i'm lucky | glad you | it helps that you | you
        helped | i value | bless you
    """,
    "topic_proposal": """
        can we talk about | could we talk about | i'd like to talk about | i want to talk
        about | i wanted to talk about | let's talk about | shall we | could we look at |
        can we look at | let's start with | let's begin with | can we start with | could
        we start with | next time | for today | on my list | my agenda | agenda | i'd like
        to discuss | i wanted to discuss | i wanted to raise | can i raise | could i bring
        up | something i'd like | the thing i'd like | come back to | go back to | what if
        we | how about we | i've got two things | i have two questions | first please |
        first , please | before we finish | before you go | move on to | i'd like to use |
        could the next one
    """,
    "commitment": """
        i will | i'll | i'm going to | i am going to | i promise | by friday | by monday |
        by next | by the end of | before we meet | before our next | by tomorrow |
        tomorrow | you'll have | you will have | expect * from me | i commit to | count on
        me | leave it with me | i'll have | i'll send | i'll try | will do | on it | from
        now on | by then | i'm on it | consider it done | you have my word
    """,
    "follow_through": """
        as i promised | as promised | like i promised | i said i would | i said i'd | like
        i said i would | i did what | since we last | since last time | last time you |
        last time we | i finished | i sent | i've sent | i have sent | i've done | i did
        it | i did the | i didn't get round | i didn't get around | i haven't done | i
        have not done | i didn't do | i managed to | i promised you | i told you i'd | you
        asked me to | it's done | all done | done , | i rang | i called | i wrote | i
        spoke to | i kept | i never sent | i did not
    """,
    "confidentiality": """
        between us | between you and me | between ourselves | in confidence | confidential
        | won't tell | will not tell | won't repeat | won't go further | goes no further |
        stays here | stays with me | stay between | stays between | keep it to myself |
        keep this to myself | keep that to myself | off the record | not for sharing | ok
        to share | okay to share | can i share | may i share | can i repeat | may i repeat
        | can i mention | not a word | no names | without naming | leaves this room |
        leave this room | leaves this call | private | nobody else | anyone else know |
        for my ears | can i use that | could i use it | safe with me | lips are sealed
    """,
    "insight_applied": """
        i tried what you | i tried your | i tried it | i used your | i used what you | i
        did what you suggested | like you suggested | as you suggested | you suggested |
        like you said | as you said | like you told | like you showed | like you explained
        | your advice | your line about | your idea | your tip | what you said about |
        took your | since you told me | it worked | it didn't work | and it helped | after
        our last | since our last | put it into practice | put that into practice | i've
        started | i have started | the way you | remember you said | you told me to | that
        thing you said | you taught me
    """,
    "casual_invite": """
        coffee | grab a coffee | for a coffee | a cup of tea | cuppa | lunch | for lunch |
        a drink | a pint | go for a walk | a walk | drop by | drop in | pop in | pop by |
        come by | come along | join us | join me | bump into | if you're around | if
        you're ever | put the kettle on | catch up over | give me a shout | give me a ring
        | swing by | a bite | say hi | no agenda | in town | stop by | canteen
    """,
    "unsolicited_advice": """
        you should | you ought to | you need to | you have to | you must | you'd better |
        you had better | if i were you | why don't you | have you tried | have you thought
        of | have you considered | you could just | just tell them | just tell him | just
        tell her | my advice | i'd advise | i would advise | i'd suggest | i suggest | i
        recommend | i'd recommend | try to | you want to | what you need | the best thing
        to do | all you have to do | make sure you | don't let | stop worrying | you
        shouldn't | never let | you really should | better to just
    """,
    "topic_hijack": """
        anyway | anyhow | speaking of | that reminds me | reminds me of | same thing
        happened to me | that happened to me | when i was | by the way | enough about |
        changing the subject | on another note | different subject | i had the same |
        that's nothing | my turn | big news | guess what | me too | moving on | in my case
        | about me | i once | wait till you hear | i've got a better one | oh that's like
        when i | funny you say that
    """,
    "dismissal": """
        it's not that bad | it is not that bad | not a big deal | no big deal | get over
        it | you're overreacting | overreacting | don't worry about it | don't worry | at
        least | it could be worse | could be worse | everyone has | everybody has |
        everyone goes through | that's just how | that's life | you're wrong | that's
        wrong | that's not true | nonsense | rubbish | whatever | you're too sensitive |
        too sensitive | calm down | cheer up | look on the bright side | hardly | old
        fashioned | old-fashioned | nobody cares | who cares | it's hardly | so what | big
        deal | you'll be fine | you worry too much | not really a problem | it's only |
        you people | grow up
    """,
    "reflection_stem": """
        so you | so you're | so you've | so you were | so it | so for you | so what you |
        so the | it sounds like | sounds like | sounds as if | it sounds as if | sounds as
        though | it sounds as though | it seems like | seems like | it seems that | it
        feels like | what i'm hearing | what i hear | i'm hearing | i hear that | i'm
        hearing that | you're saying | you are saying | what you're saying | you said |
        you mentioned | you mean | if i've got that right | if i have that right | if i
        understand | if i heard | if i hear you | did i get that | have i got that | let
        me check | let me see if | let me make sure | correct me if | in other words | you
        feel | you felt | you're feeling | you were feeling | you're worried | you want |
        you wanted | on one hand | part of you | what strikes me | what struck me | what i
        take from | what comes across | it's as if | it was as if | it wasn't * that | for
        you it | for you , it | you'd | you had | you've | you were | and you | is that
        about it | is that right | am i right | the way you see it | as you see it | it
        matters to you | i imagine | you must have | that left you | which left you | i'm
        sensing | i sense | i get the sense | i get the feeling | it seems to me you | you
        really
    """,
}

PHRASES: dict[str, tuple[str, ...]] = {
    label: tuple(" ".join(phrase.split()) for phrase in text.split("|"))
    for label, text in _TABLE.items()
}
"""Label to phrases: the eighteen moves, then ``reflection_stem``."""
