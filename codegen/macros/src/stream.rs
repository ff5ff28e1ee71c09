//! `derive(Stream)`: the header of a stream, a record that says what the stream's events are placed by.

use crate::attributes::refuse_serde;
use crate::expansion::{Errors, item, refuse_generics, runtime};
use crate::fields;
use crate::input::Item;
use crate::placement;
use crate::record;
use crate::settings;
use proc_macro2::TokenStream;

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    item(input, expand)
}

fn expand(input: &Item, errors: &mut Errors) -> TokenStream {
    refuse_generics(input, "Stream", errors);
    refuse_serde(&input.attributes, errors);
    let mut settings = settings::read(input, "a header", &settings::STREAM, errors);
    let fields = fields::read(input, "header", errors);
    let name = settings::name(input, &settings, "stream", errors);
    settings.placement.require_partition(&input.ident, errors);
    settings.placement.check("header", &name, &fields, errors);
    for field in &fields {
        if field.serde_default().is_none() || !settings.placement.names(field) {
            record::refuse_serde_of(field, errors);
        }
    }
    let eventc = &runtime(settings.eventc.as_ref());
    let mut output = record::record(eventc, input, &fields);
    output.extend(placement::stream(
        eventc,
        &input.ident,
        &name,
        &settings.placement,
        &fields,
    ));
    output
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn a_header_places_its_events() {
        let output = derive(quote! {
            #[event(name = "telemetry", partition = [day(occurred_at), bucket(16, tenant_id)], key = tenant_id)]
            pub struct Telemetry {
                #[event(fill, accept(-604800, 3600))] pub occurred_at: Key<Timestamp>,
                pub tenant_id: TenantId,
            }
        })
        .to_string();
        assert!(!output.contains("compile_error"), "{output}");
        for part in [
            "type Partition = (:: eventc :: Day , :: eventc :: Bucket < 16 > ,)",
            "each (\"tenant_id_bucket\" , & :: eventc :: Bucket :: < 16 > :: of :: < TenantId > (& self . tenant_id))",
            "StreamBy < :: eventc :: Day > for Telemetry",
            "const NAME_OF_STREAM : & 'static str = \"telemetry\"",
            "pub fn new (tenant_id : TenantId) -> Self",
            "fn key_of",
        ] {
            assert!(output.contains(part), "{part}\n{output}");
        }
    }

    #[test]
    fn reports_all_mistakes_at_once() {
        let input = Item::read(quote! {
            #[event(version = 2, key = tenant.id)]
            struct A { tenant_id: Option<TenantId>, #[event(header)] b: B }
        })
        .unwrap();
        let mut errors = Errors::default();
        expand(&input, &mut errors);
        let found = errors.messages();
        assert_eq!(found.len(), 5, "{found:#?}");
    }
}
