//! What was done to a secret last, as its record keeps it.

use minicbor::{Decode, Encode};

/// Who did what, for the words of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Change {
    #[n(0)]
    pub(crate) kind: ChangeKind,
    #[n(1)]
    pub(crate) by: String,
    #[n(2)]
    pub(crate) at: i64,
    /// The fields that were edited, by their names on the wire.
    #[n(3)]
    pub(crate) fields: Option<Vec<String>>,
}

/// Kinds of change, by their numbers in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeKind {
    Created,
    Rotated,
    Restored,
    Edited,
    Locked,
    Unlocked,
    /// Of a later version of Keyturn.
    Other(u8),
}

impl<C> Encode<C> for ChangeKind {
    fn encode<W: minicbor::encode::Write>(
        &self,
        encoder: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        let number = match self {
            Self::Created => 0,
            Self::Rotated => 1,
            Self::Restored => 2,
            Self::Edited => 3,
            Self::Locked => 4,
            Self::Unlocked => 5,
            Self::Other(number) => *number,
        };
        encoder.u8(number)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for ChangeKind {
    fn decode(
        decoder: &mut minicbor::Decoder<'b>,
        _: &mut C,
    ) -> Result<Self, minicbor::decode::Error> {
        Ok(match decoder.u8()? {
            0 => Self::Created,
            1 => Self::Rotated,
            2 => Self::Restored,
            3 => Self::Edited,
            4 => Self::Locked,
            5 => Self::Unlocked,
            number => Self::Other(number),
        })
    }
}
