"""A line of a page in, what kind of furniture it is out: patterns of pages in general, never of one outlet.

Words that also open prose ("Facebook said …", "Close to 400 …") count only where the rest of the line has the form of furniture.
Every repeat is bounded, so that a hostile line costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reconcile.model import RemovalReason

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
END = re.compile(r"[.!?…:;][\"”’')\]]*$")
OPEN_END = re.compile(
    r"(?:\b(?:the|a|an|of|in|to|and|for|by|with|from|that|at|on|or|as|is|was|were|are|be|may|will|who|its|their)|[,–—-])$"
)
"""Ends of lines that cannot be ends of sentences."""
VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|may|might|can|could|must|says?|said|not|no|than|after|as|over|to"
    r"|\w{3,}(?:ed|es|ts|ns|ks|rs|ls)|\w{3,}ing)\b",
    re.IGNORECASE,
)
BULLET = re.compile(r"^\s{0,8}(?:[-*•·▪‣–]|\d{1,2}[.)])\s+(?!.{0,80}\s[-–]$)")
BRACKETED = re.compile(
    r"^\s{0,8}(?:\[[^\]]{3,160}\]|\(\s?(?:also on|photos?|video|related|more|see also|read)\b[^()]{1,160}\))\s{0,8}$", re.IGNORECASE
)
LONGEST_FURNITURE = 1_500
"""Characters from which a line is no furniture, whatever it opens with."""
CAPTION_WORDS = 25
"""Words that a line may have which opens with the buttons of a picture's frame."""
LONGEST_RELATED = 25
"""Words that a pointer to another story may have."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"^\W{0,8}(?:" + "|".join(patterns) + ")", re.IGNORECASE)


FORM = _any(
    r"leave a (?:reply|comment)\b",
    r"post a comment\b",
    r"(?:your )?email address will not be published",
    r"required fields are marked",
    r"(?:name|e-?mail|website|url|comment) ?\*?$",
    r"(?:name|e-?mail) \*",
    r"save my name\b",
    r"comments? (?:are closed|\(\d{1,6}\))",
    r"(?:\d{1,6}|no) comments?(?: yet)?$",
    r"be the first to comment\b",
    r"(?:there are )?no comments(?: yet)?[:.]?$",
    r"blog comments powered by\b|this site uses akismet\b",
    r"(?:show|view|load|hide) (?:all |more )?comments?\b.{0,20}$",
    r"(?:cancel )?reply$",
    r"you must be logged in",
    r"log ?in(?: (?:to|or|with)\b.{0,60})?$",
)
NEWSLETTER = _any(
    r"newsletter sign[ -]?up\b",
    r"(?:our |daily |weekly |morning )?newsletters?$",
    r"sign[ -]?(?:in|up)(?: (?:for|to|now|here|today|with)\b.{0,120})?$",
    r"subscribe(?: (?:to|for|now|here|today|and)\b.{0,120})?$",
    r"get (?:the|our|your) .{0,80}\b(?:newsletters?|inbox|app|alerts|stories you care about)\b",
    r"register(?: (?:now|here|today|for free|to (?:continue|comment|read))\b.{0,60})?$",
    r"please verify\b",
    r"invalid email\b",
    r"(?:thank you|thanks) for (?:subscribing|signing up)",
    r"by signing up\b|by clicking\b.{0,80}\b(?:agree|accept|consent)",
    r".{0,60}\bnewsletter sign[ -]?up\b",
    r"to continue reading(?:,? (?:subscribe|sign|log|register|please|become|create)\b.{0,60})?$",
    r"you(?:[’']ve| have) reached your\b.{0,40}\b(?:articles|stories)\b",
    r"turn on notifications\b[^.]{0,40}$",
    r"enter your e-?mail\b",
    r"already (?:a|have an) (?:subscriber|account|member)\b",
    r".{0,80}\bdelivered to your inbox\b",
)
SHARING = _any(
    r"(?:read or )?share this\b.{0,80}$",
    r"if you (?:like|liked|enjoyed) this\b",
    r"follow (?:us|me|@\w{1,30})\b",
    r"follow .{2,120} on (?:twitter|facebook|instagram|linkedin|youtube|social media)\b",
    r"(?:like|find|follow|join|check) us (?:out )?on\b",
    r"join the (?:conversation|discussion)\b",
    r"support (?:us|our (?:work|journalism|newsroom|reporting))\b",
    r"join our (?:whatsapp|telegram|facebook|discord|youtube)\b.{0,60}$",
    r"add .{0,60}\bas (?:a )?preferred source\b",
    r"become a (?:member|subscriber|supporter|patron)\b",
    r"(?:donate(?: now| today| here)?|make a (?:donation|contribution)\b.{0,40})$",
)
ADVERT = _any(
    r"advertise?ments?:?$",
    r"advertisement (?:[-–—:|] ?)?(?:continue|story|article|scroll)\b",
    r"(?:if you[’']re running an|please disable your) ad[ -]?blocker\b",
    r"we[’']ve noticed you\b.{0,60}\bblocker\b",
    r"sponsored by\b[^.]{0,60}$",
    r"advert$|ad$",
    r"(?:sponsored|promoted|paid)(?: content| links?| post)?$",
    r"(?:article|story) continue[sd]?\b.{0,40}$",
    r"continue reading\b.{0,80}$",
    r"scroll (?:down|for)\b.{0,60}$",
)
LEGAL = _any(
    r"copyright (?:©|\(c\)|\d{4}|by\b)",
    r"©",
    r"\(c\) \d{4}",
    r"all rights reserved",
    r"this material may not be\b",
    r"(?:terms (?:of|and) (?:use|service|conditions)|privacy (?:policy|notice))(?: .{0,60})?$",
    r"accept (?:all )?cookies$",
    r"privacy & cookies:",
    r"(?:proudly |theme )?powered by (?:wordpress|blogger|drupal|ghost|nikola|squarespace|wix)\b",
    r"reprints,? rights (?:and|&) permissions?$",
    r"do not sell (?:or share )?my\b",
    r"all content is\b.{0,40}\bcopyright",
    r"this site is protected by\b",
    r"content (?:created|provided) by .{3,80} is available without charge\b",
    r"our standards: \S",
    r"cookie (?:policy|settings|notice|preferences)",
    r"(?:we|this (?:site|website)) uses? cookies",
    r"click here\b",
    r"click (?:for|to|on)\b.{0,80}$",
    r"reprints? (?:and|&) permissions?",
)
NAVIGATION = _any(
    r"(?:close|menu|search|home|(?:world |latest |breaking |top )?news|world|videos?|photos?|images?|gallery|sports?|opinion|more|top stories|latest"
    r"|back to top|loading|play(?: video)?|watch(?: now| live| the video)?|live|replay|listen|(?:story|article) highlights|key points"
    r"|in this (?:article|story)|slideshow(?: \(\d{1,3} images?\))?|toggle caption|hide caption|most read|trending(?: now)?)[.…:]{0,3}$",
    r"skip to\b.{0,40}$",
    r"(?:tap to (?:play|unmute)|view (?:image|gallery|photo)s?\b.{0,20}|back to (?:the )?(?:home ?page|home|start)|opens in (?:a )?new (?:tab|window))$",
    r"(?:current time|remaining time|duration|loaded|stream type)(?::| \d).{0,20}$",
    r"(?:(?:slide|photo|image|page) )?\d{1,3} of \d{1,3}$|\d{1,2}:\d\d$",
    r"(?:\d{1,3} min(?:ute)?s?[ -]read|(?:estimated )?read(?:ing)? time\b.{0,30}|listen to this (?:article|story)\b.{0,20})$",
    r"(?:explore more|top picks|popular on|most popular on)\b[^.]{0,40}$",
    r"this (?:article|story|post) (?:is more than \d{1,3} \w{4,7} old|was originally published\b.{0,120}|(?:has been|was) updated\.?)$",
    r"(?:editor[’']s note: )?this (?:article|story|post) (?:has been|was) updated\.?$",
    r"our original (?:article|story|post|report) continues:?$",
    r"a version of this (?:article|story) (?:appears|appeared) in (?:the )?print\b.{0,120}$",
    r"(?:please )?enable javascript\b|your browser does not support\b",
    r"here[’']s how you know$",
    r"watch (?:the )?video\b.{0,60}$",
    r"!\[[^\[\]]{0,300}\]\([^()]{1,500}\)$",  # a picture in Markdown
    r"(?:published |updated |posted )?\d{1,3} (?:years?|months?|weeks?|days?|hours?|minutes?|mins?) ago$",
    r"(?:just|must) watched?\b.{0,200}\b(?:replay|must watch)\b",
    r"(?:topics?|tags?|tagged|categories|category|keywords|filed under):(?!.{40,}\.$)",
    r"(?:filed under|tagged (?:with|as|in))\b.{0,160}$",
)
TIPS = _any(
    r"we pay for your\b",
    r"(?:reach|e-?mail|contact|write to) .{0,60}\S@\S+$|e-?mail: \S+@\S+$",
    r"(?:do you have|got) (?:a|any) (?:story|tip|news|information)\b",
    r"(?:send|e-?mail) (?:us\b|tips\b|the (?:author|writer|reporter)).{0,80}$",
    r"contact (?:us\b|the (?:author|writer|reporter|newsroom|editors?)).{0,80}$",
    r"celebrating \d{1,3} years\b",
)
FURNITURE = (FORM, NEWSLETTER, SHARING, ADVERT, LEGAL, NAVIGATION, TIPS)
SHARE_WORDS = frozenset(
    "share tweet print email e-mail mail facebook twitter x whatsapp linkedin pinterest reddit telegram messenger flipboard instagram"
    " youtube copy link save pin like post on via by this article story page the with a to friend friends comment comments bookmark".split()
)
SHARE_VERBS = frozenset(
    "share tweet print email e-mail facebook twitter whatsapp linkedin pinterest reddit telegram copy save like comment bookmark".split()
)

RELATED = _any(
    r"(?:read|see|watch|hear) (?:more|also|next)\b(?: ?[:–—|-]|$| (?:on|about|from|here|in)\b.{0,120}$)",
    r"also read\b",
    r"(?:related|watch|listen|more|explainer|recommended|trending|most read|most popular|earlier|background|analysis|in pictures|see also|don[’']t miss):\s?\S",
    r"(?:related|recommended|trending|in pictures|you may also like|recommended for you|trending right now|more on this(?: story)?)[.…:]{0,3}$",
    r"related (?:stories|articles|links|topics|content|posts|coverage)\b",
    r"most (?:read|popular|viewed) in\b",
    r"(?:you may|you might) also (?:like|be interested)\b",
    r"more from [^.]{2,60}$",
)
POINTER = re.compile(r"^(?:[A-Z]{4,14}:[A-Z]|.{8,160}[^.!?] Read more$)")
"""A link with its label glued to it, or with "Read more" at its end."""
STORY_LIST = re.compile(
    r"^\W{0,8}(?:read (?:more|also|next)|see also|more on this(?: story)?|related(?: (?:stories|articles|links|coverage))?|recommended(?: for you)?"
    r"|more from .{2,40}|trending(?: (?:now|right now))?|most (?:read|popular|viewed)|you may also like):?\W{0,3}$",
    re.IGNORECASE,
)
"""A line that announces a list of other stories."""

AGENCY = (
    r"(?:Reuters|AP|AFP|dpa|EPA|PA|UPI|Xinhua|Bloomberg|CNN|ANSA|EFE|TASS|The Associated Press|Associated Press|Agence France-?[Pp]resse)"
)
CREDIT = re.compile(
    rf"^\W{{0,8}}(?:(?:By|BY|by) (?:[A-Z][\w.’'-]+,? ?){{2,5}}(?:(?:and|in|for|&|\|) (?:[A-Z][\w.’'-]+,? ?){{1,4}}){{0,3}}"
    rf"|{AGENCY}(?:\s?[-–/,&+:|]\s?(?:and )?(?:{AGENCY}|[A-Z][a-z]{{1,3}}\b)){{0,5}}"
    r"|[a-z]{2,4}(?:/[a-z]{2,4}){0,4} \((?:[A-Za-z]{2,12}(?:, )?){1,5}\)"
    r"|(?:By )?[Ss]taff (?:[Rr]eporter|[Ww]riter)s?|[Ww]ith (?:agencies|agency reports)|[Aa]gencies)\W{0,8}$"
)
REPORTER = _any(
    r"(?:author|reporting by|editing by|additional reporting by|writing by|edited by|compiled by|contributing|reported by|with (?:reporting|assistance|files|additional reporting)"
    r" (?:by|from))\b:?\s.{2,160}$",
    r".{2,160}\bcontributed (?:reporting\b|to this (?:report|story|article|post)\b).{0,60}$",
    r"[^.]{2,80} (?:is|writes?) (?:a |an |for |about )[^.]{2,100}\. follow (?:him|her|them) on\b",
    r"(?:follow|e-?mail|reach|contact) (?:him|her|them|the author)\b.{0,80}$",
)
POST = re.compile(
    r"^\W{0,8}(?:(?:—|--|–) ?[^@\n]{1,60}\(@\w{1,30}\)|posted by .{2,80} on |https?://\S{1,400}\s{0,4}$|www\.\S{1,400}\s{0,4}$|@\w{1,30}\s{0,4}$|a post shared by\b)"
    r"|^[^.@\n]{2,40}\(@\w{1,30}\)|\(@\w{1,30}\) \w{3,10} \d{1,2}, \d{4}\W{0,4}$|\bposted by [^\n]{2,80} on \w{3,10}, \d|pic\.twitter\.com|https?://t\.co/\S",
    re.IGNORECASE,
)
SOURCE_LINE = re.compile(r"^\W{0,8}(?:source|from|outlet|publisher|via)\s?: .{2,80}$", re.IGNORECASE)
ROBOT = re.compile(r"please verify you[’']re not a robot|an error has occurred\. please try again", re.IGNORECASE)

WIDGET = re.compile(r"^CLOSE (?=[A-Z])")
"""The button of a video's frame, in front of the video's caption."""
DESCRIPTION = re.compile(
    r"^\W{0,8}(?:in )?(?:this|an?|am)(?: \w{2,12})? (?:photo(?:graph)?|image|picture|video grab|screen ?grab|frame grab|illustration|grab)\b.{0,110}\b(?:shows?|depicts?)\b"
    r"|^\W{0,8}(?:image caption|media caption|caption:|grab from\b|screengrab\b|screen ?shot\b|pictured\b|file (?:photo|picture|image)\b|illustration:)",
    re.IGNORECASE,
)
"""Words that only the text of a picture opens with."""
CAPTION_MARK = re.compile(
    r"^(?:\W{0,4}(?:enlarge this image|toggle caption|hide caption|media playback is unsupported|image (?:copyright|source)\b(?!.{2,40} image caption)|photograph(?:er)?:|photo(?: by\b|:| credit)|picture:|credit:|courtesy of\b))",
    re.IGNORECASE,
)
BARE_CREDIT = re.compile(
    r"^(?:.{0,60}\bPhotographer: .{2,60}|\W{0,4}\[?(?:Photo|Picture|Image)s?/[\w /]{2,60}\]?|\W{0,4}(?:REUTERS|Reuters|AP|AFP|EPA|Getty(?: Images)?)/[A-Z][\w .’'-]{1,60}"
    r"|(?:[A-Z][\w.’'-]+ ){0,6}(?:AFP/)?Getty Images|\W{0,4}Getty Images.{0,40}|.{0,40}\bvia Getty Images)\W{0,4}$"
)
LEADING_SOURCE = re.compile(
    r"^(?:(?:AP:Associated Press|(?i:getty images|getty - contributor|getty|reuters|afp|epa|rex features|alamy|shutterstock|press association)|AP|PA|Rex)(?: - \w+)?"
    r"|[a-z]{3,12}(?=\s+(?:The|An?|In|On|At|This|These)\b)|[A-Z ]{3,30}•[A-Z]{2,12})\s+(?=(?:[A-Z0-9'‘“\"]))"
)
"""A picture's source, run together with the sentence behind it; only believed where the line has no full stop."""
CAPTION_SOURCE = re.compile(r"^Image copyright .{2,40}? Image caption ", re.IGNORECASE)
OUTSIDE = r"AP|AFP|Getty(?: Images)?|Reuters|REUTERS|EPA|PA|dpa"
TRAILING_SOURCE = re.compile(
    rf"\s{{0,4}}(?:\((?:[Pp]hoto|[Pp]icture|[Ii]mage|[Cc]redit|[Ff]ile|[Ss]ource|Courtesy)\b[^()]{{0,120}}\)|\[(?:Photo|Picture|Image)[^\]]{{0,80}}\]"
    rf"|\((?:[^()]{{2,60}}(?:/| via ){{1}}\s?(?:{OUTSIDE})|(?:{OUTSIDE})(?: Photo)?/[^()]{{2,60}}|[^()]{{2,60}}/[^()]{{2,40}})\s?\)(?: ?\((?:The )?Associated Press\))?"
    rf"|\bREUTERS/[A-Z][\w.]*(?: [A-Z][\w.]*){{0,3}}|(?<=[.!?])[A-Z][\w.]+(?: [A-Z][\w.]+){{0,3}}\s?/\s?[A-Z][\w. -]{{2,40}})\W{{0,4}}$"
)
PLACARD = re.compile(r"^(?:[A-Z][A-Z’'-]*,? ){2,8}[A-Z’'-]+\? (?=[A-Z])")
"""The heading of a box, in capitals, run together with the box."""
AGENCY_MARK = re.compile(
    rf"^(?:\({AGENCY}(?: Business| Money)?\)\s?(?:[-–—]{{1,2}}\s?)?|(?i:story highlights) (?=[A-Z]))",
)
INLINE = re.compile(
    r"newsletter sign[ -]?up continue reading the main story.{0,1200}?(?:please try again later\.(?: view all .{0,40}? newsletters\.)?|thank you for subscribing\.)"
    r"|(?:advertisement |photo )?continue reading the main story|enlarge this image toggle caption|\(?\bscroll down for video\b\)?|hide caption \d{1,3} of \d{1,3}",
    re.IGNORECASE,
)
"""Furniture that scrapers run together with prose."""


def furniture(line: str) -> RemovalReason | None:
    """Return why a line is no prose, judged by the line alone; None where it may be prose."""
    if len(line) > LONGEST_FURNITURE:
        return None
    words = len(WORD.findall(line))
    if is_pointer(line, words):
        return RemovalReason.RELATED
    if BARE_CREDIT.match(line) or (CAPTION_MARK.match(line) and words <= CAPTION_WORDS):
        return RemovalReason.CAPTION
    if any(pattern.search(line) for pattern in (POST, CREDIT, REPORTER, SOURCE_LINE, ROBOT)):
        return RemovalReason.FURNITURE
    if any(pattern.match(line) for pattern in FURNITURE) or _is_sharing(line) or is_tags(line) or not words:
        return RemovalReason.FURNITURE if words or not any(char.isdigit() for char in line) else None
    return None


def is_pointer(line: str, words: int) -> bool:
    """Return whether a line points to another story."""
    long_list = line[:8].lower().startswith("related ") or line[:10].lower().startswith("most read ")
    return bool(BRACKETED.match(line) or ((RELATED.match(line) or POINTER.match(line)) and (words <= LONGEST_RELATED or long_list)))


def _is_sharing(line: str) -> bool:
    words = re.findall(r"[\w-]+", line.lower()) if len(line) <= 160 else []
    return bool(words) and SHARE_WORDS.issuperset(words) and not SHARE_VERBS.isdisjoint(words) and not line.rstrip().endswith(".")


def is_tags(line: str) -> bool:
    """Return whether a line is a list of tags: short items between commas, bars or hashes, and no verb."""
    if line.count("#") >= 2 and all(word.startswith("#") for word in line.split()):
        return True
    items = re.split(r"\s{0,4}[|,;·•]\s{0,4}", line)
    return len(items) >= 4 and all(len(item.split()) <= 3 for item in items) and not END.search(line) and not VERB.search(line)


LEAD_IN = re.compile(r"^[A-Z]\S{0,40} [a-z]{2,20}:$")
"""The start of a sentence that a quotation on the next line ends: "She wrote:"."""


def is_heading(line: str) -> bool:
    """Return whether a line only announces what follows: a word or two, a cross-head in quotes or capitals, or a bare question."""
    if line[:1].islower() or len(line) > 120:
        return False
    words = len(WORD.findall(line))
    if re.match(r"^[-–—] .{1,60} [-–—]$", line):
        return True
    if line.endswith("?"):
        return words <= 14 and len(re.findall(r"[.!?](?:\s|$)", line)) == 1 and line[:1] not in "\"“‘'" and not _is_spoken(line)
    if END.search(line) or any(char.isdigit() for char in line):
        return bool(re.match(r"^[^.!?]{2,40}:$", line)) and words <= 2 and not LEAD_IN.match(line)
    quoted = words <= 4 and line[:1] in "\"“‘'" and line[-1:] in "\"”’'"
    capitals = words <= 8 and not re.search(r"[a-z]{2}", line) and not VERB.search(line)
    return words <= 2 or quoted or capitals or (words == 3 and not VERB.search(line))


def _is_spoken(line: str) -> bool:
    """Return whether a line opens with its speaker, as in a transcript."""
    return bool(re.match(r"^[A-Z][\w .’'-]{1,50}: ", line))


def is_title(line: str, longest: int) -> bool:
    """Return whether a line has the form of a headline: short, not cut off, and without a full stop."""
    words = len(line.split())
    return (
        3 <= words <= 30
        and len(line) <= longest
        and not line[:1].islower()
        and not re.search(r"[.;:,][\"”’')]*$", line)
        and not OPEN_END.search(line)
        and not BULLET.match(line)
    )


def numbers_and_names(text: str, first_too: bool = False) -> Sequence[str]:
    """Return the words that could make a sentence news: figures, number words and names, in lower case; not a sentence's first word."""
    found = re.findall(r"(?:(?<=[\w,;)’”] )|(?<=[-(“‘\"'$€£]))[A-Z][\w’'-]{1,}|\d[\w.,:]*\w|\d", text)
    if first_too:
        found += re.findall(r"^[A-Z][\w’'-]+", text)
    return [_plain(word) for word in found] + [word.lower() for word in NUMBER_WORD.findall(text)]


def _plain(word: str) -> str:
    return re.sub(r"(?:[’']s|[’'])$", "", word).lower()


NUMBER_WORD = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|dozens?|hundreds|thousands|millions?|billions?|not|no|never|denied|denies)\b",
    re.IGNORECASE,
)
