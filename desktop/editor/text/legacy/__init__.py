"""Vietnamese text from before Unicode: which character set it was typed in, and the same text in Unicode."""
