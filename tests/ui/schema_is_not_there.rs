mod clinic {
    eventc::schema!(include "shcema");
}

mod nothing {
    eventc::schema!();
    eventc::schema!(schema);
}

fn main() {}
