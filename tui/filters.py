"""What is told of the filters that can be written into a search or a question to the library."""

from typing import Final

EXPLAINED: Final = {
    "feed:Gazette": 'Of a feed or a folder; feed:"Island Courier" where there is a space',
    "name:Nowak": "Naming a person, an organisation or a place",
    "tag:harbour": "With a tag of yours",
    "from: to:": "From a day on, up to a day: from:2024-03-01 to:2024-03-07",
    "last:7": "Of the last seven days",
    "is:unread": "Not read; is:starred, is:later and is:highlighted find what you have marked so",
    "-word begin*": 'In a search: without a word; what begins so. "Words together" stand in quotation marks',
    "headline:word": "In a search: in the headline; text:word in the text",
}
"""What can be written into the line of a search or of a question to the library, besides words."""
