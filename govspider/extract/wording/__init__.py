"""Wording of a page: grave errors and hints for editors, told with the sentence they stand in."""
