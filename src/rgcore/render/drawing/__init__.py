"""The parts of a drawing: markup, lettering, places on rings, shapes, sentences."""
