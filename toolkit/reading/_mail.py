"""Mail: newsletters, alerts and articles sent on, one by one or a mailbox of them; attachments are files in it."""

from __future__ import annotations

import re
from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING, Any

from toolkit.articles._outcomes import label
from toolkit.errors import InputError
from toolkit.reading._html import article_of, page_text
from toolkit.reading._parts import Fault, File, Inner, Options, Part, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

MOST_MESSAGES = 50_000
MOST_PARTS = 100
"""Mail in mail takes longer and longer to take apart."""
_ENVELOPE = re.compile(rb"^From [^\n]*\r?\n", re.MULTILINE)
_QUOTED_ENVELOPE = re.compile(rb"^>(>*From )", re.MULTILINE)
_PLACEHOLDER_CHARS = 200
"""Below this a plain part beside a page says only that there is a page."""


def read_mail(file: File, _: Options) -> Iterator[Part]:
    """Yield the article of a message and its attachments."""
    yield from _message(file.content, "")


def read_mailbox(file: File, _: Options) -> Iterator[Part]:
    """Yield the articles of a mailbox, each message by its number from 1."""
    messages = [message for message in _ENVELOPE.split(file.content) if message.strip()]
    if len(messages) > MOST_MESSAGES:
        raise InputError(f"has more than {MOST_MESSAGES:,} messages, the most a mailbox may have; split it")
    for number, message in enumerate(messages, start=1):
        where = f"message {number}"
        try:
            yield from _message(_QUOTED_ENVELOPE.sub(rb"\1", message), where)
        except Exception as error:  # noqa: BLE001 - one message's fault, whatever it is, is its own
            yield Fault(f"cannot be read ({label(error)}); save its text as .txt", where)


def _message(content: bytes, where: str) -> Iterator[Part]:
    if content.count(b"boundary=") > MOST_PARTS:
        raise InputError("lies more parts in one another than mail does; save its text as .txt")
    message: Any = BytesParser(policy=policy.default).parsebytes(content)
    sender = message["from"]
    names = [address.display_name for address in sender.addresses if address.display_name] if sender else []
    told = {"title": _header(message, "subject"), "published": _header(message, "date"), "author": ", ".join(names)}
    fields = {name: value for name, value in told.items() if value}
    attachments = [part for part in message.iter_attachments() if part.get_filename()]
    text = _body(message)
    if text is not None:
        yield Text(text.text, {**text.fields, **fields}, where, is_running=True)
    elif not attachments:
        yield Fault("has no text; remove it, or save its text as .txt", where)
    for part in attachments:
        name = f"{where}, {part.get_filename()}" if where else part.get_filename()
        content = part.get_content()
        yield Inner(name, _bytes(content))


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message[name] or "").split())


def _body(message: EmailMessage) -> Text | None:
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    words = plain.get_content().replace("\r\n", "\n").strip() if plain is not None else ""
    if page is not None and len(words) < _PLACEHOLDER_CHARS:
        try:
            return article_of(page_text(page.get_content().encode()), {})
        except InputError:
            pass  # a page without an article: what the plain part says stands
    return Text(words) if words else None


def _bytes(content: Any) -> bytes:
    if isinstance(content, bytes):
        return content
    return content.encode() if isinstance(content, str) else bytes(content)
