// How soon the verify page answers: drives a browser for bench_page.py.
// Reads {base, chromium, credentials, digits, rounds, alone} on standard input; prints {name: [milliseconds, ...]}.
import {chromium} from '../tests/browser/node_modules/playwright-core/index.mjs';
import {pathToFileURL} from 'node:url';
import {readFileSync} from 'node:fs';

const ARGS = ['--no-sandbox', '--headless', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const REST_MILLISECONDS = 1_500;
const wanted = JSON.parse(readFileSync(0, 'utf8'));
const browser = await chromium.launch({executablePath: wanted.chromium, args: ARGS});
const times = {};

const noted = (name, milliseconds) => (times[name] ??= []).push(milliseconds);

async function timed(name, work) {
  const begun = performance.now();
  await work();
  noted(name, performance.now() - begun);
}

// A telephone on a slow network, as those who measure pages define it: 1.6 Mbit/s, 150 ms there and back, and a fourth
// of the speed.
async function slowed(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions',
    {offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8});
  await session.send('Emulation.setCPUThrottlingRate', {rate: 4});
}

// Nobody comes back while the page is still being saved.
async function saved(page) {
  await page.waitForFunction(() => document.documentElement.dataset.offline === 'ready');
  await page.waitForTimeout(REST_MILLISECONDS);
}

const ready = page => page.waitForFunction(() => document.documentElement.dataset.ready === 'true', null, {polling: 5});

// From the press to the verdict, measured in the page: nothing of the test's own conversation is in it.
const verdict = (page, text) => page.evaluate(given => new Promise(resolve => {
  document.getElementById('document').value = given;
  const begun = performance.now();
  new MutationObserver((_, observer) => {
    if(document.querySelector('#answer .verdict')) {
      observer.disconnect();
      resolve(performance.now() - begun);
    }
  }).observe(document.getElementById('answer'), {childList: true});
  document.querySelector('form button').click();
}), text);

// From the opening of a code's address to the verdict, measured in the page.
async function opened(page) {
  await page.goto('about:blank');
  await page.goto(`${wanted.base}/v#${wanted.digits}`, {waitUntil: 'commit'});
  await page.waitForFunction(() => window.verdictAt);
  return page.evaluate(() => window.verdictAt);
}

const watch = () => new MutationObserver((_, observer) => {
  if(document.querySelector('#answer .verdict')) {
    window.verdictAt = performance.now(); // since the address was opened
    observer.disconnect();
  }
}).observe(document, {childList: true, subtree: true});

for(let round = 0; round < wanted.rounds; round += 1) {
  for(const [kind, slow] of [['this machine', false], ['slow telephone', true]]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    if(slow) {
      await slowed(page);
    }
    await timed(`${kind}: first visit, until it can be used`, async () => {
      await page.goto(`${wanted.base}/v`, {waitUntil: 'commit'});
      await ready(page);
    });
    for(const [name, text] of Object.entries(wanted.credentials)) {
      for(const which of ['first', 'later']) {
        noted(`${kind}: ${name}, ${which} verdict`, await verdict(page, text));
      }
    }
    await saved(page);
    await timed(`${kind}: second visit, until it can be used`, async () => {
      await page.goto(`${wanted.base}/v`, {waitUntil: 'commit'});
      await ready(page);
    });
    const again = await verdict(page, wanted.credentials['eddsa-jcs-2022']);
    noted(`${kind}: eddsa-jcs-2022, verdict on a second visit`, again);
    await context.close();
  }
  for(const [kind, slow] of [['this machine', false], ['slow telephone', true]]) {
    const scanning = await browser.newContext();
    await scanning.addInitScript(watch);
    const page = await scanning.newPage();
    if(slow) {
      await slowed(page);
    }
    noted(`${kind}: QR link to verdict, first visit`, await opened(page));
    await saved(page);
    noted(`${kind}: QR link to verdict, second visit`, await opened(page));
    await scanning.close();
  }
  const context = await browser.newContext({offline: true});
  const page = await context.newPage();
  await timed('one file from the disk, until it can be used', async () => {
    await page.goto(pathToFileURL(wanted.alone).href, {waitUntil: 'commit'});
    await ready(page);
  });
  const first = await verdict(page, wanted.credentials['eddsa-rdfc-2022']);
  noted('one file from the disk: eddsa-rdfc-2022, first verdict', first);
  await context.close();
}
await browser.close();
console.log(JSON.stringify(times));
