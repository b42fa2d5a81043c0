"""Words, names, patterns and bounds that extractors look for: data files, each with its source."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

# the parser in C is faster; it is missing where PyYAML was built without libyaml
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def read_lexicon(name: str) -> dict[str, Any]:
    """Content of `<name>.yaml` beside this file; works from a zipped egg too.

    Raises FileNotFoundError when there is no such file and ValueError when it is not a mapping.
    """
    content = yaml.load(files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"), _LOADER)
    if not isinstance(content, dict):
        raise ValueError(f"lexicons/{name}.yaml: expected a mapping at the top, found {type(content).__name__}")
    return content
