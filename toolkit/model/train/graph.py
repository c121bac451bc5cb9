"""Encoders as ONNX graphs with int8 weights, written node by node from the weights of the torch networks.

Weights are scaled by output column; the vectors of word pieces come from outside. Activations are scaled by a constant
where they have no outliers; elsewhere each row (a piece of a sentence) is scaled by itself. So a result never depends
on what else is in its batch, as it does where one scale is found for a whole tensor as it comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

from toolkit.model.masking import MAX_PIECES
from toolkit.model.train.encoder import HEADS, WIDTH
from toolkit.model.train.reader import LEAK, PARTS
from toolkit.model.trunk_reader import LAYERS as SHARED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from onnx import ModelProto

OPSET = 17
LARGEST_ACTIVATION = 127
LARGEST_WEIGHT = 63
"""Seven bits: eight overflow the 16-bit sums of processors without int8 dot products."""
MIDDLE = 128
"""Zero of the unsigned bytes that activations are rounded to."""
LOW = 32
"""Zero of the bytes that GELU's results are rounded to; the function's least value is -0.17."""
EPSILON = 1e-12


Shape = tuple[str | int, ...]
WINDOW_INPUTS: dict[str, Shape] = {
    "vectors": ("batch", "pieces", WIDTH),
    "features": ("batch", "pieces", 3),
    "places": ("batch", "words"),
}
"""Of the models that read an article's windows."""
STATES: Shape = ("batch", "pieces", WIDTH)
"""Of what the shared layers give."""


class Rounded(NamedTuple):
    """States as bytes: their values, the scale of all, the scales of the rows where each has its own, and the zero."""

    values: str
    scale: str
    rows: str | None
    zero: str


class Graph:
    """Nodes and constants so far; each method appends and returns the name of what it computes."""

    def __init__(self, weights: Mapping[str, NDArray[np.float32]], tops: Mapping[str, float]) -> None:
        self.weights, self.tops = weights, tops
        self.nodes: list[Any] = []
        self.constants: dict[str, NDArray[Any]] = {}

    def add(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Append one node of the standard's operators."""
        return self._append(kind, inputs, attributes)

    def fused(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Append one node of onnxruntime's own, fused operators."""
        return self._append(kind, inputs, attributes | {"domain": "com.microsoft"})

    def _append(self, kind: str, inputs: tuple[str, ...], attributes: dict[str, Any]) -> str:
        name = f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def constant(self, name: str, value: NDArray[Any] | np.generic) -> str:
        """Store a constant once and return its name."""
        self.constants.setdefault(name, np.asarray(value))
        return name

    def weight(self, name: str) -> str:
        """Store one of the network's weights as it is and return its name."""
        return self.constant(name, self.weights[name])

    def rounded(self, states: str, place: str) -> Rounded:
        """Return states as bytes, with the scale of all or, where outliers forbid one scale, of each row."""
        one, middle = self.constant("one", np.float32(1)), self.constant("middle", np.uint8(MIDDLE))
        if place in self.tops:
            scale = self.constant(f"{place}.top", np.float32(self.tops[place] / LARGEST_ACTIVATION))
            return Rounded(self.add("QuantizeLinear", states, scale, middle), scale, None, middle)
        top = self.add("ReduceMax", self.add("Abs", states), axes=[-1])
        rows = self._row_scales(top, LARGEST_ACTIVATION)
        return Rounded(self.add("QuantizeLinear", self.add("Div", states, rows), one, middle), one, rows, middle)

    def rounded_gelu(self, states: str, place: str) -> Rounded:
        """Return what GELU gives, which is hardly negative, as bytes with most of their range above zero."""
        one, low = self.constant("one", np.float32(1)), self.constant("low", np.uint8(LOW))
        if place in self.tops:
            scale = self.constant(f"{place}.top", np.float32(self.tops[place] / (255 - LOW)))
            return Rounded(self.add("QuantizeLinear", states, scale, low), scale, None, low)
        rows = self._row_scales(self.add("ReduceMax", states, axes=[-1]), 255 - LOW)
        return Rounded(self.add("QuantizeLinear", self.add("Div", states, rows), one, low), one, rows, low)

    def _row_scales(self, top: str, largest: int) -> str:
        safe = self.add("Max", top, self.constant("tiny", np.float32(1e-4)))
        return self.add("Div", safe, self.constant(f"largest {largest}", np.float32(largest)))

    def linear(self, name: str, rounded: Rounded, *, biased: bool = True) -> str:
        """Return what a linear layer makes of rounded states, with its bias or without."""
        matrix = self.weights[f"{name}.weight"].T
        scale = np.maximum(np.abs(matrix).max(0), 1e-8) / LARGEST_WEIGHT
        integers = self.constant(f"{name}.int8", np.round(matrix / scale).astype(np.int8))
        columns = self.constant(f"{name}.scale", scale.astype(np.float32))
        inputs = rounded.values, integers, rounded.scale, columns, rounded.zero
        bias = self.weight(f"{name}.bias") if biased else ""
        if rounded.rows is None:
            return self.fused("MatMulIntegerToFloat", *inputs, "", bias)
        product = self.add("Mul", self.fused("MatMulIntegerToFloat", *inputs), rounded.rows)
        return self.add("Add", product, bias) if biased else product

    def add_and_norm(self, states: str, change: str, norm: str) -> str:
        """Return the layer norm of states plus a change."""
        return self.norm(norm, self.add("Add", change, states))

    def norm(self, name: str, states: str) -> str:
        """Return the layer norm of states."""
        weight, shift = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", states, weight, shift, epsilon=EPSILON)


def build_graph(weights: Mapping[str, NDArray[np.float32]], tops: Mapping[str, float]) -> ModelProto:
    """Return the model: ``vectors`` (batch, pieces, width), ``padding`` (…) and ``mask_at`` to ``logits`` (batch, 3).

    ``padding`` (batch, pieces) is 1 where a piece is none; it and ``mask_at`` (batch) are int64.

    Parameters
    ----------
    weights : mapping of str to ndarray
        State of :class:`toolkit.model.train.encoder.TargetClassifier`.
    tops : mapping of str to float
        Largest absolute values of the states that get a constant scale, by place.
    """
    graph = Graph(weights, tops)
    states, padding, last = embed(graph, MAX_PIECES), padding_bias(graph), _last_layer(weights)
    for index in range(last):
        states = layer(graph, f"layers.{index}", (states, states), padding)
    states = layer(graph, f"layers.{last}", (_read_places(graph, states), states), padding)
    flat = graph.add("Reshape", states, graph.constant("flat", np.array([-1, 2 * WIDTH])))
    hidden = graph.add("Tanh", _dense(graph, "head.0", flat))
    inputs: dict[str, Shape] = {
        "vectors": ("batch", "pieces", WIDTH),
        "padding": ("batch", "pieces"),
        "mask_at": ("batch",),
    }
    return package(graph, "sentiment", inputs, {"logits": (_dense(graph, "head.3", hidden), ("batch", 3))})


def build_tagger(weights: Mapping[str, NDArray[np.float32]], tops: Mapping[str, float], longest: int) -> ModelProto:
    """Return the model: ``vectors`` (batch, pieces, width), ``features`` (…, 3) and ``places`` to ``scores``.

    Windows of a batch must be of one length: nothing is taken for padding. ``features`` (batch, pieces, 3) are int64,
    and so are ``places`` (batch, words), those of the pieces to be scored; ``scores`` are those of tags and links,
    float32, shape (batch, words, tags + links).

    Parameters
    ----------
    weights : mapping of str to ndarray
        State of :class:`toolkit.model.train.tagger.Tagger`.
    tops : mapping of str to float
        Largest absolute values of the states that get a constant scale, by place.
    longest : int
        Most pieces of a window.
    """
    graph = Graph(weights, tops)
    return package(graph, "attribution", WINDOW_INPUTS, _scores(graph, _word_states(graph, longest)))


def build_trunk(weights: Mapping[str, NDArray[np.float32]], tops: Mapping[str, float], longest: int) -> ModelProto:
    """Return the layers that readers share: ``vectors`` (batch, pieces, width) and ``features`` (…, 3) to ``states``.

    Parameters
    ----------
    weights : mapping of str to ndarray
        State of a whole network, such as :class:`toolkit.model.train.tagger.Tagger`.
    tops : mapping of str to float
        Largest absolute values of the states that get a constant scale, by place.
    longest : int
        Most pieces of a window.
    """
    graph = Graph(weights, tops)
    states = _marked(graph, longest)
    for index in range(SHARED):
        states = layer(graph, f"layers.{index}", (states, states))
    inputs = {name: WINDOW_INPUTS[name] for name in ("vectors", "features")}
    return package(graph, "trunk", inputs, {"states": (states, STATES)})


def build_branch(weights: Mapping[str, NDArray[np.float32]], tops: Mapping[str, float], name: str) -> ModelProto:
    """Return the layers above the shared ones: ``states`` (batch, pieces, width) and ``places`` to ``scores``.

    Parameters
    ----------
    weights : mapping of str to ndarray
        State of a network; shared layers, where it has them, are left out.
    tops : mapping of str to float
        Largest absolute values of the states that get a constant scale, by place.
    name : str
        Of the graph.
    """
    graph = Graph(weights, tops)
    inputs: dict[str, Shape] = {"states": STATES, "places": WINDOW_INPUTS["places"]}
    return package(graph, name, inputs, _scores(graph, _upper(graph, "states", SHARED)))


def _scores(graph: Graph, states: str) -> dict[str, tuple[str, Shape]]:
    shape = "batch", "words", int(graph.weights["head.scores.bias"].size)
    return {"scores": (_product(graph, "head.scores", states), shape)}


def build_reader(weights: Mapping[str, NDArray[np.float32]], tops: Mapping[str, float], longest: int) -> ModelProto:
    """Return the model, with the inputs of :func:`build_tagger`, to the outputs of :mod:`toolkit.model.decoding`.

    ``names``, ``tags`` and ``forms`` (batch, words, classes) are scores, ``arcs`` (batch, words, words) those of heads;
    relations are scored from ``dependents`` and ``heads`` (batch, words, width). All are float32.

    Parameters
    ----------
    weights : mapping of str to ndarray
        State of :class:`toolkit.model.train.reader.Reader`.
    tops : mapping of str to float
        Largest absolute values of the states that get a constant scale, by place.
    longest : int
        Most pieces of a window.
    """
    graph = Graph(weights, tops)
    states = _word_states(graph, longest)
    parts = graph.add("LeakyRelu", graph.linear("head.parts", graph.rounded(states, "head.parts")), alpha=LEAK)
    bounds = np.cumsum([0, *PARTS.values()])
    axis = graph.constant("of a word", np.array([2]))
    cut = {
        name: graph.add("Slice", parts, *(graph.constant(f"part {at}", np.array([at])) for at in (start, end)), axis)
        for name, start, end in zip(PARTS, bounds[:-1], bounds[1:], strict=True)
    }
    weight = graph.constant("head.arc.columns", weights["head.arc"][:-1])
    scored = graph.add("MatMul", cut["arc_dependent"], weight)
    scored = graph.add("Add", scored, graph.constant("head.arc.last", weights["head.arc"][-1]))
    arcs = graph.add("MatMul", scored, graph.add("Transpose", cut["arc_head"], perm=[0, 2, 1]))
    found = {
        "names": _product(graph, "head.names", states),
        "tags": _product(graph, "head.tags", cut["tagged"]),
        "forms": _product(graph, "head.forms", cut["tagged"]),
        "arcs": arcs,
        "dependents": cut["dependents"],
        "heads": cut["heads"],
    }
    sizes: dict[str, str | int] = {name: int(weights[f"head.{name}.bias"].size) for name in ("names", "tags", "forms")}
    sizes |= {"arcs": "words", "dependents": PARTS["dependents"], "heads": PARTS["heads"]}
    outputs: dict[str, tuple[str, Shape]] = {
        name: (node, ("batch", "words", sizes[name])) for name, node in found.items()
    }
    return package(graph, "reader", WINDOW_INPUTS, outputs)


def build_pairs(weights: Mapping[str, NDArray[np.float32]], tops: Mapping[str, float], longest: int) -> ModelProto:
    """Return the model: ``vectors`` (batch, pieces, width), ``padding`` (…) and pairs to ``logits`` (batch, pairs, 3).

    ``padding`` (batch, pieces) is 1 where a piece is none; ``holders`` and ``targets`` (batch, pairs, pieces) are 1 at
    the marks of each pair's mentions, ``flags`` (batch, pairs, flags) 1 where a flag holds; all are int64.

    Parameters
    ----------
    weights : mapping of str to ndarray
        State of :class:`toolkit.model.train.pair_network.PairNetwork`.
    tops : mapping of str to float
        Largest absolute values of the states that get a constant scale, by place.
    longest : int
        Most pieces of a sentence.
    """
    graph = Graph(weights, tops)
    states, padding, last = embed(graph, longest), padding_bias(graph), _last_layer(weights)
    for index in range(last):
        states = layer(graph, f"layers.{index}", (states, states), padding)
    answers = layer(graph, f"layers.{last}", (_questions(graph, states), states), padding)
    answers = graph.add("Reshape", answers, graph.constant("of a pair", np.array([0, -1, 2 * WIDTH])))
    hidden = graph.add("Tanh", graph.linear("head.hidden", graph.rounded(answers, "head.hidden")))
    flags = int(weights["head.flags.weight"].shape[1])
    inputs: dict[str, Shape] = {
        "vectors": ("batch", "pieces", WIDTH),
        "padding": ("batch", "pieces"),
        "holders": ("batch", "pairs", "pieces"),
        "targets": ("batch", "pairs", "pieces"),
        "flags": ("batch", "pairs", flags),
    }
    return package(
        graph, "opinions", inputs, {"logits": (_product(graph, "head.classes", hidden), ("batch", "pairs", 3))}
    )


def _questions(graph: Graph, states: str) -> str:
    """Return two queries (batch, 2 · pairs, width) for each pair: of the sentence and of the target."""
    target = _mean_at(graph, states, "targets")
    both = graph.add("Concat", _mean_at(graph, states, "holders"), target, axis=-1)
    inner = graph.fused("Gelu", graph.linear("head.both", graph.rounded(both, "head.both")))
    flags = graph.add("Cast", "flags", to=TensorProto.FLOAT)
    columns = graph.constant("head.flags.columns", graph.weights["head.flags.weight"].T)
    change = graph.linear("head.change", graph.rounded(inner, "head.change"))
    change = graph.add("Add", change, graph.add("MatMul", flags, columns))
    start = graph.constant("begin", np.array([0])), graph.constant("one piece", np.array([1]))
    first = graph.add("Slice", states, *start, graph.constant("of pieces", np.array([1])))
    first = graph.add("Expand", first, graph.add("Shape", target))
    queries = graph.add("Add", graph.add("Concat", first, target, axis=-1), change)
    return graph.add("Reshape", queries, graph.constant("of a query", np.array([0, -1, WIDTH])))


def _mean_at(graph: Graph, states: str, marks: str) -> str:
    """Return the mean (batch, pairs, width) of the states at marks, zero where there are none."""
    where = graph.add("Cast", marks, to=TensorProto.FLOAT)
    count = graph.add("ReduceSum", where, graph.constant("of marks", np.array([-1])), keepdims=1)
    count = graph.add("Max", count, graph.constant("one", np.float32(1)))
    return graph.add("Div", graph.add("MatMul", where, states), count)


def _word_states(graph: Graph, longest: int) -> str:
    """Return the states (batch, words, width) of the pieces at ``places``."""
    return _upper(graph, _marked(graph, longest), 0)


def _marked(graph: Graph, longest: int) -> str:
    """Return the vectors of pieces before all layers, with those of their words' features."""
    marks = graph.add("Gather", graph.weight("head.features.weight"), "features")
    marks = graph.add("ReduceSum", marks, graph.constant("of a piece", np.array([2])), keepdims=0)
    return embed(graph, longest, marks)


def _upper(graph: Graph, states: str, first: int) -> str:
    """Return the states (batch, words, width) of the pieces at ``places``, read by the layers from the first on."""
    last = _last_layer(graph.weights)
    for index in range(first, last):
        states = layer(graph, f"layers.{index}", (states, states))
    return layer(graph, f"layers.{last}", (_pick(graph, states, "places"), states))


def _product(graph: Graph, name: str, states: str) -> str:
    """Return what a linear layer makes of states, in floating point."""
    columns = graph.constant(f"{name}.columns", graph.weights[f"{name}.weight"].T)
    return graph.add("Add", graph.add("MatMul", states, columns), graph.weight(f"{name}.bias"))


def _last_layer(weights: Mapping[str, NDArray[np.float32]]) -> int:
    return max(int(name.split(".")[1]) for name in weights if name.endswith(".query.weight"))


def padding_bias(graph: Graph) -> str:
    """Return what is added to the attention that pieces get: nothing, or a great negative number where they pad."""
    padding = graph.add("Cast", "padding", to=TensorProto.FLOAT)
    padding = graph.add("Mul", padding, graph.constant("never", np.float32(-1e4)))
    return graph.add("Unsqueeze", padding, graph.constant("middle axes", np.array([1, 2])))


def embed(graph: Graph, longest: int, marks: str | None = None) -> str:
    """Return the vectors of pieces with those of their places, and of marks where there are any, before all layers."""
    length = graph.add("Shape", "vectors", start=1, end=2)
    first = graph.constant("first", np.array([0]))
    table = graph.constant("positions", graph.weights["places.weight"][:longest])
    places = graph.add("Slice", table, first, length, first)
    states = graph.add("Add", "vectors", places)
    return graph.norm("norm", graph.add("Add", states, marks) if marks else states)


def layer(graph: Graph, name: str, states: tuple[str, str], padding: str | None = None) -> str:
    """Return new states for the first of ``states``, which look at all of the second."""
    queries, everything = states
    seen = graph.rounded(everything, f"{name}.seen")
    asked = seen if queries == everything else graph.rounded(queries, f"{name}.seen")
    mixed = _attend(graph, name, asked, seen, padding)
    change = graph.linear(f"{name}.mixed", graph.rounded(mixed, f"{name}.mixed"))
    queries = graph.add_and_norm(queries, change, f"{name}.norm_mixed")
    inner = graph.linear(f"{name}.inner", graph.rounded(queries, f"{name}.inner"), biased=False)
    # By tanh: a tenth faster to compute, and within 0.001 of the error function that training used.
    inner = graph.fused("FastGelu", inner, graph.weight(f"{name}.inner.bias"))
    change = graph.linear(f"{name}.outer", graph.rounded_gelu(inner, f"{name}.outer"))
    return graph.add_and_norm(queries, change, f"{name}.norm_outer")


def _attend(graph: Graph, name: str, asked: Rounded, seen: Rounded, padding: str | None) -> str:
    """Return what the heads of a layer gather (Vaswani et al. 2017)."""
    parts = {
        part: graph.linear(f"{name}.{part}", asked if part == "query" else seen) for part in ("query", "key", "value")
    }
    if padding is None:
        return graph.fused("MultiHeadAttention", *parts.values(), num_heads=HEADS)
    heads = graph.constant("heads", np.array([0, 0, HEADS, WIDTH // HEADS]))
    for part, order in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3])):
        parts[part] = graph.add("Transpose", graph.add("Reshape", parts[part], heads), perm=order)
    scores = graph.fused("FusedMatMul", parts["query"], parts["key"], alpha=(WIDTH // HEADS) ** -0.5)
    weights = graph.add("Softmax", graph.add("Add", scores, padding), axis=-1)
    mixed = graph.add("Transpose", graph.add("MatMul", weights, parts["value"]), perm=[0, 2, 1, 3])
    return graph.add("Reshape", mixed, graph.constant("whole", np.array([0, 0, WIDTH])))


def _read_places(graph: Graph, states: str) -> str:
    """Return the states (batch, 2, width) of the first piece and of the mark."""
    axis = graph.constant("second", np.array([1]))
    marks = graph.add("Unsqueeze", "mask_at", axis)
    first = graph.add("Mul", marks, graph.constant("zero", np.int64(0)))
    places = graph.add("Concat", first, marks, axis=1)
    return _pick(graph, states, places)


def _pick(graph: Graph, states: str, places: str) -> str:
    """Return the states (batch, n, width) of the pieces at places (batch, n)."""
    last = graph.constant("last", np.array([2]))
    return graph.add("GatherND", states, graph.add("Unsqueeze", places, last), batch_dims=1)


def _dense(graph: Graph, name: str, states: str) -> str:
    return graph.add("Gemm", states, graph.weight(f"{name}.weight"), graph.weight(f"{name}.bias"), transB=1)


def package(
    graph: Graph, name: str, inputs: Mapping[str, Shape], outputs: Mapping[str, tuple[str, Shape]]
) -> ModelProto:
    """Return the graph as a model, given the shapes of its inputs, and the nodes and shapes of its outputs.

    ``vectors`` and ``states`` are float32, all other inputs int64.
    """
    for output, (node, _) in outputs.items():
        graph.nodes.append(helper.make_node("Identity", [node], [output]))
    kinds = {key: TensorProto.FLOAT if key in {"vectors", "states"} else TensorProto.INT64 for key in inputs}
    given = [helper.make_tensor_value_info(key, kinds[key], shape) for key, shape in inputs.items()]
    found = [helper.make_tensor_value_info(key, TensorProto.FLOAT, shape) for key, (_, shape) in outputs.items()]
    used = {key for node in graph.nodes for key in node.input}
    constants = [numpy_helper.from_array(value, key) for key, value in graph.constants.items() if key in used]
    made = helper.make_graph(graph.nodes, name, given, found, constants)
    operators = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(made, opset_imports=operators, ir_version=8)
    checker.check_model(model)
    return model
