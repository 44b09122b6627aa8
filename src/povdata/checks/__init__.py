"""Whether data keep their rules."""

from povdata.checks.integrity import check

__all__ = ["check"]
