// The verify page in a real browser: what it says and asks, with and without a network, by keyboard, in every width.
// Reads {port, chromium, at, later, id, alone, foreign, credentials, signed, older, more, carriers, shots} on standard
// input. `port`: of the service; `alone`: the page as one file; `foreign`: the same with another issuer's trust inside,
// by which `signed` is genuine at the time `later`; `credentials`: texts by name, with the number `id`; `older`: a trust of
// an earlier day; `more`, `carriers`: files to choose, read and not read. Prints all that was seen.
import {readFileSync, writeFileSync} from 'node:fs';
import {WIDTHS, measured} from './looks.mjs';
import {chromium} from 'playwright-core';
import {line} from './line.mjs';
import {pathToFileURL} from 'node:url';
import {watched} from './watched.mjs';

const ARGS = ['--no-sandbox', '--headless', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const wanted = JSON.parse(readFileSync(0, 'utf8'));
const seen = {requests: [], foreign: [], errors: [], said: {}, violations: [], overflow: [], walk: {}};
const browser = await chromium.launch({executablePath: wanted.chromium, args: ARGS});

const {base, passed, cut: hangUp} = await line(wanted.port);

const opened = options => watched(browser, {at: wanted.at, base, seen, asked: each => seen.requests.push(each)}, options);

const ready = page => page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
const settled = page => page.waitForFunction(() => document.documentElement.dataset.trust);
const word = page => page.locator('#answer .verdict h2').innerText();
const sentence = page => page.locator('#answer .verdict').first().innerText();

async function pasted(page, text) {
  await page.locator('#answer').evaluate(each => each.replaceChildren());
  await page.locator('#document').fill(text);
  await page.getByRole('button', {name: 'Check', exact: true}).click();
  await page.locator('#answer .verdict, .error-summary').first().waitFor();
}

async function picture(page, name) {
  if(wanted.shots) {
    await page.screenshot({path: `${wanted.shots}/verify-${name}.png`, fullPage: true});
  }
}

// What is said of each credential, and what leaves the browser meanwhile: parts of the page are saved in it by then.
const page = await opened();
await page.goto(`${base}/v#1001secret`);
await ready(page);
await settled(page);
await page.locator('#answer .verdict').first().waitFor();
seen.fragment = {url: page.url().replace(base, ''), word: await word(page)};
await page.goto(`${base}/v#${wanted.digits}`);
await page.reload();
await page.locator('#answer .verdict').first().waitFor();
seen.scanned = {url: page.url().replace(base, ''), word: await word(page), text: await sentence(page)};
await page.waitForFunction(() => document.documentElement.dataset.offline === 'ready');
seen.before = [...passed];
for(const [name, text] of Object.entries(wanted.credentials)) {
  await pasted(page, text);
  seen.said[name] = {
    word: await word(page),
    text: await page.locator('#answer').innerText(),
    status: await page.locator('#status').innerText(),
    tone: await page.locator('#answer .verdict').first().getAttribute('class'),
    focus: await page.evaluate(() => document.activeElement.id),
    elements: await page.locator('#answer :is(script, img, iframe, a, style)').count()
  };
  await picture(page, `said-${name}`);
}
seen.meanwhile = passed.slice(seen.before.length);

// Nothing at hand yet: then no issuer is called unknown.
const bare = await opened();
await bare.route('**/trust.json', route => route.abort());
const known = seen.errors.length;
await bare.goto(`${base}/v`);
await ready(bare);
await pasted(bare, wanted.credentials.rdfc);
seen.bare = {word: await word(bare), text: await bare.locator('#answer').innerText()};
await bare.context().close();
seen.errors.splice(known);

// A list, as a table and for a spreadsheet.
await page.getByRole('button', {name: 'Begin a new list'}).click();
await page.locator('#file').setInputFiles([...wanted.more, ...wanted.carriers]);
await page.locator('#session tbody tr').nth(wanted.more.length + wanted.carriers.length - 2).waitFor();
seen.rows = await page.locator('#session tbody tr').evaluateAll(rows => rows.map(row =>
  [...row.cells].slice(0, 6).map(cell => cell.innerText)));
const [download] = await Promise.all([
  page.waitForEvent('download'), page.getByRole('button', {name: 'Save as CSV'}).click()
]);
seen.csv = readFileSync(await download.path(), 'utf8');
await picture(page, 'several');
seen.refused = await page.locator('.error-summary').innerText();
await page.emulateMedia({media: 'print'});
await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
seen.printed = await page.locator('main').innerText();
await picture(page, 'several-print');
await page.emulateMedia({media: 'screen'});

// The name, in the order of the words of the credential and in others.
await pasted(page, wanted.credentials.rdfc);
seen.names = {};
for(const name of ['Ada Example', 'Example, Ada', 'ÁDA EXAMPLE', 'Ada\u200bExample', 'Grace Example']) {
  await page.getByLabel('Name on the CV or the ID').fill(name);
  await page.locator('.names dd').nth(1).getByText(name.replace('\u200b', '⟨U+200B⟩'), {exact: true}).waitFor();
  seen.names[name] = await page.locator('.names').innerText();
}
await page.emulateMedia({media: 'print'});
await picture(page, 'valid-print');
await page.emulateMedia({media: 'screen'});

// A number is asked for when the reader says so, and not before.
const unasked = seen.requests.length;
await page.locator('#document').fill(`Number: ${wanted.id}`.slice(8));
await page.getByRole('button', {name: 'Check', exact: true}).click();
await page.waitForFunction(id => document.getElementById('id').value === id, wanted.id);
seen.unasked = seen.requests.slice(unasked);
await page.keyboard.press('Enter');
await page.locator('#answer .register').waitFor();
seen.asked = seen.requests.slice(unasked);
seen.register = await page.locator('#answer').innerText();
await picture(page, 'register');

// An older trust, and something else in its place, are not taken: the saved one stays.
seen.older = [];
for(const body of [wanted.older, '<html>Log in to the network of this hotel</html>']) {
  await page.route('**/trust.json', route => route.fulfill({body, contentType: 'application/json'}));
  await page.reload();
  await settled(page);
  await pasted(page, wanted.credentials.rdfc);
  seen.older.push(await word(page));
  await page.unroute('**/trust.json');
}

// The line is cut: the saved page opens, and judges by the saved list.
hangUp();
const cut = seen.errors.length;
await page.reload();
await ready(page);
await pasted(page, wanted.credentials.jcs);
seen.offline = {word: await word(page), tone: await page.locator('#answer .verdict').getAttribute('class'),
  text: await page.locator('#answer').innerText()};
await page.goto(`${base}/v#${wanted.digits}`);
await page.reload();
await page.locator('#answer .verdict').first().waitFor();
seen.scannedOffline = {url: page.url().replace(base, ''), word: await word(page), text: await sentence(page)};

// The clock was once ahead: until that time is forgotten, no answer is green; then it is as it was.
seen.clock = [];
for(const at of ['2099-01-01T00:00:00Z', wanted.at, 'forget', 'again']) {
  if(at === 'forget') {
    await page.getByRole('button', {name: 'Forget a later time'}).click();
    await page.locator('#status', {hasText: 'Forgotten.'}).waitFor();
    await page.reload(); // what was forgotten does not come back out of the browser's store
    await ready(page);
  } else if(at === 'again') {
    await page.getByRole('button', {name: 'Forget a later time'}).click();
    await page.locator('#status', {hasText: 'Nothing was forgotten'}).waitFor();
  } else {
    await page.context().clock.setFixedTime(new Date(at));
  }
  await pasted(page, wanted.credentials.rdfc);
  seen.clock.push([await word(page), await sentence(page)]);
}
seen.errors.splice(cut); // a browser says itself that it has no network
await picture(page, 'offline');
await page.context().close();

// One file, from a disk.
seen.alone = {};
const disk = await opened();
const files = [[wanted.alone, ['rdfc', 'jcs', 'tampered'], wanted.at], [wanted.foreign, ['signed'], wanted.later]];
for(const [file, names, at] of files) {
  await disk.context().clock.setFixedTime(new Date(at));
  if(file === wanted.alone) {
    await disk.goto(`${pathToFileURL(file).href}#${wanted.digits}`);
    await disk.locator('#answer .verdict').first().waitFor();
    seen.scannedFromDisk = {word: await word(disk), text: await sentence(disk)};
  }
  await disk.goto(pathToFileURL(file).href);
  await disk.reload();
  await ready(disk);
  for(const name of names) {
    await pasted(disk, wanted.credentials[name] ?? wanted.signed);
    seen.alone[name] = {word: await word(disk), text: await disk.locator('#answer').innerText(),
      elements: await disk.locator('#answer :is(script, img, iframe, a, style)').count()};
    await picture(disk, `alone-${name}`);
    await disk.setViewportSize({width: WIDTHS[0], height: 900});
    const wide = await disk.evaluate(() => document.documentElement.scrollWidth);
    if(wide > WIDTHS[0]) {
      seen.overflow.push(`${name}, as one file: ${wide}`);
    }
    await disk.setViewportSize({width: 1280, height: 900});
  }
}
await disk.context().close();

// In another language: its words, and its sentences of codes.
const foreigner = await opened({locale: 'de-AT'});
await foreigner.goto(pathToFileURL(wanted.alone).href);
await ready(foreigner);
seen.german = {lang: await foreigner.locator('html').getAttribute('lang'), said: {}};
for(const name of ['rdfc', 'tampered', 'foreign']) {
  await foreigner.locator('#document').fill(wanted.credentials[name]);
  await foreigner.locator('form button').first().click();
  await foreigner.locator('#answer .verdict').waitFor();
  seen.german.said[name] = await foreigner.locator('#answer .verdict').innerText();
}
await foreigner.locator('summary').click();
await foreigner.locator('.technical table').waitFor();
seen.german.details = await foreigner.locator('.technical').innerText();
await foreigner.context().close();

// Faults of access and of width, by the file, in which every state can be reached. Scripts of the test may run there.
const {rdfc, tampered, foreign} = wanted.credentials;
const states = {empty: null, rdfc, tampered, foreign, problem: 'https://x.example/'};
for(const language of ['en', 'de', 'en-XA', 'ar-XB']) {
  for(const colorScheme of ['light', 'dark']) {
    const looked = await opened({colorScheme, bypassCSP: true});
    await looked.goto(`${pathToFileURL(wanted.alone).href}?lang=${language}`);
    await ready(looked);
    for(const [state, text] of Object.entries(states)) {
      if(text) {
        await looked.locator('#document').fill(text);
        await looked.locator('form button').first().click();
        await looked.locator('#answer .verdict, .error-summary').first().waitFor();
      }
      await measured(looked, `${state}-${language}-${colorScheme}`, seen, picture);
    }
    await looked.context().close();
  }
}

// By keyboard alone: past the head, into the box, on to the button, and the answer has the focus.
const keys = await opened();
await keys.goto(pathToFileURL(wanted.alone).href);
await ready(keys);
const focused = () => keys.locator(':focus');
await keys.keyboard.press('Tab');
seen.walk.first = await focused().innerText();
await keys.keyboard.press('Enter');
await keys.keyboard.press('Tab');
seen.walk.afterSkip = await focused().getAttribute('id');
seen.walk.outline = await focused().evaluate(each => getComputedStyle(each).outlineStyle);
await keys.keyboard.insertText(wanted.credentials.rdfc);
await keys.keyboard.press('Tab');
seen.walk.button = await focused().innerText();
await keys.keyboard.press('Enter');
await keys.locator('#answer .verdict').waitFor();
seen.walk.focus = await focused().getAttribute('id');
seen.walk.label = await focused().getAttribute('aria-label');
await keys.keyboard.press('Tab');
seen.walk.next = await focused().evaluate(each => each.labels[0].textContent);
seen.walk.small = await keys.locator('button, input, textarea, summary, .top a').evaluateAll(
  all => all.filter(each => each.getBoundingClientRect().height < 44).map(each => each.outerHTML));

await browser.close();
if(wanted.shots) {
  writeFileSync(`${wanted.shots}/verify-seen.json`, JSON.stringify(seen, null, 1));
}
console.log(JSON.stringify(seen));
