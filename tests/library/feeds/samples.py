"""Feeds of our own."""

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harbour &amp;amp; Gazette</title><link>https://gazette.example/</link>
<item>
  <title>Ferry &lt;b&gt;line&lt;/b&gt; to close</title><link>/ferry?utm_source=rss&amp;id=7</link><guid>ferry-1</guid>
  <pubDate>Mon, 11 Mar 2024 23:30:00 -0500</pubDate>
  <description>The ferry line closes.</description>
  <content:encoded><![CDATA[<p>The ferry line will close on 1 May.</p><script>alert(1)</script>
  <p style="display:none">Hidden.</p><p>Mayor Ida Holm <i>objected</i>.</p>]]></content:encoded>
</item>
<item><title>Bridge opens</title><link>https://gazette.example/bridge</link><guid>bridge-1</guid>
  <description>The bridge opens in June.</description></item>
<item><title>A headline alone</title><link>javascript:alert(1)</link></item>
</channel></rss>
"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Island &lt;em&gt;News&lt;/em&gt;</title>
<link rel="self" href="https://island.example/atom"/><link href="https://island.example/"/>
<entry><id>urn:1</id><title type="text">1 &lt; 2, says school</title><link href="/school"/>
  <updated>2024-03-12T08:00:00Z</updated>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One is less.</p><p>Two is more.</p></div></content>
</entry></feed>
"""

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Causeway", "home_page_url": "https://causeway.example",
"items": [
  {"id": 1, "url": "https://causeway.example/1", "title": "Tide", "content_html": "<p>High.</p><p>Low.</p>",
   "date_published": "2024-03-13T10:00:00+02:00"},
  {"id": "2", "external_url": "https://else.example/2", "content_text": "A note.\\nIts second line."},
  "no item"
]}
"""


def rss_of(*items: str, title: str = "Gazette") -> str:
    return f'<rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


def item(title: str, text: str = "", link: str = "", guid: str = "", day: int = 0) -> str:
    date = f"{day} Mar 2024 12:00:00 GMT" if day else ""
    tags = {"title": title, "description": text, "link": link, "guid": guid, "pubDate": date}
    return f"<item>{''.join(f'<{tag}>{value}</{tag}>' for tag, value in tags.items() if value)}</item>"
