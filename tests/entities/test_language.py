from entities.language import language_notice
from models.article import Article

GERMAN = (
    "Der Hafen der kleinen Stadt ist seit Montag für alle Boote gesperrt, weil die Mole nach dem Sturm nicht mehr "
    "sicher ist. Die Leiterin der Behörde sagte, dass die Arbeiten bis in den Herbst dauern werden."
)
ENGLISH = (
    "The harbour of the small town has been closed to all boats since Monday because the pier is no longer safe after "
    "the storm. The head of the authority said that the work would last until autumn."
)


def notice(text: str) -> str | None:
    return language_notice(Article.build("Port", [text], origin="test"))


def test_english_needs_no_notice() -> None:
    assert notice(ENGLISH) is None


def test_another_language_is_named() -> None:
    assert "German" in (notice(GERMAN) or "")


def test_letters_of_another_script_are_no_english() -> None:
    assert "not in English" in (notice("Порт маленького города закрыт для всех лодок с понедельника " * 5) or "")


def test_a_few_words_tell_nothing() -> None:
    assert notice("Hafen gesperrt.") is None
