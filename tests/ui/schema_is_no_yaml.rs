mod clinic {
    eventc::schema! { r#"
        catalog: clinic
        eventc: 1
        events:
          patient_admitted: { partition: none, fields: { bed: u16 }
    "# }
}

fn main() {}
