//! What ours is held against.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use eventc::Uuid;
use postgres::types::ToSql;
use postgres::{Client, NoTls};

use super::cpu::Cpu;
use super::stage::Stage;
use super::{Measured, ROWS};

/// The rows that ours has just stored, out into a file and in again.
pub(crate) fn copy(
    stage: &Stage,
    way: &'static str,
    folder: &Path,
) -> Result<Measured, Box<dyn Error>> {
    let file = folder.join("rows");
    let file = file.display();
    stage.database.psql(&format!(
        "\\copy (select * from bench.checkout_order_placed) to '{file}' (format binary)"
    ))?;
    stage.empty()?;
    // The shell that psql starts knows both processes, the one as its parent.
    let said = stage.database.psql(&format!(
        "select pg_backend_pid() as pid \\gset\n\\setenv PID :pid\n\
         \\! cat /proc/$PPID/stat /proc/$PID/stat\n\\timing on\n\
         \\copy bench.checkout_order_placed from '{file}' (format binary)\n\\timing off\n\
         \\! cat /proc/$PPID/stat /proc/$PID/stat"
    ))?;
    let lines: Vec<_> = said.lines().collect();
    let took = lines.iter().find_map(|line| line.strip_prefix("Time: "));
    let took = took.and_then(|took| took.split(' ').next()?.parse::<f64>().ok());
    let took = took.ok_or("psql does not say how long it took")?;
    let used: Vec<_> = lines
        .iter()
        .filter(|line| line.contains(") "))
        .filter(|line| !line.starts_with("Time"))
        .map(|line| Cpu::read(line))
        .collect();
    let [client, server, client_after, server_after] = used[..] else {
        return Err(format!("psql says something else: {said}").into());
    };
    stage.has(ROWS)?;
    let cpu = Cpu {
        client: client_after - client,
        server: server_after - server,
    };
    Ok(Measured::of(
        way,
        ROWS,
        Duration::from_secs_f64(took / 1e3),
        cpu,
    ))
}

/// The columns of a row that are not the same for all.
struct Row {
    event_id: Uuid,
    at: SystemTime,
    order_number: String,
}

const COLUMNS: &str = "version, event_id, occurred_at, tenant_id, order_number, coupon, total, discount, gift, cart_id, paid_at, host";
const WIDTH: usize = 12;

/// So many rows with each statement, which is a transaction.
pub(crate) fn insert(
    stage: &Stage,
    way: &'static str,
    at_once: usize,
    count: usize,
) -> Result<Measured, Box<dyn Error>> {
    stage.empty()?;
    let rows: Vec<Row> = (0..count)
        .map(|number| Row {
            event_id: Uuid::now_v7(),
            at: SystemTime::now(),
            order_number: format!("2026-11-{number:06}"),
        })
        .collect();
    let (tenant, coupon, host) = (
        Uuid::now_v7(),
        "BLACK-FRIDAY-20",
        "ip-10-0-41-7.eu-central-1",
    );
    let mut client = Client::connect(&format!("{}?application_name=inserts", stage.url()), NoTls)?;
    let tuples: Vec<_> = (0..at_once)
        .map(|row| {
            let places: Vec<_> = (1..=WIDTH)
                .map(|column| format!("${}", row * WIDTH + column))
                .collect();
            format!("({})", places.join(", "))
        })
        .collect();
    let sql = format!(
        "insert into bench.checkout_order_placed ({COLUMNS}) values {}",
        tuples.join(", ")
    );
    let statement = client.prepare(&sql)?;
    let backend = stage.backend("inserts")?;
    let before = (Instant::now(), Cpu::of_this_process(), Cpu::of(backend));
    for rows in rows.chunks(at_once) {
        let mut values: Vec<&(dyn ToSql + Sync)> = Vec::with_capacity(at_once * WIDTH);
        for row in rows {
            values.extend::<[&(dyn ToSql + Sync); WIDTH]>([
                &1_i32,
                &row.event_id,
                &row.at,
                &tenant,
                &row.order_number,
                &coupon,
                &14_900_i64,
                &0.2_f64,
                &false,
                &tenant,
                &row.at,
                &host,
            ]);
        }
        client.execute(&statement, &values)?;
    }
    let took = before.0.elapsed();
    let cpu = Cpu {
        client: Cpu::of_this_process() - before.1,
        server: Cpu::of(backend) - before.2,
    };
    stage.has(count as u64)?;
    Ok(Measured::of(way, count as u64, took, cpu))
}
