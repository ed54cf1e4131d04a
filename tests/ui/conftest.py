"""What every test with real widgets needs: the preview's scheme, which must be known before the application exists."""

from desktop.editor.widgets.preview_scheme import register_scheme

register_scheme()
