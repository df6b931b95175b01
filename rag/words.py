"""Words as the retriever and the citation checks compare them: content words, stemmed."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, Final

FUNCTION_WORDS: Final = frozenset(
    """a about above after again against ago all almost already also although am among an and any anyone anything are
    around as at away back be became because become been before being below between both but by can could did do does
    doing done down during each either else ever every few for from further get gets getting give given go goes going
    gone got had has have having he her here hers herself him himself his how however i if in instead into is it its
    itself just keep let like made make makes making many may me might mine more most much must my myself near neither
    never no nor not nothing now of off often on once one only onto or other others our ours out over own per quite
    rather really same say said says saying shall she should since so some someone something soon still such take taken
    than that the their theirs them themselves then there these they thing things this those though through thus to
    together told too took toward towards under until up upon us very was way we well went were what whatever when
    where whether which while who whom whose why will with within without would yet you your yours yourself
    according asked article mentioned please tell""".split()
)
"""Words that say little about what a text is about. "Say" and its like are among them: news is full of them."""

WORD: Final = re.compile(r"[^\W_]+(?:[.,]\d+|['’][^\W_]+)*")


@cache
def _stemmer() -> Any:
    import snowballstemmer  # late: the app wants the words alone, and it brings the stemmers of all languages

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Reduce a word to its stem (Porter's English algorithm, by snowballstemmer), without case and accents.

    "O'Hare" is one name, whichever apostrophe it is typed with.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    plain = re.sub(r"'s?$", "", plain.replace("’", "'"))
    return str(_stemmer().stemWord(plain))


def words(text: str) -> list[str]:
    """Give the words of a text as they stand, numbers with their decimals."""
    return WORD.findall(text)


def content_words(text: str) -> list[str]:
    """Give the words that carry the meaning, without function words, in order."""
    return [w for w in words(text) if re.sub(r"['’].*$", "", w.casefold()) not in FUNCTION_WORDS]


def content_stems(text: str) -> list[str]:
    """Give the stems of the content words, in order, with repetitions."""
    return [stem(w) for w in content_words(text)]
