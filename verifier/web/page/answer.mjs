// The answer on one document, in the order in which a reader needs it.
import {Verdict, visible} from './verifier.mjs';
import {age, listed, moment, say, sayMore, sayOr, sentence, summary} from './language.mjs';
import {factsOf, kindOf, resultsOf, toneOf} from './findings.mjs';
import {el, svg} from './dom.mjs';
import {nameCheck} from './namecheck.mjs';

// The verdict in words, with the age of what it rests on.
export function wordOf(judgement) {
  return say(`kind.${kindOf(judgement)}`, {age: age(ageOf(judgement.report))});
}

// One sentence: what it means and what to do.
export function sentenceOf(judgement) {
  const kind = kindOf(judgement);
  const alone = kind === 'validSaved' && judgement.source === 'inside'; // where no network would help
  const advice = sayOr(alone ? 'advice.validInside' : `advice.${kind}`, '');
  return `${summary(judgement.report)} ${advice}`.trim();
}

// The whole answer. `ask`: what to do when the reader wants the issuer to be asked about a number, or null.
export function answer(judgement, ask) {
  const facts = factsOf(judgement);
  return [
    box(judgement, 2),
    ...said(judgement, facts, 3),
    ...results(judgement.report, 3),
    ...grounds(judgement),
    ...inside(judgement),
    ...(facts?.person ? nameCheck(facts.person) : []),
    ...(facts && kindOf(judgement) !== 'noCertificate' ? proves() : []),
    ...(ask && facts?.number ? [el('p', {class: 'no-print'}, el('button', {
      type: 'button', class: 'plain', click: () => ask(facts.number)
    }, say('ask', {number: facts.number})))] : []),
    details(judgement.report)
  ];
}

// The technical details, made when somebody unfolds them.
function details(report) {
  const unfold = async ({target}) => {
    target.removeEventListener('toggle', unfold);
    const [part] = await Promise.all([import('./details.mjs'), sayMore()]);
    target.append(...part.details(report));
  };
  return el('details', {class: 'technical', toggle: unfold}, el('summary', {}, say('details')));
}

function proves() {
  return [el('h3', {}, say('proves')), el('p', {}, say('proves.yes')), el('p', {}, say('proves.no'))];
}

function ageOf(report) {
  return report.toJSON().status.ageSeconds ??
    (report.trustAsOf === null ? 0 : Number((report.checkedAt - report.trustAsOf) / 1_000_000n));
}

// The verdict in words, with a shape and a colour, and what to do.
export function box(judgement, level) {
  const tone = toneOf(judgement);
  return el('div', {class: `verdict ${tone}`}, mark(tone), el('div', {},
    el(`h${level}`, {}, wordOf(judgement)), el('p', {}, sentenceOf(judgement))));
}

// A shape for each tone: it says the same without any colour.
function mark(tone) {
  const shapes = {
    [Verdict.VALID]: [['circle', {cx: 24, cy: 24, r: 21}], ['path', {d: 'M14 25l7 7 13-15'}]],
    [Verdict.INVALID]: [
      ['path', {d: 'M15.5 3h17L45 15.5v17L32.5 45h-17L3 32.5v-17z'}], ['path', {d: 'M16 16l16 16M32 16L16 32'}]
    ],
    saved: [['circle', {cx: 24, cy: 24, r: 21}], ['path', {d: 'M24 11v13l9 6'}]],
    [Verdict.INDETERMINATE]: [['path', {d: 'M24 4l21 39H3z'}], ['path', {d: 'M24 18v11M24 36v.5'}]]
  }[tone];
  return svg('svg', {viewBox: '0 0 48 48', 'aria-hidden': 'true', focusable: 'false'},
    ...shapes.map(([name, attributes]) => svg(name, attributes)));
}

// Person and title, then issuer, proven domain, how it was checked, and dates.
function said(judgement, facts, level) {
  if(!facts) {
    const told = ['unreadable', 'foreign', 'noCertificate'].includes(kindOf(judgement));
    return told ? [] : [el('p', {class: 'note'}, say('nothing-shown'))];
  }
  const issuer = facts.accepted ? facts.issuer || facts.did : say('issuer.unknown', {name: facts.says});
  return [
    facts.person && el(`h${level}`, {class: 'person'}, el('bdi', {}, facts.person)),
    facts.title && el('p', {class: 'lead'}, el('bdi', {}, facts.title)),
    el('dl', {class: 'facts'},
      pair(say('issuer'), visible(issuer)),
      pair(say('domain'), facts.domain || say('domain.none')),
      ...facts.rows.map(({label, text, instant}) =>
        pair(sayOr(`label.${label}`, label), instant === null ? text : time(instant))))
  ];
}

const pair = (label, value) => [el('dt', {}, label), el('dd', {}, el('bdi', {}, value))];

const time = instant => el('time', {datetime: new Date(Number(instant / 1000n)).toISOString()}, moment(instant));

function results(report, level) {
  return [el(`h${level}`, {}, say('results')), el('dl', {class: 'answers'}, ...resultsOf(report).map(([name, value]) =>
    el('div', {class: value},
      el('dt', {}, say(`result.${name}`)),
      el('dd', {}, el('strong', {}, say(`answer.${value}`))))))];
}

// What was judged by, and where it came from.
export function trustOf({source, trustAsOf}) {
  return say(`trust.${trustAsOf === null ? 'none' : source}`, {time: trustAsOf === null ? '' : moment(trustAsOf)});
}

function grounds(judgement) {
  const {report, name, digest, cleaned} = judgement;
  return [
    el('h3', {}, say('when')),
    el('dl', {class: 'facts'},
      pair(say('when.checked'), time(report.checkedAt)),
      ...report.status.map(({purpose, asOf}) => pair(
        say('when.list', {purpose: sayOr(`purpose.${purpose}`, visible(purpose))}),
        asOf === null ? say('list.absent') : say('list.dated', {time: moment(asOf)}))),
      pair(say('when.trust'), trustOf(judgement)),
      pair(say('when.file'), visible(name)),
      pair(say('when.digest'), el('span', {class: 'mono'}, digest))),
    cleaned.length > 0 && el('p', {class: 'note'},
      say('cleaned', {list: listed(cleaned.map(each => say(`cleaned.${each}`)))})),
    ...notes(report)
  ];
}

function notes({warnings}) {
  return warnings.length ? [el('h3', {}, say('notes')), el('ul', {}, ...warnings.map(({code, detail}) =>
    el('li', {}, sentence(code), ' ', el('bdi', {class: 'quiet', lang: 'en'}, visible(detail)), ' ', el('code', {}, code))))] : [];
}

function inside(judgement) {
  const {credentials} = judgement.report;
  return credentials.flatMap((report, place) => {
    const each = {...judgement, report};
    return [
      el('h3', {}, say('inside', {place: place + 1, count: credentials.length})),
      box(each, 4), ...said(each, factsOf(each), 5), ...results(report, 5), details(report)
    ];
  });
}

