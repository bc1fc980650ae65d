import { expect, test } from 'vitest';

import { BROKEN } from './broken-answers.ts';
import { outcomes, scrubbed, type Place } from './outcome.ts';

/** What is said of a fault that stays; faults of which the same is said stand together. */
async function messages(on: Place): Promise<Record<string, string>> {
  const found = new Map<string, string[]>();
  for (const [name, said] of Object.entries(await outcomes(on, BROKEN, { always: true }))) {
    const words = scrubbed(said).replace(/^\d+ × /u, '');
    found.set(words, [...(found.get(words) ?? []), name]);
  }
  return Object.fromEntries([...found].map(([words, names]) => [names.join('; '), words]));
}

test('what is said of an index that does not come as it should', async () => {
  expect(await messages('index')).toMatchInlineSnapshot(`
    {
      "204": "registry-unreachable: <url>/index.json cannot be read: the host answers 204 No Content. → Check that the address is that of a registry.",
      "206, which was not asked for": "registry-unreachable: <url>/index.json cannot be read: the host answers 206 Partial Content. → Check that the address is that of a registry.",
      "304, which was not asked for": "registry-unreachable: <url>/index.json cannot be read: the host answers 304 Not Modified. → Check that the address is that of a registry.",
      "401": "registry-denied: <url>/index.json wants a login (401 Unauthorized). → Log in with "packyard login", or give credentials in "headers" where a program asks.",
      "403": "registry-denied: <url>/index.json may not be read (403 Forbidden). → Check the address and what the login gives access to; some hosts answer so where there is no such file.",
      "404; 410": "registry-not-found: There is no registry at <url>/: <url>/index.json does not exist. → Name the address of the folder that holds index.json.",
      "416, though no part was asked for": "registry-unreachable: <url>/index.json cannot be read: the host answers 416 Range Not Satisfiable. → Check that the address is that of a registry.",
      "429 for an hour": "registry-unreachable: <url>/index.json cannot be read now: the host answers 429 Too Many Requests, and asks to wait for 60 minutes. → Try again later.",
      "429 until next century": "registry-unreachable: <url>/index.json cannot be read now: the host answers 429 Too Many Requests, and asks to wait for … days. → Try again later.",
      "429 without a time; 429 for no time; 429 until a date that is past; 429 until nobody knows when": "registry-unreachable: <url>/index.json cannot be read now: the host answers 429 Too Many Requests, in each of 4 tries. → Try again later.",
      "500": "registry-unreachable: <url>/index.json cannot be read now: the host answers 500 Internal Server Error, in each of 4 tries. → Try again later.",
      "501": "registry-unreachable: <url>/index.json cannot be read: the host answers 501 Not Implemented. → Check that the address is that of a registry.",
      "503; 503 with a web page": "registry-unreachable: <url>/index.json cannot be read now: the host answers 503 Service Unavailable, in each of 4 tries. → Try again later.",
      "a login page": "registry-invalid: <url>/index.json is a web page, not a registry's index. → Check the address. A login page, of the host or of the network that this machine is in, may stand in between.",
      "a redirect to a file": "registry-untrusted: <url>/index.json redirects to an address that begins with file:. → A login page may stand in between; else let the host redirect to https:// only. It was not followed.",
      "a redirect to itself": "registry-unreachable: <url>/index.json redirects more than 5 times, at last to <url>/index.json. → Check that the address is that of a registry.",
      "a redirect to nowhere": "registry-unreachable: <url>/index.json redirects to no valid address. → Check that the address is that of a registry.",
      "an empty body": "registry-invalid: <url>/index.json is not a registry's index: it is empty. → Check the address; if it is right, the registry must be published anew.",
      "an unknown encoding": "registry-invalid: <url>/index.json is sent in an encoding that was not asked for (zipped). → Let the host choose among what Accept-Encoding names.",
      "compressed unasked": "done",
      "cut in the middle; cut before its first byte; reset in the middle": "registry-unreachable: <url>/index.json was not received whole: after … bytes the connection broke off (…), in each of 4 tries. → Try again later.",
      "headers without end": "registry-unreachable: <url>/index.json cannot be reached: the connection failed (UND_ERR_HEADERS_OVERFLOW). → Check the address and the network.",
      "length beyond all bounds": "registry-invalid: <url>/index.json is not a registry's index: it is larger than 64 MiB. → Check the address; if it is right, the registry must be published anew.",
      "no HTTP": "registry-unreachable: <url>/index.json cannot be reached: the connection failed (HPE_INVALID_CONSTANT). → Check the address and the network.",
      "no headers": "registry-unreachable: <url>/index.json does not answer within 0.7 s, in each of 4 tries. → Check the address and the network, or try again later.",
      "other bytes": "registry-invalid: <url>/index.json is not a registry's index: sources.sha256 must match pattern "^[0-9a-f]{64}$". → Check the address; if it is right, the registry must be published anew.",
      "reset before any answer": "registry-unreachable: <url>/index.json cannot be reached: the connection broke off (…), in each of 4 tries. → Try again later.",
      "said to be compressed": "registry-unreachable: <url>/index.json was not received whole: its compressed form is damaged (Z_DATA_ERROR), in each of 4 tries. → Try again; if it stays so, the host or a proxy before it is broken.",
      "shorter, without a length; length too small; more than there should be": "registry-invalid: <url>/index.json is not a registry's index: it is not JSON, or was cut off. → Check the address; if it is right, the registry must be published anew.",
      "stalls in the middle; drips slowly": "registry-unreachable: <url>/index.json was not received whole: after … bytes hardly any came for 0.7 s, in each of 4 tries. → Check the network, or try again later.",
    }
  `);
});

test('what is said of an archive that does not come as it should', async () => {
  expect(await messages('artifact')).toMatchInlineSnapshot(`
    {
      "204": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz cannot be read: the host answers 204 No Content. → Check that the address is that of a registry.",
      "206, which was not asked for": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz cannot be read: the host answers 206 Partial Content. → Check that the address is that of a registry.",
      "304, which was not asked for": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz cannot be read: the host answers 304 Not Modified. → Check that the address is that of a registry.",
      "401": "registry-denied: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz wants a login (401 Unauthorized). → Log in with "packyard login", or give credentials in "headers" where a program asks.",
      "403": "registry-denied: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz may not be read (403 Forbidden). → Check the address and what the login gives access to; some hosts answer so where there is no such file.",
      "404; 410": "registry-damaged: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz does not exist, though the index leads to it. → It was not used. Tell those who publish the registry; a proxy may be at fault as well.",
      "416, though no part was asked for": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz cannot be read: the host answers 416 Range Not Satisfiable. → Check that the address is that of a registry.",
      "429 for an hour": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz cannot be read now: the host answers 429 Too Many Requests, and asks to wait for 60 minutes. → Try again later.",
      "429 until next century": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz cannot be read now: the host answers 429 Too Many Requests, and asks to wait for … days. → Try again later.",
      "429 without a time; 429 for no time; 429 until a date that is past; 429 until nobody knows when": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz cannot be read now: the host answers 429 Too Many Requests, in each of 4 tries. → Try again later.",
      "500": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz cannot be read now: the host answers 500 Internal Server Error, in each of 4 tries. → Try again later.",
      "501": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz cannot be read: the host answers 501 Not Implemented. → Check that the address is that of a registry.",
      "503; 503 with a web page": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz cannot be read now: the host answers 503 Service Unavailable, in each of 4 tries. → Try again later.",
      "a login page": "registry-invalid: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz is a web page, not a file of a registry. → Check the address. A login page, of the host or of the network that this machine is in, may stand in between.",
      "a redirect to a file": "registry-untrusted: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz redirects to an address that begins with file:. → A login page may stand in between; else let the host redirect to https:// only. It was not followed.",
      "a redirect to itself": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz redirects more than 5 times, at last to <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz. → Check that the address is that of a registry.",
      "a redirect to nowhere": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz redirects to no valid address. → Check that the address is that of a registry.",
      "an empty body": "registry-damaged: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz has 0 of the 400635 bytes that were published. → It was not used. Tell those who publish the registry; a proxy may be at fault as well.",
      "an unknown encoding": "registry-invalid: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz is sent in an encoding that was not asked for (zipped). → Let the host choose among what Accept-Encoding names.",
      "compressed unasked": "done",
      "cut in the middle; cut before its first byte; reset in the middle": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz was not received whole: after … bytes the connection broke off (…), in each of 4 tries. → Try again later.",
      "headers without end": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz cannot be reached: the connection failed (UND_ERR_HEADERS_OVERFLOW). → Check the address and the network.",
      "length beyond all bounds; more than there should be": "registry-damaged: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz is larger than what was published. → It was not used. Tell those who publish the registry; a proxy may be at fault as well.",
      "no HTTP": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz cannot be reached: the connection failed (HPE_INVALID_CONSTANT). → Check the address and the network.",
      "no headers": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz does not answer within 0.7 s, in each of 4 tries. → Check the address and the network, or try again later.",
      "other bytes": "registry-damaged: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz has other bytes than were published: their SHA-256 is <sha256>, not <sha256>. → It was not used. Tell those who publish the registry; a proxy may be at fault as well.",
      "reset before any answer": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz cannot be reached: the connection broke off (…), in each of 4 tries. → Try again later.",
      "said to be compressed": "registry-damaged: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz is larger than what was published. → The host sends it with a Content-Encoding, so that it was unpacked on its way: let it serve archives as they are.",
      "shorter, without a length; length too small": "registry-damaged: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz has 200317 of the 400635 bytes that were published. → It was not used. Tell those who publish the registry; a proxy may be at fault as well.",
      "stalls in the middle; drips slowly": "registry-unreachable: <url>/packs/demo/1.0.0/demo-1.0.0.tar.gz was not received whole: after … bytes hardly any came for 0.7 s, in each of 4 tries. → Check the network, or try again later.",
    }
  `);
});
