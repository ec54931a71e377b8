//! A remote instance over API v2: tokens, retries, limits.
