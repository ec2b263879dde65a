// The one error of the codecs: input that is not what its specification asks for.
export class FormatError extends Error {
  constructor(code, detail) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}
