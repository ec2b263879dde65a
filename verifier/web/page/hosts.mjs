// Which hosts the codes of the accepted issuers lead to. Pure.

// The host of a link, where it is none of ours; '' for one of ours, and while no host is known.
//
// Ours are the page's own host (`own`, '' for a file), those of the issuers' domains, and those that serve their QR
// dictionaries. A code that leads elsewhere may open a look-alike page on another telephone.
export function elsewhere(link, trust, own) {
  const ours = [
    own, ...Object.keys(trust.issuers).map(domainOf), ...Object.keys(trust.qrDictionaries).map(hostOf)
  ].filter(Boolean);
  const host = hostOf(link);
  return ours.length === 0 || ours.includes(host) ? '' : host;
}

const hostOf = link => URL.canParse(link) ? new URL(link).host : '';

// The domain, with a port if there is one, at which a did:web publishes; '' for any other DID.
export function domainOf(did) {
  const host = /^did:web:([A-Za-z0-9.-]+)(%3[Aa][0-9]{1,5})?(?:$|:)/u.exec(did);
  return host ? `${host[1]}${host[2] ? `:${host[2].slice(3)}` : ''}` : '';
}
