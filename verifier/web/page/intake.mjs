// What comes in, told apart, and handed on as documents or as a question: a text, files, or what the camera sees.
import {say} from './language.mjs';
import {understood} from './pasted.mjs';

// {text, files, camera, problem}: functions that take such things.
//
// `on`: `begin` gives a signal that says when something else is asked, which ends what was asked before, the camera
// included; `documents` gets a list of {data, name, cleaned} and that signal; `judge` gets one of them and another
// such signal, and promises {judgement} or {sentence}; `problem` gets the id of a field, sentences, and the names of the files that they are about,
// if any; `elsewhere` says of a link which foreign host it leads to; `ask` asks about a number, null where nobody can be
// asked; `place` is where the camera is drawn; `tell` says a text to whoever does not see the page.
export function intake(on) {
  return {
    text: given => taken(given, say('pasted'), on),
    files: files => chosen(files, on, on.begin()),
    camera: many => filmed(many, on, on.begin()),
    problem: on.problem
  };
}

async function taken(given, name, on) {
  const signal = on.begin();
  const {document, id, problem} = await meant(given, name, on);
  if(signal.aborted) {
    return null;
  }
  if(id) {
    return offered(id, on);
  }
  return problem ? on.problem('document', [problem]) : on.documents([document], signal);
}

// What a text is meant to be: {document}, {id}, or {problem}, a sentence.
async function meant(given, name, on) {
  const {text = '', cleaned = [], id, qr, link} = await understood(given);
  const host = (id || qr) && await on.elsewhere(qr ?? link);
  if(host) {
    return {problem: say('elsewhere', {host})};
  }
  if(id || link) {
    return id ? {id} : {problem: say('link')};
  }
  const data = new TextEncoder().encode(qr ?? text);
  return data.length ? {document: {data, name, cleaned}} : {problem: say('empty')};
}

// A number is put into its field and asked for by the reader: nothing is sent because of a paste.
function offered(id, on) {
  const field = document.getElementById('id');
  if(!field) {
    return on.problem('document', [say('code.number', {id})]);
  }
  field.value = id;
  field.form.querySelector('button').focus();
  return null;
}

// One code is taken as if it had been pasted, and the camera is closed. Of one after another, each has its answer beside
// the picture for as long as it is in there.
async function filmed(many, on, signal) {
  const [{opened}, {drawn}] = await Promise.all([import('./scan/camera.mjs'), import('./scan/views.mjs')]);
  const close = () => {
    on.begin();
    document.getElementById('camera').focus();
  };
  const ask = many ? (text, still) => answerOn(text, on, still) : text => taken(text, say('scanned'), on);
  await opened(on.place, many, {
    ask,
    draw: (found, place) => on.tell(drawn(found, place, on.ask)),
    problem: key => on.problem('file', [say(key)]), // a picture does as well
    closed: close
  }, signal);
}

// {judgement}, or {sentence} and the number that the code holds, if any; null when nobody asks any longer.
async function answerOn(text, on, signal) {
  const {document: found, id, problem} = await meant(text, say('scanned'), on);
  if(signal.aborted) {
    return null;
  }
  if(found) {
    return on.judge(found, signal);
  }
  const field = id && document.getElementById('id');
  if(field) {
    field.value = id;
  }
  return {sentence: problem ?? say('code.number', {id}), number: id};
}

async function chosen(files, on, signal) {
  const {opened} = await import('./files.mjs');
  const found = (await Promise.all(files.map(file => parts(file, opened, on)))).flat();
  if(signal.aborted) {
    return null;
  }
  if(found.length === 1 && found[0].id) {
    return offered(found[0].id, on);
  }
  const documents = found.flatMap(each => each.document ?? []);
  if(documents.length) {
    await on.documents(documents, signal);
  }
  const rest = found.filter(each => !each.document);
  if(rest.length && !signal.aborted) {
    const problems = rest.map(({id, problem}) => problem ?? say('code.number', {id}));
    on.problem('file', problems, rest.map(({name}) => name));
  }
  return null;
}

// What a file holds, each as `meant` has it, and with a name. A picture may show many codes.
async function parts(file, opened, on) {
  const {data, texts, refused} = await opened(file);
  if(!texts) {
    return [refused ? {name: file.name, problem: say(`refused.${refused}`)}
      : {name: file.name, document: {data, name: file.name, cleaned: []}}];
  }
  return Promise.all(texts.map(async (text, place) => {
    const name = texts.length > 1 ? `${file.name} (${place + 1})` : file.name;
    return {name, ...await meant(text, name, on)};
  }));
}
