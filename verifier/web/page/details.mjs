// The technical details: every check, and the whole report as JSON.
import {ANSWERS, QUESTIONS} from './words/questions.mjs';
import {say, sayIn, sentence} from './language.mjs';
import {el} from './dom.mjs';
import {visible} from './verifier.mjs';

export function details(report) {
  const json = JSON.stringify(report, null, 2);
  const told = el('span', {role: 'status', class: 'told'});
  const copy = async () => {
    told.textContent = await copied(json) ? say('details.copied') : say('details.failed');
  };
  return [
    el('div', {class: 'table', role: 'region', 'aria-label': say('details.table'), tabindex: '0'}, table(report)),
    el('p', {class: 'no-print'},
      el('button', {type: 'button', class: 'plain', click: copy}, say('details.copy')), ' ', told),
    el('pre', {tabindex: '0', dir: 'ltr'}, shown(json))
  ];
}

function table(report) {
  const heads = ['answer', 'question', 'check'].map(name => el('th', {scope: 'col'}, say(`column.${name}`)));
  return el('table', {}, el('thead', {}, el('tr', {}, ...heads)), el('tbody', {}, ...report.checks.map(row)));
}

function row({id, outcome, code, detail}) {
  const meaning = code ?
    [': ', el('code', {}, code), ` ${sentence(code)} `, el('bdi', {class: 'quiet', lang: 'en'}, visible(detail))] : [];
  return el('tr', {},
    el('td', {}, sayIn('answers', outcome, ANSWERS[outcome])),
    el('th', {scope: 'row'}, sayIn('questions', id, QUESTIONS[id])),
    el('td', {}, el('code', {class: 'quiet'}, id), ...meaning));
}

const LONGEST = 20_000;

// What is invisible is visible here as well; what is copied is the report itself.
const shown = json => json.split('\n').map(line => visible(line, LONGEST)).join('\n');

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch{
    return false;
  }
}
