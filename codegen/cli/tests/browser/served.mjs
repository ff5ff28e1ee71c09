// `eventc docs`: the page follows the schema.
import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { inPage } from "./chromium.mjs";

const { URL: HOME, SCHEMA } = process.env;

test("the page follows the schema, says what is wrong with it, and goes on", async () => {
  await inPage({}, async (page) => {
    const good = readFileSync(SCHEMA, "utf8");
    await page.goto(HOME + "events/signup.completed.html");
    await page.getByText("A visitor became a user.").waitFor();

    writeFileSync(SCHEMA, good.replace("became a user", "joined us"));
    await page.getByText("A visitor joined us.").waitFor();

    writeFileSync(SCHEMA, good.replace("plan: [free", "plan: Nothing # [free"));
    await page.getByRole("alert").getByText("Nothing").waitFor();
    assert.ok(await page.getByText("A visitor joined us.").isVisible());

    writeFileSync(SCHEMA, good);
    await page.getByText("A visitor became a user.").waitFor();
    assert.equal(await page.getByRole("alert").count(), 0);
  });
});

test("tabs that nobody sees keep no connection, and know what is new when they are seen again", async () => {
  const see = (page, hidden) => page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  await inPage({}, async (page, context) => {
    const good = readFileSync(SCHEMA, "utf8");
    await page.goto(HOME + "events/signup.completed.html");
    await see(page, true);
    // A browser has six connections to a server.
    for (let tab = 0; tab < 8; tab += 1) {
      const other = await context.newPage();
      await other.goto(HOME, { timeout: 10_000 });
      await see(other, true);
    }
    writeFileSync(SCHEMA, good.replace("became a user", "joined us"));
    await see(page, false);
    await page.getByText("A visitor joined us.").waitFor();
    writeFileSync(SCHEMA, good);
    await page.getByText("A visitor became a user.").waitFor();
  });
});

test("what is not there leads back, and nothing else of the disk is served", async () => {
  await inPage({ ignore: /status of 404/ }, async (page) => {
    await page.goto(HOME + "events/never.html");
    await page.getByRole("link", { name: "The catalog" }).click();
    await page.waitForURL(HOME);
    assert.equal((await page.request.get(HOME + "..%2f..%2fetc/passwd")).status(), 404);
    const stranger = await page.request.get(HOME, { headers: { host: "evil.example" } });
    assert.equal(stranger.status(), 403);
  });
});
