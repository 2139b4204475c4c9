"""The pure stages of the walk of one item: values in, values out; no network, disk, clock or chance, and none knows another."""
