"""The parsing network as an ONNX graph, written node by node from the weights of the torch network.

Weights are stored as int8, scaled by column of a table and by output of a matrix; all is computed in float32.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

from toolkit.model.parsing_features import SIZES
from toolkit.model.train.parsing_network import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from onnx import ModelProto

OPSET = 17
OUTPUTS = ("tags", "forms", "names", "arcs", "dependents", "heads")
EPSILON = 1e-5
LEAK = 0.1
_GATES = (0, 3, 1, 2)
"""Torch's order of an LSTM's gates is input, forget, cell, output; ONNX has input, output, forget, cell."""


class Graph:
    """Nodes and constants in the making; every method gives the name of what it adds."""

    def __init__(self, weights: Mapping[str, NDArray[np.float32]]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def node(self, kind: str, *inputs: str, named: str | None = None, **attributes: Any) -> str:
        """Add a node; return the name of what it gives."""
        name = named or f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def constant(self, value: Any) -> str:
        """Add a small constant."""
        name = f"constant{len(self.constants)}"
        self.constants[name] = numpy_helper.from_array(np.asarray(value), name)
        return name

    def floats(self, values: NDArray[np.float32], *, axis: int) -> str:
        """Add weights as int8, with one scale for all that lies along ``axis``; return them as float32."""
        whole, scale = _rounded(values, axis)
        return self.node("Mul", self.node("Cast", self.constant(whole), to=TensorProto.FLOAT), self.constant(scale))

    def lookup(self, table: NDArray[np.float32], column: str) -> str:
        """Add rows of a table, looked up as int8."""
        whole, scale = _rounded(table, 0)
        rows = self.node("Gather", self.constant(whole), column)
        return self.node("Mul", self.node("Cast", rows, to=TensorProto.FLOAT), self.constant(scale[0]))

    def linear(self, states: str, name: str, *, named: str | None = None) -> str:
        """Add a linear layer."""
        weight = self.floats(self.weights[f"{name}.weight"].T, axis=0)
        product = self.node("MatMul", states, weight)
        return self.node("Add", product, self.constant(self.weights[f"{name}.bias"]), named=named)

    def norm(self, states: str, name: str) -> str:
        """Add a layer norm."""
        scale, bias = (self.constant(self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.node("LayerNormalization", states, scale, bias, axis=-1, epsilon=EPSILON)

    def recurrent(self, states: str, lengths: str, name: str) -> str:
        """Add a recurrent layer over states (tokens, batch, width) that reads both ways."""
        parts = []
        for part in ("weight_ih_l0", "weight_hh_l0"):
            stacked = np.stack([_gates(self.weights[f"{name}.{way}.{part}"]) for way in ("onwards", "back")])
            parts.append(self.floats(stacked, axis=2))
        bias = [
            np.concatenate([_gates(self.weights[f"{name}.{way}.bias_{part}_l0"]) for part in ("ih", "hh")])
            for way in ("onwards", "back")
        ]
        inputs = [states, *parts, self.constant(np.stack(bias)), lengths]
        out = self.node("LSTM", *inputs, hidden_size=HIDDEN, direction="bidirectional")
        turned = self.node("Transpose", out, perm=[0, 2, 1, 3])
        return self.node("Reshape", turned, self.constant(np.array([0, 0, 2 * HIDDEN])))


def _gates(values: NDArray[np.float32]) -> NDArray[np.float32]:
    quarters = np.split(values, 4)
    return np.concatenate([quarters[gate] for gate in _GATES])


def _rounded(values: NDArray[np.float32], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    scale = np.maximum(np.abs(values).max(axis, keepdims=True), 1e-8) / 127
    return np.round(values / scale).astype(np.int8), scale.astype(np.float32)


def build_graph(weights: Mapping[str, NDArray[np.float32]]) -> ModelProto:
    """Return the checked model: ``features`` (batch, tokens, columns) and ``lengths`` (batch) to the six outputs."""
    graph = Graph(weights)
    states = _read(graph)
    tagged = graph.node("Relu", graph.linear(states, "tag.0"))
    graph.linear(tagged, "tags", named="tags")
    graph.linear(tagged, "forms", named="forms")
    graph.linear(graph.node("Relu", graph.linear(states, "name.0")), "names", named="names")
    _arcs(graph, states)
    for side, output in (("dependent", "dependents"), ("head", "heads")):
        graph.node("LeakyRelu", graph.linear(states, f"relation_{side}.0"), alpha=LEAK, named=output)
    inputs = [
        helper.make_tensor_value_info("features", TensorProto.INT64, ["batch", "tokens", 1 + len(SIZES)]),
        helper.make_tensor_value_info("lengths", TensorProto.INT64, ["batch"]),
    ]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "tokens", None]) for name in OUTPUTS]
    made = helper.make_graph(graph.nodes, "parsing", inputs, outputs, list(graph.constants.values()))
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    checker.check_model(model)
    return model


def _read(graph: Graph) -> str:
    """Add what goes from the features to the states (batch, tokens, width)."""
    weights = graph.weights
    columns = [graph.node("Gather", "features", graph.constant(np.int64(i)), axis=2) for i in range(1 + len(SIZES))]
    embedded = [graph.lookup(weights["vectors.weight"], columns[0])]
    for place, name in enumerate(SIZES, 1):
        if name == "norm_again":
            embedded[1] = graph.node("Add", embedded[1], graph.lookup(weights["tables.norm.weight"], columns[place]))
        else:
            embedded.append(graph.lookup(weights[f"tables.{name}.weight"], columns[place]))
    mixed = graph.norm(graph.linear(graph.node("Concat", *embedded, axis=2), "mix.0"), "mix.1")
    states = graph.node("Mul", graph.node("Relu", mixed), _inside(graph))
    kernel = graph.floats(weights["conv.conv.weight"].reshape(len(weights["conv.conv.weight"]), -1), axis=1)
    shape = graph.constant(np.array(weights["conv.conv.weight"].shape))
    seen = graph.node(
        "Conv",
        graph.node("Transpose", states, perm=[0, 2, 1]),
        graph.node("Reshape", kernel, shape),
        graph.constant(weights["conv.conv.bias"]),
        pads=[1, 1],
    )
    seen = graph.node("Transpose", graph.node("Relu", seen), perm=[0, 2, 1])
    states = graph.norm(graph.node("Add", states, seen), "conv.norm")
    lengths = graph.node("Cast", "lengths", to=TensorProto.INT32)
    first = graph.recurrent(graph.node("Transpose", states, perm=[1, 0, 2]), lengths, "first")
    second = graph.recurrent(first, lengths, "second")
    return graph.node("Transpose", graph.node("Concat", first, second, axis=2), perm=[1, 0, 2])


def _inside(graph: Graph) -> str:
    """Add a mask (batch, tokens, 1): 1 where a token stands, 0 behind an example's end."""
    size = graph.node("Gather", graph.node("Shape", "features"), graph.constant(np.int64(1)))
    places = graph.node("Range", graph.constant(np.int64(0)), size, graph.constant(np.int64(1)))
    lengths = graph.node("Unsqueeze", "lengths", graph.constant(np.array([1])))
    inside = graph.node("Cast", graph.node("Less", places, lengths), to=TensorProto.FLOAT)
    return graph.node("Unsqueeze", inside, graph.constant(np.array([2])))


def _arcs(graph: Graph, states: str) -> None:
    dependent, head = (
        graph.node("LeakyRelu", graph.linear(states, f"arc_{side}.0"), alpha=LEAK) for side in ("dependent", "head")
    )
    weight = graph.weights["arc"]
    scored = graph.node("MatMul", dependent, graph.floats(weight[:-1], axis=0))
    scored = graph.node("Add", scored, graph.constant(weight[-1]))
    graph.node("MatMul", scored, graph.node("Transpose", head, perm=[0, 2, 1]), named="arcs")
