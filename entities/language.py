"""Tells whether an article is in another language than English, whose names and statements are found less well."""

import re
from typing import Final

from models.article import Article

WORD: Final = re.compile(r"[^\W\d_]+")

FUNCTION_WORDS: Final = {
    "English": "the of and to in is that for it with as was on be by are this from at an have not or he she they but",
    "German": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es werden aus er hat",
    "French": "le la les et des en un une du que est pour qui dans par au sur pas ne se plus avec il elle ce sont",
    "Spanish": "el los las y que en un una del por con para es se no al lo como más su sus pero este la de",
    "Portuguese": "o os as e que em um uma do da dos das por com para é não se no na ao mais como sua foi de",
    "Italian": "il lo gli e che di un una del della dei per con non si è al come più sono nel la le da",
    "Dutch": "de het een en van in is dat op te zijn met voor niet aan er om ook als bij door naar maar uit wordt",
}
"""The commonest words of the languages that news in Latin letters is most often in."""

READ: Final = 400
"""Words of an article that are looked at."""

ENOUGH: Final = 20
"""Words below which a text is too short to tell."""

SHARE_OF_ENGLISH: Final = 0.12
"""Share of such words below which a text is no English; English news has 0.25 and more, others under 0.05."""

_WORDS: Final = {language: frozenset(words.split()) for language, words in FUNCTION_WORDS.items()}


def language_notice(article: Article) -> str | None:
    """Say, for the reader to know, that an article is not in English; None where it is, or where it can't be told."""
    text = " ".join(paragraph.text for paragraph in article.paragraphs)
    words = [word.casefold() for word in WORD.findall(text[: READ * 20])][:READ]
    if len(words) < ENOUGH:
        return None
    shares = {name: sum(word in common for word in words) / len(words) for name, common in _WORDS.items()}
    if shares["English"] >= SHARE_OF_ENGLISH:
        return None
    best = max(shares, key=lambda name: shares[name])
    guess = f"This article seems to be in {best}" if best != "English" else "This article is not in English"
    return f"{guess}: names are found less well than in English, and who said what may be missing."
