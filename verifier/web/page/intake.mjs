// What comes in, told apart, and handed on as documents or as a question: a text, files, or what the camera sees.
import {opened} from './files.mjs';
import {say} from './language.mjs';
import {understood} from './pasted.mjs';

// {text, files, camera, problem}: functions that take such things.
//
// `on`: `documents` gets a list of {data, name, cleaned}, and whether the camera goes on; `problem` the id of a field,
// sentences, and the names of the files that they are about, if any; `elsewhere` says of a link which foreign host it
// leads to; `place` is where the camera is drawn.
export function intake(on) {
  return {
    text: async given => received(await meant(given, say('pasted'), on), on),
    files: files => chosen(files, on),
    camera: many => scanned(many, on),
    problem: on.problem
  };
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

function received({document, id, problem}, on, scanning = false) {
  if(id) {
    return offered(id, on, scanning);
  }
  return problem ? on.problem('document', [problem]) : on.documents([document], scanning);
}

// A number is put into its field and asked for by the reader: nothing is sent because of a paste.
function offered(id, on, scanning) {
  const field = document.getElementById('id');
  if(!field) {
    return on.problem('document', [say('code.number', {id})]);
  }
  field.value = id;
  if(scanning) {
    return on.problem('id', [say('code.number', {id})]);
  }
  field.form.querySelector('button').focus();
  return null;
}

async function scanned(many, on) {
  const {opened: camera} = await import('./scan/camera.mjs');
  await camera(on.place, many, {
    text: async text => received(await meant(text, say('scanned'), on), on, many),
    problem: key => on.problem('file', [say(key)]), // a picture does as well
    closed: () => document.getElementById('camera').focus()
  });
}

async function chosen(files, on) {
  const found = (await Promise.all(files.map(file => parts(file, on)))).flat();
  if(found.length === 1 && found[0].id) {
    return offered(found[0].id, on, false);
  }
  const documents = found.flatMap(each => each.document ?? []);
  if(documents.length) {
    await on.documents(documents, false);
  }
  const rest = found.filter(each => !each.document);
  if(rest.length) {
    const problems = rest.map(({id, problem}) => problem ?? say('code.number', {id}));
    on.problem('file', problems, rest.map(({name}) => name));
  }
  return null;
}

// What a file holds, each as `meant` has it, and with a name. A picture may show many codes.
async function parts(file, on) {
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
