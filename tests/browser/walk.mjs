// A real browser over the pages: accessibility by axe-core, a walk by keyboard alone, and pictures for people to look at.
// Reads one JSON object on standard input: {base, chromium, pages, themes, credential, shots}. `shots`: a folder, or "".
// Prints one JSON object: {violations: [...], foreign: [...], walk: {...}, overflow: [...]}.
import {WIDTHS, violations} from './looks.mjs';
import {chromium} from 'playwright-core';
import {readFileSync} from 'node:fs';

const ARGS = [
  '--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

const wanted = JSON.parse(readFileSync(0, 'utf8'));
const browser = await chromium.launch({executablePath: wanted.chromium, args: ARGS});
const found = {violations: [], foreign: [], overflow: [], walk: {}};

async function opened(options) {
  // Scripts of the pages are off, as the pages promise to work; what this file evaluates runs all the same.
  const context = await browser.newContext({bypassCSP: true, ...options});
  const page = await context.newPage();
  page.on('request', request => {
    if(!request.url().startsWith(wanted.base) && !request.url().startsWith('data:')) {
      found.foreign.push(request.url());
    }
  });
  return page;
}

async function show(page, each) {
  await page.context().clearCookies();
  if(each.session) { // of staff, for a page of the console
    await page.context().addCookies([{name: 'certify', value: each.session, url: wanted.base}]);
  }
  if(each.html === undefined) {
    await page.goto(wanted.base + each.path);
  } else { // the answer to a form, as it was sent
    await page.goto(wanted.base + '/certify');
    await page.setContent(each.html, {waitUntil: 'load'});
  }
}

for(const colorScheme of wanted.themes) {
  const page = await opened({colorScheme, viewport: {width: 1280, height: 900}, reducedMotion: 'reduce'});
  for(const each of wanted.pages) {
    await show(page, each);
    const faults = await violations(page);
    found.violations.push(...faults.map(fault => ({page: each.name, theme: colorScheme, ...fault})));
  }
  await page.context().close();
}

for(const width of WIDTHS) {
  for(const colorScheme of wanted.themes) {
    const page = await opened({colorScheme, viewport: {width, height: 900}, reducedMotion: 'reduce'});
    for(const each of wanted.pages) {
      await show(page, each);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if(wide > width) {
        found.overflow.push(`${each.name} at ${width}: ${wide}`);
      }
      if(wanted.shots) {
        await page.screenshot({path: `${wanted.shots}/${each.name}-${width}-${colorScheme}.png`, fullPage: true});
      }
    }
    await page.context().close();
  }
}

// By keyboard alone: the skip link, then to the box, write, on to the button, press it.
const page = await opened({javaScriptEnabled: false, viewport: {width: 1280, height: 900}});
await page.goto(`${wanted.base}/certify/verify`);
const focused = () => page.locator(':focus');
await page.keyboard.press('Tab');
found.walk.first = (await focused().innerText()).trim();
await page.keyboard.press('Enter');
await page.keyboard.press('Tab');
if(await focused().getAttribute('href') === '/v') { // the way to the page with scripts, where it was built
  await page.keyboard.press('Tab');
}
found.walk.afterSkip = await focused().getAttribute('id');
found.walk.outline = await focused().evaluate(each => getComputedStyle(each).outlineStyle);
await page.keyboard.insertText(wanted.credential);
await page.keyboard.press('Tab');
await page.keyboard.press('Tab');
found.walk.button = (await focused().innerText()).trim();
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
found.walk.verdict = (await page.locator('.verdict h2').innerText()).trim();
found.walk.small = await page.locator('button, .button, input, textarea, .top nav a').evaluateAll(
  all => all.filter(each => each.getBoundingClientRect().height < 44).map(each => each.outerHTML));

await browser.close();
console.log(JSON.stringify(found));
