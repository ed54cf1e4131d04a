"""Work outside the GUI thread: the lanes that run it and the bridge that brings results back."""
