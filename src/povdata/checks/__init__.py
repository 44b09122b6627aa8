"""Whether data keep their rules."""

from povdata.checks.installed import check

__all__ = ["check"]
