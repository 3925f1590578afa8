"""What on a page is not the article: buttons, labels, captions, credits, dates.

The rules know how publishers write such lines, in several languages; they know no article by name. A rule that
is unsure leaves the line in: a quoted button is ugly, a lost sentence is a lost answer.
"""

from typing import Final

import regex

_SHORT_WORDS: Final = 8
_SHORT_CHARACTERS: Final = 70
_CALL_WORDS: Final = 14
_POINTER_CHARACTERS: Final = 200
_CREDIT_WORDS: Final = 30

_SENTENCE_END: Final = regex.compile(r"""[.!?…。！？։؟।:;,](?:["'”’»“)\]]|\s)*$""")
_DOTS: Final = str.maketrans({"ı": "i", "\N{COMBINING DOT ABOVE}": ""})  # Turkish capitals, however they were lowered
_EDGES: Final = regex.compile(r"^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$")


def plain(line: str) -> str:
    """A line without capitals, outer punctuation and repeated white space, for comparison."""
    return " ".join(_EDGES.sub("", line).casefold().translate(_DOTS).split())


def _phrases(text: str) -> frozenset[str]:
    """Phrases with bars between them, written as `plain` writes a line."""
    return frozenset(plain(phrase) for phrase in text.replace("\n", "|").split("|")) - {""}


# Lines over a list of links to other pages.
_LINK_HEADINGS: Final = _phrases("""
    related|related articles|related article|related stories|related news|related posts|related topics|related content
    more news|more stories|more from this section|most read|most popular|most viewed|trending|trending now|latest news
    recommended|recommended for you|you may also like|you might also like|editors' picks|editor's picks|read also
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

# Lines that begin so and stay short ask the reader to do something for the site.
_CALL: Final = regex.compile(
    r"(?:please )?(?:subscribe (?:to|now|for|today)|sign up (?:to|for|now|today)|follow (?:us|our|@)|"
    r"like us on|share (?:this|on|via)|click here|tap here|download (?:the|our) app|"
    r"join (?:us|our) (?:on )?(?:telegram|whatsapp|newsletter|channel|mailing)|"
    r"get (?:the|our) (?:latest|newsletter|daily)|this article is for subscribers|already a subscriber|"
    r"abone olmak için|bizi takip edin|bizi izləyin|подпи(?:шитесь|сывайтесь) на|следите за нами|"
    r"підпи(?:шіться|суйтесь) на|abonnieren sie|folgen sie uns|abonnez-vous à|suivez-nous|suscríbete a|síguenos|"
    r"assine (?:a|o) |siga-nos)",
    regex.IGNORECASE,
)

# A phrase, a colon or dash, and the name of another page.
_POINTER: Final = regex.compile(
    r"(?:read more|read also|also read|read next|see also|see more|related(?: articles?| stor(?:y|ies)| news)?|"
    r"more on this|recommended|don['’]t miss|editors?['’]?s? picks?|tags?|topics|keywords|filed under|categories|"
    r"ilgili(?: haber)?|ayrıca oku(?:yun)?|devamını oku|etiketler|həmçinin oxuyun|ətraflı|"
    r"читайте также|читать также|по теме|материалы по теме|теги|метки|читайте також|за темою|"
    r"կարդացեք նաև|lesen sie auch|mehr zum thema|lire aussi|à lire aussi|lea también|leia também)"
    r"\s*[:：|–—-]\s*\S",
    regex.IGNORECASE,
)

_PICTURE: Final = r"(?:photos?|photograph(?:er|y)?|foto\p{L}*|фото\p{L}*|լուսանկար\p{L}*|ფოტო|image|picture|getty)"
_CAPTION: Final = regex.compile(
    rf"(?:file )?{_PICTURE}(?: (?:by|credit|courtesy)\b.*|\s*[:：©/].*)"
    rf"|caption\s*[:：].*|©.*"
    rf"|.*[(\[](?:[^()\[\]]{{0,60}}\b{_PICTURE}\b[^()\[\]]{{0,60}}|file|archive)[)\]]\s*\.?"
    rf"|.*\b(?:reuters|afp|ap|epa|tass|getty images?|anadolu)\s?/\s?\p{{L}}[\p{{L}} .'’-]{{1,40}}",
    regex.IGNORECASE | regex.DOTALL,
)

_CREDIT: Final = regex.compile(
    r"(?:reporting|editing|writing|compiled|additional reporting|translated|source|sources|kaynak|mənbə|источник|"
    r"джерело|quelle|fuente)(?: by\b|\s*[:：]).*"
    r"|.*\b(?:with (?:additional )?(?:input|inputs|reporting|files|contributions) (?:from|by)|"
    r"contributed to this (?:report|story|article))\b.*"
    r"|[\p{L} ]{2,40} (?:story|report), with .*",
    regex.IGNORECASE | regex.DOTALL,
)

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    r"ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık)\.?"
)
_ISO_DATE: Final = r"(?P<iso>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
_DATE_LABEL: Final = r"(?:(?:date|published|updated|posted|last updated|tarih|дата|опубликовано)(?: on)?\s*[:：–-]?\s*)"
_CLOCK: Final = r"(?:[T ,|–-]*\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?|z|gmt|utc|[+-]\d{2}:?\d{2}|[A-Z]{2,4})?)?"
_WRITTEN_DATE: Final = (
    rf"(?:{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH}\s+\d{{4}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
)
_ONLY_A_DATE: Final = regex.compile(
    rf"{_DATE_LABEL}?(?:\p{{L}}+day,?\s+)?(?:{_ISO_DATE}|{_WRITTEN_DATE}){_CLOCK}\s*", regex.IGNORECASE
)
_DATE_AT_HEAD: Final = regex.compile(
    rf"(?P<label>{_DATE_LABEL})?{_ISO_DATE}{_CLOCK}(?:\s*[|:–—-]\s*|\s+)", regex.IGNORECASE
)


def ends_a_sentence(line: str) -> bool:
    """Whether a line ends as running text does."""
    return _SENTENCE_END.search(line) is not None


def is_short(line: str) -> bool:
    """Whether a line is as short as a label or a heading, and like them does not end a sentence."""
    return len(line) <= _SHORT_CHARACTERS and len(line.split()) <= _SHORT_WORDS and not ends_a_sentence(line)


def is_site_furniture(line: str) -> bool:
    """Whether a line is a button, an appeal or a pointer to another page."""
    if plain(line) in _BUTTONS or opens_links(line):
        return True
    if len(line.split()) <= _CALL_WORDS and _CALL.match(line):
        return True
    return len(line) <= _POINTER_CHARACTERS and _POINTER.match(line) is not None


def is_caption(line: str) -> bool:
    """Whether a line describes a picture: it begins as such, or ends with the photographer's credit."""
    return _CAPTION.fullmatch(line) is not None


def is_credit(line: str) -> bool:
    """Whether a closing line says who wrote or supplied the text."""
    return len(line.split()) <= _CREDIT_WORDS and _CREDIT.fullmatch(line) is not None


def is_date_line(line: str) -> bool:
    """Whether a line is a date, perhaps with a label and a time, and nothing else."""
    return _ONLY_A_DATE.fullmatch(line) is not None


def date_at_head(line: str) -> tuple[int, str, bool] | None:
    """The date stamp that a line begins with: its length in characters, the ISO date, whether it was labelled."""
    match = _DATE_AT_HEAD.match(line)
    return None if match is None else (match.end(), match["iso"], match["label"] is not None)


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
