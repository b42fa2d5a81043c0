"""The questions of analysts as SQL views: one file per view, in the schema `analysis` of every database."""
