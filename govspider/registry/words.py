"""The word lists of this room, read once from the YAML files beside this module."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def read_words(name: str) -> dict[str, Any]:
    """Content of one word list, such as `headers`, by its file name without the ending.

    Read through the package, because the package also runs from a zipped egg.
    """
    text = files("govspider.registry").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


@cache
def words_to_key(name: str, section: str) -> dict[str, Any]:
    """Turn a list `key: [word, word]` round: each word -> its key."""
    return {str(word): key for key, words in read_words(name)[section].items() for word in words}


@cache
def state_words() -> dict[str, str]:
    """Word for a running state -> the state it means."""
    states = read_words("states")["states"]
    return {word: state for state, about in states.items() for word in about["words"]}


@cache
def retired_states() -> frozenset[str]:
    """States of sites that should not answer any more."""
    states = read_words("states")["states"]
    return frozenset(state for state, about in states.items() if about.get("retired"))
