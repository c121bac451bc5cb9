"""Explore news coverage of negotiations: who said what, sentiment per actor, timelines of the rounds."""
