"""What is looked for in a text before it goes on; every finding says its rule."""
