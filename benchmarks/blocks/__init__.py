"""Learns the weights by which blocks of a page are judged, and says how well they hold on pages they were not learnt from."""
