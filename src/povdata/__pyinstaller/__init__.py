"""Tells PyInstaller what an application with povdata needs: the data files, and the modules that are imported when they are first used."""


def hook_dirs() -> list[str]:
    """Where the hook is; PyInstaller asks for it by the entry point ``pyinstaller40``."""
    return list(__path__)
