// URL -> SHA-256 in hex of the bytes that a context's own authors publish, as far as it is known. Written by `make regen` from MANIFEST.json.

export const PUBLISHED_DIGESTS = Object.freeze({
"https://www.w3.org/ns/credentials/v2":"59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
});
