"""A reply without what its writer did not write: quotes, headers, the chaser itself, signature, disclaimer."""

import re

INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
PLAINER = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2026": "..."}
)

QUOTED = re.compile(r"^\s*(?:>|\|(?=\s|$)|&gt;)")
WROTE = re.compile(
    r"^\s*(?:on|le|am)\b.{3,250}\b(?:wrote|writes|said|a écrit|schrieb)\s*:?\s*$|^\s*.{2,120}\b(?:wrote|"
    r"writes)\s*:\s*$",
    re.IGNORECASE,
)
WROTE_BEGINS = re.compile(
    r"^\s*on\s+(?:\w{3,9},?\s+)?(?:\d{1,2}|\w{3,9})\b.*(?:\d{4}|\d{1,2}[:.]\d\d|<)", re.IGNORECASE
)
CUT = re.compile(
    r"^\s*(?:[-_=*\s]{0,20}(?:original message|original e-?mail|forwarded message|forwarded by|reply message|"
    r"begin forwarded message|message d'origine)[-_=*:\s]{0,20}|_{8,}|-{12,}|={12,})\s*$",
    re.IGNORECASE,
)
HEADER = re.compile(
    r"^\s*\W{0,3}(from|sent|to|cc|subject|date|importance|reply-to|de|objet)\W{0,2}\s*:", re.IGNORECASE
)
CHASER = re.compile(
    r"^\s*(?:dear .{1,60},?\s*$)?.*(?:please reply to this (?:e-?mail|message)|"
    r"reply (?:to this \w+ )?with (?:one of|just|either)|"
    r"a line back is all that is needed|a reminder of (?:the|an) actions?|"
    r"that the private office has down to you|"
    r"the private office would be grateful|[-*•]\s*(?:done, and in|a new date, and why|not mine, and whose))",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"\b[A-Z]{2,5}/[A-Z]{2,5}/20\d\d/\d{1,6}\b")

SIGN_OFF = re.compile(
    r"^\s*(?:(?:very |many |with |all |my )*(?:(?:kind(?:est)?|best|warm(?:est)?) (?:regards|wishes)|regards|"
    r"rgds|kr|br|"
    r"best|thanks|thank you|thx|ta|cheers|yours(?: sincerely| faithfully| aye| ever)?|sincerely|all the best|"
    r"many thanks(?: in advance| as ever| again)?|thanks (?:again|as ever|in advance|so much|very much|both|all))"
    r"(?: and (?:kind |best )?regards)?)"
    r"(?:[,\s]+[A-Z][\w'.-]*){0,3}\s*[,.!-]*\s*$",
    re.IGNORECASE,
)
SIGNATURE = re.compile(
    r"^\s*(?:--\s*$|—\s*$|sent (?:from|via|by) (?:my|outlook|mail for|yahoo|an? |samsung|iphone)|get outlook for|"
    r"(?:mobile|mob|tel|telephone|phone|ext|office|email|e|m|t|w)\s*[:.]\s*[\d+(]|"
    r"(?:please )?excuse (?:any |my )?(?:typo|brevity|spelling|thumbs)|typed (?:on|with)|dictated)",
    re.IGNORECASE,
)
DISCLAIMER = re.compile(
    r"^\s*\W{0,3}(?:notice\b|disclaimer|confidential(?:ity)?\b|this (?:e-?mail|message|"
    r"communication)[ ,].*(?:confidential|intended|"
    r"attachments|addressee|recipient|monitored)|the (?:information|contents?) (?:contained )?(?:in|of) this|"
    r"if you (?:are not|have received|received) (?:the intended|this)|consider (?:the environment|"
    r"our environment)|"
    r"please (?:consider|think about) the environment|(?:all )?(?:e-?mails?|communications?) .*(?:monitored|"
    r"recorded)|"
    r"\[?external (?:e-?mail|sender)|caution:|total policing|"
    r"(?:please note:? )?(?:my|i) (?:normal |usual |core )?(?:working (?:days|hours|pattern)|work (?:flexibly|"
    r"part|monday|tuesday|wednesday|thursday|mon|tue|wed|thu|compressed))|"
    r"(?:we|this team|our team) aims? to (?:reply|respond|answer|acknowledge)\b|"
    r"(?:please note:? )?(?:that )?i (?:do not|don't) work (?:on )?(?:mon|tue|wed|thu|fri)\w*|"
    r"(?:my )?(?:non[- ]working|working) days?\b)",
    re.IGNORECASE,
)
POSTSCRIPT = re.compile(r"^\s*(?:p\.?\s?s\.?|pps|edit|nb)\b[\s:.,-]*", re.IGNORECASE)
GREETING = re.compile(
    r"^\s*(?:hi|hello|hiya|hey|dear|morning|good (?:morning|afternoon|evening)|afternoon|evening|ma'am|sir|"
    r"boss)\b"
    r"[^.!?\n]{0,40}?(?:[,!:.]|\s[-–]\s|$)\s*",
    re.IGNORECASE,
)
MARKING = re.compile(r"^\s*[\[(]?official(?:[\s-]*sensitive)?[\])]?\s*$", re.IGNORECASE)


def own_words(body: str) -> str:
    """What the writer of a reply wrote, one paragraph or line a line; an empty string for a bare quote."""
    lines = INVISIBLE.sub("", body.translate(PLAINER)).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = _without_signature(_without_quotes(_whole_attributions(lines)))
    return _without_greeting("\n".join(kept).strip())


def _whole_attributions(lines: list[str]) -> list[str]:
    """ "On … wrote:" broken over two or three lines is one line again."""
    whole: list[str] = []
    place = 0
    while place < len(lines):
        taken = _attribution_at(lines, place)
        whole.append(" ".join(line.strip() for line in lines[place : place + taken]))
        if taken == 1:
            whole[-1] = lines[place]
        place += taken
    return whole


def _attribution_at(lines: list[str], place: int) -> int:
    if WROTE_BEGINS.match(lines[place]):
        for taken in (2, 3):
            joined = " ".join(line.strip() for line in lines[place : place + taken])
            if WROTE.match(joined) and not WROTE.match(lines[place]):
                return taken
    return 1


def _without_quotes(lines: list[str]) -> list[str]:
    """The lines that are not quoted. Behind a header or a line that ends the reply, all is quoted."""
    kept: list[str] = []
    for place, line in enumerate(lines):
        if QUOTED.match(line):
            continue
        if CUT.match(line) or _is_header_block(lines, place) or _begins_chaser(lines, place):
            break
        if WROTE.match(line):
            if _next_is_quoted(lines, place):
                continue
            break
        if not MARKING.match(line):
            kept.append(line)
    return kept


def _is_header_block(lines: list[str], place: int) -> bool:
    """Two or more header lines beside each other, as mail programs put them above what they quote."""
    named = [HEADER.match(line) for line in lines[place : place + 5]]
    return bool(named[0]) and sum(map(bool, named)) >= 2


def _begins_chaser(lines: list[str], place: int) -> bool:
    """The office's own words, quoted without any mark."""
    return bool(CHASER.match(lines[place]))


def _next_is_quoted(lines: list[str], place: int) -> bool:
    following = next((line for line in lines[place + 1 :] if line.strip()), "")
    return bool(QUOTED.match(following))


def _without_signature(lines: list[str]) -> list[str]:
    """Up to the signature; a postscript below it still counts."""
    kept: list[str] = []
    is_signed = False
    for line in lines:
        if POSTSCRIPT.match(line) and is_signed:
            kept.append(POSTSCRIPT.sub("", line))
        elif is_signed:
            continue
        elif SIGNATURE.match(line) or DISCLAIMER.match(line):
            is_signed = bool(kept and any(one.strip() for one in kept))
        elif SIGN_OFF.match(line) and any(one.strip() for one in kept):
            is_signed = True
        else:
            kept.append(line)
    return kept


def _without_greeting(text: str) -> str:
    return GREETING.sub("", text, count=1).strip()
