// What stands around the answer: the head of the page, the skip link, how it works, and what is printed on top.
import {el, replace} from './dom.mjs';
import {moment, say} from './language.mjs';
import {instantOf} from './verifier.mjs';
import {keptOffline} from './offline.mjs';

const FILE = '/certify/verify.html';

// Draw the page with this content.
export function frame(alone, content) {
  document.title = say('title');
  const place = alone ? say('record.file') : location.host;
  const record = el('p', {});
  window.addEventListener('beforeprint', () => {
    record.textContent = say('record.text', {time: moment(instantOf(new Date())), host: place});
  });
  replace(document.body,
    el('a', {class: 'skip', href: '#main', click: skip}, say('skip')),
    el('header', {class: 'top'}, el('div', {class: 'frame'},
      alone ? el('span', {class: 'home'}) : el('a', {class: 'home', href: '/certify'}),
      alone ? null : el('nav', {'aria-label': say('nav')}, el('ul', {},
        el('li', {}, el('a', {href: '/v', 'aria-current': 'page'}, say('home'))),
        el('li', {}, el('a', {href: '/certify/verify'}, say('back'))))))),
    el('main', {id: 'main', tabindex: '-1'}, el('div', {class: 'frame'},
      el('h1', {}, say('title')),
      el('p', {class: 'lead no-print'}, say('lead')),
      el('div', {class: 'record'}, el('p', {}, el('strong', {}, say('record.title'))), record),
      ...content)),
    el('div', {class: 'drop', 'aria-hidden': 'true'}, say('drop')));
}

// The fragment of the address belongs to QR codes, so the link moves the focus by itself.
function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

// How the page works, and whether it is saved. Returns what saves it, for when nobody waits for anything else. `forget`:
// what lets a time be forgotten that the clock was once ahead by.
export function how(section, alone, forget) {
  const title = el('h2', {class: 'no-print', id: 'privacy'}, say('how'));
  if(alone) {
    replace(section, title, el('p', {class: 'no-print'}, say('how.inside')));
    return () => {};
  }
  const saved = el('p', {class: 'no-print'});
  const tell = state => {
    saved.textContent = say(`how.offline.${state}`);
    document.documentElement.dataset.offline = state;
  };
  replace(section, title,
    el('p', {class: 'no-print'}, say('how.local')),
    el('p', {class: 'no-print'}, say('how.network', {host: location.host})),
    saved,
    el('p', {class: 'no-print', id: 'memory'}, say('how.memory')),
    el('p', {class: 'no-print'}, el('button', {type: 'button', class: 'plain', click: forget}, say('how.forget'))),
    el('p', {class: 'no-print'}, el('a', {href: FILE, download: 'certify-verify.html'}, say('how.file'))),
    el('p', {class: 'no-print'}, say('how.compare')));
  tell('waiting');
  return () => tell(keptOffline(tell));
}
