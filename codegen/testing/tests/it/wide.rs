//! A catalog with all that the real one does not have: every type under every rule, in every place.

macro_rules! catalog {
    ($text:tt) => {
        pub(crate) const TEXT: &str = $text;

        pub(crate) mod types {
            eventc::schema! { $text }
        }
    };
}

catalog! { r#"
catalog: wide
eventc: 1
types:
  Name: string
  Tenant: { newtype: Name, length: 1..64 }
  Exact: { newtype: string, length: 8 }
  AtLeast: { newtype: string, length: 3.. }
  Short: { newtype: Tenant, length: 2..3 }
  Slug: { newtype: Short, pattern: '^[a-z]+(-[a-z0-9]+)*$' }
  Part: { newtype: string, length: 5..30, pattern: 'a+[^b]' }
  Digest: { newtype: bytes, length: 32 }
  Few: { newtype: bytes, length: 1..3 }
  Pair: { newtype: list<u8>, length: 1..2 }
  Labels: { newtype: 'map<Short, Part>', length: 1..4 }
  Forest: { newtype: list<Tree>, length: 1.. }
  Offset: { newtype: i64, min: -5, max: 5 }
  Least: { newtype: i64, min: -9223372036854775808, max: 0 }
  Positive: { newtype: u64, min: 1 }
  Percent: { newtype: Positive, max: 100 }
  Share: { newtype: f64, min: 0, max: 1.5 }
  Cold: { newtype: f64, max: -1e3 }
  Tenth: { newtype: f32, min: 0.1, max: 0.3 }
  Single: { newtype: f32, min: 0.1, max: 0.1 }
  Price: { newtype: decimal, min: 0.01 }
  Debt: { newtype: Price2, min: -99999.5 }
  Price2: { newtype: decimal, max: 0.000 }
  Narrow: { newtype: decimal, min: -0.5, max: 0.25 }
  Flag: bool
  Born: timestamp
  Day: date
  Placed: timestamp
  PlacedDay: date
  Address: { newtype: ip, pii: network }
  Anything: json
  Id: uuid
  Outer: Id
  Region: [eu, us, 'a "b" \ c', "don't"]
  Open: { enum: [a, b], open: true }
  Tree:
    fields:
      left?: Tree
      right?: Tree
      named: map<string, Tree>
  Expression: { one_of: { negated: Expression, both: Both, number: i64, sum: list<Expression> } }
  Both: { fields: { a: Expression, b: Expression } }
  Card: { fields: { digits: Exact, until?: date } }
  Nothing: { fields: {} }
  Payment: { one_of: { card: Card, nothing: Nothing, tree: Tree }, tag: kind }
  Value: { one_of: { any: json, anything: Anything, flag: bool, open: Open, ids: list<Id>, when: Born, one: Share } }
streams:
  placements:
    fields:
      id: { type: Outer, fill: uuid_v7 }
      at: { type: Placed, fill: now, accept: -1d..+1h }
      on: PlacedDay
      tenant: Tenant
      region: Open
    partition: [day(at), bucket(8, tenant), region]
    key: on
    id: id
contexts:
  one: { fields: { one_a: i8, one_b?: Short } }
  two: { fields: { two_a: Region, two_b: u16, two_c?: json } }
  lone: { fields: { lone_a: string } }
  loose: { fields: { loose_a?: bool, loose_b?: decimal } }
events:
  scalars:
    stream: placements
    with: [one, two?, lone?, loose?]
    fields:
      a: bool
      b: i8
      c: i16
      d: i32
      e: i64
      f: u8
      g: u16
      h: u32
      i: u64
      j: f32
      k: f64
      l: decimal
      m: string
      n: bytes
      o: uuid
      p: date
      q: timestamp
      r: ip
      s: json
      t?: json
      u?: { type: timestamp, accept: -1h..+1h }
  newtypes:
    stream: placements
    with: [two?]
    fields: { a: Name, b: Exact, c: AtLeast, d: Short, e: Slug, f: Part, g: Digest, h: Few, i: Pair, j: Labels, k: Forest, l: Offset,
      m: Least, n: Positive, o: Percent, p: Share, q: Cold, r: Tenth, s: Single, t: Price, u: Debt, v: Narrow, w: Flag, x: Born, y: Day,
      z: Address, aa: Anything, bb: Id, cc: Outer, dd: Placed }
  containers:
    partition: bucket(4, number)
    key: at
    id: day
    fields:
      number: i32
      at: { type: timestamp, accept: -100d..+100d }
      day: date
      by_text: map<string, u8>
      by_name: map<Short, decimal>
      by_slug: map<Slug, list<f32>>
      by_region: map<Region, bool>
      by_open: map<Open, json>
      nested: map<string, map<Region, list<map<string, decimal>>>>
      anything: list<json>
      wrapped: list<Anything>
      tree: Tree
      expression: Expression
      payment: Payment
      value: Value
      payments: list<Payment>
      values: map<string, Value>
      strange: { type: string, wire: 'a "b" \ c' }
  keyed:
    partition: [region, bucket(16, tenant)]
    key: amount
    id: id
    fields: { region: Region, tenant: Slug, amount: decimal, id: Id }
  flagged: { partition: none, key: flag, id: from, fields: { flag: bool, from: ip } }
  empty: { partition: none, fields: {} }
"# }
