// A browser for a file of tests, without a network.
import { after, before } from "node:test";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const OPTIONS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

let browser;
before(async () => { browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: OPTIONS }); });
after(() => browser.close());

// Does something in a page of its own. Whatever the page complains about, or asks another machine for, is a failure.
export async function inPage(options, act) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) trouble.push(message.text()); });
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("dialog", (dialog) => { trouble.push("dialog: " + dialog.message()); dialog.dismiss(); });
  page.on("request", (request) => {
    const isHere = /^(file:|data:|http:\/\/127\.0\.0\.1:)/.test(request.url());
    if (!isHere) trouble.push("asked for " + request.url());
  });
  page.on("requestfailed", (request) => {
    // What a page asked for that goes away is nobody's loss.
    if (request.failure().errorText !== "net::ERR_ABORTED") trouble.push("could not have " + request.url());
  });
  try {
    await act(page, context);
    assert.deepEqual(trouble.filter((text) => !options?.ignore?.test(text)), []);
  } finally {
    await context.close();
  }
}
