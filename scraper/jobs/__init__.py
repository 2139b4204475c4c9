"""The verbs of the house: the only floor where pure stages and input and output meet."""
