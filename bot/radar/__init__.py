"""The radar: hears every fault report and says when more are about one thing than chance brings (G 5.1.2.2).

    report      what is heard of a case: its subjects, and what it says of them
    normal      what is usual on a subject at this hour of this weekday, learnt as reports come
    chance      how likely it is that chance alone brought this many
    detector    one report in, a finding or nothing out

These are pure. In the running bot

    listening   hears each case in the transaction that opens it, raises suspicions, and tells the desk
    deciding    stores what the desk says of a suspicion
"""
