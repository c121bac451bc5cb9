"""A chart as the SVG of a page: small, in the page's own colours, its text selectable, its marks links.

Matplotlib draws it. What it writes is made for a file of its own; here it is cut down to what a page needs: styles
become classes, neutral colours the page's own, hatches tiles of a line or two, and texts keep the side they are set to,
whatever the font. Each colour of the page stands beside the one to take where there is no page, so that the file is
whole by itself.
"""

from __future__ import annotations

import io
import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree as ET

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from toolkit.display import BAND, GRID, INK, one_line
from toolkit.plots.chart import GROUND, NARROW, Chart
from toolkit.plots.describe import description_of
from toolkit.plots.leading import marks_of
from toolkit.plots.redrawing import redrawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from matplotlib.axes import Axes

# What a page calls the colours that are not those of marks, by how they are drawn.
COLOURS = {
    INK.lower(): "ink", "#000000": "ink", "#ffffff": "paper", GRID.lower(): "grid", BAND.lower(): "band",
}  # fmt: skip

# The hatches of a page by how they run: width of the tile and what is drawn in it.
TILES = {
    "rising": (4, '<path d="M-1 1l2-2M-1 5l6-6M3 5l2-2" fill="none" stroke="{0}" stroke-width=".9"/>'),
    "falling": (4, '<path d="M-1 3l2 2M-1-1l6 6M3-1l2 2" fill="none" stroke="{0}" stroke-width=".9"/>'),
    "upright": (4, '<path d="M2 0v4" stroke="{0}" stroke-width=".9"/>'),
    "level": (4, '<path d="M0 2h4" stroke="{0}" stroke-width=".9"/>'),
    "crosses": (5, '<path d="M-1-1l7 7M6-1l-7 7" fill="none" stroke="{0}" stroke-width=".8"/>'),
    "dots": (3.6, '<circle cx="1" cy="1" r=".6" fill="{0}"/><circle cx="2.8" cy="2.8" r=".6" fill="{0}"/>'),
    "rings": (6, '<circle cx="3" cy="3" r="1.7" fill="none" stroke="{0}" stroke-width=".8"/>'),
}

# Points: a circle of a hatch that is wider is a ring.
DOT = 1.8

# What texts are if nothing else is said: those of a chart's own style sheet.
USUAL = {"font-size": "9px", "fill": INK.lower(), "text-anchor": "start"}

_XLINK = "{http://www.w3.org/1999/xlink}href"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_HEX = re.compile(r"#[0-9a-f]{6}\b")
_DROPPED = {"stroke-linejoin", "stroke-dashoffset", "font-family"}

Style = dict[str, str]


def drawings(ax: Axes) -> str:
    """Return a chart as it stands in a page: drawn wide, and drawn anew for narrow windows.

    The style sheet of the page chooses between ``tk-wide`` and ``tk-narrow``. A chart that its user went on drawing on
    is shown as it is in any window.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What a function of `toolkit.plots` returned.

    Returns
    -------
    str
        One or two ``svg`` elements; all text in them is escaped.
    """
    # Before it is written, which adds to what stands on it.
    narrow = redrawn(ax, Chart(figsize=(NARROW, 4.0)).subplots())
    wide = _written(ax)
    if narrow is None:
        return _cut_down(ax, wide, "tk-wide tk-only")
    return _cut_down(ax, wide, "tk-wide") + _cut_down(narrow, _written(narrow), "tk-narrow")


def _written(ax: Axes) -> str:
    """Return what matplotlib writes, the side that each text is set to, and its ground, as the id of its group."""
    figure = ax.figure
    assert isinstance(figure, Figure)
    for text in figure.findobj(Text):
        text.set_gid(f"{text.get_horizontalalignment()}{' ' + GROUND if GROUND in (text.get_gid() or '') else ''}")
    out = io.BytesIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "chart"}):
        metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(out, format="svg", transparent=True, metadata=metadata)
    return _NOT_XML.sub("\ufffd", out.getvalue().decode())


def _cut_down(ax: Axes, written: str, name: str) -> str:
    root = ET.fromstring(written)  # noqa: S314 - matplotlib's own, in which texts are escaped
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
    title = one_line(ax.get_title(loc="left")) or description_of(ax) or "untitled"
    key = f"c{blake2b(f'{name}{written}'.encode(), digest_size=3).hexdigest()}"
    svg = ET.Element("svg", {
        "id": key, "class": name, "viewBox": _rounded(root.attrib["viewBox"]),
        "role": "group", "aria-label": f"Chart: {title}",
    })  # fmt: skip
    drawing = _Drawing(key, root)
    drawn = _gathered(drawing.nodes(root.findall("g")), marks_of(ax))
    svg.append(drawing.styles())
    ET.SubElement(svg, "defs").extend(drawing.definitions())
    svg.extend(drawn)
    return ET.tostring(svg, encoding="unicode")


def _gathered(nodes: Iterable[ET.Element], marks: Mapping[str, str]) -> list[ET.Element]:
    """Return elements with all that leads to the same rows in one link, where the last of them stands."""
    gathered: list[ET.Element] = []
    links: dict[str, ET.Element] = {}
    for node in nodes:
        if node.tag == "a":
            href = node.attrib["href"]
            if (earlier := links.get(href)) is not None:
                gathered.remove(earlier)
                node[:] = [*earlier, *node]
            links[href] = node
        gathered.append(node)
    for href, link in links.items():
        # What the mark's own texts tell needs no title.
        words, told = marks.get(href, ""), " ".join(filter(None, (node.text for node in link)))
        if not set(re.findall(r"\w+", words)) <= set(re.findall(r"\w+", told)):
            title = ET.Element("title")
            title.text = words
            link.insert(0, title)
    return gathered


class _Drawing:
    """One chart being cut down: the classes, the shapes and the hatches that its elements use."""

    def __init__(self, key: str, root: ET.Element) -> None:
        self._key = key
        self._shapes = {node.attrib["id"]: node for node in root.iter("path") if "id" in node.attrib}
        self._hatches = {node.attrib["id"]: _hatch(node) for node in root.iter("pattern")}
        self._classes: dict[str, str] = {}
        self._drawn = {name: _steps(node.attrib["d"]) for name, node in self._shapes.items()}
        self._alike: dict[str, str] = {}
        self._used: dict[str, str] = {}

    def nodes(self, written: Sequence[ET.Element], side: str = "") -> Iterator[ET.Element]:
        """Yield what stands for elements as matplotlib wrote them."""
        for node in written:
            if node.tag == "g":
                yield from self.nodes(list(node), node.attrib.get("id", ""))
            elif node.tag == "a":
                link = ET.Element("a", {"href": node.attrib[_XLINK]})
                link.extend(self.nodes(list(node), side))
                yield link
            elif node.tag == "text":
                yield self._text(node, side)
            elif node.tag in {"path", "use"}:
                yield from self._shape(node)

    def styles(self) -> ET.Element:
        """Return the style sheet of the chart."""
        element = ET.Element("style")
        ink, paper = _coloured(INK), _coloured("#ffffff")
        rules = [
            f"#{self._key}{{fill:{ink};font:9px system-ui,sans-serif}}",
            # Lines that run through a text stop before it.
            f"#{self._key} text{{paint-order:stroke;stroke:{paper};stroke-width:4px;stroke-linejoin:round}}",
        ]
        rules += [f"#{self._key} .{name}{{{style}}}" for style, name in self._classes.items()]
        element.text = "".join(rules)
        return element

    def definitions(self) -> Iterator[ET.Element]:
        """Yield the shapes of signs and the hatches."""
        for name in self._used:
            if name in self._drawn:
                yield ET.Element("path", {"id": self._name(name), "d": self._drawn[name]})
            else:
                yield self._tile(name)

    def _name(self, written: str) -> str:
        """Return the name in this chart of a shape or a hatch, which is used then; shapes that are alike have one."""
        used = self._alike.setdefault(self._drawn.get(written, written), written)
        self._used.setdefault(used, f"{self._key}d{len(self._used)}")
        return self._used[used]

    def _tile(self, name: str) -> ET.Element:
        kind, ground, ink = self._hatches[name]
        width, drawn = TILES[kind]
        size = str(width)
        named = {"id": self._name(name), "width": size, "height": size, "patternUnits": "userSpaceOnUse"}
        tile = ET.Element("pattern", named)
        if ground != "none":
            tile.append(ET.Element("rect", {"width": size, "height": size, "fill": _coloured(ground)}))
        tile.extend(ET.fromstring(f"<g>{drawn.format(_coloured(ink))}</g>"))  # noqa: S314 - made here
        return tile

    def _text(self, node: ET.Element, side: str) -> ET.Element:
        style = _style(node.attrib.get("style", ""))
        x, y, angle = _place(node)
        side, _, ground = side.partition(" ")
        if "text-anchor" not in style and side in {"right", "center"}:
            # A line of several is written from its left, as wide as it is in matplotlib's own font.
            width = _width(node.text or "", style)
            x, style["text-anchor"] = (x + width, "end") if side == "right" else (x + width / 2, "middle")
        if ground:
            style["stroke"] = "none"
        for key, usual in USUAL.items():
            if style.get(key) == usual:
                del style[key]
        text = ET.Element("text", self._class(style) | {"x": _rounded(x), "y": _rounded(y)})
        if angle:
            text.attrib["transform"] = f"rotate({angle} {_rounded(x)} {_rounded(y)})"
        text.text = node.text
        return text

    def _shape(self, node: ET.Element) -> Iterator[ET.Element]:
        style, name = _style(node.attrib.get("style", "")), node.attrib.get(_XLINK, "")[1:]
        if name:
            style = _style(self._shapes[name].attrib.get("style", "")) | style
        unfilled = style.get("fill") == "none" or style.get("fill-opacity") == "0"
        if unfilled and "stroke" not in style:
            return
        if "d" in node.attrib and _is_flat(node.attrib["d"]) and "stroke" not in style:
            return
        if name:
            place = {key: _rounded(node.attrib[key]) for key in ("x", "y")}
            yield ET.Element("use", self._class(style) | {"href": f"#{self._name(name)}"} | place)
        else:
            yield ET.Element("path", self._class(style) | {"d": _steps(node.attrib["d"])})

    def _class(self, style: Style) -> dict[str, str]:
        """Return the class of a style; hatches are named where they are used."""
        fill = style.get("fill", "")
        if fill.startswith("url("):
            style = style | {"fill": f"url(#{self._name(fill[5:-1])})"}
        written = ";".join(f"{key}:{_coloured(value)}" for key, value in style.items())
        return {"class": self._classes.setdefault(written, f"s{len(self._classes)}")} if written else {}


def _style(written: str) -> Style:
    pairs = (part.split(":", 1) for part in written.split(";") if part.strip())
    known = {key.strip(): value.strip() for key, value in pairs}
    return {key: value for key, value in known.items() if key not in _DROPPED}


def _coloured(value: str) -> str:
    """Return a value of a style, a neutral colour as the page's own, with the one to take where there is no page."""
    return _HEX.sub(lambda found: _named(found.group()), value.lower())


def _named(colour: str) -> str:
    short = "#" + colour[1::2] if colour[1::2] == colour[2::2] else colour
    return f"var(--tk-{COLOURS[colour]},{short})" if colour in COLOURS else short


def _hatch(pattern: ET.Element) -> tuple[str, str, str]:
    """Return what a hatch looks like: its kind, its ground and its colour."""
    ground, lines = pattern.find("rect"), pattern.find("path")
    assert ground is not None
    assert lines is not None
    return _run(lines.attrib["d"]), ground.attrib["fill"], _style(lines.attrib["style"])["stroke"]


def _run(steps: str) -> str:
    """Return how the lines of a hatch run."""
    if "C" in steps:
        across = [float(x) for x in re.findall(r"(\S+) \S+ *(?=[A-Za-z])", steps.partition("z")[0])]
        return "rings" if max(across) - min(across) > DOT else "dots"
    lines = [tuple(map(float, line)) for line in re.findall(r"M (\S+) (\S+) \s*L (\S+) (\S+)", steps)]
    runs = {"upright" if x == u else "level" if y == v else "rising" if (u - x) * (v - y) < 0 else "falling"
            for x, y, u, v in lines}  # fmt: skip
    return runs.pop() if len(runs) == 1 else "crosses"


def _place(text: ET.Element) -> tuple[float, float, str]:
    """Return where a text stands and by how many degrees it is turned."""
    turned = re.search(r"rotate\((\S+)", text.attrib.get("transform", ""))
    angle = f"{float(turned.group(1)):g}" if turned else "0"
    moved = re.search(r"translate\((\S+) (\S+)\)", text.attrib.get("transform", ""))
    x, y = moved.groups() if moved else (text.attrib["x"], text.attrib["y"])
    return float(x), float(y), "" if angle in {"0", "-0"} else angle


def _width(text: str, style: Style) -> float:
    size = float(style.get("font-size", "9px").removesuffix("px"))
    slope: Literal["normal", "italic"] = "italic" if style.get("font-style") == "italic" else "normal"
    font = FontProperties(size=size, weight=int(style.get("font-weight", "400")), style=slope)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def _rounded(value: float | str) -> str:
    """Return numbers with one digit behind the point, a fifth of what can be seen in print, in as few signs."""
    return _NUMBER.sub(lambda found: _number(float(found.group())), str(value))


def _number(value: float) -> str:
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written.replace("0.", ".", 1) if abs(value) < 1 else written


def _is_flat(path: str) -> bool:
    """Tell whether a path has no width, as the bar of a part that is not there."""
    return len(set(re.findall(r"[ML] (\S+)", path))) == 1


def _steps(path: str) -> str:
    """Return a path in as few signs: straight up, down and across by one number."""
    x = y = ""
    steps = []
    for step in re.findall(r"[A-Za-z][^A-Za-z]*", _rounded(path)):
        kind, numbers = step[0], step[1:].split()
        if kind == "L" and numbers[0] == x:
            steps.append(f"V{numbers[1]}")
        elif kind == "L" and numbers[1] == y:
            steps.append(f"H{numbers[0]}")
        else:
            steps.append(kind + " ".join(numbers))
        x, y = numbers[-2:] or (x, y)
    return "".join(steps)
