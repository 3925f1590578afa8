"""What on a page is not the article: buttons, labels, captions, credits, dates.

The rules know how publishers write such lines, in several languages; they know no article by name. A rule that
is unsure leaves the line in: a quoted button is ugly, a lost sentence is a lost answer.
"""

import datetime as dt
from typing import Final

import regex

from retrieval.sentences import ends_a_sentence, ends_with_a_stop

_SHORT_WORDS: Final = 8
_SHORT_CHARACTERS: Final = 70
_LABEL_WORDS: Final = 4
_LABEL_CHARACTERS: Final = 40
_LONGEST: Final = 300  # code points; no furniture is longer, and no rule looks at more

_DOTS: Final = str.maketrans({"ı": "i", "\N{COMBINING DOT ABOVE}": ""})  # Turkish capitals, however they were lowered

# Lines that begin so ask the reader to do something for the site, if they also name the site's means.
_CALL_WORDS: Final = 16
_CALL: Final = regex.compile(
    r"(?:please )?(?:subscribe|sign up|follow us|follow our|follow @|like us|share (?:this|on|via)|click here|tap here|"
    r"download|join (?:us|our)|get (?:the|our)|support (?:us|our)|abone ol|bizi (?:takip|izləyin)|abunə ol|"
    r"подпи(?:шитесь|сывайтесь)|следите за|читайте нас|підпи(?:шіться|суйтесь)|abonnieren sie|folgen sie|"
    r"abonnez-vous|suivez-nous|suscríbe|síguenos|assine|siga-nos)\b",
    regex.IGNORECASE,
)
_MEANS: Final = regex.compile(
    r"\b(?:newsletters?|channel|telegram|whatsapp|twitter|facebook|instagram|youtube|linkedin|tiktok|viber|google news|"
    r"inbox|e-?mail|subscription|subscribers?|notifications?|our app|the app|our (?:page|coverage|journalism|work)|"
    r"here to (?:read|subscribe|sign|learn|see|watch|join)|bülten|kanal|канал\p{L}*|телеграм\p{L}*|рассылк\p{L}*|"
    r"розсилк\p{L}*|infolettre|boletín|boletim)\b|https?://|@\w",
    regex.IGNORECASE,
)

# A phrase and the title of another page. Where the phrase is also an ordinary word, only a colon and a capital tell.
_POINTER: Final = regex.compile(
    r"(?:read more|read also|also read|read next|see also|see more|related (?:articles?|stor(?:y|ies)|news)|"
    r"more on this(?: story)?|don['’]t miss|editors?['’]?s? picks?|ilgili haber|ayrıca oku(?:yun)?|devamını oku|"
    r"həmçinin oxuyun|читайте также|читать также|материалы по теме|читайте також|կարդացեք նաև|lesen sie auch|"
    r"mehr zum thema|lire aussi|à lire aussi|lea también|leia também)\s*[:：|–—-]\s*(?P<title>\S.*)",
    regex.IGNORECASE,
)
_WEAK_POINTER: Final = regex.compile(
    r"(?i:related|recommended|ilgili|по теме|за темою|ətraflı)\s*[:：|]\s*[“\"«]?\p{Lu}.*"
)
_TAGS: Final = regex.compile(
    r"(?i:tags?|topics|keywords|filed under|categories|etiketler|теги|метки)\s*[:：]\s*(?P<tags>\S.*)"
)
_TAG_WORDS: Final = 3

# What stands beside an article on many sites, in the form that it has there.
_FIXED: Final = regex.compile(
    r"(?:©|\(c\)\s*\d{4}|copyright\b).*"
    r"|image (?:source|caption),.*"
    r"|(?:lesezeit|reading time|okuma süresi|время чтения|temps de lecture)\s*[:：].*|\d+ min(?:ute)?s? read"
    r"|article réservé aux abonnés\.?|(?:责任编辑|編集|编辑)[:：].*|son güncelle(?:me|nme)\s*[:：].*",
    regex.IGNORECASE,
)

_PICTURE: Final = r"(?:photos?|foto|fotoğraf|fotos|фото|լուսանկար|ფოტო|images?|picture|getty)"
_CAPTION: Final = regex.compile(
    rf"(?i:(?:file |archive )?(?:photos?|foto|fotoğraf|фото|image|լուսանկար)\s*[:：©]).*"
    rf"|(?i:(?:file )?{_PICTURE} (?:by|credit|courtesy of|courtesy))\s*:?\s*\p{{Lu}}.*"
    rf"|(?i:caption)\s*[:：].*"
)
_CREDIT_IN_BRACKETS: Final = regex.compile(r"[(\[](?P<words>[^()\[\]]{2,80})[)\]]\s*\.?$")
_PICTURE_CREDIT: Final = regex.compile(
    rf"(?!see\b|siehe\b|voir\b|bkz|см)"
    rf"(?:(?:\S+ ){{0,4}}{_PICTURE}|(?:\S+ ){{0,2}}{_PICTURE}\b\s*(?:by\b|[:/©]|courtesy).*|\p{{L}}+/{_PICTURE} .*)",
    regex.IGNORECASE,
)
_AGENCY_TAIL: Final = regex.compile(
    r"\s(?:REUTERS|AFP|AP|EPA|TASS|ТАСС|AA)/\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,3}$"
)

_CREDIT_WORDS: Final = 24
_CREDIT: Final = regex.compile(
    r"(?i:reporting|editing|writing|additional reporting|compiled|translated|written|edited) by\s+\p{Lu}.*"
    r"|(?i:sources?|kaynak|mənbə|источник|джерело|quelle|fuente)\s*[:：]\s*\p{Lu}\S*(?:\s\S+){0,5}(?<![.!?])"
    r"|.*\b(?i:story|report|article|agency|agencies|desk|staff)\b.*"
    r"\b(?i:with (?:additional )?(?:inputs?|reporting|files|contributions|material) (?:from|by)(?: the)?)\s+\p{Lu}.*"
    r"|\p{Lu}.*(?<!\bwho) (?i:contributed to (?:this|the) (?:report|story|article))\.?",
)

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    r"ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık)\.?"
)
_ISO_DATE: Final = r"(?P<iso>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
_DATE_LABEL: Final = r"(?:(?:date|published|updated|posted|last updated|tarih|дата|опубликовано)(?: on)?\s*[:：–-]?\s*)"
_CLOCK: Final = r"(?:[T ,|–-]{0,3}\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|z|gmt|utc|[+-]\d{2}:?\d{2}|[A-Z]{2,4})?)?"
_WRITTEN_DATE: Final = (
    rf"(?:{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH}\s+\d{{4}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
)
_ONLY_A_DATE: Final = regex.compile(
    rf"{_DATE_LABEL}?(?:\p{{L}}+day,?\s+)?(?:{_ISO_DATE}|{_WRITTEN_DATE}){_CLOCK}\s*(?:[|]\s*son güncelle.*)?",
    regex.IGNORECASE,
)
_DATE_AT_HEAD: Final = regex.compile(
    rf"(?P<label>{_DATE_LABEL})?{_ISO_DATE}{_CLOCK}(?:\s*[|:–—-]\s*|\s+)", regex.IGNORECASE
)


def plain(line: str) -> str:
    """A line without capitals, outer punctuation and repeated white space, for comparison; empty for a long one."""
    if len(line) > _LONGEST:
        return ""
    start, end = 0, len(line)
    while start < end and not line[start].isalnum():
        start += 1
    while start < end and not line[end - 1].isalnum():
        end -= 1
    return " ".join(line[start:end].casefold().translate(_DOTS).split())


def _phrases(text: str) -> frozenset[str]:
    """Phrases with bars between them, written as `plain` writes a line."""
    return frozenset(plain(phrase) for phrase in text.replace("\n", "|").split("|")) - {""}


# Lines over a list of links to other pages.
_LINK_HEADINGS: Final = _phrases("""
    related|related articles|related article|related stories|related news|related posts|related topics|related content
    more news|more stories|more from this section|most read|most popular|most viewed|trending|trending now|latest news
    more on this story|recommended|recommended for you|you may also like|you might also like|read also
    editors' picks|editor's picks
    ilgili haberler|ilgili yazılar|benzer haberler|son haberler|çok okunanlar|əlaqəli xəbərlər|oxşar xəbərlər
    həmçinin oxuyun|по теме|читайте также|материалы по теме|новости по теме|похожие новости|другие новости
    самое читаемое|популярное|главные новости|последние новости|читайте також|новини за темою|կարդացեք նաև
    նմանատիպ նյութեր|წაიკითხეთ აგრეთვე|მსგავსი სიახლეები|mehr zum thema|lesen sie auch|lire aussi|à lire aussi
    lea también|noticias relacionadas|leia também|اقرأ أيضا|مواضيع ذات صلة
""")

# Lines that are nothing but such a phrase.
_BUTTONS: Final = _phrases("""
    advertisement|advertisements|ad|ads|sponsored|sponsored content|promoted|share|share this|share this article
    share article|print|print this article|email|e-mail|copy link|comments|comment|leave a comment|leave a reply
    no comments|subscribe|subscribe now|sign up|sign in|log in|login|register|newsletter|newsletters|follow us
    read more|read next|continue reading|show more|load more|view more|see more|see all|view all|learn more
    click here|back to top|back to top button|scroll to top|top|home|menu|search|close|skip to content
    skip to main content|next|previous|next article|previous article|next post|previous post|tags|topics|cookie policy
    privacy policy|terms of use|terms of service|all rights reserved|support us|donate|donate now|accept cookies
    abone ol|takip et|paylaş|yazdır|yorumlar|yorum yap|devamını oku|daha fazla|başa dön|yukarı çık|reklam|öne çıkan
    öne çıkanlar|giriş yap|abunə ol|abunə olun|daha çox|şərhlər|paylaşın|yuxarı|çap et|подписаться|подпишитесь
    поделиться|распечатать|комментарии|комментировать|реклама|наверх|вверх|читать далее|читать дальше|читать полностью
    войти|регистрация|підписатися|поділитися|коментарі|вгору|բաժանորդագրվել|կիսվել|մեկնաբանություններ|գովազդ
    გამოწერა|გაზიარება|რეკლამა|კომენტარები|abonnieren|teilen|drucken|kommentare|anzeige|werbung|nach oben|weiterlesen
    s'abonner|abonnez-vous|partager|imprimer|commentaires|publicité|haut de page|lire la suite|suscríbete|suscribirse
    compartir|imprimir|comentarios|publicidad|volver arriba|leer más|assine|compartilhar|comentários|publicidade
    voltar ao topo|leia mais|اشترك|شارك|إعلان
""")


def is_short(line: str) -> bool:
    """Whether a line is as short as a label or a heading, and like them does not end a sentence."""
    return len(line) <= _SHORT_CHARACTERS and len(line.split()) <= _SHORT_WORDS and not ends_a_sentence(line)


def is_label(line: str) -> bool:
    """Whether a line may name a section, a rubric or an author: a few words, the first with a capital, no number."""
    first = line[0]
    return (
        is_short(line)
        and len(line.split()) <= _LABEL_WORDS
        and len(line) <= _LABEL_CHARACTERS
        and first.isalpha()
        and not first.islower()
        and not any(each.isdigit() for each in line)
    )


def is_site_furniture(line: str) -> bool:
    """Whether a line is a button, an appeal or a pointer to another page."""
    if len(line) > _LONGEST:
        return False
    stops = ends_with_a_stop(line)
    if not stops and (plain(line) in _BUTTONS or opens_links(line)):
        return True
    if _FIXED.fullmatch(line) or _is_appeal(line):
        return True
    return not stops and (
        _POINTER.fullmatch(line) is not None or _WEAK_POINTER.fullmatch(line) is not None or _is_tags(line)
    )


def _is_appeal(line: str) -> bool:
    return len(line.split()) <= _CALL_WORDS and _CALL.match(line) is not None and _MEANS.search(line) is not None


def _is_tags(line: str) -> bool:
    match = _TAGS.fullmatch(line)
    return match is not None and all(len(tag.split()) <= _TAG_WORDS for tag in match["tags"].split(","))


def is_caption(line: str) -> bool:
    """Whether a line describes a picture: it begins as such, or ends with the photographer's credit."""
    if len(line) > _LONGEST:
        return False
    if _CAPTION.fullmatch(line) or _AGENCY_TAIL.search(line):
        return True
    brackets = _CREDIT_IN_BRACKETS.search(line)
    return brackets is not None and _PICTURE_CREDIT.fullmatch(brackets["words"]) is not None


def is_credit(line: str) -> bool:
    """Whether a closing line says who wrote or supplied the text."""
    return len(line) <= _LONGEST and len(line.split()) <= _CREDIT_WORDS and _CREDIT.fullmatch(line) is not None


def date_line(line: str) -> tuple[str | None] | None:
    """The ISO date of a line that is a date and nothing else, None inside where it is written otherwise."""
    match = _ONLY_A_DATE.fullmatch(line) if len(line) <= _LONGEST else None
    return None if match is None else (_real_date(match["iso"]),)


def date_at_head(line: str) -> tuple[int, str, bool] | None:
    """The date stamp that a line begins with: its length in characters, the ISO date, whether it was labelled."""
    match = _DATE_AT_HEAD.match(line, endpos=_LONGEST)
    if match is None or _real_date(match["iso"]) is None:
        return None
    return (match.end(), match["iso"], match["label"] is not None)


def _real_date(iso: str | None) -> str | None:
    try:
        return iso and dt.date.fromisoformat(iso).isoformat()
    except ValueError:
        return None


def repeats_title(line: str, title: str) -> bool:
    """Whether a line is the title once more, perhaps with the site's name after it."""
    bare, wanted = plain(line), plain(title)
    if not wanted or not bare.startswith(wanted):
        return False
    rest = bare[len(wanted) :]
    return not rest or (len(rest) <= _SHORT_CHARACTERS and regex.match(r"\s+[-|–—·:]\s+\S", rest) is not None)


def opens_links(line: str) -> bool:
    """Whether a line stands over a list of links to other pages."""
    return plain(line) in _LINK_HEADINGS
