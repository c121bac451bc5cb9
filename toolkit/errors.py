"""The one family of errors and warnings that the toolkit raises on purpose.

Their messages name what was found in files and articles, and end on terminals: none of it can steer one.
"""

from toolkit.terminal import visible


class ToolkitError(Exception):
    """Base of every error that names what was found and what to do about it."""

    def __str__(self) -> str:
        return visible(super().__str__())


class InputError(ToolkitError, ValueError):
    """An article, table or option that cannot be used."""


class FileError(ToolkitError, OSError):
    """A file that could not be written; what was there before is whole."""


class WordsError(InputError):
    """Word lists that do not fit each other: no article can be read by them."""


class PipelineError(ToolkitError):
    """A language pipeline, or a file of the package, that is missing, damaged or lacks what the toolkit needs."""


class AnalysisError(ToolkitError):
    """An article that could not be analysed; it comes from the error behind it."""


class NotebookError(ToolkitError):
    """A notebook that failed, hung, or whose committed outputs are out of date."""


class ToolkitWarning(UserWarning):
    """Something was left out or assumed; the message says what and why."""

    def __str__(self) -> str:
        return visible(super().__str__())
