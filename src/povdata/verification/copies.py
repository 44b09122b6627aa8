"""The text of a reader's copy: from a file, bytes or a string."""

import os
import re
from pathlib import Path

from povdata.exceptions import CopyError, InvalidArgumentError

_BINARY = {
    b"%PDF": "PDF",
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "a ZIP archive, as DOCX, ODT and EPUB are",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}
_BINARY |= {b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"\x28\xb5\x2f\xfd": "Zstandard", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture"}
_WRITTEN = {
    "RTF: save it as plain text": re.compile(r"\s*\{\\rtf"),
    "JSON: give the text that is in it": re.compile(r"\s*[\[{][\s\S]*\\u[0-9a-f]{4}|\s*(?:\{\s*\"|\[\s*[\[{\"])"),
    "quoted-printable: decode it first": re.compile(r"[\s\S]*?(?:=[0-9A-F]{2}){6}"),
    "base64: decode it first": re.compile(r"(?:[A-Za-z0-9+/]{60,76}\s+){3}"),
}


def text_of(copy: str | os.PathLike[str] | bytes, encoding: str = "utf-8") -> str:
    """The text of a copy: a string with line breaks is the text, one without a path."""
    if not isinstance(copy, (str, bytes, os.PathLike)) or not isinstance(encoding, str):
        raise InvalidArgumentError(
            f"a copy is a path, the text itself or bytes, its encoding a name, not {type(copy).__name__} and {type(encoding).__name__}"
        )
    if isinstance(copy, str) and "\n" in copy:
        return copy.removeprefix("\ufeff")
    return _decoded(copy if isinstance(copy, bytes) else _read(copy), encoding)


def _read(path: str | os.PathLike[str]) -> bytes:
    name = os.fspath(path)
    try:
        if Path(path).exists() and not (Path(path).is_file() or Path(path).is_dir()):
            raise CopyError(f"'{name}' is a pipe, a socket or a device; give a file, or its content as bytes")
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        shown = name if len(name) < 200 else f"{name[:40]}…"
        text = "; a text without line breaks is taken for a path: give it as bytes" * (len(name) >= 200)
        raise CopyError(f"cannot read '{shown}': {getattr(error, 'strerror', None) or error}; name a file{text}") from None


def _decoded(data: bytes, encoding: str) -> str:
    known = next((kind for magic, kind in _BINARY.items() if data.startswith(magic)), None)
    if known:
        raise CopyError(f"the copy is {known}; give the text that is in it")
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        where = f"byte 0x{data[error.start]:02x} at {error.start}" if isinstance(error, UnicodeDecodeError) else error
        raise CopyError(f"the copy is not {encoding.upper()} ({where}); name its encoding, such as gb18030") from None
    except (LookupError, ValueError):
        raise CopyError(f"no such encoding: {encoding!r}; the name of one that Python knows is needed, such as 'gb18030'") from None
    return text.removeprefix("\ufeff")


def written_as(text: str) -> str:
    """The format that a text is written in instead of plain text or HTML, and what to do; empty where none is known."""
    return next((f"this is {kind}" for kind, pattern in _WRITTEN.items() if pattern.match(text[:20_000])), "")
