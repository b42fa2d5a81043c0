"""A browser without a network of its own: it runs the scripts of a page, the crawl answers its requests."""
