// Looks at a page as readers do, and prints what it saw as JSON: node look.cjs BROWSER PAGE.
const { readFileSync } = require("node:fs");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

const [browserPath, pagePath] = process.argv.slice(2);
const address = pathToFileURL(pagePath).href;
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function violations(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
  await page.evaluate(axe);
  const found = await page.evaluate((values) => axe.run(document, { runOnly: { type: "tag", values } }), tags);
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html.slice(0, 200)}`);
}

// Links that do not lead to a place of the page, or not to where it can be seen.
async function brokenLinks(page) {
  const links = await page.$$eval("a[href]", (all) => all.map((link) => link.getAttribute("href")));
  const broken = [];
  for (const href of new Set(links)) {
    if (!href.startsWith("#")) {
      broken.push(`${href} leaves the page`);
      continue;
    }
    const link = page.locator(`a[href="${href}"]:visible`).first();
    if ((await link.count()) === 0) continue;
    await link.focus();
    await page.keyboard.press("Enter");
    const seen = await page.evaluate((id) => {
      const target = document.getElementById(id);
      const box = target?.getBoundingClientRect();
      return box && location.hash === `#${id}` && box.top < innerHeight && box.bottom > 0;
    }, decodeURIComponent(href.slice(1)));
    if (!seen) broken.push(`${href} is not shown`);
  }
  return { links: links.length, broken };
}

// How many remarks are seen with each filter of a severity off.
async function filtered(page) {
  const count = () => page.$$eval(".remark", (all) => all.filter((one) => one.offsetParent !== null).length);
  const all = await count();
  const without = {};
  for (const name of await page.$$eval("input[id^=show-s-]", (boxes) => boxes.map((box) => box.id))) {
    await page.uncheck(`#${name}`);
    without[name] = await count();
    await page.check(`#${name}`);
  }
  return { all, without };
}

async function look(browser, viewport, colorScheme) {
  const requests = [];
  const errors = [];
  const open = async (options) => {
    const page = await browser.newPage({ viewport, colorScheme, ...options });
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(address);
    return page;
  };
  const page = await open({});
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  const { links, broken } = await brokenLinks(page);
  const filters = await filtered(page);
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const seen = requests.filter((url) => url.split("#")[0] !== address);
  await page.close();
  // The page forbids scripts: they are let in for this look alone.
  const examined = await open({ bypassCSP: true });
  const problems = await violations(examined);
  await examined.close();
  return { violations: problems, requests: seen, errors, links, broken, filters, width, background };
}

(async () => {
  const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu"] });
  const looks = {};
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const scheme of ["light", "dark"]) looks[`${size} ${scheme}`] = await look(browser, viewport, scheme);
  }
  console.log(JSON.stringify(looks));
  await browser.close();
})();
