"""Finding: the navigation and the virtual list with its search."""
