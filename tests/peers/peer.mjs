// A second implementation for the tests: one JSON request per line on stdin, one JSON answer per line on stdout.
//
//   {"op":"key","seed"}                                             -> {"publicKeyMultibase"}
//   {"op":"issue","credential","seed","verificationMethod","controller","created"} -> {"credential"}
//   {"op":"verify","credential","documents","now"}                  -> {"verified","errors"}
//   {"op":"judge","text","documents","contexts","now","challenge","domain"} -> {"verified","errors"}
//   {"op":"jwt","token","jwk"}                                      -> {"verified","errors"}
//   {"op":"canonicalize","document"}                                -> {"nquads"}
//
// Anything that goes wrong is {"error"}. Nothing here touches the network: see `loader`.
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as jcs2022 from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {compactVerify, importJWK} from 'jose';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {createInterface} from 'node:readline';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import jsigs from 'jsonld-signatures';
import {readFileSync} from 'node:fs';

const DID_V1 = 'https://www.w3.org/ns/did/v1';
const MULTIKEY_V1 = 'https://w3id.org/security/multikey/v1';

// The very files that our verifier reads, so that both sides process the same contexts.
const DATA = new URL('../../verifier/data/', import.meta.url);
const readJson = name => JSON.parse(readFileSync(new URL(name, DATA), 'utf8'));
const contexts = new Map(readJson('MANIFEST.json').contexts.map(
  ({url, file}) => [url, readJson(`contexts/${file}`)]));

// The library asks for three kinds of URL: contexts, a verification method, and its controller's DID document.
// It takes a method as it stands in the document, and reads a DID document without JSON-LD framing when the DID v1
// context comes first, so neither the DID nor the Multikey context is ever loaded.
function loader(documents = {}, more = {}) {
  return async url => {
    const context = contexts.get(url) ?? more[url];
    if(context) {
      return {contextUrl: null, documentUrl: url, document: context, tag: 'static'};
    }
    return {contextUrl: null, documentUrl: url, document: dereference(url, documents)};
  };
}

function dereference(url, documents) {
  const did = url.split('#')[0];
  const document = documents[did] ?? (did.startsWith('did:key:') && didKeyDocument(did));
  if(!document) {
    throw new Error(`Not among the given documents: ${url}`);
  }
  if(url === did) {
    return document;
  }
  const method = document.verificationMethod.find(({id}) => id === url);
  if(!method) {
    throw new Error(`No such verification method: ${url}`);
  }
  return method;
}

function didKeyDocument(did) {
  const publicKeyMultibase = did.slice('did:key:'.length);
  const id = `${did}#${publicKeyMultibase}`;
  const method = {id, type: 'Multikey', controller: did, publicKeyMultibase};
  return {
    '@context': [DID_V1, MULTIKEY_V1], id: did, verificationMethod: [method],
    assertionMethod: [id], authentication: [id]
  };
}

const keyPair = ({seed, verificationMethod, controller}) =>
  Ed25519Multikey.generate({seed: Buffer.from(seed, 'hex'), id: verificationMethod, controller});

// `verified: false` wraps the reasons in several layers; the tests only want the sentences.
function sentences(error) {
  const inner = [error.errors, error.cause].flat().filter(Boolean);
  return inner.length ? inner.flatMap(sentences) : [error.message];
}

const suites = () => [
  new DataIntegrityProof({cryptosuite}),
  new DataIntegrityProof({cryptosuite: jcs2022.createVerifyCryptosuite()}),
  new Ed25519Signature2020()
];

const occasion = ({challenge, domain}) => challenge ? {challenge, domain} : {
  presentationPurpose: new jsigs.purposes.ControllerProofPurpose({term: 'authentication'})
};

const operations = {
  async key(request) {
    const {publicKeyMultibase} = await keyPair(request);
    return {publicKeyMultibase};
  },

  async issue(request) {
    const signer = (await keyPair(request)).signer();
    const suite = new DataIntegrityProof({signer, date: request.created, cryptosuite});
    const {credential, created: now} = request;
    return {credential: await vc.issue({credential, suite, now, documentLoader: loader()})};
  },

  async verify({credential, documents, now}) {
    const result = await vc.verifyCredential({
      credential,
      now,
      suite: new DataIntegrityProof({cryptosuite}),
      documentLoader: loader(documents),
      // The library refuses a credentialStatus without this function. What a status list says is tested elsewhere;
      // here the question is the signature alone.
      checkStatus: async () => ({verified: true})
    });
    return {verified: result.verified, errors: result.error ? sentences(result.error) : []};
  },

  // A whole file as its text, with every suite there is: what a verifier does that is built on these libraries as their
  // documentation shows. Without a challenge to ask for, the purpose alone is compared.
  async judge({text, documents, contexts: more, now, challenge, domain}) {
    const document = JSON.parse(text);
    const checkStatus = async () => ({verified: true});
    const options = {now, suite: suites(), documentLoader: loader(documents, more), checkStatus};
    const presented = [document.type].flat().includes('VerifiablePresentation');
    const result = presented ?
      await vc.verify({presentation: document, ...options, ...occasion({challenge, domain})}) :
      await vc.verifyCredential({credential: document, ...options});
    const errors = [result, ...result.credentialResults ?? []].flatMap(({error}) => error ? sentences(error) : []);
    return {verified: result.verified === true, errors};
  },

  async jwt({token, jwk}) {
    try {
      await compactVerify(token, await importJWK(jwk, 'EdDSA'), {algorithms: ['EdDSA', 'Ed25519']});
      return {verified: true, errors: []};
    } catch(error) {
      return {verified: false, errors: [error.message]};
    }
  },

  // The cryptosuite's own canonicalization (JSON-LD safe mode, then RDFC-1.0): the bytes that it hashes and signs.
  async canonicalize({document}) {
    return {nquads: await cryptosuite.canonize(document, {documentLoader: loader()})};
  }
};

async function answer(line) {
  try {
    const request = JSON.parse(line);
    return await operations[request.op](request);
  } catch(error) {
    return {error: `${error.name}: ${error.message}`};
  }
}

for await (const line of createInterface({input: process.stdin})) {
  process.stdout.write(JSON.stringify(await answer(line)) + '\n');
}
