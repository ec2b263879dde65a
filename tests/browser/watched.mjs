// A new page of a browser, of which everything is noted that it asks for and that goes wrong in it.

// `seen.foreign` gets addresses that do not begin with `base`, `seen.errors` texts; `asked` is told each request as
// `GET /path`. `at`: the time that the page is given.
export async function watched(browser, {at, base, seen, asked}, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, reducedMotion: 'reduce', ...options});
  await context.clock.setFixedTime(new Date(at));
  const page = await context.newPage();
  context.on('request', request => {
    const url = request.url();
    asked(`${request.method()} ${url.replace(base, '')}`);
    if(!url.startsWith(base) && !/^(?:data|file|blob):/.test(url)) {
      seen.foreign.push(url);
    }
  });
  page.on('console', message => message.type() === 'error' && seen.errors.push(message.text()));
  page.on('pageerror', error => seen.errors.push(String(error)));
  page.on('dialog', dialog => {
    seen.errors.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  return page;
}
