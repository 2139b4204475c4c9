"""Everything together: the daemon, the demo and the wheel, each in processes of its own."""
