"""The way in: files and the clipboard of other programs → Markdown. Everything here mistrusts what it reads."""
