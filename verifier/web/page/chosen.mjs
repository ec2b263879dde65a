// Chosen files: what they hold is handed on as documents or as a question, and what cannot be read is told.
import {opened} from './files.mjs';
import {say} from './language.mjs';

// `on` is that of intake.mjs; `signal` says when something else is asked.
export async function take(files, on, signal) {
  const found = (await Promise.all(files.map(file => parts(file, on)))).flat();
  if(signal.aborted) {
    return null;
  }
  if(found.length === 1 && found[0].id) {
    return on.offered(found[0].id);
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
async function parts(file, on) {
  const {data, texts, refused} = await opened(file);
  if(!texts) {
    return [refused ? {name: file.name, problem: say(`refused.${refused}`)}
      : {name: file.name, document: {data, name: file.name, cleaned: []}}];
  }
  return Promise.all(texts.map(async (text, place) => {
    const name = texts.length > 1 ? `${file.name} (${place + 1})` : file.name;
    return {name, ...await on.meant(text, name)};
  }));
}
