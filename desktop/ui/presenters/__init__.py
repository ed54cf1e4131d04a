"""What the window says, computed without Qt: values in, frozen values out."""
