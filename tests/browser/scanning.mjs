// The camera of the verify page, before which a film is shown, and pictures of codes, in a real browser.
// Reads {port, chromium, at, id, alone, one, pictures, shots} on standard input. `port`: of the service; `alone`: the page
// as one file; `one`: a film that a camera sees, over and over; `pictures`: files by name. Prints all that was seen.
import {chromium} from 'playwright-core';
import {line} from './line.mjs';
import {measured} from './looks.mjs';
import {pathToFileURL} from 'node:url';
import {readFileSync} from 'node:fs';
import {watched} from './watched.mjs';

const ARGS = ['--no-sandbox', '--headless', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const wanted = JSON.parse(readFileSync(0, 'utf8'));
const seen = {foreign: [], errors: [], violations: [], overflow: [], pictures: {}};
const {base, cut} = await line(wanted.port);
const launched = args => chromium.launch({executablePath: wanted.chromium, args: [...ARGS, ...args]});
const seeing = film => launched(['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`]);
let browser = await seeing(wanted.one);
let requests = [];

const opened = options => watched(browser, {at: wanted.at, base, seen, asked: each => requests.push(each)}, options);

async function ready(page, address = `${base}/v`) {
  await page.goto(address);
  await page.waitForFunction(() => document.documentElement.dataset.trust);
}

const allowed = {permissions: ['camera']};
const word = page => page.locator('#answer .verdict h2').first().innerText();
const rowsOf = page => page.locator('#session tbody tr').evaluateAll(
  rows => rows.map(row => [...row.cells].slice(0, 6).map(cell => cell.innerText)));
const open = page => page.getByRole('button', {name: 'Scan a code'}).click();

async function picture(page, name) {
  if(wanted.shots) {
    await page.screenshot({path: `${wanted.shots}/scan-${name}.png`, fullPage: true});
  }
}

// Open the camera, and wait for the first code that is one.
async function scanned(page) {
  await open(page);
  await page.locator('#answer .verdict, .error-summary').first().waitFor();
  return page.locator('#answer .verdict h2, .error-summary').first().innerText();
}

// One code, and the camera is closed. What is asked for meanwhile is the reader of codes.
const page = await opened(allowed);
await ready(page);
await page.waitForFunction(() => document.documentElement.dataset.offline === 'ready');
await page.evaluate(() => {
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async wishes => {
    window.stream = await ask(wishes);
    return window.stream;
  };
});
requests = [];
const first = await scanned(page);
seen.asked = [...new Set(requests)];
seen.once = {
  word: first,
  open: await page.locator('video').count() > 0,
  tracks: await page.evaluate(() => window.stream.getTracks().map(track => track.readyState)),
  focus: await page.evaluate(() => document.activeElement.id),
  rows: await page.locator('#session tbody tr').count()
};

// Pictures.
for(const [name, path] of Object.entries(wanted.pictures)) {
  await page.locator('#answer').evaluate(each => each.replaceChildren());
  await page.locator('#id').fill('');
  await page.locator('#file').setInputFiles(path);
  await page.waitForFunction(() =>
    document.querySelector('#answer .verdict, .error-summary, #session tr') || document.getElementById('id').value);
  const rows = await rowsOf(page);
  seen.pictures[name] = {
    rows,
    word: await page.evaluate(() => document.querySelector('#answer .verdict h2')?.innerText ?? ''),
    problem: await page.evaluate(() => document.querySelector('.error-summary')?.innerText ?? ''),
    id: await page.locator('#id').inputValue()
  };
  await picture(page, name);
  await page.evaluate(() => document.querySelector('.error-summary')?.remove());
  const clear = page.getByRole('button', {name: 'Begin a new list'});
  if(await clear.count()) {
    await clear.click();
  }
}

// A picture from the clipboard.
const bytes = readFileSync(wanted.pictures['photo.jpg']).toString('base64');
await page.locator('#answer').evaluate(each => each.replaceChildren());
await page.evaluate(content => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(content), each => each.charCodeAt(0))], 'x.jpg', {type: 'image/jpeg'}));
  document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}, bytes);
await page.locator('#answer .verdict').first().waitFor();
seen.pasted = await word(page);

// Without a network, from what the browser has saved.
cut();
const faults = seen.errors.length;
await page.reload();
await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
seen.offline = {word: await scanned(page)};
seen.errors.splice(faults); // a browser says itself that it has no network
await page.context().close();

// As one file, from a disk, under the policy of the file itself.
const disk = await opened(allowed);
await ready(disk, pathToFileURL(wanted.alone).href);
seen.disk = {word: await scanned(disk)};
await disk.context().close();

// The open camera as people see it; scripts of the test may run here.
for(const colorScheme of ['light', 'dark']) {
  const looked = await opened({...allowed, colorScheme, bypassCSP: true});
  await ready(looked, pathToFileURL(wanted.alone).href);
  await looked.getByRole('button', {name: 'Scan one after another'}).click();
  await looked.locator('#session tbody tr').first().waitFor();
  await measured(looked, `open-${colorScheme}`, seen, picture);
  await looked.context().close();
}

// No leave, and no camera.
const shy = await opened();
await ready(shy, pathToFileURL(wanted.alone).href);
await open(shy);
seen.refused = await shy.locator('.error-summary').innerText();
await picture(shy, 'refused');
await browser.close();
browser = await launched([]);
const blind = await opened(allowed);
await ready(blind, pathToFileURL(wanted.alone).href);
await open(blind);
seen.absent = await blind.locator('.error-summary').innerText();
await browser.close();

console.log(JSON.stringify(seen));
