// The verify page: puts its parts together. What is checked stays here; see trusted.mjs for what is fetched.
import {Source, Trusted} from './trusted.mjs';
import {answer, sentenceOf, wordOf} from './answer.mjs';
import {begin as beginChecking} from '#check';
import {el, replace} from './dom.mjs';
import {elsewhere} from './hosts.mjs';
import {frame, how} from './frame.mjs';
import {moment, say, sayMore, speak} from './language.mjs';
import {Session} from './session.mjs';
import {inputs} from './inputs.mjs';
import {intake} from './intake.mjs';
import {judged} from './judge.mjs';
import {instantOf, visible} from './verifier.mjs';

const LONG_BYTES = 50_000; // what takes longer to check than to paint that it is being checked
const SLOW_MILLISECONDS = 300; // a shorter wait needs no word
// Where a code leads that opens this page: it says https, also where the page was tried without; a file has no host.
const here = `https://${location.host || 'localhost'}/v`;
const brought = fromAddress();
const inside = document.getElementById('inside')?.textContent.trim() ?? '';
const alone = document.documentElement.dataset.alone === 'true'; // the one file, which asks nobody
const trustAtHand = Trusted.opened(alone ? inside || '{}' : '');
trustAtHand.then(each => each.refresh(Date.now())); // while the page is drawn
beginChecking();

await speak([new URL(location.href).searchParams.get('lang'), ...navigator.languages].filter(Boolean));
const status = el('p', {role: 'status', class: 'status', id: 'status'});
// What is going on, seen and heard; or what the answer shows already, heard alone.
const tell = (text, seen = false) => {
  status.textContent = text;
  status.classList.toggle('heard', !seen);
};
let asking = new AbortController(); // what is asked last, and what ends it
const problem = el('div', {id: 'problem'});
const result = el('section', {id: 'answer', tabindex: '-1', 'aria-label': say('title')});
const list = el('section', {id: 'session'});
const session = new Session(list, show, () => {
  replace(result);
  tell(say('list.empty'), true);
});
const camera = el('div', {class: 'no-print'});
const incoming = intake({
  begin, documents: check, judge: checkOne, problem: complain, elsewhere: foreign, tell, place: camera,
  ask: alone ? null : ask
});
const about = el('section', {});
frame(alone, [camera, problem, status, result, list, ...inputs(incoming, alone ? null : ask), about]);

const trusted = await trustAtHand;
window.addEventListener('online', () => trusted.tryAgain());
document.querySelector('.home').textContent = issuerName() || say('home');
const save = how(about, alone, forget);
document.documentElement.dataset.ready = 'true';
if(brought) {
  await incoming.text(brought);
}
await trusted.refresh(Date.now());
document.querySelector('.home').textContent = issuerName() || say('home');
document.documentElement.dataset.trust = trusted.source;
(window.requestIdleCallback ?? setTimeout)(() => {
  save();
  Promise.allSettled([ // soon needed
    import('./table.mjs'), import('./details.mjs'), import('./register.mjs'), import('./names.mjs'), sayMore()
  ]);
});

function issuerName() {
  return trusted.source === Source.NONE ? '' : visible(Object.values(trusted.trust.issuers)[0]?.name ?? '', 80);
}

// The foreign host that a code's link leads to, '' for one of ours.
async function foreign(link) {
  const known = await trustAtHand; // somebody may be quicker than the page
  await known.refresh(Date.now());
  return elsewhere(link, known.trust, new URL(here).host);
}

// Nothing is said when `signal` says that something else is asked by now.
async function check(documents, signal) {
  let last = null;
  for(const [place, each] of documents.entries()) {
    const count = documents.length;
    if(count > 1 || each.data.length > LONG_BYTES) {
      tell(count > 1 ? say('working.many', {place: place + 1, count}) : say('working'), true);
      await new Promise(resolve => setTimeout(resolve)); // let it be painted
    }
    const slow = count > 1 ? 0 : setTimeout(tell, SLOW_MILLISECONDS, say('working'), true);
    try {
      last = await judged(each, await trustAtHand, new Date(), signal);
    } catch(error) {
      session.draw();
      if(!signal.aborted) {
        complain('document', [faultOf(error)], [each.name]);
      }
      return;
    } finally {
      clearTimeout(slow);
    }
    session.add(last);
  }
  await session.draw();
  if(signal.aborted) {
    return;
  }
  if(documents.length > 1) {
    tell(session.count);
    document.getElementById('list').focus();
  } else {
    shown(last);
  }
}

// {judgement} of what the camera sees, which joins the list; {sentence} where it could not be made.
async function checkOne(document, signal) {
  try {
    const judgement = await judged(document, await trustAtHand, new Date(), signal);
    session.add(judgement);
    session.draw(true);
    return {judgement};
  } catch(error) {
    return signal.aborted ? null : {sentence: faultOf(error)};
  }
}

function faultOf(error) {
  console.error(error);
  return say(error.name === 'NotSupportedError' || !crypto.subtle ? 'old-browser' : 'fault');
}

function show(judgement) {
  begin();
  shown(judgement);
}

function shown(judgement) {
  result.setAttribute('aria-label', wordOf(judgement));
  replace(result, ...answer(judgement, alone ? null : ask), printed());
  tell(`${wordOf(judgement)}. ${sentenceOf(judgement)}`);
  result.focus();
}

function printed() {
  return session.judgements.length < 2 &&
    el('p', {class: 'no-print'},
      el('button', {type: 'button', class: 'plain', click: () => window.print()}, say('print')));
}

async function forget() {
  const now = new Date();
  const time = moment(instantOf(now));
  begin();
  tell(say(await trusted.forget(now) ? 'how.forgotten' : 'how.remembered', {time}), true);
}

async function ask(id) {
  const signal = begin();
  tell(say('working'), true);
  const [{asked, told}] = await Promise.all([import('./register.mjs'), sayMore()]);
  const {facts, problem: found} = await asked(id);
  if(signal.aborted) {
    return;
  }
  if(found) {
    complain('id', [say(found)]);
    return;
  }
  replace(result, ...told(facts));
  const heading = result.querySelector('h2').textContent;
  result.setAttribute('aria-label', heading);
  tell(heading);
  result.focus();
}

// Something is asked: what was asked before is not any more, and no answer stays beside a question that it does not
// belong to, the picture of the camera included. Returns the signal that says when this one is over.
function begin() {
  asking.abort();
  asking = new AbortController();
  replace(problem);
  replace(result);
  tell('');
  document.querySelectorAll('[aria-invalid]').forEach(field => field.removeAttribute('aria-invalid'));
  return asking.signal;
}

// `files`: names of the files that they are about; without them they take the place of every answer.
function complain(field, sentences, files = []) {
  if(!files.length) {
    begin();
  }
  document.getElementById(field)?.setAttribute('aria-invalid', 'true');
  const texts = sentences.map((text, place) => files.length ? `${visible(files[place], 80)}: ${text}` : text);
  const lead = event => {
    event.preventDefault();
    document.getElementById(field)?.focus();
  };
  replace(problem, el('div', {class: 'error-summary', role: 'alert'}, el('h2', {}, say('problem')),
    el('ul', {}, ...texts.map(text => el('li', {}, el('a', {href: `#${field}`, click: lead}, text))))));
}

// What came with the address, '' for nothing. It is taken out of there at once: histories and people who look on see
// it no longer, and nothing that is loaded later can read it.
function fromAddress() {
  const {hash, searchParams, pathname} = new URL(location.href);
  const id = searchParams.get('id');
  if(hash.length < 2 && !id) {
    return '';
  }
  history.replaceState(null, '', pathname);
  return id ?? `${here}${hash}`;
}
