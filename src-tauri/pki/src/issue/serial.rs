//! Serial numbers of certificates.

use std::fmt;

use x509_cert::serial_number::SerialNumber;

use crate::{Certificate, Part, Refusal, Result};

/// A serial number (RFC 5280 section 4.1.2.2): positive, at most 20 bytes, written as the service
/// does, in lower-case hexadecimal with colons. That no authority uses one twice is for whoever
/// keeps them to see to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Serial(Vec<u8>);

impl Serial {
    /// A new one: 159 random bits in 20 bytes.
    pub fn random() -> Result<Self> {
        let mut bytes = [0; 20];
        aws_lc_rs::rand::fill(&mut bytes)
            .map_err(|_| Refusal::new(Part::Certificate, "There are no random numbers."))?;
        // The first bit is the sign of the number.
        bytes[0] &= 0x7f;
        Self::from_bytes(&bytes)
    }

    /// Takes the bytes of a number, the highest first; zeros in front mean nothing.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let start = bytes.iter().position(|byte| *byte != 0);
        let number = start.map_or(&[][..], |start| &bytes[start..]);
        let serial = Self(number.to_vec());
        if number.is_empty()
            || SerialNumber::<x509_cert::certificate::Rfc5280>::new(number).is_err()
        {
            return Err(Refusal::new(
                Part::Certificate,
                "A serial number must be above zero and have at most 20 bytes.",
            ));
        }
        Ok(serial)
    }

    /// That of a certificate; none if it is zero, negative or too long.
    pub fn of(certificate: &Certificate) -> Option<Self> {
        let bytes = certificate.tbs().serial_number().as_bytes();
        let negative = bytes.first().is_some_and(|first| *first >= 0x80);
        Self::from_bytes(bytes).ok().filter(|_| !negative)
    }

    /// Its bytes, the highest first, without zeros in front.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn to_number(&self) -> Result<SerialNumber> {
        SerialNumber::new(&self.0)
            .map_err(|_| Refusal::new(Part::Certificate, "The serial number is too long."))
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, byte) in self.0.iter().enumerate() {
            let colon = if place == 0 { "" } else { ":" };
            write!(f, "{colon}{byte:02x}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_is_random_positive_and_short_enough() {
        let mut seen = std::collections::HashSet::new();
        for _ in 0..1000 {
            let serial = Serial::random().unwrap();
            assert!(serial.as_bytes().len() <= 20 && serial.to_number().is_ok());
            assert!(seen.insert(serial));
        }
        let long = seen.iter().filter(|serial| serial.as_bytes().len() == 20);
        assert!(long.count() > 950);
    }

    #[test]
    fn zero_and_what_is_too_long_is_no_serial_number() {
        assert!(Serial::from_bytes(&[]).is_err());
        assert!(Serial::from_bytes(&[0, 0]).is_err());
        assert!(Serial::from_bytes(&[0x80; 20]).is_err());
        assert!(Serial::from_bytes(&[1; 21]).is_err());
        let serial = Serial::from_bytes(&[0, 0x38, 0xeb]).unwrap();
        assert_eq!(serial.to_string(), "38:eb");
    }
}
