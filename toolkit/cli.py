"""The command line: ``toolkit read``, ``analyze``, ``export``, ``share`` and ``render``.

Results go to standard output, progress and notes to standard error. A file in the place of a result is
replaced, which is said beforehand, and stays whole at any fault. Exit codes: 0 done, 1 a check found stale notebooks,
2 something could not be used (one line says what, and what to do), 130 interrupted, 141 nobody reads on.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import logging
import os
import sys
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError, ToolkitError, ToolkitWarning
from toolkit.terminal import visible
from toolkit.version import version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.articles import Article, Articles
    from toolkit.coverage import Coverage

DONE, STALE, FAILED, INTERRUPTED, CUT_SHORT = 0, 1, 2, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``toolkit``; those of the process where not given.

    Returns
    -------
    int
        The exit code.
    """
    options = _parser().parse_args(arguments)
    try:
        with _notes_on_stderr():
            code: int = options.run(options)
        sys.stdout.flush()
    except ToolkitError as fault:
        _say(f"toolkit: {fault}")
        return FAILED
    except BrokenPipeError:
        # Who reads the output has seen enough ("| head"): what is still held back must not be written at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CUT_SHORT
    except OSError as fault:
        _say(f"toolkit: {fault.filename or 'a file'}: {fault.strerror or fault}")
        return FAILED
    except KeyboardInterrupt:
        _say("toolkit: interrupted")
        return INTERRUPTED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="toolkit", description="Explore news coverage of negotiations.")
    parser.add_argument("--version", action="version", version=f"toolkit {version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_read(commands)
    _add_analyze(commands)
    _add_export(commands)
    _add_share(commands)
    _add_render(commands)
    return parser


def _add_read(commands: Any) -> None:
    read = commands.add_parser("read", help="show what is understood of articles, before the long work")
    _add_articles(read)
    read.add_argument(
        "--out", type=Path, metavar="FILE", help="write them too, one JSON object a line, such as articles.jsonl"
    )
    read.set_defaults(run=_read)


def _add_analyze(commands: Any) -> None:
    analyze = commands.add_parser("analyze", help="read articles and write what is found in them")
    _add_sources(analyze)
    _add_out(analyze)
    analyze.add_argument(
        "--store",
        type=Path,
        metavar="DIR",
        help="folder that keeps what is found: any number of articles, read once, gone on with after an interruption",
    )
    analyze.set_defaults(run=_analyze)


def _add_export(commands: Any) -> None:
    from toolkit.export import FORMATS

    export = commands.add_parser(
        "export",
        help="write what was found before, and kept in a folder, for other programs",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(
            ["formats:", *(f"  {one.name:<14}{one.ending:<19}{one.program}: {one.holds}" for one in FORMATS)]
        ),
    )
    export.add_argument("store", type=Path, metavar="STORE", help="folder that analyze --store, or coverage.save, made")
    _add_out(export)
    _add_corrections(export)
    export.set_defaults(run=_export)


def _add_out(command: argparse.ArgumentParser) -> None:
    from toolkit.export import FORMATS

    endings = ", ".join(one.ending for one in FORMATS if one.ending)
    command.add_argument(
        "--out",
        type=Path,
        action="append",
        default=[],
        metavar="PATH",
        help=f"folder for tables, or a file ({endings}); replaces what is there; may be given several times",
    )
    command.add_argument(
        "--format",
        choices=[one.name for one in FORMATS],
        metavar="NAME",
        help="format, whatever the ending: %(choices)s",
    )


def _add_corrections(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--corrections",
        type=Path,
        metavar="FILE",
        help="what was set right by hand: a csv, or a workbook or tasks of Label Studio that were exported",
    )


def _add_share(commands: Any) -> None:
    share = commands.add_parser("share", help="read articles and write what is found in them as one page")
    _add_sources(share)
    share.add_argument(
        "--out",
        required=True,
        type=Path,
        metavar="FILE",
        help="the page, such as report.html; replaced where it is there",
    )
    share.add_argument("--title", metavar="TEXT", help="heading of the page")
    share.add_argument(
        "--no-texts",
        dest="texts",
        action="store_false",
        help="leave the articles out, but for the sentences that are evidence",
    )
    share.set_defaults(run=_share)


def _add_articles(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", nargs="+", metavar="PATH", help="files, folders, tables or archives of articles; - for standard input"
    )
    command.add_argument("--published", type=_day, metavar="DATE", help="publication date of those that are undated")
    command.add_argument("--outlet", metavar="NAME", help="outlet of those that name none")
    command.add_argument(
        "--columns",
        type=_columns,
        metavar="NAME=COLUMN,…",
        help="which column of a table holds what, such as text=Body,title=Head; others are guessed",
    )
    order = command.add_mutually_exclusive_group()
    order.add_argument("--day-first", action="store_true", default=None, help="read 09/04/2031 as 9 April")
    order.add_argument(
        "--month-first", dest="day_first", action="store_false", default=None, help="read 09/04/2031 as September 4"
    )
    command.add_argument(
        "--language",
        default="en",
        metavar="CODE",
        help="language of those wanted, others are left out; 'any' for all (default: %(default)s)",
    )


def _add_sources(command: argparse.ArgumentParser) -> None:
    _add_articles(command)
    _add_corrections(command)
    command.add_argument("--words", type=Path, metavar="DIR", help="word lists laid over the toolkit's own")
    command.add_argument(
        "--jobs", type=_jobs, metavar="N", help="processes that read; by default one a core where it is worth it"
    )


def _add_render(commands: Any) -> None:
    from toolkit.render import kernel

    render = commands.add_parser(
        "render", help="execute notebooks; write them as pages, check or refresh their outputs"
    )
    render.add_argument("notebooks", nargs="+", metavar="NOTEBOOK", help=".ipynb files")
    render.add_argument("--out", type=Path, metavar="DIR", help="folder for one html page per notebook")
    render.add_argument(
        "--timeout",
        type=int,
        default=kernel.TIMEOUT,
        metavar="S",
        help="seconds a cell may take (default: %(default)s)",
    )
    outputs = render.add_mutually_exclusive_group()
    outputs.add_argument("--check", action="store_true", help="fail where committed outputs are out of date")
    outputs.add_argument("--write", action="store_true", help="replace the notebooks by their executed form")
    render.set_defaults(run=_render)


def _read(options: argparse.Namespace) -> int:
    from toolkit.files import check_writable, write_text

    if options.out:
        check_writable(options.out)
    articles = _articles(options)
    _result(repr(articles))
    if options.out:
        _say_replaced([options.out])
        write_text(options.out, "".join(f"{line}\n" for line in map(_as_json, articles)))
        _result(f"{options.out}: {_count(len(articles), 'article')}")
    return DONE


def _as_json(article: Article) -> str:
    """Return an article as a line that reads back as the same: its text without a header, and what is known of it."""
    known = {name: getattr(article, name) for name in ("title", "published", "outlet", "author", "url", "path")}
    known |= {"published": article.published and article.published.isoformat(), "reprints": list(article.reprints)}
    told = {name: value for name, value in known.items() if value}
    return json.dumps({**told, "text": article.body_text}, ensure_ascii=False)


def _articles(options: argparse.Namespace) -> Articles:
    import toolkit

    return toolkit.read(
        options.paths,
        published=options.published,
        outlet=options.outlet,
        columns=options.columns,
        day_first=options.day_first,
        language=None if options.language == "any" else options.language,
    )


def _analyze(options: argparse.Namespace) -> int:
    if not (options.out or options.store):
        raise InputError("nowhere to write to; give --out PATH for files, --store DIR to keep what is found, or both")
    _check_out(options)
    coverage = _coverage(options)
    if options.store:
        kept, left_out = len(coverage.articles), len(coverage.left_out)
        _result(f"{options.store}: {_count(kept, 'article')}, {left_out:,} left out or with a problem")
    _write_out(coverage, options)
    return DONE


def _export(options: argparse.Namespace) -> int:
    import toolkit

    if not options.out:
        raise InputError("nowhere to write to; give --out PATH")
    _check_out(options)
    table = None if options.corrections is None else toolkit.read_corrections(options.corrections)
    coverage = toolkit.open(options.store)
    _write_out(coverage if table is None else toolkit.correct(coverage, table), options)
    return DONE


def _check_out(options: argparse.Namespace) -> None:
    from toolkit.export import check_export

    if options.format and len(options.out) > 1:
        raise InputError("--format goes with one --out; the endings of several tell theirs")
    for path in options.out:
        check_export(path, options.format)


def _write_out(coverage: Coverage, options: argparse.Namespace) -> None:
    from toolkit.export import check_export, export

    for path in options.out:
        _say_replaced(check_export(path, options.format).files(coverage, path))
        for written, held in export(coverage, path, options.format):
            _result(f"{written}: {held}")


def _share(options: argparse.Namespace) -> int:
    import toolkit
    from toolkit.files import check_writable

    check_writable(options.out)
    _say_replaced([options.out])
    _result(toolkit.share(_coverage(options), options.out, title=options.title, texts=options.texts))
    return DONE


def _coverage(options: argparse.Namespace) -> Coverage:
    import toolkit

    # Faults in tables that the user keeps are told before articles are read.
    table = None if options.corrections is None else toolkit.read_corrections(options.corrections)
    chain = toolkit.stages(words=toolkit.words(options.words))
    articles = _articles(options)
    if getattr(options, "store", None) is None:
        return toolkit.analyze(articles, stages=chain, executor=options.jobs, corrections=table)
    kept = toolkit.analyze_to(options.store, articles, stages=chain, executor=options.jobs)
    return kept if table is None else toolkit.correct(kept, table)


def _render(options: argparse.Namespace) -> int:
    from toolkit import render
    from toolkit.files import check_writable

    if not (options.out or options.check or options.write):
        raise InputError("nothing to do with the notebooks; give --out DIR, --check or --write")
    if options.out:
        render.check_pages(options.notebooks, options.out)
        _say_replaced([options.out / f"{Path(name).stem}.html" for name in options.notebooks])
    for path in options.notebooks if options.write else ():
        check_writable(path)
    executed = render.execute_all(options.notebooks, timeout=options.timeout)
    written = render.write_pages(executed, options.out) if options.out else []
    written += render.write_back(executed) if options.write else []
    for path in written:
        _result(path)
    stale = [
        f"{item.path}, {difference}"
        for item in executed
        for difference in render.differences(item.committed, item.fresh)
    ]
    if not (options.check and stale):
        return DONE
    _say("\n".join(stale))
    _say(f"toolkit: {_count(len(stale), 'cell')} out of date (- committed, + fresh); to refresh them:")
    _say(f"  toolkit render {' '.join(options.notebooks)} --write")
    return STALE


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; give it as YYYY-MM-DD") from None


def _columns(text: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in text.split(",")]
    if not all(name.strip() and column.strip() for name, _, column in pairs):
        raise argparse.ArgumentTypeError(f"{text!r} names no columns; give them as text=Body,title=Head")
    return {name.strip(): column.strip() for name, _, column in pairs}


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; give 1 or more")
    return int(text)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _result(text: str | Path) -> None:
    print(visible(str(text)))  # noqa: T201 - the command's result


def _say(text: str) -> None:
    print(visible(text), file=sys.stderr)  # noqa: T201 - the command line speaks on standard error


def _say_replaced(paths: Iterable[Path]) -> None:
    """Say which files give way to new ones; nobody is asked, since a script could not answer."""
    there = [path for path in paths if path.is_file()]
    if there:
        _say(f"note: {there[0] if len(there) == 1 else f'{len(there)} files in {there[0].parent}'} will be replaced")


class _Lines(logging.Formatter):
    """Log lines, whatever the names in them hold."""

    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record))


@contextmanager
def _notes_on_stderr() -> Iterator[None]:
    """Show the package's log lines, and what it left out or assumed, as lines on standard error."""
    logger, handler = logging.getLogger("toolkit"), logging.StreamHandler()
    level = logger.level
    handler.setFormatter(_Lines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", ToolkitWarning)
            show = warnings.showwarning

            def note(message: Warning | str, category: type[Warning], *place: Any, **options: Any) -> None:
                if issubclass(category, ToolkitWarning):
                    _say(f"note: {message}")
                else:
                    show(message, category, *place, **options)

            warnings.showwarning = note
            yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
