"""Trained weights, each with its card, and what reads them; the recipes that make them stand in ``train/``."""
