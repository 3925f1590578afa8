"""Which words carry no meaning of their own, language by language; and which language a text is in.

The lists are short on purpose: long stop lists measurably hurt ranking on questions, while dropping the words
that only make a sentence a question helps.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import regex

DEFAULT: Final = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """One language's function words.

    Attributes:
        code: ISO 639-1.
        snowball: name of the Snowball algorithm, None where there is none.
        stop_words: lower case; dropped from articles and questions.
        question_words: lower case; dropped from questions only.
    """

    code: str
    snowball: str | None
    stop_words: frozenset[str] = frozenset()
    question_words: frozenset[str] = frozenset()


def _language(code: str, snowball: str | None, stop: str = "", question: str = "") -> Language:
    return Language(code, snowball, frozenset(stop.split()), frozenset(question.split()))


# The English stop list is the classic 33 words of Lucene's StandardAnalyzer; the others were chosen to match it
# in kind and size: articles, prepositions, conjunctions, the copula.
_ALL: Final = (
    _language(
        "en",
        "english",
        "a an and are as at be but by for if in into is it no not of on or such that the their then there these "
        "they this to was will with",
        "what which who whom whose when where why how do does did done has have had can could would should were "
        "been am i you he she we me my your please tell say about many much happen happens happened",
    ),
    _language(
        "ru",
        "russian",
        "и в во не на с со к ко о об от до из у за по для при под над как а но или же ли бы это то что был была "
        "было были быть их его её ее",
        "кто кого кому кем чем чего чему какой какая какое какие каком какую каких каким где когда почему зачем "
        "сколько куда откуда как чей чья чьё чьи ли который которая которые скажи расскажи",
    ),
    _language(
        "tr",
        "turkish",
        "ve bir bu şu o da de ki ile için gibi ama veya ya ise en çok daha kadar olarak olan olduğu ne her mi mı "
        "mu mü değil",
        "kim kimi kime kimin kimler ne neden niçin niye nasıl nerede nereye nereden neresi hangi hangisi kaç kaçta "
        "midir mıdır mudur müdür nedir kimdir nelerdir zaman",
    ),
    _language(
        "az",
        "turkish",
        "və bir bu o da də ki ilə üçün kimi amma ya isə ən çox daha qədər olaraq olan hər mi mı mu mü deyil",
        "kim kimi kimə kimin nə niyə necə harada haraya haradan hansı neçə nədir kimdir zaman",
    ),
    _language(
        "uk",
        None,
        "і й та в у не на з із зі до від за по для при під над як а але або ж чи б би це то що був була було були "
        "бути їх його її",
        "хто кого кому ким чим чого який яка яке які якого якій де коли чому навіщо скільки куди звідки чи чий",
    ),
    _language(
        "de",
        "german",
        "der die das den dem des ein eine einer eines einem einen und oder aber in im an am auf aus bei mit von vom "
        "zu zum zur für ist sind war waren nicht es sich als auch",
        "wer wen wem wessen was welche welcher welches welchen wann wo woher wohin warum wieso weshalb wie viele "
        "hat haben hatte wird wurde wurden kann",
    ),
    _language(
        "fr",
        "french",
        "le la les un une des de du d l et ou mais à au aux en dans par pour sur avec est sont était ne pas ce cet "
        "cette ces se s il elle qu",
        "qui que quoi quel quelle quels quelles quand où pourquoi comment combien lequel laquelle a ont fait",
    ),
    _language(
        "es",
        "spanish",
        "el la los las un una unos unas y o pero de del a al en por para con sin es son era no se su sus lo que",
        "quién quiénes qué cuál cuáles cuándo dónde por cómo cuánto cuántos cuánta cuántas ha han fue",
    ),
    _language(
        "pt",
        "portuguese",
        "o a os as um uma uns umas e ou mas de do da dos das em no na nos nas por para com sem é são era não se "
        "seu sua que ao à",
        "quem que qual quais quando onde porquê porque como quanto quantos quanta quantas foi foram",
    ),
    _language(
        "it",
        "italian",
        "il lo la le gli una di della delle dei del nel nella al alla da dal e è con che per sono non si anche",
        "chi che qual quale quali quando dove perché come quanto quanti",
    ),
    _language(
        "nl",
        "dutch",
        "de het een van en in op te met voor aan bij uit naar is zijn was niet dat die ook als maar",
        "wie wat welke wanneer waar waarom hoe hoeveel",
    ),
    _language(
        "pl",
        "polish",
        "i w z na do od za po przez dla nie się jest są był była że oraz jak ale to przy",
        "kto co który która które kiedy gdzie dlaczego jak ile",
    ),
    _language(
        "ro",
        "romanian",
        "și în de la cu pe din pentru nu este sunt era care că un o ale al prin dar sau",
        "cine ce care când unde cum cât câți",
    ),
    _language(
        "hu",
        "hungarian",
        "a az és hogy nem is egy meg volt van vagy de ha már csak mint el ki",
        "ki mi melyik mikor hol miért hogyan mennyi hány",
    ),
    _language(
        "sv",
        "swedish",
        "och i att det som en ett på är av för med till den har de inte om var från",
        "vem vad vilken vilka när var varför hur",
    ),
    _language("el", "greek"),
    _language("hy", "armenian"),
    _language("ka", None),
    _language("ar", "arabic"),
    _language("fa", "persian"),
    _language("he", None),
    _language("hi", "hindi"),
    _language("zh", None),
    _language("ja", None),
    _language("ko", None),
)
LANGUAGES: Final[dict[str, Language]] = {language.code: language for language in _ALL}

# A script that one language of the list writes settles the matter; the letters tell neighbours apart.
_SCRIPTS: Final = (
    ("hy", regex.compile(r"\p{Armenian}")),
    ("ka", regex.compile(r"\p{Georgian}")),
    ("el", regex.compile(r"\p{Greek}")),
    ("he", regex.compile(r"\p{Hebrew}")),
    ("hi", regex.compile(r"\p{Devanagari}")),
    ("ko", regex.compile(r"\p{Hangul}")),
    ("ja", regex.compile(r"[\p{Hiragana}\p{Katakana}]")),
    ("zh", regex.compile(r"\p{Han}")),
    ("fa", regex.compile(r"[پچژگک]")),
    ("ar", regex.compile(r"\p{Arabic}")),
    ("uk", regex.compile(r"[іїєґ]", regex.IGNORECASE)),
    ("ru", regex.compile(r"\p{Cyrillic}")),
    ("az", regex.compile(r"ə", regex.IGNORECASE)),
)
_TELLING: Final = frozenset({"fa", "uk", "az", "ja"})  # a few of their letters are enough
# Letters that hardly any other language of the list in Latin script has; each counts as a function word.
_LETTERS: Final = (
    ("tr", regex.compile(r"[ğı]")),
    ("pl", regex.compile(r"[łąę]")),
    ("ro", regex.compile(r"[șță]")),
    ("hu", regex.compile(r"[őű]")),
    ("sv", regex.compile(r"å")),
    ("de", regex.compile(r"ß")),
)
# What stands behind an apostrophe is an ending, and a single letter may be an initial: neither is a vote.
_WORD: Final = regex.compile(r"(\p{L}[\p{L}\p{M}]+)(?:['’ʼ]\p{L}+)?")
_ENOUGH: Final = 4_000  # code points; function words show long before


def language_of(code: str) -> Language:
    """The language with this ISO 639-1 code; one without stop words and stemmer if it is not listed."""
    return LANGUAGES.get(code) or Language(code, None)


def guess_language(text: str, default: str = DEFAULT) -> str:
    """The ISO 639-1 code of the language that ``text`` is probably in.

    The prevailing script decides where one language here writes it; in Latin letters the function words vote, and
    letters that are a language's own. ``default`` wins ties and texts that show nothing.
    """
    text = text[:_ENOUGH]
    words = [word.lower() for word in _WORD.findall(text)]
    letters = sum(map(len, words))
    for code, script in _SCRIPTS:
        needed = 0.02 if code in _TELLING else 0.5
        if letters and len(script.findall(text)) >= needed * letters:
            return code
    votes = Counter(
        language.code
        for language in LANGUAGES.values()
        for word in words
        if word in language.stop_words or word in language.question_words
    )
    votes.update({code: len(own.findall(text)) for code, own in _LETTERS})
    most = max(votes.values(), default=0)
    winners = [code for code, count in votes.items() if count == most]
    return default if not most or default in winners else winners[0]
