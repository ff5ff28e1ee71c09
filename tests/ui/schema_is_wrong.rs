//! Every mistake of the schema is one error, with the lines that it is about.

mod clinic {
    eventc::schema! { r#"
        catalog: clinic
        eventc: 1
        contexts:
          enrichment:
            fields: { seen_at: timestamp }
        events:
          patient_admitted:
            with: [enrichment?]
            partition: day(seen_at)
            fields:
              ward: Ward
              bed: u61
    "# }
}

/// The place of what is missing is that of its line in the schema, in this file.
mod hospital {
    eventc::schema! { r#"
        catalog: hospital
        eventc: 1
        events:
          patient_admitted:
            partition: day(admitted_at)
            fields:
              admitted_at: timestamp
              bed: { type: u16, description: By its number on the door. }
    "# }
}

fn main() {
    let _ = eventc::event!(hospital::PatientAdmitted {});
}
