"""What makes an element invisible: one technique name for a style, an attribute, a tag.

Only the element's own doing is judged here; who inherits it and whether a menu does the same
is decided by hidden_map.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from govspider.extract.lexicons import read_lexicon

_LENGTH = re.compile(r"^(-?(?:\d++(?:\.\d++)?|\.\d++))\s*(px|em|rem|pt|ex|vw|vh|%)?$")
_PERCENT = re.compile(r"^(-?\d{1,7}(?:\.\d{1,4})?)%$")
_CSS_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.IGNORECASE)
_SCALE = re.compile(r"scale(?:3d|x|y)?\((-?(?:\d++(?:\.\d++)?|\.\d++))")
_TRANSLATE = re.compile(r"translate(?:3d|x|y)?\((-?(?:\d++(?:\.\d++)?|\.\d++))(px|em|rem|pt|vw|vh|%)?")
_CLIP_PATH_NOTHING = re.compile(
    r"inset\((?:100|[5-9]\d)%|circle\(0(?:px|%)?[)\s]|polygon\(0(?:px|%)? 0(?:px|%)?, ?0(?:px|%)? 0"
)
_ALPHA_NOTHING = re.compile(r"opacity\s*=\s*[01]\s*\)")
_EXPRESSION = re.compile(r"expression\(\s*(-?\d{1,6})\s*(?:-\s*(\d{1,6}))?\s*\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLIP_NOTHING = re.compile(
    r"rect\(\s*(?:0(?:px)?|1px)[\s,]+(?:0(?:px)?|1px)[\s,]+(?:0(?:px)?|1px)[\s,]+(?:0(?:px)?|1px)\s*\)"
)
_STYLE_LIMIT = 2000
# blanks, and the braces of a rule that was pasted into an attribute
_AROUND = " \t\r\n\f{}"


@dataclass(frozen=True)
class HidingRules:
    """What hiding.yaml says; thresholds in CSS pixels."""

    thresholds: dict[str, float]
    limits: dict[str, int]
    grades: dict[str, float]
    toggled: frozenset[str]
    needs_word: frozenset[str]
    accusing_places: frozenset[str]
    widget_tokens: tuple[str, ...]
    widget_exceptions: tuple[str, ...]
    widget_tags: frozenset[str]
    widget_attributes: tuple[str, ...]
    widget_foreign_share: float
    widget_foreign_domains: int
    frame_benign_words: tuple[str, ...]
    technique_names: dict[str, str]
    pale_inks: frozenset[str]


@cache
def hiding_rules() -> HidingRules:
    """The rules that ship with the package, read once."""
    data = read_lexicon("hiding")
    return HidingRules(
        thresholds=data["thresholds"],
        limits=data["limits"],
        grades=data["grades"],
        toggled=frozenset(data["toggled_techniques"]),
        needs_word=frozenset(data["needs_word"]),
        accusing_places=frozenset(data["accusing_places"]),
        widget_tokens=tuple(data["widget_tokens"]),
        widget_exceptions=tuple(data["widget_exceptions"]),
        widget_tags=frozenset(data["widget_tags"]),
        widget_attributes=tuple(data["widget_attributes"]),
        widget_foreign_share=float(data["widget_foreign_share"]),
        widget_foreign_domains=int(data["widget_foreign_domains"]),
        frame_benign_words=tuple(data["frame_benign_words"]),
        technique_names=data["technique_names"],
        pale_inks=frozenset(data["pale_inks"]),
    )


def declarations(style: str) -> dict[str, str]:
    """Declarations of a style attribute, the one that wins for each property; broken parts are passed over.

    `!important` wins over a later plain value, as in a browser.
    """
    found: dict[str, str] = {}
    important: set[str] = set()
    plain = style[:_STYLE_LIMIT]
    if "\\" in plain:
        plain = _CSS_ESCAPE.sub(_unescaped, plain)
    if "/*" in plain:
        plain = _COMMENT.sub("", plain)
    for part in plain.lower().split(";"):
        name, colon, value = part.partition(":")
        name, value = name.strip(_AROUND), value.strip(_AROUND)
        if not colon or not name:
            continue
        if "!" in value:
            value = value.partition("!")[0].strip()
            important.add(name)
        elif name in important:
            continue
        found[name] = value
    return found


def _unescaped(match: re.Match[str]) -> str:
    """A character that a style sheet writes as an escape: backslash, 6f for the o of none."""
    if match.group(2):
        return match.group(2)
    code = int(match.group(1), 16)
    return chr(code) if 0x20 <= code < 0xD800 else " "


def pixels(value: str | None) -> float | None:
    """A CSS length in pixels; None for a missing value, a percentage, or what is no length."""
    thresholds = hiding_rules().thresholds
    if value is None:
        return None
    match = _LENGTH.match(value.strip())
    if not match:
        return _expression(value)
    number, unit = float(match.group(1)), match.group(2) or "px"
    if unit in ("em", "rem"):
        return number * thresholds["em_px"]
    if unit == "pt":
        return number * thresholds["pt_px"]
    if unit in ("vw", "vh"):
        return number * thresholds["view_px"]
    return number if unit == "px" else None


def _expression(value: str) -> float | None:
    """Length of an old Internet Explorer expression such as expression(1-900)."""
    match = _EXPRESSION.search(value)
    if not match:
        return None
    return float(match.group(1)) - float(match.group(2) or 0)


def technique_of_style(style: Mapping[str, str]) -> str | None:
    """Name of the technique by which a set of declarations hides an element; None when it does not."""
    if style.get("display") == "none":
        return "display_none"
    if style.get("visibility") in ("hidden", "collapse"):
        return "visibility_hidden"
    for test, name in (
        (_is_off_screen, "off_screen"),
        (_is_indented_away, "text_indent"),
        (_is_zero_size, "zero_size"),
        (_is_pushed_away, "margin"),
        (_is_clipped, "clip"),
        (_is_transparent, "opacity"),
        (_is_under, "under"),
        (_is_tiny_link, "tiny_link"),
        (_is_tiny, "tiny_font"),
    ):
        if test(style):
            return name
    return None


def _is_off_screen(style: Mapping[str, str]) -> bool:
    thresholds = hiding_rules().thresholds
    away = -thresholds["off_screen_px"]
    for side in ("left", "top", "right", "bottom"):
        offset = pixels(style.get(side))
        if offset is None:
            if _percent(style.get(side)) <= -thresholds["off_screen_percent"]:
                return True
            continue
        if offset <= away and not _is_slide(style, offset):
            return True
        far = thresholds["off_screen_right_px" if side == "left" else "off_screen_bottom_px"]
        if side in ("left", "top") and offset >= far:
            return True
    return False


def _percent(value: str | None) -> float:
    """A percentage; 0 for anything else."""
    match = _PERCENT.match(value or "")
    return float(match.group(1)) if match else 0.0


def _is_slide(style: Mapping[str, str], offset: float) -> bool:
    """A strip of slides is moved by less than its own width."""
    side = max(pixels(style.get("width")) or 0, pixels(style.get("height")) or 0)
    return side > -offset


def _is_indented_away(style: Mapping[str, str]) -> bool:
    indent = pixels(style.get("text-indent"))
    if indent is None:
        return _percent(style.get("text-indent")) <= -hiding_rules().thresholds["text_indent_percent"]
    return indent <= -hiding_rules().thresholds["text_indent_px"]


def _is_zero_size(style: Mapping[str, str]) -> bool:
    if not any(style.get(name) in ("hidden", "clip") for name in ("overflow", "overflow-y", "overflow-x")):
        return False
    limit = hiding_rules().thresholds["tiny_box_px"]
    sides = [pixels(style.get(name)) for name in ("width", "height", "max-height", "max-width")]
    return any(side is not None and 0 <= side <= limit for side in sides)


def _is_pushed_away(style: Mapping[str, str]) -> bool:
    away = -hiding_rules().thresholds["margin_px"]
    margins = [pixels(style.get(name)) for name in ("margin-left", "margin-top", "margin-right")]
    centred = (style.get("left") or style.get("right") or "").endswith("%")
    return not centred and any(margin is not None and margin <= away for margin in margins)


def _is_clipped(style: Mapping[str, str]) -> bool:
    if style.get("position") in ("absolute", "fixed") and _CLIP_NOTHING.search(style.get("clip", "")):
        return True
    if _CLIP_PATH_NOTHING.match(style.get("clip-path", "")) or style.get("content-visibility") == "hidden":
        return True
    return _is_transformed_away(style.get("transform") or style.get("-webkit-transform") or "")


def _is_transformed_away(transform: str) -> bool:
    """Scaled to nothing, or moved off the screen."""
    thresholds = hiding_rules().thresholds
    scale, moved = _SCALE.search(transform), _TRANSLATE.search(transform)
    if scale and abs(float(scale.group(1))) <= thresholds["opacity"]:
        return True
    if not moved or moved.group(2) == "%":
        return False
    away = pixels(moved.group(1) + (moved.group(2) or "px"))
    return away is not None and abs(away) >= thresholds["margin_px"]


def _is_transparent(style: Mapping[str, str]) -> bool:
    value = style.get("opacity", "").removesuffix("%")
    try:
        if value and float(value) <= hiding_rules().thresholds["opacity"]:
            return True
    except ValueError:  # no number (inherit, a variable): it hides nothing
        return False
    return bool(_ALPHA_NOTHING.search(style.get("filter", "") + style.get("-ms-filter", "")))


def _is_under(style: Mapping[str, str]) -> bool:
    """Pushed behind the page's own ground."""
    return style.get("position") in ("absolute", "fixed", "relative") and bool(
        re.match(r"-\d", style.get("z-index", ""))
    )


def _is_tiny_link(style: Mapping[str, str]) -> bool:
    """A font nobody can read together with a line or an ink nobody can see: no design needs both."""
    line = pixels(style.get("line-height"))
    flat = line is not None and line <= hiding_rules().thresholds["tiny_font_px"]
    return _is_tiny(style) and (flat or style.get("color", "") in hiding_rules().pale_inks)


def _is_tiny(style: Mapping[str, str]) -> bool:
    size = pixels(style.get("font-size"))
    return size is not None and 0 <= size <= hiding_rules().thresholds["tiny_font_px"]


def technique_of_tag(tag: str, attributes: Mapping[str, str]) -> str | None:
    """Name of the technique by which a tag with these attributes hides what it holds; None when it does not."""
    if tag == "marquee":
        return "marquee" if _is_tiny_marquee(attributes) else None
    if tag == "noscript":
        return "noscript"
    if attributes.get("hidden", "until-found") != "until-found":
        return "hidden_attribute"
    style = attributes.get("style")
    return technique_of_style(declarations(style)) if style else None


def _is_tiny_marquee(attributes: Mapping[str, str]) -> bool:
    thresholds = hiding_rules().thresholds
    style = declarations(attributes.get("style") or "")
    sides = [pixels(attributes.get(name) or style.get(name)) for name in ("width", "height")]
    speed = pixels(attributes.get("scrollamount")) or 0
    tiny = any(side is not None and side < thresholds["marquee_side_px"] for side in sides)
    return tiny or speed >= thresholds["marquee_speed"]
