//! What is read at most. Whoever is above it is told the number.

/// Bytes of a file that is read.
pub const FILE_BYTES: usize = 5 << 20;

/// Characters of a PEM text of one part (API v2: `certificate`, `intermediate`, `private_key`).
pub const PEM_CHARS: usize = 100_000;

/// Certificates in one file.
pub const CERTIFICATES: usize = 100;

/// Private keys in one file.
pub const KEYS: usize = 10;

/// Bytes of one certificate, key or request as DER.
pub const DER_BYTES: usize = 75_000;

/// Names in one certificate that are shown.
pub const NAMES: usize = 1_000;

/// Iterations of a key derivation function in an encrypted key or key store.
pub const KDF_ITERATIONS: u32 = 600_000;

/// Bytes of memory of a key derivation function (scrypt).
pub const KDF_MEMORY: u64 = 64 << 20;

/// Characters of a password.
pub const PASSWORD_CHARS: usize = 1_024;
