"""The installed version, for ``toolkit --version`` and the foot of rendered pages."""

from __future__ import annotations

from importlib import metadata

DISTRIBUTION = "negotiation-news-toolkit"


def version() -> str:
    """Return the version of the installed distribution.

    Returns
    -------
    str
        For instance ``0.1.0``; ``unknown`` where the package is used without having been installed.
    """
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "unknown"
