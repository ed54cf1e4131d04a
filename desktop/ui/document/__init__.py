"""Writing: the head, the form, the text with its preview, and the autosave behind them."""
