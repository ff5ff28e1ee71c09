// The site as people use it, from the disk: the catalog of this repository, one of hostile texts, and one of a thousand events.
import test from "node:test";
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL, fileURLToPath } from "node:url";
import { inPage } from "./chromium.mjs";

const { SITE, HOSTILE, LARGE, SHOTS } = process.env;
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const PHONE = { viewport: { width: 390, height: 844 } };

const url = (site, page) => pathToFileURL(path.join(site, page)).href;
const pagesOf = (site) => readdirSync(site, { recursive: true }).filter((name) => name.endsWith(".html"));

// One page of every kind.
const KINDS = [
  "index.html", "events/backend.request.success.html", "events/checkout.order_placed.html", "events/identity.account.signed_up.html",
  "streams/telemetry.html", "streams/clients.html", "contexts/viewer.html",
  "types/Money.html", "types/Plan.html", "types/UserId.html", "types/checkout.Payment.html",
];

for (const [name, site] of [["the catalog", SITE], ["hostile texts", HOSTILE]]) {
  test(`${name}: every link leads somewhere, nothing is too wide for a phone, and no text becomes a script`, async () => {
    await inPage(PHONE, async (page) => {
      const anchors = new Map();
      const links = [];
      for (const name of pagesOf(site)) {
        await page.goto(url(site, name));
        const found = await page.evaluate(() => ({
          links: [...document.querySelectorAll("a[href]")].map((a) => new URL(a.getAttribute("href"), location).href),
          ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
          scripts: document.scripts.length,
          width: document.documentElement.scrollWidth,
        }));
        assert.equal(found.scripts, 1, name);
        assert.equal(new Set(found.ids).size, found.ids.length, `${name} has an id twice`);
        assert.ok(found.width <= 390, `${name} is ${found.width} pixels wide`);
        anchors.set(url(site, name), new Set(found.ids));
        links.push(...found.links.map((link) => [name, link]));
      }
      for (const [name, link] of links) {
        const [file, anchor] = link.split("#");
        if (/^https?:/.test(file)) continue;
        assert.ok(existsSync(fileURLToPath(file)), `${name} leads to ${file}`);
        assert.ok(!anchor || anchors.get(file)?.has(anchor), `${name} leads to ${link}`);
      }
      assert.ok(links.length > 20);
    });
  });
}

for (const options of [{ colorScheme: "light" }, { colorScheme: "dark", ...PHONE }]) {
  test(`axe finds nothing, ${options.colorScheme}`, async () => {
    await inPage(options, async (page) => {
      const look = () => page.evaluate(async () => {
        const { violations } = await axe.run({ preload: false });
        return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
      });
      for (const name of KINDS) {
        await page.goto(url(SITE, name));
        await page.addScriptTag({ path: AXE });
        assert.deepEqual(await look(), [], name);
      }
      await search(page, "order");
      assert.deepEqual(await look(), [], "the search");
    });
  });
}

test("pictures for people to look at", { skip: !SHOTS }, async () => {
  mkdirSync(SHOTS, { recursive: true });
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [{ width: 1280, height: 900 }, PHONE.viewport]) {
      await inPage({ viewport, colorScheme }, async (page) => {
        for (const name of KINDS) {
          await page.goto(url(SITE, name));
          const shot = path.join(SHOTS, `${name.replaceAll("/", "-")}-${viewport.width}-${colorScheme}.png`);
          await page.screenshot({ path: shot, fullPage: true });
          assert.ok(statSync(shot).size > 5_000, shot);
        }
      });
    }
  }
});

async function search(page, words) {
  await page.keyboard.press("/");
  await page.keyboard.type(words);
  await page.waitForSelector(".found:not([hidden])");
}

const chosen = (page) => page.locator('[role="option"][aria-selected="true"]');

test("the search is reached by a key, and its results by the arrows", async () => {
  await inPage({}, async (page) => {
    await page.goto(url(SITE, "events/backend.request.success.html"));
    await search(page, "order_pl");
    assert.equal(await chosen(page).locator("code").textContent(), "checkout.order_placed");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/events/checkout.order_placed.html");

    // A field, by its name and a part of its event's.
    await search(page, "placed total");
    assert.equal(await chosen(page).locator("code").textContent(), "checkout.order_placed.total");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/checkout.order_placed.html#total");
    assert.equal(await page.locator("tr:target th code").textContent(), "total");
    assert.ok(await page.locator(".found").isHidden());

    // A value of an enum, which may be any text.
    await search(page, "application/json");
    assert.equal(await chosen(page).locator("code").textContent(), "backend.request.MediaType.application/json");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/types/backend.request.MediaType.html#value-application%2Fjson");
    assert.equal(await page.locator("tr:target th code").textContent(), "application/json");

    // What is said of things is found, too; a type by the case that nobody remembers.
    await search(page, "pii payment");
    assert.match(await page.locator(".found").textContent(), /identifier|payment/);
    await page.locator("#search-box").fill("MONEY");
    await page.waitForFunction(() => document.querySelector("[role=option] code").textContent === "Money");
    await page.locator("#search-box").fill("nothing is called so");
    await page.waitForFunction(() => document.querySelector(".count").textContent.startsWith("Nothing"));
    await page.keyboard.press("Escape");
    assert.ok(await page.locator(".found").isHidden());
    assert.equal(await page.locator("#search-box").getAttribute("aria-expanded"), "false");
  });
});

test("hostile texts are found as text", async () => {
  await inPage({}, async (page) => {
    await page.goto(url(HOSTILE, "index.html"));
    await search(page, "</code>");
    const value = await chosen(page).locator("code").textContent();
    assert.match(value, /<\/code><\/table>/);
    await page.keyboard.press("Enter");
    await page.waitForSelector("tr:target");
    assert.ok(value.endsWith(await page.locator("tr:target th code").textContent()));
  });
});

test("code and names are copied as they are", async () => {
  await inPage({}, async (page, context) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(url(SITE, "events/backend.request.success.html"));
    const pasted = () => page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole("button", { name: "Copy the name" }).click();
    await page.getByText("Copied").waitFor();
    assert.equal(await pasted(), "backend.request.success");
    await page.getByRole("button", { name: "Copy the example" }).first().click();
    await page.waitForTimeout(100);
    assert.equal(JSON.parse(await pasted()).route, "GET /v1/orders/{order_id}");
  });
});

test("the theme is that of the system until somebody chooses, and then it is remembered", async () => {
  await inPage({ colorScheme: "dark" }, async (page) => {
    const color = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.goto(url(SITE, "index.html"));
    const dark = await color();
    await page.getByRole("button", { name: "light and dark" }).click();
    const light = await color();
    assert.notEqual(light, dark);
    await page.goto(url(SITE, "types/Plan.html"));
    assert.equal(await color(), light);
    await page.getByRole("button", { name: "light and dark" }).press("Enter");
    assert.equal(await color(), dark);
  });
});

test("the language of code is remembered, and the keys of tabs work", async () => {
  await inPage({}, async (page) => {
    await page.goto(url(SITE, "events/backend.request.success.html"));
    const shown = () => page.locator(".panel:visible").evaluateAll((panels) => panels.map((panel) => panel.id));
    assert.deepEqual(await shown(), ["code-rust"]);
    await page.getByRole("tab", { name: "SQL" }).click();
    assert.deepEqual(await shown(), ["code-sql"]);
    await page.goto(url(SITE, "events/checkout.order_placed.html"));
    assert.deepEqual(await shown(), ["code-sql"]);
    await page.getByRole("tab", { name: "SQL" }).press("ArrowRight");
    assert.deepEqual(await shown(), ["code-rust"]);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Rust");
    await page.getByRole("tab", { name: "Rust" }).press("ArrowLeft");
    // A context is nothing that SQL knows: what there is is shown.
    await page.goto(url(SITE, "contexts/viewer.html"));
    assert.deepEqual(await shown(), ["code-rust"]);
  });
});

test("nothing jumps while a page is drawn", async () => {
  await inPage({}, async (page) => {
    await page.addInitScript(() => {
      window.jumps = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.jumps += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
    });
    for (const name of KINDS) {
      await page.goto(url(SITE, name));
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      assert.equal(await page.evaluate(() => window.jumps), 0, name);
    }
  });
});

test("without scripts everything but the search is there", async () => {
  await inPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(url(SITE, "events/backend.request.success.html"));
    assert.ok(await page.getByText("event!(Success {").isVisible());
    assert.ok(await page.getByText("select \"version\"").isVisible());
    assert.equal(await page.locator(".copy:visible").count(), 0);
  });
});

test("who wants no motion gets none, and paper gets no buttons", async () => {
  await inPage({ reducedMotion: "reduce" }, async (page) => {
    await page.goto(url(SITE, "events/backend.request.success.html"));
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), "auto");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".top, .copy").filter({ visible: true }).count(), 0);
    // in print, code is there in every language
    assert.equal(await page.locator(".panel:visible").count(), 3);
  });
});

test("the picture stands beside itself on a desk and below itself on a phone", async () => {
  const boxes = (page) => page.locator(".flow .box").evaluateAll((all) => all.map((box) => {
    const { x, y } = box.getBoundingClientRect();
    return [Math.round(x), Math.round(y)];
  }));
  await inPage({}, async (page) => {
    await page.goto(url(SITE, "streams/telemetry.html"));
    const [first, second, third] = await boxes(page);
    assert.ok(first[0] < second[0] && second[0] < third[0] && first[1] === third[1]);
  });
  await inPage(PHONE, async (page) => {
    await page.goto(url(SITE, "streams/telemetry.html"));
    const [first, second, third] = await boxes(page);
    assert.ok(first[1] < second[1] && second[1] < third[1] && first[0] === third[0]);
  });
});

test("a thousand events are searched while one types", async () => {
  await inPage({}, async (page) => {
    const size = (name) => statSync(path.join(LARGE, name)).size;
    const pages = pagesOf(LARGE).filter((name) => name.startsWith("events")).map(size);
    const average = Math.round(pages.reduce((sum, size) => sum + size, 0) / pages.length);
    const begun = performance.now();
    await page.goto(url(LARGE, "index.html"));
    const loaded = Math.round(performance.now() - begun);
    await search(page, "a");
    const times = await page.evaluate(async () => {
      const box = document.getElementById("search-box");
      const list = document.getElementById("search-list");
      const times = [];
      for (const words of ["e", "ev", "event_5", "event_512", "module_7 count", "duration of", "module_99.event_9", "zzz"]) {
        const begun = performance.now();
        const changed = new Promise((done) => new MutationObserver(done).observe(list.parentElement, { childList: true, subtree: true }));
        box.value = words;
        box.dispatchEvent(new Event("input"));
        await changed;
        times.push(performance.now() - begun);
      }
      return times;
    });
    const slowest = Math.round(Math.max(...times));
    console.log(`${pages.length} events: index.html ${size("index.html")} bytes in ${loaded} ms, search.js ${size("search.js")} bytes, ` +
      `an event's page ${average} bytes on average, the slowest search ${slowest} ms`);
    assert.equal(pages.length, 1000);
    assert.ok(slowest < 200, `${slowest} ms`);
  });
});
