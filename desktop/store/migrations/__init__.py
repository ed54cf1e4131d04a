"""What turns a home's database of one version into that of the next; each file stands for itself and stays as it was."""
