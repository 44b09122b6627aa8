"""The engine: what a table, a column, a record and a link are. It knows nothing of the article or of China."""
