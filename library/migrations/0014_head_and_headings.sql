-- Who wrote an article, and the headings between its paragraphs: pairs of the paragraph below and the text.
ALTER TABLE articles ADD COLUMN byline TEXT;
ALTER TABLE articles ADD COLUMN headings TEXT NOT NULL DEFAULT '[]';
