//! The text that is searched: a line for each secret, in a few large pieces of memory, so that a
//! search reads straight on and growing copies nothing.

use memchr::memmem;

use super::Entry;

/// Ends a line; cannot stand in what is searched.
const END: u8 = 0;
/// Between the fields of a line.
const GAP: u8 = 0x1f;
/// Bytes of a piece. No line is longer than this.
const PIECE: usize = 1 << 20;
/// A slot of a line that is no longer in use, and a place where no line is.
const NONE: u32 = u32::MAX;

/// Lines of case-folded text: name, description, labels, type, and of certificates what they say.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pieces: Vec<Piece>,
    /// Where the line of a slot is.
    places: Vec<Place>,
    /// Bytes in lines no longer in use.
    wasted: usize,
    scratch: Vec<u8>,
}

#[derive(Debug)]
struct Piece {
    bytes: Vec<u8>,
    lines: Vec<Line>,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    start: u32,
    slot: u32,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    piece: u32,
    line: u32,
}

impl Place {
    const NOWHERE: Self = Self {
        piece: NONE,
        line: NONE,
    };
}

impl Text {
    /// Makes room for so many lines.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.places.reserve_exact(count);
    }

    /// Sets the line of a slot.
    pub(crate) fn put(&mut self, slot: u32, entry: &Entry<'_>) {
        let mut line = std::mem::take(&mut self.scratch);
        line.clear();
        fold(&mut line, entry.name);
        line.push(GAP);
        fold(&mut line, entry.description);
        for label in entry.labels {
            line.push(GAP);
            fold(&mut line, label);
        }
        line.push(GAP);
        line.extend_from_slice(entry.secret_type.name().as_bytes());
        if !entry.search.is_empty() {
            line.push(GAP);
            fold(&mut line, entry.search);
        }
        line.push(END);
        if self.line(slot) != line {
            self.remove(slot);
            self.add(slot, &line);
        }
        self.scratch = line;
    }

    /// Drops the line of a slot.
    pub(crate) fn remove(&mut self, slot: u32) {
        self.wasted += self.line(slot).len();
        if let Some(place) = self.places.get_mut(slot as usize)
            && place.piece != NONE
        {
            self.pieces[place.piece as usize].lines[place.line as usize].slot = NONE;
            *place = Place::NOWHERE;
        }
        let total = self.pieces.len() * PIECE;
        if self.wasted > PIECE && self.wasted * 4 > total {
            self.compact();
        }
    }

    /// The folded name of a slot.
    pub(crate) fn name(&self, slot: u32) -> &[u8] {
        let line = self.line(slot);
        &line[..memchr::memchr(GAP, line).unwrap_or(line.len())]
    }

    /// Whether a slot has this name but for case.
    pub(crate) fn is_named(&self, slot: u32, name: &str) -> bool {
        self.name(slot) == folded(name)
    }

    /// Calls `hit` with the slot of every line that holds `needle` (case is ignored).
    pub(crate) fn search(&self, needle: &str, mut hit: impl FnMut(u32)) {
        let folded = folded(needle);
        let finder = memmem::Finder::new(&folded);
        for piece in &self.pieces {
            piece.search(&finder, &mut hit);
        }
    }

    fn line(&self, slot: u32) -> &[u8] {
        let place = self
            .places
            .get(slot as usize)
            .copied()
            .unwrap_or(Place::NOWHERE);
        let Some(piece) = self.pieces.get(place.piece as usize) else {
            return &[];
        };
        &piece.bytes[piece.span(place.line as usize)]
    }

    fn add(&mut self, slot: u32, line: &[u8]) {
        let full = |piece: &Piece| piece.bytes.len() + line.len() > PIECE;
        if self.pieces.last().is_none_or(full) {
            self.pieces.push(Piece {
                bytes: Vec::with_capacity(PIECE),
                lines: Vec::new(),
            });
        }
        let at = self.pieces.len() - 1;
        let piece = &mut self.pieces[at];
        let place = Place {
            piece: short(at),
            line: short(piece.lines.len()),
        };
        piece.lines.push(Line {
            start: short(piece.bytes.len()),
            slot,
        });
        piece.bytes.extend_from_slice(line);
        if self.places.len() <= slot as usize {
            self.places.resize(slot as usize + 1, Place::NOWHERE);
        }
        self.places[slot as usize] = place;
    }

    fn compact(&mut self) {
        let old = std::mem::take(&mut self.pieces);
        self.wasted = 0;
        for piece in &old {
            for (at, line) in piece.lines.iter().enumerate() {
                if line.slot != NONE {
                    self.add(line.slot, &piece.bytes[piece.span(at)]);
                }
            }
        }
    }
}

impl Piece {
    fn span(&self, line: usize) -> std::ops::Range<usize> {
        self.lines[line].start as usize..self.end(line)
    }

    fn end(&self, line: usize) -> usize {
        self.lines
            .get(line + 1)
            .map_or(self.bytes.len(), |next| next.start as usize)
    }

    fn search(&self, finder: &memmem::Finder<'_>, hit: &mut impl FnMut(u32)) {
        let mut from = 0;
        let mut line = 0;
        while let Some(found) = finder.find(&self.bytes[from..]) {
            let at = from + found;
            // Most often the match is in the next line; else leap.
            if self.end(line) <= at {
                line += 1;
                if self.end(line) <= at {
                    line += self.lines[line..].partition_point(|l| l.start as usize <= at) - 1;
                }
            }
            if self.lines[line].slot != NONE {
                hit(self.lines[line].slot);
            }
            from = self.end(line);
            line += 1;
        }
    }
}

fn short(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(NONE)
}

/// A text with case folded.
pub(crate) fn folded(text: &str) -> Vec<u8> {
    let mut folded = Vec::with_capacity(text.len());
    fold(&mut folded, text);
    folded
}

/// Appends `text` with case folded; control characters, which separate lines and fields here,
/// become spaces.
fn fold(buffer: &mut Vec<u8>, text: &str) {
    let plain = |byte: u8| {
        if byte < b' ' {
            b' '
        } else {
            byte.to_ascii_lowercase()
        }
    };
    if text.is_ascii() {
        buffer.extend(text.bytes().map(plain));
    } else {
        let lower: String = text.chars().flat_map(char::to_lowercase).collect();
        buffer.extend(lower.bytes().map(plain));
    }
}
