"""WACZ packages (webrecorder/specs, 1.1.1): written piece by piece, with their index, digests and signature."""
