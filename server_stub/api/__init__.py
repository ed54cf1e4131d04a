"""The HTTP shell: strict reading of requests, problem documents, one router per group of endpoints."""
