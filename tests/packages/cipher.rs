//! Encryption of PDFs as the oldest of them have it: 40 bits, no password. Source: ISO 32000-1, 7.6.

/// What stands for a password of no characters.
const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08,
    0x2e, 0x2e, 0x00, 0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];
/// Bytes of the key of a file.
const KEY: usize = 5;
/// The word of the owner, as it stands in the file; nobody asks for it.
const OWNER: [u8; 32] = [7; 32];
/// What is allowed, as it stands in the file.
const ALLOWED: i32 = -4;

fn file_key() -> Vec<u8> {
    let allowed = ALLOWED.to_le_bytes();
    md5(&[&PADDING[..], &OWNER, &allowed, &OWNER].concat())[..KEY].to_vec()
}

/// What a trailer says of the encryption.
pub(crate) fn trailer() -> String {
    let hex = |bytes: &[u8]| -> String {
        let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        digits.concat()
    };
    let (owner, user) = (hex(&OWNER), hex(&rc4(&file_key(), &PADDING)));
    format!(
        "/ID [<{owner}> <{owner}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P {ALLOWED} /O <{owner}> /U <{user}> >>"
    )
}

/// The data of a stream of the object of this number.
pub(crate) fn encrypted(object: u32, data: &[u8]) -> Vec<u8> {
    let number = object.to_le_bytes();
    let key = md5(&[&file_key(), &number[..3], &[0, 0]].concat());
    rc4(&key[..KEY + 5], data)
}

fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut other = 0_usize;
    for at in 0..256 {
        other = (other + usize::from(state[at]) + usize::from(key[at % key.len()])) % 256;
        state.swap(at, other);
    }
    let (mut at, mut other) = (0_usize, 0_usize);
    let next = |byte: &u8| {
        at = (at + 1) % 256;
        other = (other + usize::from(state[at])) % 256;
        state.swap(at, other);
        byte ^ state[(usize::from(state[at]) + usize::from(state[other])) % 256]
    };
    data.iter().map(next).collect()
}

/// Source: RFC 1321.
fn md5(data: &[u8]) -> [u8; 16] {
    const SHIFTS: [[u32; 4]; 4] = [
        [7, 12, 17, 22],
        [5, 9, 14, 20],
        [4, 11, 16, 23],
        [6, 10, 15, 21],
    ];
    let mut padded = data.to_vec();
    padded.push(0x80);
    padded.resize((padded.len() + 8).next_multiple_of(64) - 8, 0);
    padded.extend((data.len() as u64 * 8).to_le_bytes());
    let mut sums = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in padded.chunks_exact(64) {
        let words: Vec<u32> = block
            .chunks_exact(4)
            .map(|word| u32::from_le_bytes(word.try_into().expect("four bytes")))
            .collect();
        let [mut a, mut b, mut c, mut d] = sums;
        for step in 0..64_u32 {
            let at = step as usize;
            let (mixed, word) = match step / 16 {
                0 => ((b & c) | (!b & d), at),
                1 => ((d & b) | (!d & c), 5 * at + 1),
                2 => (b ^ c ^ d, 3 * at + 5),
                _ => (c ^ (b | !d), 7 * at),
            };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "below two to the power of 32"
            )]
            let sine = (f64::from(step + 1).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a
                .wrapping_add(mixed)
                .wrapping_add(sine)
                .wrapping_add(words[word % 16]);
            let turned = sum.rotate_left(SHIFTS[at / 16][at % 4]);
            (a, d, c, b) = (d, c, b, b.wrapping_add(turned));
        }
        for (sum, part) in sums.iter_mut().zip([a, b, c, d]) {
            *sum = sum.wrapping_add(part);
        }
    }
    let bytes: Vec<u8> = sums.iter().flat_map(|sum| sum.to_le_bytes()).collect();
    bytes.try_into().expect("sixteen bytes")
}
