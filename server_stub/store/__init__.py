"""Tables, migrations and the engine: the only modules of the portal that know which database it is."""
