// One story in a real browser, scripts off: the exam, the credential, a download, every way to verify, a withdrawal.
// Reads {exam, service, chromium, questions, staff, password, credential, shots} on standard input; prints what was seen.
import {readFileSync} from 'node:fs';
import {chromium} from 'playwright-core';

const ARGS = ['--no-sandbox', '--headless', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const wanted = JSON.parse(readFileSync(0, 'utf8'));
const seen = {foreign: [], verdicts: {}};
const browser = await chromium.launch({executablePath: wanted.chromium, args: ARGS});
const begun = Date.now();

async function opened() {
  const context = await browser.newContext({javaScriptEnabled: false, viewport: {width: 1280, height: 900}});
  const page = await context.newPage();
  page.on('request', request => {
    if(!request.url().startsWith(wanted.exam) && !request.url().startsWith(wanted.service)) {
      seen.foreign.push(request.url());
    }
  });
  return page;
}

let pictures = 0;
async function picture(page, name) {
  if(wanted.shots) {
    pictures += 1;
    await page.screenshot({path: `${wanted.shots}/journey-${String(pictures).padStart(2, '0')}-${name}.png`, fullPage: true});
  }
}

const press = (page, name) => page.getByRole('button', {name}).click();

// A candidate sits the exam. The right options are told apart by their text, as a person would.
const page = await opened();
await page.goto(wanted.exam);
await page.getByLabel('Your name').fill('Ada Example');
await page.getByLabel('I agree to that').check();
await press(page, 'Start the exam now');
for(let place = 1; place <= wanted.questions.length; place += 1) {
  await page.getByRole('heading', {name: `Question ${place} of`}).waitFor();
  const texts = await page.locator('fieldset label').allInnerTexts();
  const question = wanted.questions.find(each => Object.values(each.options).every(text => texts.includes(text)));
  await page.getByLabel(question.options[question.best], {exact: true}).check();
  if(place === 1) {
    await picture(page, 'question');
  }
  await press(page, 'Save and go on');
}
await press(page, 'Hand in and see the result');
await page.waitForURL(url => url.href.startsWith(wanted.service));
seen.own = page.url();
seen.heading = await page.locator('h1').innerText();
seen.state = await page.locator('.card dd strong').first().innerText();
seen.publicId = (await page.locator('.card dd a').first().innerText()).trim();
seen.secondsToCredential = (Date.now() - begun) / 1000;
await picture(page, 'own-page');

// The files of the credential, as the browser keeps them; pictures and papers have tests of their own.
seen.downloads = {};
for(const link of await page.locator('a[download]', {hasText: /[.]r1[.]/}).all()) {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const path = await download.path();
  seen.downloads[download.suggestedFilename()] = readFileSync(path, 'utf8');
}
const [file] = Object.keys(seen.downloads).filter(name => !name.includes('compact') && name.endsWith('.json'));

// Anybody verifies it, in three ways.
const reader = await opened();
const answer = async name => {
  await picture(reader, name);
  return (await reader.locator('.verdict').innerText()).trim();
};
const ways = {
  async id() {
    await reader.getByLabel('number', {exact: false}).first().fill(seen.publicId);
    await press(reader, 'Look it up');
  },
  async paste() {
    await reader.locator('textarea').fill(seen.downloads[file]);
    await press(reader, /check the document/i);
  },
  async file() {
    await reader.locator('input[type=file]').setInputFiles(
      {name: file, mimeType: 'application/json', buffer: Buffer.from(seen.downloads[file])});
    await press(reader, /check the document/i);
  },
};
async function verified(when) {
  seen.verdicts[when] = {};
  for(const [way, act] of Object.entries(ways)) {
    await reader.goto(`${wanted.service}/certify/verify`);
    await act();
    seen.verdicts[when][way] = await answer(`${when}-${way}`);
  }
}
await verified('before');

// Staff withdraw it in the console.
const console_ = await opened();
await console_.goto(`${wanted.service}/console`);
await console_.getByLabel('Name').fill(wanted.staff);
await console_.getByLabel('Password').fill(wanted.password);
await press(console_, 'Log in');
await picture(console_, 'console-start');
await console_.getByRole('link', {name: 'Search'}).click();
await console_.getByLabel('Public id').fill(seen.publicId);
await press(console_, 'Search');
await console_.getByRole('link', {name: seen.publicId}).first().click();
await console_.getByText('Withdraw', {exact: true}).click();
await console_.locator('#revoke-reason').selectOption({index: 1});
await console_.locator('#revoke-decision').fill('DEC-1');
await picture(console_, 'console-withdraw');
await console_.locator('form[action$="/revoke"] button').click();
await picture(console_, 'console-confirm');
await press(console_, 'Yes, do it');
await console_.getByRole('heading', {name: 'Withdrawn'}).waitFor();
seen.done = await console_.locator('main').innerText();
await picture(console_, 'console-done');

await verified('after');
await page.goto(seen.own);
seen.stateAfter = await page.locator('.card dd strong').first().innerText();
await picture(page, 'own-page-after');

await browser.close();
console.log(JSON.stringify(seen));
