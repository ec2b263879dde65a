// A question to the issuer about a number, when the reader asks it: the only thing that ever leaves the page.
import {moment, say} from './language.mjs';
import {parseInstant, visible} from './verifier.mjs';
import {el} from './dom.mjs';

const PATIENCE_MILLISECONDS = 15_000;
const STATES = ['valid', 'suspended', 'expired', 'withdrawn'];
const PROBLEMS = new Map([[404, 'id.unknown'], [429, 'id.many']]);

// {facts}, or {problem}: the key of a sentence.
export async function asked(id) {
  try {
    const answer = await fetch(`/api/certify/verify?id=${encodeURIComponent(id)}`, {
      cache: 'no-store', credentials: 'omit', redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MILLISECONDS)
    });
    return answer.ok ? {facts: await answer.json()} : {problem: PROBLEMS.get(answer.status) ?? 'id.unreachable'};
  } catch{
    return {problem: 'id.unreachable'};
  }
}

// The register's word on a page. It is drawn as no verdict: nothing was checked here.
export function told(facts) {
  const state = STATES.includes(facts.state) ? facts.state : 'unknown';
  return [
    el('div', {class: 'verdict register'}, el('div', {},
      el('h2', {}, say('register.title', {state: say(`state.${state}`)})),
      el('p', {}, say('register.text', {id: text(facts.id)})))),
    facts.replaced && el('p', {class: 'note'}, say('register.replaced', {time: time(facts.replaced.by)})),
    el('dl', {class: 'facts'}, ...[
      ['holder', text(facts.holder?.name)],
      ['credential', text(facts.credential?.name)],
      ['awarded', time(facts.awarded)],
      ['validUntil', time(facts.validUntil)],
      ['checkedAt', time(facts.checkedAt)]
    ].filter(([, value]) => value).flatMap(([name, value]) =>
      [el('dt', {}, say(`register.${name}`)), el('dd', {}, el('bdi', {}, value))]))
  ];
}

const text = value => typeof value === 'string' ? visible(value) : '';

function time(value) {
  try {
    return moment(parseInstant(value));
  } catch{
    return text(value);
  }
}
