"""Recipes that rebuild the weights from data; they need the extra ``train`` (torch, onnx, a pretrained encoder)."""
