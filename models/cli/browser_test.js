// Opens every page of a folder in Chromium, from file://, and uses it as a reader would: by keyboard and by mouse, in
// light and dark, on a phone, on paper, without scripts.
//   node browser_test.js PLAYWRIGHT_CORE PAGES SCREENSHOTS
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const [playwright, pages, screenshots] = process.argv.slice(2);
const {chromium} = require(path.resolve(playwright));

let failures = 0;
function expect(ok, what) {
  if (ok) return;
  ++failures;
  console.error(`FAILED: ${what}`);
}

// A page that is watched: whatever it writes to the console, throws, or asks the network for is a failure.
async function open(browser, file, options = {}) {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}, ...options});
  const page = await context.newPage();
  const name = path.basename(file);
  page.on("console", (message) => expect(false, `${name} says on the console: ${message.text()}`));
  page.on("pageerror", (error) => expect(false, `${name} throws: ${error}`));
  page.on("request", (request) => expect(request.url().startsWith("file:"), `${name} asks for ${request.url()}`));
  await page.goto(`file://${path.resolve(file)}`);
  return page;
}

async function step(page) {
  const at = await page.evaluate(() => document.querySelectorAll("tr.cursor").length === 1 ?
      Number(document.querySelector("tr.cursor").dataset.step) : -1);
  expect(at > 0, "there is one cursor");
  return at;
}

async function stepThrough(page, name) {
  const steps = await page.$$eval("tr[data-step]", (rows) => rows.map((row) => Number(row.dataset.step)));
  await page.keyboard.press("Home");
  expect(await step(page) === steps[0], `${name}: Home goes to the first step`);
  for (const expected of steps.slice(1)) {
    await page.keyboard.press("ArrowDown");
    expect(await step(page) === expected, `${name}: ArrowDown goes to step ${expected}`);
    const where = await page.textContent("aside .where");
    expect(where.startsWith(`step ${expected} of `), `${name}: the panel is at ${where}`);
  }
  const cycle = await page.evaluate(() => JSON.parse(document.getElementById("run").textContent).cycle);
  await page.keyboard.press("ArrowDown");
  if (cycle) {
    expect(await step(page) === cycle[0], `${name}: behind the cycle comes its first step`);
    expect((await page.textContent("aside .where")).endsWith("turn 2"), `${name}: the second turn is said`);
  } else {
    expect(await step(page) === steps[steps.length - 1], `${name}: behind the last step there is none`);
  }
  await page.keyboard.press("End");
  await page.keyboard.press("k");
  expect(await step(page) === steps[Math.max(0, steps.length - 2)], `${name}: k goes back`);
}

async function toggleArrows(page, name) {
  const data = await page.evaluate(() => JSON.parse(document.getElementById("run").textContent));
  const count = (relation) => page.$$eval(`.arrow.${relation}`, (arrows) => arrows.length);
  await page.keyboard.press("0");
  await page.keyboard.press("1");
  for (const [key, relation] of [["1", "rf"], ["2", "mo"], ["3", "fr"], ["4", "hb"]]) {
    expect(await count(relation) === 0, `${name}: ${relation} is off`);
    await page.keyboard.press(key);
    const arrows = data.arrows[relation].filter((arrow) => relation !== "rf" || String(arrow) !== String(data.weak));
    const shown = await page.evaluate((list) => list.filter(([from, to]) =>
        document.getElementById(`step-${from}`) && document.getElementById(`step-${to}`)).length, arrows);
    expect(await count(relation) === shown, `${name}: ${relation} has ${shown} arrows`);
    expect(await page.isChecked(`label.${relation} input`), `${name}: the box of ${relation} is ticked`);
  }
  expect(await count("missing") === (data.missing ? 1 : 0), `${name}: the missing order is drawn`);
  await page.screenshot({path: path.join(screenshots, `${name}.arrows.png`)});
  await page.click("label.mo");
  expect(await count("mo") === 0, `${name}: a click takes mo away`);
  for (const key of ["3", "4", "0"]) await page.keyboard.press(key);
}

async function useMouse(page, name) {
  const last = page.locator("tr[data-step] .card").last();
  await last.click();
  const steps = await page.$$eval("tr[data-step]", (rows) => rows.map((row) => Number(row.dataset.step)));
  expect(await step(page) === steps[steps.length - 1], `${name}: a click moves the cursor`);
  const link = page.locator("td .from a").first();
  if (await link.count() > 0) {
    const to = (await link.getAttribute("href")).replace("#step-", "");
    await link.click();
    const exists = await page.locator(`#step-${to}`).count() > 0;
    if (exists) expect(await step(page) === Number(to), `${name}: the link leads to its step`);
  }
}

async function fits(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide <= 0, `${name}: wider than the screen by ${wide}`);
}

// The page of all results: in light and dark, on a phone, on paper; each of its links leads somewhere.
async function useResults(browser, from) {
  const kinds = {
    light: {},
    dark: {colorScheme: "dark"},
    phone: {viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true},
  };
  for (const [kind, options] of Object.entries(kinds)) {
    const page = await open(browser, from, options);
    await fits(page, `the results, ${kind}`);
    await page.screenshot({path: path.join(screenshots, `results.${kind}.png`), fullPage: true});
    if (kind === "light") {
      const links = await page.$$eval("a[href]", (all) => all.map((a) => a.getAttribute("href")));
      for (const link of links) {
        const leads = link.startsWith("#") ? await page.$(`[id="${link.slice(1)}"]`) :
            fs.existsSync(path.join(pages, decodeURIComponent(link)));
        expect(leads, `the results' link ${link} leads nowhere`);
      }
      expect(links.some((link) => link.endsWith(".html")), "the results lead to no finding");
      expect(await page.locator(".growth circle").count() === 12, "the sweep is drawn");
      await page.emulateMedia({media: "print"});
      await page.pdf({path: path.join(screenshots, "results.pdf"), format: "A4", printBackground: true});
    }
    await page.context().close();
  }
}

async function main() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"],
  });
  const files = fs.readdirSync(pages).filter((file) => file.endsWith(".html") && file !== "index.html").sort();
  expect(files.length >= 7, `only ${files.length} pages`);
  for (const file of files) {
    const from = path.join(pages, file);
    const name = path.basename(file, ".html");
    const shot = (page, kind, whole) => page.screenshot({path: path.join(screenshots, `${name}.${kind}.png`), fullPage: whole});
    let page = await open(browser, from);
    await shot(page, "light", false);
    await fits(page, name);
    await stepThrough(page, name);
    await toggleArrows(page, name);
    await useMouse(page, name);
    await page.emulateMedia({media: "print"});
    await page.pdf({path: path.join(screenshots, `${name}.pdf`), format: "A4", printBackground: true});
    await page.context().close();

    page = await open(browser, from, {colorScheme: "dark"});
    await shot(page, "dark", false);
    await page.context().close();

    page = await open(browser, from, {viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true});
    await fits(page, `${name} on a phone`);
    await page.tap("aside button[title^='previous']");
    await shot(page, "phone", false);
    await page.context().close();

    page = await open(browser, from, {javaScriptEnabled: false});
    await shot(page, "plain", true);
    await page.context().close();
  }
  await useResults(browser, path.join(pages, "index.html"));
  await browser.close();
  console.log(`${files.length} pages, ${failures} failures`);
  process.exitCode = failures > 0 ? 1 : 0;
}

main();
