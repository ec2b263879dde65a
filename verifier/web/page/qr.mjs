// The text of a QR code, `https://HOST/v#…`, to the bytes of the credential in it.
//
// The codec joins here: a function from (text, trust) to bytes, which throws FormatError. Until then there is none.
export const fromQrText = null;
