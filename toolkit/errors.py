"""The one family of errors and warnings that the toolkit raises on purpose."""


class ToolkitError(Exception):
    """Base of every error that names what was found and what to do about it."""


class InputError(ToolkitError, ValueError):
    """An article, table or option that cannot be used."""


class PipelineError(ToolkitError):
    """A language pipeline, or a file of the package, that is missing, damaged or lacks what the toolkit needs."""


class NotebookError(ToolkitError):
    """A notebook that failed, hung, or whose committed outputs are out of date."""


class ToolkitWarning(UserWarning):
    """Something was left out or assumed; the message says what and why."""
