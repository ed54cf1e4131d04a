"""Schemathesis against the OpenAPI document: what it says is what the portal does, for whatever is sent."""
