"""The radar: hears every fault report and says when several look like one fellesfeil (G 5.1.2.2).

    report      what is heard of a case: its subjects, and what it says of them
    normal      what is usual on a subject at this hour of this weekday, learnt as reports come
    unnamed     those that name no system, and may be of one that others report just now
    scene       the reports of the last hours on one subject, in numbers
    weighing    how much more they look like a fellesfeil than like nothing
    detector    one report in, a finding or nothing out

These are pure. In the running bot

    listening   hears each case in the transaction that opens it, raises suspicions, and tells the desk
    deciding    stores what the desk says of a suspicion
"""
