"""Column pages: records, dates, kinds of page, how a list is delivered, where columns stand on a site."""
