"""The editor: pure text work in `text`, Qt widgets in `widgets`."""
