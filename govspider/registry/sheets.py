"""A file with tables, whatever its format: rows of text with the row numbers a person sees."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from govspider.registry.delimited import read_delimited
from govspider.registry.tables import RegistryFileError, Row, Sheet
from govspider.registry.workbook import read_workbook

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class TableFile:
    """The sheets of one file and how its bytes were read."""

    name: str
    sha256: str
    encoding: str
    """Encoding of a csv; xlsx for a workbook."""
    delimiter: str
    sheets: tuple[Sheet, ...]

    def preview(self, rows: int) -> list[Row]:
        """First non-empty rows of the first sheet that has any."""
        for sheet in self.sheets:
            if sheet.rows:
                return list(sheet.rows[:rows])
        return []


def read_table_file(path: Path) -> TableFile:
    """Read an xlsx or a csv; the bytes decide which, not the ending of the name.

    Raises RegistryFileError, a sentence for the user, when it is neither or cannot be read.
    """
    content = _read_bytes(path)
    if content.startswith(_OLE):
        raise RegistryFileError(_old_or_locked(path.name, content))
    if content.startswith(b"PK\x03\x04"):
        return TableFile(path.name, _sha256(content), "xlsx", "", read_workbook(path.name, content))
    if content.lstrip()[:1] == b"<":
        raise RegistryFileError(f"文件“{path.name}”其实是网页或 XML，不是表格：请在 Excel 或 WPS 中打开后另存为 xlsx。")
    encoding, delimiter, sheet = read_delimited(path.name, content)
    return TableFile(path.name, _sha256(content), encoding, delimiter, (sheet,))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise RegistryFileError(f"找不到文件“{path}”：请检查路径。") from error
    except IsADirectoryError as error:
        raise RegistryFileError(f"“{path}”是文件夹：请给出 xlsx 或 csv 文件。") from error
    except OSError as error:
        raise RegistryFileError(
            f"文件“{path}”打不开（{error.strerror}）：请检查权限，或关闭正在使用它的程序。"
        ) from error
    if not content.strip():
        raise RegistryFileError(f"文件“{path.name}”是空的：请给出含表头和数据的 xlsx 或 csv。")
    return content


def _old_or_locked(name: str, content: bytes) -> str:
    if _ENCRYPTED in content:
        return f"文件“{name}”有打开密码：请在 Excel 或 WPS 中去掉密码，另存为 xlsx 后再导入。"
    return f"文件“{name}”是旧版 .xls（或 .et）格式：请在 Excel 或 WPS 中另存为 xlsx 后再导入。"
