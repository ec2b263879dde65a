// The verifier of the page in its worker: stopped when it takes too long and when something else is asked, and done
// without where no worker starts. In a real browser.
// Reads {port, chromium, at, texts, id, seconds} on standard input. `texts`: credentials by name; `id`: a number;
// `seconds`: the longest check. Prints all that was seen.
import {chromium} from 'playwright-core';
import {line} from './line.mjs';
import {readFileSync} from 'node:fs';

const ARGS = ['--no-sandbox', '--headless', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const CHECKER = '**/v/checker.js';
const STUCK = {contentType: 'text/javascript', body: 'self.onmessage = () => { for(;;); }; self.postMessage({});'};
const PATIENCE_MILLISECONDS = 20_000;
const wanted = JSON.parse(readFileSync(0, 'utf8'));
const {base, cut} = await line(wanted.port);
const browser = await chromium.launch({executablePath: wanted.chromium, args: ARGS});
const seen = {errors: []};

// A page without a service worker, so that what it loads can be changed; `checker` says how its worker is loaded.
async function opened(checker, options = {}) {
  const context = await browser.newContext({serviceWorkers: 'block', ...options});
  await context.clock.install({time: new Date(wanted.at)});
  const page = await context.newPage();
  page.on('pageerror', error => seen.errors.push(String(error)));
  await page.route(CHECKER, checker);
  await page.goto(`${base}/v`);
  await page.waitForFunction(() => document.documentElement.dataset.trust);
  return page;
}

async function asked(page, text) {
  await page.locator('#document').fill(text);
  await page.locator('form button').first().click();
}

const word = page => page.locator('#answer .verdict h2').first().innerText();
const working = page => page.waitForFunction(() => document.getElementById('status').textContent.includes('…'));

// How many workers there are, once there are `few` at most: a browser ends a busy one after a while.
async function workers(page, few) {
  for(const end = Date.now() + PATIENCE_MILLISECONDS; page.workers().length > few && Date.now() < end;) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return page.workers().length;
}

async function details(page) {
  await page.locator('#answer .verdict').first().waitFor();
  await page.locator('summary').first().click();
  return page.locator('.technical pre').first().textContent();
}

async function answers(page) {
  const found = {};
  for(const [name, text] of Object.entries(wanted.texts)) {
    await page.locator('#answer').evaluate(each => each.replaceChildren());
    await asked(page, text);
    found[name] = JSON.parse(await details(page));
  }
  return found;
}

// As always: in the worker, which can ask nobody.
const page = await opened(route => route.continue());
await asked(page, wanted.texts.rdfc);
await page.locator('#answer .verdict').waitFor();
const checker = page.workers().find(each => each.url().endsWith('/v/checker.js'));
seen.apart = {word: await word(page), workers: page.workers().length,
  fetched: await checker.evaluate(() => fetch('/trust.json').then(() => true, () => false))};
await page.clock.pauseAt(new Date(wanted.at).getTime() + 3_600_000);
seen.worker = await answers(page);
await page.context().close();

// Where none starts.
const without = await opened(route => route.fulfill({status: 404, body: ''}));
await asked(without, wanted.texts.rdfc);
await without.locator('#answer .verdict').waitFor();
seen.without = {word: await word(without), workers: without.workers().length};
await without.clock.pauseAt(new Date(wanted.at).getTime() + 3_600_000);
seen.here = await answers(without);
await without.context().close();

// Too long: the page stays quick meanwhile, and says so in its languages.
seen.long = {};
for(const locale of ['en', 'de']) {
  const long = await opened(route => route.fulfill(STUCK), {locale});
  await asked(long, wanted.texts.rdfc);
  await working(long);
  const begun = Date.now();
  await long.evaluate(() => document.body.offsetHeight);
  const quick = Date.now() - begun;
  await long.clock.fastForward(1_000 * (wanted.seconds - 2));
  const early = await long.locator('#answer .verdict').count();
  await long.clock.fastForward(3_000);
  await long.locator('#answer .verdict').waitFor();
  seen.long[locale] = {quick, early, word: await word(long), text: await long.locator('#answer .verdict').innerText(),
    report: JSON.parse(await details(long)), workers: await workers(long, 0)};
  await long.context().close();
}

// Something else is asked meanwhile.
let loads = 0;
const other = await opened(route => {
  loads += 1;
  return loads === 1 ? route.fulfill(STUCK) : route.continue();
});
await asked(other, wanted.texts.tampered);
await working(other);
await asked(other, wanted.texts.rdfc);
await other.locator('#answer .verdict').waitFor();
await other.clock.fastForward(1_000 * (wanted.seconds + 1));
seen.other = {word: await word(other), workers: await workers(other, 1), loads,
  rows: await other.locator('#session tr').count()};

// The issuer's word on a number that comes after something else was asked.
let told = () => {};
await other.route('**/api/certify/verify*', async route => {
  await new Promise(resolve => {
    told = resolve;
  });
  await route.continue();
});
await other.locator('#id').fill(wanted.id);
await other.getByRole('button', {name: 'Ask the issuer', exact: true}).click();
await working(other);
await asked(other, wanted.texts.tampered);
await other.locator('#answer .verdict').waitFor();
const answered = other.waitForResponse(/api\/certify\/verify/);
told();
await answered;
await other.evaluate(() => new Promise(resolve => requestAnimationFrame(resolve)));
seen.late = {word: await word(other), registers: await other.locator('.register').count()};
await browser.close();
cut();
console.log(JSON.stringify(seen));
