//! What the service does, with a little luck and a little misfortune, the same on every run.

use std::error::Error;
use std::str::FromStr;

use eventc_delivery::Emitter;
use events::assortment::Sku;
use events::backend::{Commit, Deployment, ServiceName, job, request};
use events::eventc::{Date, Decimal, Fill, Key, Timestamp, Uuid};
use events::{Currency, Money, Region, Telemetry, TenantId, checkout, event, key};

/// The service, with what it knows from the start.
pub struct Shop {
    events: Emitter,
    tenants: [TenantId; 3],
    deployment: Deployment,
    price_of_wax: Decimal,
    hold_until: Date,
    dice: Dice,
}

/// What the middleware makes for every request: cheap, and all that its events need to find their place.
struct Incoming {
    telemetry: Telemetry,
    request: request::Request,
}

impl Shop {
    pub fn open(events: Emitter) -> Result<Self, Box<dyn Error>> {
        let deployment = Deployment {
            service: ServiceName::from_str("storefront-api")?,
            commit: Commit::from_str("0f4b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b")?,
            region: Region::Eu,
            instance: "storefront-api-7".to_owned(),
        };
        Ok(Self {
            events,
            // A nil or malformed id here would not compile.
            tenants: [
                key!(TenantId("019445f2-b0d3-7234-bc36-867756c93a81")),
                key!(TenantId("019445f2-b0d3-7234-bc36-867756c93a82")),
                key!(TenantId("019445f2-b0d3-7234-bc36-867756c93a83")),
            ],
            deployment,
            price_of_wax: Decimal::from_str("149.00")?,
            hold_until: Date::from_str("2026-12-24")?,
            dice: Dice(0x2026_1123),
        })
    }

    /// Answers one request, and reports how that went.
    pub fn serve(&mut self, number: u32) {
        let incoming = self.middleware(number);
        let duration = 3 + self.dice.roll(120);
        match self.dice.roll(100) {
            0..=2 => self.events.emit(event!(request::Throttled {
                telemetry: incoming.telemetry,
                request: incoming.request,
                scope: request::ThrottledScope::Tenant,
                limit: 600,
                retry_after: 1 + self.dice.roll(20),
            })),
            3..=6 => self.events.emit(event!(request::Failure {
                telemetry: incoming.telemetry,
                request: incoming.request,
                status: 504,
                duration: duration + 2000,
                error: request::FailureError::Timeout(request::Timeout {
                    waited_for: request::TimeoutWaitedFor::Database,
                    after: 2000,
                }),
            })),
            luck => {
                let tenant = incoming.telemetry.tenant_id;
                self.events.emit(event!(request::Success {
                    telemetry: incoming.telemetry,
                    request: incoming.request,
                    status: 200,
                    duration,
                    response_size: Some(u64::from(200 + self.dice.roll(40_000))),
                }));
                match luck {
                    90.. => self.place_order(tenant),
                    80.. => self.run_job(tenant),
                    _ => {}
                }
            }
        }
    }

    /// The one place where a request's events get their header. `Telemetry::new` asks for the tenant and fills in the rest.
    fn middleware(&mut self, number: u32) -> Incoming {
        const ROUTES: [&str; 4] = [
            "/v1/products",
            "/v1/products/{sku}",
            "/v1/basket",
            "/v1/orders",
        ];
        let tenant = self.pick_tenant();
        Incoming {
            telemetry: Telemetry::new(tenant),
            request: request::Request {
                request_id: Uuid::now_v7(),
                route: ROUTES[number as usize % ROUTES.len()].to_owned(),
                user_agent: None,
            },
        }
    }

    fn run_job(&mut self, tenant: TenantId) {
        let job = job::Job {
            job_id: job::JobId::fill(),
            queue: key!(job::QueueName("mail")),
            task: "send_receipt".to_owned(),
            attempt: 1,
        };
        self.events.emit(event!(job::Started {
            telemetry: Telemetry::new(tenant),
            job: job.clone(),
            deployment: self.deployment.clone(),
            waited: u64::from(self.dice.roll(400)),
        }));
        self.events.emit(event!(job::Succeeded {
            telemetry: Telemetry::new(tenant),
            job,
            deployment: self.deployment.clone(),
            duration: u64::from(20 + self.dice.roll(5000)),
        }))
    }

    fn place_order(&mut self, tenant: TenantId) {
        let price = Money {
            amount: self.price_of_wax,
            currency: Currency::Nok,
        };
        let wax = checkout::LineItem {
            sku: key!(Sku("WAX-BLUE")),
            title: "Blue wax".to_owned(),
            quantity: 1,
            price: price.clone(),
            tax_rate: Decimal::from(25),
            engraving: None,
        };
        // An event that is a stream of its own; what may be absent is left out.
        self.events.emit(event!(checkout::OrderPlaced {
            order_id: checkout::OrderId::fill(),
            placed_at: Key::<Timestamp>::now(),
            tenant_id: tenant,
            total: price,
            lines: vec![wax],
            channel: checkout::OrderPlacedChannel::Web,
            payment: checkout::Payment::Invoice(checkout::InvoicePayment {
                terms: 14,
                reference: None
            }),
            delivery: checkout::OrderPlacedDelivery::Pickup(checkout::PickupDelivery {
                pickup_point: "NO-OSL1".to_owned(),
                hold_until: self.hold_until,
            }),
        }))
    }

    fn pick_tenant(&mut self) -> TenantId {
        self.tenants[self.dice.roll(3) as usize]
    }
}

/// A pseudo-random number generator (xorshift), so that every run tells the same story.
struct Dice(u32);

impl Dice {
    /// A number from 0 to `sides - 1`.
    fn roll(&mut self, sides: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % sides
    }
}
