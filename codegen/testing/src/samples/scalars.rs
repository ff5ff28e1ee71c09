//! Values that consist of no others.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use eventc_compiler::catalog::{Rules, Scalar};
use serde_json::Value;

use super::{Place, Samples};

impl Samples<'_> {
    /// A value of a built-in type under the rules of the newtypes around it.
    pub(super) fn scalar(&mut self, scalar: Scalar, rules: &Rules, place: Place) -> Value {
        if let Some(range) = scalar.integer_range() {
            return self.integer(range, rules);
        }
        match scalar {
            Scalar::Bool => self.random.bool().into(),
            Scalar::F32 => self.single(rules),
            Scalar::F64 => self.double(rules),
            Scalar::Decimal => self.decimal(rules).into(),
            Scalar::String => match &rules.pattern {
                Some(pattern) => self.matching(pattern, rules.length).into(),
                None => self.text(rules.length).into(),
            },
            Scalar::Bytes => self.bytes(rules.length).into(),
            Scalar::Uuid => self.uuid().into(),
            Scalar::Date => self.date(place.key).into(),
            Scalar::Timestamp => self.timestamp(place).into(),
            Scalar::Ip => self.address().to_string().into(),
            Scalar::Json => self.json(0),
            _ => unreachable!("`{}` is an integer", scalar.name()),
        }
    }

    /// Base64 of so many bytes.
    fn bytes(&mut self, length: (Option<u64>, Option<u64>)) -> String {
        let mut bytes = vec![0; self.length(length)];
        match self.random.u8(..4) {
            0 => {}
            1 => bytes.fill(0xff),
            _ => self.random.fill(&mut bytes),
        }
        STANDARD.encode(bytes)
    }

    /// Any but nil: a newtype of a uuid never is, and neither is one that places events.
    fn uuid(&mut self) -> String {
        let any = self.random.u128(..);
        let with_version =
            |version: u128| any & !(0xf << 76) & !(0x3 << 62) | version << 76 | 0x2 << 62;
        uuid(match self.random.u8(..) {
            0..8 => 1,
            8..16 => u128::MAX,
            16..80 => with_version(4),
            80..250 => with_version(7),
            _ => any.max(1),
        })
    }

    fn address(&mut self) -> IpAddr {
        const KNOWN: [IpAddr; 6] = [
            IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            IpAddr::V4(Ipv4Addr::BROADCAST),
            IpAddr::V6(Ipv6Addr::UNSPECIFIED),
            IpAddr::V6(Ipv6Addr::LOCALHOST),
            IpAddr::V6(Ipv6Addr::from_bits(u128::MAX)),
            // An address of IPv4 in one of IPv6, which some readers make an address of IPv4 again.
            IpAddr::V6(Ipv4Addr::LOCALHOST.to_ipv6_mapped()),
        ];
        match self.random.u8(..3) {
            0 => KNOWN[self.random.usize(..KNOWN.len())],
            1 => Ipv4Addr::from_bits(self.random.u32(..)).into(),
            _ => Ipv6Addr::from_bits(self.random.u128(..)).into(),
        }
    }
}

/// `018f4e2a-7c3a-7b1e-9a55-1f0c4c1d2e3f`
fn uuid(bits: u128) -> String {
    let mut text = format!("{bits:032x}");
    for at in [20, 16, 12, 8] {
        text.insert(at, '-');
    }
    text
}
