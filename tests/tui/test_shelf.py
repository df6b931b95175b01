"""The library as the app uses it: what is open can be asked about whatever becomes of its feed."""

from models.settings import Settings
from tests.tui.library_samples import FERRY, fill
from tui.shelf import Shelf


async def test_what_went_with_its_feed_is_kept_anew(settings: Settings) -> None:
    fill(settings)
    shelf = Shelf(settings.library_file)
    article = await shelf.article(FERRY.id)
    assert article is not None
    assert await shelf.unsubscribe(1, with_articles=True) == 2
    await shelf.keep(article)
    assert await shelf.article(FERRY.id) == article
    await shelf.close()
