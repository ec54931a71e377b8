//! The HTTP API over an instance: API v2 and v1 of IBM Secrets Manager, to the letter.
