"""The closed lists of words that tell speech, speakers and media: generic English, and no name of any story."""

from __future__ import annotations

from typing import Final

SAYING: Final = frozenset(
    "say tell announce add confirm deny report state write tweet claim warn insist argue explain note reveal declare admit allege "
    "estimate stress acknowledge recall testify maintain assert complain vow promise pledge quote post reply respond concede "
    "reiterate emphasise emphasize remark comment predict suggest indicate conclude contend counter disclose boast joke caution "
    "reject dismiss dispute refute rebut believe think suspect fear agree understand describe call identify ask continue".split()
)
"""Lemmas of verbs whose subject is the source of what is said."""
OPINION: Final = frozenset(
    "believe think suspect fear agree counter understand predict suggest indicate estimate conclude argue maintain note".split()
)
"""Verbs that need a clause: "police believe the man fled", not "police believe him"."""
WRITING: Final = frozenset("post write tweet quote reply respond comment boast joke recall describe call identify ask".split())
"""Verbs that need a clause or words in quotation marks: one may also post photographs and write books."""
NAMING: Final = frozenset("describe call identify".split())
"""Verbs of saying that say something of their object: "described him as calm", "called it a reprisal"."""
DENIALS: Final = frozenset("reject dismiss dispute refute rebut".split())
"""Verbs that deny where their object is something claimed."""
CLAIMED: Final = frozenset(
    "claim allegation accusation report charge suggestion rumour rumor assertion idea notion criticism speculation account story "
    "statement finding characterization characterisation complaint it that this them".split()
)
"""Nouns for what somebody claims."""
WITHHELD: Final = frozenset(
    "bail access entry visa permission request appeal asylum service right opportunity application motion petition parole coverage "
    "treatment care benefit leave admission boarding".split()
)
"""What is refused when it is denied, and not disputed."""
DOCUMENTS: Final = frozenset(
    "statement release report interview tweet post document letter memo affidavit complaint indictment filing study survey poll "
    "research datum data analysis investigation inquiry review audit figure record paper note email message lawsuit transcript "
    "bulletin finding communique communiqué website site".split()
)
"""Nouns for what is written or said, which speak for their author."""
DOCUMENT_VERBS: Final = frozenset(
    "find show say suggest indicate conclude reveal read state report claim allege estimate note warn confirm".split()
)
"""Verbs that give what a document says."""

FINDING: Final = frozenset("find show discover".split())
"""Verbs of saying when scholars or detectives are the subject."""
SCHOLARS: Final = frozenset(
    "researcher scientist astronomer physicist investigator inspector auditor economist team scholar biologist".split()
)

PEOPLE: Final = frozenset(
    "official source police policeman policewoman authority spokesman spokeswoman spokesperson witness eyewitness resident neighbour "
    "neighbor relative doctor investigator detective prosecutor lawyer attorney expert analyst scientist researcher astronomer author "
    "critic diplomat minister officer soldier aide person people man woman some many other reporter journalist outlet medium media "
    "rescuer firefighter survivor family parent mother father brother sister son daughter wife husband friend colleague student "
    "teacher passenger activist protester protestor supporter opponent lawmaker senator leader president chief director head boss "
    "executive manager representative adviser advisor insider organiser organizer employee worker worshipper group observer judge "
    "mayor governor ambassador secretary chairman commander general captain sheriff local villager trader investor economist "
    "historian professor engineer team crew agent member one everyone somebody someone anyone".split()
)
"""Heads of phrases that name nobody, even with a place or a body before them."""
SINGLE: Final = PEOPLE - frozenset("police authority people some many other medium media family group team crew everyone".split())
"""Those of them that "he" or "she" may stand for."""
BODIES: Final = frozenset(
    "ministry department embassy government military army navy company firm court council commission committee agency bureau office "
    "authority administration parliament university hospital institute service party union bank airline organisation organization "
    "foundation association force guard command center centre consulate board school institution airport regulator watchdog charity "
    "group movement network corporation federation coalition alliance church society presidency palace".split()
)
"""Heads of phrases that name an institution once something says which."""
TITLES: Final = frozenset(
    "president vice prime minister premier chancellor mr mrs ms miss dr prof professor sen senator rep representative congressman "
    "congresswoman gov governor gen general col colonel lt lieutenant capt captain maj major sgt sergeant cmdr commander adm admiral "
    "cpl corporal judge justice sir dame detective superintendent supt inspector insp constable officer chief sheriff deputy mayor "
    "secretary ambassador rabbi reverend rev imam sheikh bishop archbishop cardinal father sister brother attorney director chairman "
    "executive chairwoman ceo chief foreign interior defence defense finance former then acting assistant special agent spokesman "
    "spokeswoman spokesperson police local provincial".split()
)
"""Words before a person's name that are no part of it."""

AGENCIES: Final = frozenset(
    "reuters afp ap dpa tass xinhua ansa efe kyodo upi pa pti ani bbc cnn nbc msnbc abc cbs cnbc npr pbs fox itv zdf ard rai rfi dw "
    "rte nhk nyt wsj bloomberg mediapart politico axios aljazeera interfax nikkei kommersant yonhap anadolu antara bernama lusa belga "
    "anp ntb tt apa mti pap ctk huffpost buzzfeed spiegel techcrunch".split()
)
"""Names of agencies and broadcasters that mean nothing else when they are written with a capital (dpa without)."""
TITLES_OF_PAPERS: Final = frozenset(
    "times post journal tribune herald gazette chronicle guardian telegraph observer independent economist monde figaro libération "
    "parisien bild welt zeit zeitung repubblica corriere stampa país mundo mail mirror sun standard express star globe examiner "
    "inquirer enquirer courier dispatch sentinel bulletin bee advertiser argus echo record press presse news jazeera newsweek "
    "atlantic newspapers today daily intercept verge register".split()
)
"""Last words of the names of newspapers; with a capital only."""
MEDIUM: Final = frozenset(
    "newspaper daily weekly magazine broadcaster tv television radio tabloid channel newswire paper website outlet station network".split()
)
"""Generic nouns for a medium, which stand beside its name or for it."""
LOOSE: Final = frozenset({"paper", "website", "outlet", "station", "network", "channel", "agency"})
"""Those that are media only where a name of one, or "news" or "press", stands with them."""
