"""The palette from the token table, for what the stylesheet does not reach: Fusion's own drawing and delegates."""

from PySide6.QtGui import QColor, QPalette

from desktop.ui.theme.tokens import Tokens

_Role = QPalette.ColorRole


def palette(tokens: Tokens) -> QPalette:
    made = QPalette()
    for role, colour in {
        _Role.Window: tokens.bg,
        _Role.WindowText: tokens.ink,
        _Role.Base: tokens.panel,
        _Role.AlternateBase: tokens.bg,
        _Role.Text: tokens.ink,
        _Role.PlaceholderText: tokens.muted,
        _Role.Button: tokens.panel,
        _Role.ButtonText: tokens.ink,
        _Role.BrightText: tokens.accent_ink,
        _Role.ToolTipBase: tokens.panel,
        _Role.ToolTipText: tokens.ink,
        _Role.Highlight: tokens.blue,
        _Role.HighlightedText: tokens.panel,
        _Role.Link: tokens.blue,
        _Role.LinkVisited: tokens.blue,
        _Role.Accent: tokens.blue,
        _Role.Mid: tokens.line,
        _Role.Midlight: tokens.hover,
        _Role.Light: tokens.panel,
        _Role.Dark: tokens.muted,
        _Role.Shadow: tokens.ink,
    }.items():
        made.setColor(role, QColor(colour))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    return made
