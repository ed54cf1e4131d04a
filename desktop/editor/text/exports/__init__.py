"""A legal document for other programs: Akoma Ntoso, a word processor, plain text."""
