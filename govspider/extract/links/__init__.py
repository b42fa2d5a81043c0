"""Links of a page, and what an answer to one says."""
