"""Reading csv: which encoding, which delimiter, which rows; nothing is guessed silently."""

from __future__ import annotations

import csv
from io import StringIO

from govspider.formula_text import original
from govspider.registry.tables import RegistryFileError, Row, Sheet

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = (",", "\t", ";")
_SAMPLE_LINES = 20
_LONGEST_FIELD = 1 << 20


def read_delimited(name: str, content: bytes) -> tuple[str, str, Sheet]:
    """Encoding, delimiter and rows of a csv. Raises RegistryFileError when the bytes are no text."""
    encoding, text = decode(name, content)
    delimiter = _delimiter(text)
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        rows = tuple(_rows(text, delimiter))
    except csv.Error as error:
        raise RegistryFileError(
            f"文件“{name}”不是规范的 csv（{error}）：请检查引号是否成对，或另存为 xlsx。"
        ) from error
    return encoding, delimiter, Sheet("", rows)


def decode(name: str, content: bytes) -> tuple[str, str]:
    """Encoding and text: a byte order mark decides, else strict UTF-8, else UTF-16 by its zero bytes, else GB18030.

    Excel writes csv as GBK on Chinese Windows and as UTF-16 with tabs under the name Unicode text; GB18030
    contains GBK and GB2312. Raises RegistryFileError when none of them fits.
    """
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return encoding, text
    raise RegistryFileError(
        f"文件“{name}”的编码不是 UTF-8、UTF-16 或 GB18030，也不是 xlsx：请在 Excel 或 WPS 中另存为 xlsx 或“CSV UTF-8”。"
    )


def _candidates(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return (encoding,)
    if b"\x00" in content:
        # Latin letters and commas have their zero byte second in little-endian text, first in big-endian text
        return ("utf-16-le",) if content[1::2].count(0) >= content[::2].count(0) else ("utf-16-be",)
    return ("utf-8", "gb18030")


def _delimiter(text: str) -> str:
    """The sign that splits the first lines into the most cells; a comma when none splits them."""
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    return max(_DELIMITERS, key=lambda sign: max((len(row) for row in _safe_rows(sample, sign)), default=0))


def _safe_rows(sample: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(sample), delimiter=delimiter))
    except csv.Error:  # this delimiter does not fit; another one may
        return []


def _rows(text: str, delimiter: str) -> list[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False)
    rows, first_line = [], 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            rows.append(Row(first_line, tuple(map(original, cells))))
        first_line = reader.line_num + 1
    return rows
