//! A database that takes nothing for a while: the person is told, and what was acknowledged is there afterwards.

use sqlx::{Connection, Executor, SqliteConnection};

use crate::{
    database::sqlite,
    world::{World, button, words},
};

#[tokio::test]
async fn while_the_database_is_locked_nobody_is_thanked() {
    let database = sqlite().await;
    let world = World::found(&database.store, "2026-11-22T20:00:00-05:00").await;
    let ask = [
        ("kind", "sign"),
        ("wording_fr", "Signez."),
        ("wording_en", "Sign."),
        ("date", "2026-11-23"),
        ("time", "09:00"),
    ];
    world.writes("marc", &ask).await;
    world.says("claire", "coordination", "ask approve 1").await;
    world.clock_shows("2026-11-23T09:00:00-05:00");
    let (_, card) = world.sees("quartier", "Signez avant").await;
    let signed = button(&card, "igné");
    world.says("lou", "quartier", "moi").await;
    let told = words(&world.presses("sam", "quartier", &signed).await);
    assert!(told.contains("Noted for no. 1"), "{told}");
    world.is_settled().await;

    let mut other = SqliteConnection::connect(&database.url).await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let told = words(&world.presses("lou", "quartier", &signed).await);
    assert!(told.contains("rien n’est compté"), "{told}");
    other.execute("ROLLBACK").await.unwrap();

    assert_eq!(world.is_in_order().await, 1);
    let told = words(&world.presses("lou", "quartier", &signed).await);
    assert!(told.contains("C’est noté"), "{told}");
    world.stop().await;
    let world = World::start(&database.store, "2026-11-23T09:05:00-05:00").await;
    assert_eq!(world.is_in_order().await, 2);
    world.stop().await;
}
