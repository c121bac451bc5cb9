"""Made files of every kind that newsrooms and social scientists have: whole, damaged and hostile.

Each comes with what is to be read of it, so that tests and the benchmark ask the same: title, outlet and day of each
article, words that its text begins and ends with, and for a file that gives none what the user is to be told.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Story(NamedTuple):
    """An article as it was written."""

    title: str
    outlet: str
    day: dt.date
    author: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def iso(self) -> str:
        return self.day.isoformat()

    @property
    def url(self) -> str:
        return f"https://{self.outlet.lower().replace(' ', '')}.example/{self.title[:12].lower().replace(' ', '-')}"

    def on(self, pattern: str) -> str:
        """The day by a strftime pattern, in which ``%-d`` is the day without a nought."""
        return self.day.strftime(pattern.replace("%-d", str(self.day.day)))


class Made(NamedTuple):
    """A file, and what is to be read of it."""

    kind: str
    name: str
    content: bytes
    stories: tuple[Story, ...] = ()
    told: str = ""
    known: tuple[str, ...] = ("title", "outlet", "published")
    """What a reader can know of the articles from the file alone."""


STORIES = (
    Story(
        "Ferry crews and owners far apart on night pay",
        "The Harbour Post",
        dt.date(2031, 3, 12),
        "Ana Roe",
        (
            "The union of the ferry crews left the table on Tuesday after nine hours, and said that the owners had moved by less than a cent.",
            "“We came to talk about nights, and they talked about the weather,” said Ida Roth, who speaks for the crews of the four northern lines.",
            "Bo Lind of the owners’ league answered that the offer was well above what crews of other lines are paid, and that it would stand until Friday.",
            "Both sides meet again on Monday in Stavanger, where a mediator named by the port board has booked two rooms and a long corridor.",
        ),
    ),
    Story(
        "Border towns agree to share the water of the Luma",
        "Valley Herald",
        dt.date(2031, 4, 9),
        "Tom Aske",
        (
            "Two towns on either bank of the Luma have agreed on who may draw its water in dry months, ending a quarrel of eleven years.",
            "Mayor Petra Novak said the paper was short enough to be read aloud in a market, and that she intended to do so.",
            "Her colleague across the river, Jon Ferrer, called it a beginning, since the upper villages had not been asked at all.",
            "The first count of the wells is due in June, and a commission of six will settle what the counters cannot.",
        ),
    ),
    Story(
        "Teachers reject third offer as schools near exams",
        "Morning Courier",
        dt.date(2031, 5, 21),
        "Lea Brandt",
        (
            "Teachers in the eastern district turned down a third offer on Wednesday by a margin that surprised even those who had argued against it.",
            "“It is not the sum, it is the hours,” said Marta Kess, the head of their association, on the steps of the old library.",
            "The district had proposed to cut two lessons a week for those over fifty-five, and nothing for the others.",
            "Officials warned that exams could not be moved, and that supervisors from other districts were being looked for.",
        ),
    ),
    Story(
        "Grain accord holds for a second season, envoys say",
        "Levant Observer",
        dt.date(2031, 6, 3),
        "Sami Haddad",
        (
            "The accord on grain will run for a second season, envoys of the three signatories said after a short meeting on an anchored ship.",
            "Inspectors have looked into four hundred holds since the spring, and found what they were told they would find.",
            "“Nobody loves this paper, and nobody wants to be the one who tears it up,” said Nadia Farouk, who leads the office of the inspectors.",
            "A dispute on insurance was put off to the autumn, when the ministers are to meet in person for the first time.",
        ),
    ),
    Story(
        "Hospital doctors call off strike after all-night session",
        "City Ledger",
        dt.date(2031, 7, 17),
        "Owen Price",
        (
            "Hospital doctors called off a strike planned for Thursday after a session that ended when the cleaners came.",
            "The health board will hire two hundred more, and has promised that no shift shall be longer than twelve hours from the new year.",
            "Amy Holt of the doctors’ guild said that she had signed with a tired hand and a clear head.",
            "Members vote on the paper next week, and the guild advises them to accept it.",
        ),
    ),
)
GERMAN = (
    "Die Verhandlungen über die Nachtzuschläge der Fährbesatzungen sind am Dienstag ohne Ergebnis unterbrochen worden.",
    "Die Sprecherin der Gewerkschaft erklärte, die Reeder hätten sich kaum bewegt und sprächen lieber über das Wetter.",
    "Am Montag wollen beide Seiten in Stavanger weiterreden, wo die Hafenbehörde einen Vermittler benannt hat.",
)
FIRST = STORIES[0]


def typographic(story: Story) -> str:
    """The text with signs that stand elsewhere in each encoding."""
    return story.text + "\n\nThe café at the pier – the only one – stayed open; “we don’t close,” its owner said.\n"


def headed(story: Story, *keys: str, newline: str = "\n") -> str:
    title, published, outlet, author = keys or ("title", "published", "outlet", "author")
    head = f"{title}: {story.title}\n{published}: {story.iso}\n{outlet}: {story.outlet}\n{author}: {story.author}\n\n"
    return (head + story.text + "\n").replace("\n", newline)


# --- plain text ------------------------------------------------------------------------------------


def texts() -> Iterator[Made]:
    headers = {
        "own": headed(STORIES[0]),
        "capitals": headed(STORIES[1], "TITLE", "DATE", "SOURCE", "BY"),
        "german": headed(STORIES[2], "Titel", "Datum", "Zeitung", "Autor"),
        "french": headed(STORIES[3], "Titre", "Date de publication", "Journal", "Auteur"),
        "spanish": headed(STORIES[4], "Título", "Fecha", "Periódico", "Autor"),
        "windows": headed(STORIES[0], newline="\r\n"),
        "old-mac": headed(STORIES[1], newline="\r"),
        "more-keys": "Section: Region\nHeadline: {0.title}\nPublication: {0.outlet}\nPublication date: {1}\nWords: 120\n\n{0.text}\n".format(
            STORIES[2], STORIES[2].on("%B %-d, %Y")
        ),
        "folded": f"Title: {STORIES[3].title[:18]}\n  {STORIES[3].title[19:]}\nOutlet: {STORIES[3].outlet}\nDate: {STORIES[3].on('%a, %-d %b %Y')} 23:10:00 -0500\n\n{STORIES[3].text}\n",
        "fenced": f'---\ntitle: "{STORIES[4].title}"\ndate: {STORIES[4].iso}T08:00:00Z\nsource: {STORIES[4].outlet}\ntags: [work, health]\n---\n\n{STORIES[4].text}\n',
    }
    for number, (name, text) in enumerate(headers.items()):
        yield Made(
            "text, header",
            f"header-{name}.{'md' if name == 'fenced' else 'txt'}",
            text.encode(),
            (STORIES[(number if number < 5 else (number - 5)) % 5],),
        )
    days = {
        "published-at": "Published %B %-d, %Y at 9:14 a.m. ET",
        "clock": "%a %-d %b %Y 09.14 CET",
        "weekday": "%A, %-d %B %Y",
        "ordinal": "%B %-dth, %Y",
        "dashes": "%d-%b-%y",
        "updated": "%B %-d, %Y | Updated January 4, 2032",
        "german": "%d.%m.%Y, 18:40 Uhr",
    }
    for number, (name, pattern) in enumerate(days.items()):
        story = STORIES[number % 5]
        page = f"{story.title}\n\nBy {story.author}\n{story.on(pattern)}\n\n{story.text}\n"
        yield Made("text, first lines", f"lines-{name}.txt", page.encode(), (story,), known=("title", "published"))
    dateline = f"STAVANGER, {FIRST.on('%B %-d, %Y')} (Wire) — {FIRST.text}"
    yield Made(
        "text, first lines",
        "lines-dateline.txt",
        f"{FIRST.title}\n\n{dateline}".encode(),
        (FIRST,),
        known=("title", "published"),
    )
    byline = f"{STORIES[1].title}\nBy {STORIES[1].author} | {STORIES[1].on('%B %-d, %Y')}\n\n{STORIES[1].text}"
    yield Made("text, first lines", "lines-byline.txt", byline.encode(), (STORIES[1],), known=("title", "published"))
    marks = {
        "utf-8-sig": "utf-8-sig",
        "utf-16": "utf-16",
        "cp1252": "cp1252",
        "mac-roman": "mac_roman",
        "utf-7": "utf-7",
        "utf-32": "utf-32",
    }
    for number, (name, encoding) in enumerate(marks.items()):
        story = STORIES[number % 5]
        text = f"title: {story.title}\npublished: {story.iso}\noutlet: {story.outlet}\n\n{typographic(story)}"
        yield Made("text, encodings", f"encoding-{name}.txt", text.encode(encoding), (story,))


# --- pages -----------------------------------------------------------------------------------------

AROUND = (
    '<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>',
    '<footer><p>Sign up for our newsletter</p><a href="/more">Read more</a> © 2032</footer>',
)


def page(story: Story, head: str, body: str = "", *, title: str = "") -> str:
    paragraphs = "".join(f"<p>{words}</p>" for words in story.paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title or story.title}</title>{head}</head><body>{AROUND[0]}'
        f"<article><h1>{story.title}</h1>{body}{paragraphs}</article>{AROUND[1]}</body></html>"
    )


def meta(story: Story) -> str:
    return (
        f'<meta property="og:title" content="{story.title}"><meta property="og:site_name" content="{story.outlet}">'
        f'<meta property="article:published_time" content="{story.iso}T09:14:00+00:00">'
        f'<meta property="article:modified_time" content="2032-01-04T09:14:00+00:00">'
        f'<meta name="author" content="{story.author}"><link rel="canonical" href="{story.url}">'
    )


def linked_data(story: Story) -> str:
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.iso,
        "dateModified": "2032-01-04",
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": story.outlet},
    }
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


def pages() -> Iterator[Made]:
    picture = f'<img alt="" src="data:image/png;base64,{"iVBORw0KGgo" * 4000}">'
    made = {
        "meta.html": (page(STORIES[0], meta(STORIES[0])), 0),
        "linked-data.htm": (page(STORIES[1], linked_data(STORIES[1])), 1),
        "saved.html": (
            f"<!-- saved from url=(0030)https://x.example/a -->\n{page(STORIES[2], meta(STORIES[2]), picture)}",
            2,
        ),
        "renamed.txt": (page(STORIES[3], meta(STORIES[3])), 3),
        "no-ending": (page(STORIES[4], meta(STORIES[4])), 4),
        "xhtml.xhtml": ('<?xml version="1.0" encoding="UTF-8"?>\n' + page(STORIES[0], meta(STORIES[0])), 0),
        "time.html": (
            page(
                STORIES[1],
                f'<meta property="og:site_name" content="{STORIES[1].outlet}">',
                f'<p class="byline">By {STORIES[1].author}</p><time datetime="{STORIES[1].iso}">{STORIES[1].on("%B %-d, %Y")}</time>',
                title=f"{STORIES[1].title} | {STORIES[1].outlet}",
            ),
            1,
        ),
        "broken.html": (page(STORIES[2], meta(STORIES[2])).replace("</p>", "").replace("</article>", "<div><b>"), 2),
    }
    for name, (source, number) in made.items():
        yield Made("web page", name, source.encode(), (STORIES[number],))
    latin = (
        page(STORIES[3], f'<meta charset="iso-8859-1">{meta(STORIES[3])}')
        .replace("“", '"')
        .replace("”", '"')
        .replace("’", "'")
    )
    yield Made("web page", "latin.html", latin.replace("An", "Añ", 0).encode("latin-1"), (STORIES[3],))


# --- documents -------------------------------------------------------------------------------------


def docx_of(lines: Sequence[tuple[str, str]]) -> bytes:
    import docx

    document = docx.Document()
    for style, words in lines:
        document.add_paragraph(words, style=style or None)
    return saved(document.save)


def odt_of(lines: Sequence[tuple[str, str]]) -> bytes:
    import odfdo

    document = odfdo.Document("text")
    document.body.clear()
    for style, words in lines:
        document.body.append(
            odfdo.Header(1, words) if style == "Heading 1" else odfdo.Paragraph(words, style=style or None)
        )
    return saved(document.save)


def rtf_of(lines: Sequence[str]) -> bytes:
    def escaped(words: str) -> str:
        return "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in words)

    body = "\\par\n".join(map(escaped, lines))
    return f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Times New Roman;}}}}\\f0\\fs24 {body}\\par}}".encode("ascii")


def pdf_of(draw: Callable[..., None]) -> bytes:
    from fpdf import FPDF

    document = FPDF(format="A4")
    document.set_auto_page_break(auto=False)
    draw(document)
    return bytes(document.output())


def plain(words: str) -> str:
    """Words in the letters that a PDF's own fonts have."""
    return words.translate({ord("“"): '"', ord("”"): '"', ord("’"): "'", ord("–"): "-", ord("—"): "-"})


def one_column(story: Story, *, facts: bool = False) -> Callable[..., None]:
    def draw(document: object) -> None:
        document.add_page()
        document.set_font("Helvetica", "B", 20)
        document.multi_cell(0, 9, plain(story.title))
        document.ln(4)
        document.set_font("Helvetica", "", 10.5)
        if facts:
            document.multi_cell(0, 6, f"By {story.author} | {story.on('%B %-d, %Y')}")
            document.ln(4)
        for words in story.paragraphs:
            document.multi_cell(0, 6, plain(words), new_x="LMARGIN", new_y="NEXT")
            document.ln(4)

    return draw


def newspaper(story: Story) -> Callable[..., None]:
    """Two columns on two pages, words parted at line ends, a running head and a number on each."""
    words = [plain(paragraph) for paragraph in story.paragraphs]
    columns = [words[:1], words[1:2], words[2:3], words[3:]]

    def draw(document: object) -> None:
        for number in range(2):
            document.add_page()
            document.set_font("Helvetica", "", 8)
            document.set_xy(20, 8)
            document.cell(0, 5, f"{story.outlet}      {story.on('%-d %B %Y')}      {number + 4}")
            if not number:
                document.set_font("Helvetica", "B", 22)
                document.set_xy(20, 25)
                document.multi_cell(170, 10, plain(story.title))
            document.set_font("Helvetica", "", 10)
            for column, paragraphs in enumerate(columns[2 * number : 2 * number + 2]):
                document.set_xy(20 + 92 * column, 60)
                for paragraph in paragraphs:
                    for line in parted(paragraph, 38):
                        document.set_x(20 + 92 * column)
                        document.cell(80, 5, line, new_x="LMARGIN", new_y="NEXT")
            document.set_xy(100, 285)
            document.cell(10, 5, str(number + 4))

    return draw


def parted(words: str, width: int) -> list[str]:
    """Lines of a width, of which long words are parted at the end."""
    lines = [""]
    for word in words.split():
        room = width - len(lines[-1]) - 2
        if len(lines[-1]) + len(word) + 1 <= width:
            lines[-1] = f"{lines[-1]} {word}".strip()
        elif len(word) > 7 and word.isalpha() and 3 <= room < len(word) - 2:
            lines[-1] += f" {word[:room]}-"
            lines.append(word[room:])
        else:
            lines.append(word)
    return lines


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def documents() -> Iterator[Made]:
    def styled(style: str, story: Story) -> list[tuple[str, str]]:
        day = f"Published {story.on('%B %-d, %Y')}"
        return [
            (style, story.title),
            ("", f"By {story.author}"),
            ("", day),
            *(("", words) for words in story.paragraphs),
        ]

    known = ("title", "published")
    yield Made("Word document", "title.docx", docx_of(styled("Title", STORIES[0])), STORIES[:1], known=known)
    yield Made("Word document", "heading.docx", docx_of(styled("Heading 1", STORIES[1])), STORIES[1:2], known=known)
    yield Made("Word document", "unstyled.docx", docx_of(styled("", STORIES[2])), STORIES[2:3], known=known)
    yield Made("Word document", "renamed.doc", docx_of(styled("Title", STORIES[3])), STORIES[3:4], known=known)
    yield Made("LibreOffice document", "heading.odt", odt_of(styled("Heading 1", STORIES[4])), STORIES[4:], known=known)
    yield Made("LibreOffice document", "title.odt", odt_of(styled("Title", STORIES[0])), STORIES[:1], known=known)
    yield Made("LibreOffice document", "unstyled.odt", odt_of(styled("", STORIES[1])), STORIES[1:2], known=known)
    for number in (2, 3):
        lines = [words for _, words in styled("", STORIES[number])]
        rtf = rtf_of([line for words in lines for line in (words, "")])
        yield Made("RTF document", f"article-{number}.rtf", rtf, STORIES[number : number + 1], known=known)
    header = rtf_of(headed(STORIES[4]).split("\n"))
    yield Made("RTF document", "header.rtf", header, STORIES[4:])
    yield Made("PDF", "plain.pdf", pdf_of(one_column(STORIES[0])), STORIES[:1], known=("title",))
    yield Made("PDF", "byline.pdf", pdf_of(one_column(STORIES[1], facts=True)), STORIES[1:2], known=known)
    yield Made("PDF", "columns.pdf", pdf_of(newspaper(STORIES[2])), STORIES[2:3], known=("title",))
    yield Made("PDF", "columns-2.pdf", pdf_of(newspaper(STORIES[4])), STORIES[4:], known=("title",))


# --- mail, feeds, web archives ---------------------------------------------------------------------


def mail_of(
    story: Story, *, plain_part: bool = True, page_part: bool = False, attached: tuple[str, bytes] | None = None
) -> bytes:
    from email import policy
    from email.message import EmailMessage

    message = EmailMessage(policy=policy.SMTP)
    message["From"] = f"{story.author} <desk@news.example>"
    message["To"] = "reader@list.example"
    message["Subject"] = story.title
    message["Date"] = story.on("%a, %d %b %Y") + " 09:14:00 +0000"
    message["Message-ID"] = "<1@news.example>"
    if plain_part:
        message.set_content(story.text if not page_part else "This message is a page.")
    if page_part:
        message.add_alternative(page(story, ""), subtype="html")
    if attached:
        name, content = attached
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def mails() -> Iterator[Made]:
    known = ("title", "published")
    yield Made("mail", "plain.eml", mail_of(STORIES[0]), STORIES[:1], known=known)
    yield Made("mail", "page.eml", mail_of(STORIES[1], page_part=True), STORIES[1:2], known=known)
    attached = ("story.docx", docx_of([("Title", STORIES[3].title), *(("", words) for words in STORIES[3].paragraphs)]))
    both = (STORIES[2], STORIES[3])
    yield Made("mail", "attached.eml", mail_of(STORIES[2], attached=attached), both, known=("title",))
    yield Made("mail", "no-ending-mail", mail_of(STORIES[4]), STORIES[4:], known=known)
    box = b"".join(
        b"From desk@news.example Wed Mar 12 09:14:00 2031\n" + mail_of(story).replace(b"\r\n", b"\n") + b"\n\n"
        for story in STORIES
    )
    yield Made("mailbox", "alerts.mbox", box, STORIES, known=known)


def rss(stories: Sequence[Story], *, whole: bool = True) -> str:
    items = "".join(
        f"<item><title>{story.title}</title><link>{story.url}</link><pubDate>{story.on('%a, %d %b %Y')} 09:14:00 GMT</pubDate>"
        f"<dc:creator>{story.author}</dc:creator><description>{story.paragraphs[0]}</description>"
        + (
            f"<content:encoded><![CDATA[{''.join(f'<p>{words}</p>' for words in story.paragraphs)}]]></content:encoded>"
            if whole
            else ""
        )
        + "</item>"
        for story in stories
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{stories[0].outlet}</title>{items}</channel></rss>'
    )


def atom(stories: Sequence[Story]) -> str:
    entries = "".join(
        f"<entry><title>{story.title}</title><id>{story.url}</id><link href='{story.url}'/><published>{story.iso}T09:14:00Z</published>"
        f"<updated>2032-01-04T09:14:00Z</updated><author><name>{story.author}</name></author>"
        f"<content type='html'>{''.join(f'&lt;p&gt;{words}&lt;/p&gt;' for words in story.paragraphs)}</content></entry>"
        for story in stories
    )
    return f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>{stories[0].outlet}</title>{entries}</feed>"


def of_one_outlet(stories: Sequence[Story]) -> tuple[Story, ...]:
    return tuple(story._replace(outlet=stories[0].outlet) for story in stories)


def warc_of(stories: Sequence[Story], *, packed: bool) -> bytes:
    import gzip

    def record(url: str, status: str, body: bytes) -> bytes:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2032-01-04T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        whole = head.encode() + answer + b"\r\n\r\n"
        return gzip.compress(whole) if packed else whole

    pages_found = b"".join(record(story.url, "200 OK", page(story, meta(story)).encode()) for story in stories)
    return pages_found + record("https://x.example/none", "404 Not Found", b"<html>none</html>")


def feeds() -> Iterator[Made]:
    yield Made("feed", "whole.xml", rss(STORIES[:3]).encode(), of_one_outlet(STORIES[:3]))
    yield Made("feed", "atom.xml", atom(STORIES[1:4]).encode(), of_one_outlet(STORIES[1:4]))
    short = tuple(story._replace(paragraphs=story.paragraphs[:1]) for story in of_one_outlet(STORIES[2:]))
    yield Made("feed", "summaries.rss", rss(STORIES[2:], whole=False).encode(), short)
    yield Made("web archive", "crawl.warc", warc_of(STORIES[:3], packed=False), STORIES[:3])
    yield Made("web archive", "crawl.warc.gz", warc_of(STORIES[2:], packed=True), STORIES[2:])


# --- tables ----------------------------------------------------------------------------------------

COLUMNS = {
    "own": ("title", "text", "published", "outlet", "author"),
    "newsroom": ("Headline", "Body", "Date", "Source", "Byline"),
    "publication": ("Title", "Full text", "Publication date", "Publication", "Authors"),
    "scraper": ("title", "maintext", "date_publish", "source_domain", "authors"),
    "german": ("Überschrift", "Volltext", "Erscheinungsdatum", "Zeitung", "Verfasser"),
    "french": ("Titre", "Texte intégral", "Date de publication", "Journal", "Auteur"),
    "spanish": ("Título", "Texto completo", "Fecha", "Periódico", "Autor"),
}


def row_of(story: Story) -> tuple[str, str, str, str, str]:
    return (story.title, story.text, story.iso, story.outlet, story.author)


def csv_of(names: Sequence[str], stories: Sequence[Story], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    import csv

    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows([names, *map(row_of, stories)])
    return stream.getvalue().encode(encoding)


def xlsx_of(names: Sequence[str], stories: Sequence[Story], *, days: bool = False, notes: bool = False) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    if notes:
        sheet.append(["What this is", "a list kept by hand"])
        sheet = book.create_sheet("articles")
        sheet.append([])
    sheet.append(list(names))
    for story in stories:
        title, text, _, outlet, author = row_of(story)
        sheet.append([title, text, story.day if days else story.iso, outlet, author])
    return saved(book.save)


def ods_of(names: Sequence[str], stories: Sequence[Story]) -> bytes:
    import odfdo

    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("articles")
    for values in (names, *map(row_of, stories)):
        row = odfdo.Row()
        row.set_values(list(values))
        table.append_row(row)
    document.body.append(table)
    return saved(document.save)


def tables() -> Iterator[Made]:
    for number, (name, columns) in enumerate(COLUMNS.items()):
        stories = STORIES[number % 3 : number % 3 + 2]
        yield Made("csv", f"{name}.csv", csv_of(columns, stories), stories)
    for name, delimiter in {
        "semicolons.csv": ";",
        "tabs.tsv": "\t",
        "strokes.csv": "|",
        "renamed-table.txt": ",",
    }.items():
        yield Made("csv", name, csv_of(COLUMNS["newsroom"], STORIES[:3], delimiter), STORIES[:3])
    yield Made("csv", "sep.csv", b"sep=;\r\n" + csv_of(COLUMNS["newsroom"], STORIES, ";"), STORIES)
    yield Made("csv", "excel.csv", csv_of(COLUMNS["newsroom"], STORIES, ";", "cp1252"), STORIES)
    yield Made("Excel workbook", "own.xlsx", xlsx_of(COLUMNS["own"], STORIES), STORIES)
    yield Made("Excel workbook", "days.xlsx", xlsx_of(COLUMNS["newsroom"], STORIES[:2], days=True), STORIES[:2])
    yield Made(
        "Excel workbook", "second-sheet.xlsx", xlsx_of(COLUMNS["german"], STORIES[1:4], notes=True), STORIES[1:4]
    )
    yield Made("LibreOffice workbook", "own.ods", ods_of(COLUMNS["own"], STORIES), STORIES)
    yield Made("LibreOffice workbook", "french.ods", ods_of(COLUMNS["french"], STORIES[:3]), STORIES[:3])


def shapes() -> Iterator[Made]:
    newsapi = [
        {"source": {"id": None, "name": s.outlet}, "author": s.author, "title": s.title, "description": s.paragraphs[0], "url": s.url,
         "publishedAt": f"{s.iso}T09:14:00Z", "content": s.text}
        for s in STORIES[:2]
    ]  # fmt: skip
    yield from _json("newsapi.json", {"status": "ok", "totalResults": 2, "articles": newsapi}, STORIES[:2])
    cloud = [
        {"id": n, "media_name": s.outlet, "publish_date": s.iso, "title": s.title, "url": s.url, "text": s.text}
        for n, s in enumerate(STORIES[1:3])
    ]
    yield from _json("mediacloud.json", {"stories": cloud}, STORIES[1:3])
    guardian = [
        {"id": s.url, "webTitle": s.title, "webPublicationDate": f"{s.iso}T09:14:00Z",
         "fields": {"headline": s.title, "bodyText": s.text, "byline": s.author, "publication": s.outlet}}
        for s in STORIES[2:4]
    ]  # fmt: skip
    yield from _json("guardian.json", {"response": {"status": "ok", "results": guardian}}, STORIES[2:4])
    times = [
        {"headline": {"main": s.title, "kicker": "x"}, "pub_date": f"{s.iso}T09:14:00+0000", "source": s.outlet, "body": s.text,
         "byline": {"original": f"By {s.author}"}, "web_url": s.url}
        for s in STORIES[3:]
    ]  # fmt: skip
    yield from _json("times.json", {"response": {"docs": times}}, STORIES[3:])
    please = {"title": FIRST.title, "maintext": FIRST.text, "date_publish": f"{FIRST.iso} 09:14:00", "source_domain": FIRST.outlet, "authors": [FIRST.author],
              "date_modify": "2032-01-04", "language": "en", "url": FIRST.url}  # fmt: skip
    yield from _json("news-please.json", please, STORIES[:1])
    s = STORIES[1]
    page_found = {
        "title": s.title,
        "author": s.author,
        "sitename": s.outlet,
        "date": s.iso,
        "text": s.text,
        "source": s.url,
        "hostname": "x.example",
    }
    yield from _json("trafilatura.json", page_found, (s,), known=("title", "published"))
    s = STORIES[2]
    year, month, day = s.day.year, s.day.month, s.day.day
    csl = {"type": "article-newspaper", "title": s.title, "container-title": s.outlet, "issued": {"date-parts": [[year, month, day]]},
           "author": [{"family": "Brandt", "given": "Lea"}], "abstract": s.text, "URL": s.url}  # fmt: skip
    yield from _json("csl.json", [csl], (s,))
    by_id = {
        f"a{n}": {
            "headline": s.title,
            "content": f"<p>{'</p><p>'.join(s.paragraphs)}</p>",
            "date": s.iso,
            "newspaper": s.outlet,
        }
        for n, s in enumerate(STORIES)
    }
    yield from _json("by-id.json", by_id, STORIES)
    lines = "\n".join(
        json.dumps({"headline": s.title, "maintext": s.text, "date_publish": s.iso, "outlet": s.outlet})
        for s in STORIES
    )
    yield Made("JSON", "scraped.jsonl", lines.encode(), STORIES)
    yield Made("JSON", "lines.json", lines.encode(), STORIES)
    gdelt = {
        "articles": [
            {
                "url": s.url,
                "title": s.title,
                "seendate": s.on("%Y%m%dT091500Z"),
                "domain": "x.example",
                "language": "English",
            }
            for s in STORIES
        ]
    }
    yield Made("JSON", "gdelt.json", json.dumps(gdelt).encode(), told="addresses but no text .* save the pages")


def _json(
    name: str, value: object, stories: tuple[Story, ...], known: tuple[str, ...] = ("title", "outlet", "published")
) -> Iterator[Made]:
    yield Made("JSON", name, json.dumps(value, indent=1).encode(), stories, known=known)


# --- exports of news archives ----------------------------------------------------------------------


def nexis_lines(stories: Sequence[Story]) -> list[str]:
    lines = []
    for number, s in enumerate(stories, start=1):
        lines += [
            f"{number} of {len(stories)} DOCUMENTS",
            "",
            "",
            s.outlet,
            "",
            s.on("%B %-d, %Y %A"),
            "",
            s.title.upper() if number == 9 else s.title,
            "",
        ]
        lines += [f"BYLINE: By {s.author}", "", "SECTION: REGION; Pg. 4", "", "LENGTH: 120 words", ""]
        lines += [line for words in s.paragraphs for line in (words, "")]
        lines += [
            f"LOAD-DATE: {s.on('%B')} 28, {s.day.year}",
            "",
            "LANGUAGE: ENGLISH",
            "",
            "PUBLICATION-TYPE: Newspaper",
            "",
        ]
        lines += ["", f"Copyright {s.day.year} {s.outlet} Ltd.", "All Rights Reserved", "", ""]
    return lines


def uni_lines(stories: Sequence[Story], *, cover: bool = False) -> list[str]:
    lines = []
    if cover:
        lines += [
            "Date and Time: Monday, August 4, 2031 10:11:00 AM EDT",
            "Job Number: 1234567",
            f"Documents ({len(stories)})",
            "",
        ]
        lines += [
            line for n, s in enumerate(stories, start=1) for line in (f"{n}. {s.title}", "Client/Matter: -None-", "")
        ]
    for s in stories:
        lines += [
            s.title,
            s.outlet,
            s.on("%B %-d, %Y %A"),
            "",
            f"Copyright {s.day.year} {s.outlet} All Rights Reserved",
            "",
        ]
        lines += ["Section: REGION; Pg. 4", "Length: 120 words", f"Byline: {s.author}", "", "Body", ""]
        lines += [line for words in s.paragraphs for line in (words, "")]
        lines += [
            "Classification",
            "Language: ENGLISH",
            "Publication-Type: Newspaper",
            f"Load-Date: {s.on('%B')} 28, {s.day.year}",
            "",
            "End of Document",
            "",
        ]
    return lines


def number_of(story: Story) -> str:
    return f"Document HARPOS0020310{story.day:%m%d}em3c0000b"


def factiva_fields(s: Story) -> list[tuple[str, str]]:
    return [
        ("HD", s.title), ("BY", f"By {s.author}"), ("WC", "120 words"), ("PD", s.on("%-d %B %Y")), ("SN", s.outlet), ("SC", "HARPOS"),
        ("LA", "English"), ("CY", f"(c) {s.day.year} {s.outlet}"), ("LP", s.paragraphs[0]), ("TD", "\n\n".join(s.paragraphs[1:])),
        ("NS", "gstrk : Labour Dispute"), ("AN", number_of(s)),
    ]  # fmt: skip


def factiva_lines(stories: Sequence[Story]) -> list[str]:
    lines = []
    for s in stories:
        lines += [
            "News",
            s.title,
            "",
            f"By {s.author}",
            "120 words",
            s.on("%-d %B %Y"),
            s.outlet,
            "HARPOS",
            "4",
            "English",
            f"(c) {s.day.year} {s.outlet}",
            "",
        ]
        lines += [line for words in s.paragraphs for line in (words, "")]
        lines += [number_of(s), ""]
    return lines


def factiva_page(stories: Sequence[Story]) -> str:
    def cell(code: str, words: str) -> str:
        inner = "".join(f"<p>{one}</p>" for one in words.split("\n\n"))
        return f"<tr><td class='index'><b>{code}</b></td><td>{inner}</td></tr>"

    bodies = "".join(
        f"<div class='article enArticle'><table>{''.join(cell(*field) for field in factiva_fields(s))}</table></div>"
        for s in stories
    )
    return f"<!DOCTYPE html><html><head><title>Factiva</title></head><body>{bodies}</body></html>"


def proquest_lines(stories: Sequence[Story]) -> list[str]:
    stroke = "_" * 60
    lines = ["Report Information from ProQuest", "August 4 2031 10:11", stroke, ""]
    for s in stories:
        lines += [
            s.title,
            "",
            f"Author: {s.author}",
            "",
            f"Publication info: {s.outlet} ; Stavanger [Stavanger]{s.on('%d %b %Y')}: A4.",
            "",
            s.url,
            "",
        ]
        lines += [
            "Abstract: A short account of the above.",
            "",
            f"Full text: {s.text}",
            "",
            "Subject: Negotiations; Labor",
            "",
            f"Title: {s.title}",
            "",
        ]
        lines += [
            f"Publication title: {s.outlet}",
            "",
            "Pages: A4",
            "",
            f"Publication date: {s.on('%b %-d, %Y')}",
            "",
            "Document type: News",
            "",
        ]
        lines += ["Database: ProQuest Central", "", stroke, ""]
    return [
        *lines,
        "Contact us at: help@archive.example",
        "Database copyright © 2031 ProQuest LLC. All rights reserved.",
    ]


def europresse_page(stories: Sequence[Story]) -> str:
    months = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]
    bodies = "".join(
        f"<article><header><div class='rdp__DocPublicationName'><span class='DocPublicationName'>{s.outlet}, no. 1234</span></div>"
        f"<span class='DocHeader'>Région, jeudi {s.day.day} {months[s.day.month - 1]} {s.day.year} 120 mots, p. 4</span>"
        f"<div class='titreArticle'><p class='titreArticleVisu rdp__articletitle'>{s.title}</p></div>"
        f"<p class='sm-margin-bottomNews'>{s.author}</p></header><section><div class='docOcurrContainer'>"
        f"{''.join(f'<p>{words}</p>' for words in s.paragraphs)}</div></section>"
        f"<footer><div class='publiC-lblNodoc'>news·{s.day:%Y%m%d}·HP·0001</div></footer></article>"
        for s in stories
    )
    return f"<!DOCTYPE html><html><head><title>Europresse</title></head><body>{bodies}</body></html>"


def as_page(lines: Sequence[str]) -> str:
    return f"<html><body>{''.join(f'<p>{line}</p>' for line in lines if line)}</body></html>"


def as_pdf(lines: Sequence[str]) -> bytes:
    def draw(document: object) -> None:
        document.set_auto_page_break(auto=True, margin=15)
        document.add_page()
        document.set_font("Helvetica", "", 10)
        for line in lines:
            if line:
                document.multi_cell(0, 5, plain(line), new_x="LMARGIN", new_y="NEXT")
            document.ln(4)

    return pdf_of(draw)


def exports() -> Iterator[Made]:
    three, two = STORIES[:3], STORIES[3:]
    nexis, uni, cover = nexis_lines(three), uni_lines(two), uni_lines(three, cover=True)
    centred = "\n".join(
        line.center(90).rstrip() if line and len(line) < 60 and ":" not in line else line for line in nexis
    )
    yield Made("Nexis", "nexis.txt", "\n".join(nexis).encode(), three)
    yield Made("Nexis", "nexis-centred.TXT", centred.replace("\n", "\r\n").encode("cp1252"), three)
    yield Made("Nexis", "nexis.docx", docx_of([("", line) for line in nexis]), three)
    yield Made("Nexis", "nexis.rtf", rtf_of(nexis), three)
    yield Made("Nexis", "nexis.pdf", as_pdf(nexis), three)
    yield Made("Nexis Uni", "uni.docx", docx_of([("", line) for line in cover]), three)
    yield Made("Nexis Uni", "uni.rtf", rtf_of(uni), two)
    yield Made("Nexis Uni", "uni.txt", "\n".join(uni).encode(), two)
    yield Made("Nexis Uni", "uni.pdf", as_pdf(uni), two)
    yield Made("Factiva", "factiva.html", factiva_page(three).encode(), three)
    yield Made("Factiva", "factiva-lines.html", as_page(factiva_lines(two)).encode(), two)
    yield Made("Factiva", "factiva.rtf", rtf_of(factiva_lines(three)), three)
    coded = [f"{code}\t{words}" for s in two for code, words in factiva_fields(s)]
    yield Made("Factiva", "factiva-fields.rtf", rtf_of([line for words in coded for line in words.split("\n")]), two)
    yield Made("ProQuest", "proquest.txt", "\n".join(proquest_lines(three)).encode(), three)
    yield Made("ProQuest", "proquest.html", as_page(proquest_lines(two)).encode(), two)
    yield Made("Europresse", "europresse.HTML", europresse_page(three).encode(), three)


# --- archives --------------------------------------------------------------------------------------


def zip_of(files: dict[str, bytes]) -> bytes:
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tar_of(files: dict[str, bytes], mode: str = "w") -> bytes:
    import tarfile

    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def some_files() -> dict[str, bytes]:
    return {
        "a/first.html": page(STORIES[0], meta(STORIES[0])).encode(),
        "a/second.txt": headed(STORIES[1]).encode(),
        "b/table.csv": csv_of(COLUMNS["newsroom"], STORIES[2:4]),
        "README.txt": b"About this.",
        "__MACOSX/._first.html": b"\0\5",
    }


def archives() -> Iterator[Made]:
    import gzip

    files, four = some_files(), STORIES[:4]
    yield Made("archive", "mixed.zip", zip_of(files), four)
    yield Made(
        "archive",
        "nested.zip",
        zip_of({"in/inner.zip": zip_of(files), "last.txt": headed(STORIES[4]).encode()}),
        STORIES,
    )
    for name, mode in {"mixed.tar": "w", "mixed.tar.gz": "w:gz", "mixed.tbz": "w:bz2", "mixed.tar.xz": "w:xz"}.items():
        yield Made("archive", name, tar_of(files, mode), four)
    yield Made("archive", "one.html.gz", gzip.compress(files["a/first.html"]), four[:1])


# --- what is damaged, foreign or of no known kind --------------------------------------------------


def damaged() -> Iterator[Made]:
    document = docx_of([("Title", FIRST.title), ("", FIRST.text)])
    for name, content, told in (
        ("cut.docx", document[: len(document) // 2], "zip archive .*pack it anew"),
        ("hollow.docx", zip_of({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w:document"}), "Word document .*save it as .docx"),
        ("cut.pdf", pdf_of(one_column(FIRST))[:400], "PDF|no text"),
        ("pictures.pdf", pdf_of(lambda document: document.add_page()), "pictures of pages .*OCR"),
        ("cut.xlsx", zip_of({"xl/workbook.xml": b"<workbook"}), "Excel workbook .*csv"),
        ("no-text.xlsx", xlsx_of(("a", "b", "c", "d", "e"), STORIES[:1]), r"no column named 'text'.*columns="),
        ("cut.zip", zip_of(some_files())[:300], "zip archive .*pack it anew"),
        ("cut.tar.gz", tar_of(some_files(), "w:gz")[:200], "packed file .*pack it anew"),
        ("cut.json", b'{"articles": [{"title": "A", "te', "no sound JSON .*export it again"),
        ("none.html", b"<!DOCTYPE html><html><body><script>load()</script></body></html>", "no article .*save its text as .txt"),
        ("empty.eml", b"From: a@b.example\r\nMIME-Version: 1.0\r\nMessage-ID: <1@b>\r\n\r\n", "no text"),
        ("empty.rss", b"<?xml version='1.0'?><rss version='2.0'><channel><title>X</title></channel></rss>", "feed without entries"),
        ("empty.txt", b"", "holds no text"),
        ("empty.ods", ods_of((), ()), "add the articles|no column"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office kind .*save it as .docx"),
        ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "picture; .*OCR"),
        ("packed.7z", b"7z\xbc\xaf\x27\x1c" + bytes(100), "7z archive; unpack it"),
        ("packed.rar", b"Rar!\x1a\x07\x01\x00" + bytes(100), "rar archive; unpack it"),
        ("list.bib", b"@article{roe, title={Ferry}, year={2031}}", "references, without their texts"),
        ("list.ris", b"TY  - NEWS\nTI  - Ferry\nER  -\n", "references, without their texts"),
        ("book.epub", zip_of({"mimetype": b"application/epub+zip", "a.xhtml": b"<html/>"}), "book; save the article"),
        ("code.py", b"print('talks')\n", "kind '.py'.*save its text as .txt"),
        ("other.xml", b"<?xml version='1.0'?><chart><bar/></chart>", "XML of a kind that is not known"),
        ("noise.txt", bytes(range(1, 9)) * 60, "binary, no text"),
        ("head.txt", b"title: Ferry crews\n\n", "header but no text"),
        ("german.txt", "\n\n".join(GERMAN).encode(), r"another language \(de\); .*language=None"),
        ("locked.zip", locked_zip(), "locked by a password; unpack it first"),
    ):  # fmt: skip
        yield Made("damaged or foreign", name, content, told=told)


def locked_zip() -> bytes:
    content = bytearray(zip_of({"a.txt": headed(FIRST).encode()}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


# --- what is made to harm --------------------------------------------------------------------------

DEEP = 10_000


def entities(root: str) -> bytes:
    """Ten entities, each ten of the one before: ten thousand million letters, if they are written out."""
    told = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))
    return f"<?xml version='1.0'?><!DOCTYPE x [{told}]>{root}".encode()


def external_entity() -> bytes:
    item = b"<rss version='2.0'><channel><item><description>&x;</description></item></channel></rss>"
    return b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + item


def far_cell() -> bytes:
    import re
    import zipfile

    source = io.BytesIO(xlsx_of(COLUMNS["own"], STORIES[:1]))
    with zipfile.ZipFile(source) as book:
        files = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    files[sheet] = re.sub(rb"</sheetData>", far, files[sheet])
    return zip_of(files)


def many_rows() -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(ods_of(COLUMNS["own"], STORIES[:1]))) as book:
        files = {name: book.read(name) for name in book.namelist()}
    bomb = (
        b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
        b"</table:table-row></table:table>"
    )
    files["content.xml"] = files["content.xml"].replace(b"</table:table>", bomb)
    return zip_of(files)


def linked_tar() -> bytes:
    import tarfile

    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for kind, name in (
            (tarfile.SYMTYPE, "passwd.txt"),
            (tarfile.LNKTYPE, "hard.txt"),
            (tarfile.CHRTYPE, "device.txt"),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    return stream.getvalue()


def inner_zips(depth: int) -> bytes:
    content = headed(FIRST).encode()
    name = "a.txt"
    for _ in range(depth):
        content, name = zip_of({name: content}), "in.zip"
    return content


def pdf_bomb() -> bytes:
    import zlib

    packed = zlib.compress(bytes(300_000_000), 9)
    head = f"%PDF-1.4\n1 0 obj<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode()
    return head + packed + b"\nendstream endobj\n%%EOF"


def deep_mail() -> bytes:
    head = b"From: a@b.example\r\nMIME-Version: 1.0\r\nMessage-ID: <1@b>\r\n"
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(DEEP))
    return head + parts + b"Content-Type: text/plain\r\n\r\nTalks.\r\n"


def hostile() -> Iterator[Made]:
    import gzip

    nothing = bytes(50_000_000)
    story = (
        page(FIRST, meta(FIRST))
        .replace("<article>", "<div>" * DEEP + "<article>")
        .replace("</article>", "</article>" + "</div>" * DEEP)
    )
    word = {"[Content_Types].xml": b"<Types xmlns='x'/>", "word/document.xml": entities("<w>&e9;</w>")}
    for name, content, told in (
        ("bomb.zip", zip_of({"a.txt": nothing}), "unpacks to more than 200 times"),
        ("bomb.txt.gz", gzip.compress(nothing), "unpacks to more than 200 times"),
        ("bomb.tar.gz", tar_of({"a.txt": nothing}, "w:gz"), "unpacks to more than 200 times"),
        ("bomb.docx", zip_of({"word/document.xml": nothing}), "unpacks to more than 200 times"),
        ("bomb.xlsx", zip_of({"xl/workbook.xml": nothing}), "unpacks to more than 200 times"),
        ("bomb.pdf", pdf_bomb(), "unpacks to more than 200 MB"),
        ("entities.docx", zip_of(word), "Word document .*save it as .docx"),
        ("entities.rss", entities("<rss version='2.0'><channel><item><description>&e9;</description></item></channel></rss>"), "declares entities"),
        ("nested-10.zip", inner_zips(10), "lies more than 4 archives deep; unpack it"),
        ("traversal.zip", zip_of({"../../evil.txt": headed(FIRST).encode()}), "leads out of the archive"),
        ("absolute.tar", tar_of({"/etc/evil.txt": headed(FIRST).encode()}), "leads out of the archive"),
        ("windows.zip", zip_of({"..\\..\\evil.txt": headed(FIRST).encode()}), "leads out of the archive"),
        ("links.tar", linked_tar(), "is a link or a device"),
        ("deep.json", b"[" * DEEP + b'{"text": "x"}' + b"]" * DEEP, "no sound JSON"),
        ("deep.eml", deep_mail(), "mail|no text"),
        ("deep.xml", b"<?xml version='1.0'?><rss>" + b"<a>" * DEEP + b"</a>" * DEEP + b"</rss>", "feed"),
        ("deep.rtf", b"{\\rtf1" + b"{" * DEEP + b"}" * DEEP + b"}", "holds no text|RTF"),
        ("deep.html", story.encode(), "nests its tags deeper"),
        ("tags.html", b"<html><body>" + b"<p>" * 300_000, "more than 60,000 tags"),
        ("external.rss", external_entity(), "declares entities"),
        ("odd-names.zip", zip_of({"a\x1b]0;x\x07.bin": b"\0"}), "binary|kind"),
    ):  # fmt: skip
        yield Made("hostile", name, content, told=told)
    # Made to harm, and readable all the same.
    yield Made("hostile", "far.xlsx", far_cell(), (FIRST,))
    yield Made("hostile", "rows.ods", many_rows(), (FIRST,))
    long = csv_of(COLUMNS["own"], [FIRST._replace(paragraphs=(" ".join(FIRST.paragraphs * 1500),))])
    yield Made("hostile", "line.csv", long, (FIRST._replace(paragraphs=FIRST.paragraphs[:1]),))
    line = f"title: {FIRST.title}\npublished: {FIRST.iso}\noutlet: {FIRST.outlet}\n\n" + " ".join(
        FIRST.paragraphs * 1500
    )
    yield Made("hostile", "line.txt", line.encode(), (FIRST._replace(paragraphs=FIRST.paragraphs[:1]),))


def everything() -> list[Made]:
    """All made files."""
    makers = (texts, pages, documents, mails, feeds, tables, shapes, exports, archives, damaged, hostile)
    return [made for maker in makers for made in maker()]
