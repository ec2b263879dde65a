// The list of what was checked: a table, a text for a spreadsheet, and a record to print.
import {el} from './dom.mjs';
import {factsOf, kindOf, toneOf} from './findings.mjs';
import {formatSeconds, visible} from './verifier.mjs';
import {moment, say, sayOr} from './language.mjs';
import {sentenceOf, trustOf, wordOf} from './answer.mjs';
import {asCsv} from './csv.mjs';

const COLUMNS = ['number', 'verdict', 'person', 'credential', 'until', 'file'];
const SHORT_DIGEST = 16; // characters: enough to tell the files of one list apart on paper

// Its elements. `show`: what to do when the reader wants one answer again.
export function drawn(session, show) {
  const {judgements, count} = session;
  return [
    el('h2', {id: 'list', tabindex: '-1'}, say('list.title')),
    el('p', {class: 'no-print'}, say('list.text')),
    el('p', {}, count),
    el('p', {}, `${say('when.trust')}: ${trustOf(judgements.at(-1))}.`),
    el('div', {class: 'table', role: 'region', 'aria-labelledby': 'list', tabindex: '0'}, table(judgements, show)),
    el('ul', {class: 'actions no-print'},
      el('li', {}, el('button', {type: 'button', class: 'plain', click: () => save(csv(judgements))}, say('list.csv'))),
      el('li', {}, el('button', {type: 'button', class: 'plain', click: () => window.print()}, say('print'))),
      el('li', {}, el('button', {type: 'button', class: 'plain', click: () => session.clear()}, say('list.clear'))))
  ];
}

function table(judgements, show) {
  const heads = COLUMNS.map(name => el('th', {scope: 'col'}, say(`column.${name}`)));
  return el('table', {},
    el('thead', {}, el('tr', {}, ...heads, el('td', {class: 'no-print'}))),
    el('tbody', {}, ...judgements.map((each, place) => row(each, place, show))));
}

function row(judgement, place, show) {
  const facts = factsOf(judgement);
  const name = visible(judgement.name, 80);
  const button = el('button', {
    type: 'button', class: 'plain', 'aria-label': say('list.showAbout', {name}), click: () => show(judgement)
  }, say('list.show'));
  const kind = kindOf(judgement);
  return el('tr', {},
    el('td', {}, String(place + 1)),
    el('td', {class: `word ${toneOf(judgement)}`}, sayOr(`short.${kind}`, wordOf(judgement))),
    ...[facts?.person, facts?.title, untilOf(facts)].map(text => el('td', {}, el('bdi', {}, text || '–'))),
    el('td', {}, el('bdi', {}, name),
      el('span', {class: 'on-paper mono'}, `SHA-256 ${judgement.digest.slice(0, SHORT_DIGEST)}…`)),
    el('td', {class: 'no-print'}, button));
}

// The list for a spreadsheet: times in UTC, codes for programs, and nothing that a spreadsheet would calculate.
function csv(judgements) {
  const heads = [
    ...['checkedAt', 'column.verdict', 'code', 'sentence', 'column.person', 'column.credential', 'id', 'issuer'],
    ...['column.until', 'statusAsOf', 'trust', 'column.file', 'digest']
  ].map(key => say(key.includes('.') ? key : `csv.${key}`));
  return asCsv([heads, ...judgements.map(csvRow)]);
}

function csvRow(judgement) {
  const {report, name, digest, trustAsOf} = judgement;
  const facts = factsOf(judgement);
  const time = instant => instant === null ? '' : formatSeconds(instant);
  return [
    ...[time(report.checkedAt), wordOf(judgement), report.decisive?.code ?? '', sentenceOf(judgement)],
    ...[facts?.person ?? '', facts?.title ?? '', facts?.number ?? '', facts?.did ?? ''],
    ...[untilOf(facts, formatSeconds), time(report.statusAsOf), time(trustAsOf), visible(name), digest]
  ];
}

function untilOf(facts, format = moment) {
  const row = facts?.rows.find(({label}) => label === 'Valid until');
  return row?.instant === null || !row ? row?.text ?? '' : format(row.instant);
}

// A byte order mark tells a spreadsheet that this is UTF-8.
function save(text) {
  const url = URL.createObjectURL(new Blob(['\ufeff', text], {type: 'text/csv'}));
  const link = el('a', {href: url, download: 'verification.csv'});
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
