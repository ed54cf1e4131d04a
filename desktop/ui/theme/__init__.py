"""How the window looks: one token table, one stylesheet made from it, fonts and icons."""
