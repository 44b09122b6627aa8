"""Tells PyInstaller what an application with povdata needs: the data files, and the modules that are imported when they are first used."""

from pathlib import Path


def hook_dirs() -> list[str]:
    """Where the hook is; PyInstaller asks for it by the entry point ``pyinstaller40``."""
    return [str(Path(__file__).parent)]
