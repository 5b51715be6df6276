// A publisher on loopback, as Cloudflare's own libraries make one: it answers 200 to requests whose signature holds, 401 with the reason to all others.
// node check.mjs KEY.jwk DIRECTORY.json HEADERS.txt AUTHORITY: first verifies the key directory, then prints its port and serves until its input ends.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// Packages lie where the test says, or beside this file.
const here = createRequire(process.env.WEB_BOT_AUTH_MODULES ? pathToFileURL(`${process.env.WEB_BOT_AUTH_MODULES}/x.mjs`) : import.meta.url);
const { component, verifySignature, webcrypto } = here("http-message-sig");
const { verify, jwkToKeyID } = here("web-bot-auth");
const { verifierFromJWK, helpers } = here("web-bot-auth/crypto");

const [keyFile, directoryFile, headersFile, authority] = process.argv.slice(2);
const jwk = JSON.parse(readFileSync(keyFile, "utf8"));
const keyid = await jwkToKeyID(jwk, helpers.WEBCRYPTO_SHA256, helpers.BASE64URL_DECODE);
const verifier = webcrypto.verifier(await crypto.subtle.importKey("jwk", { kty: jwk.kty, crv: jwk.crv, x: jwk.x }, { name: "Ed25519" }, true, ["verify"]));

const resolveVerifier = (candidate) => {
  if (candidate.parameters.keyid !== keyid) throw new Error(`The key ${candidate.parameters.keyid} is not known`);
  return verifier;
};
const seen = new Set();
const policy = (tag, requiredComponents, more, maxAge) => ({
  algorithms: ["ed25519"],
  requiredComponents,
  requiredParameters: ["created", "expires", "keyid", "tag", ...more],
  maxAge,
  clockSkew: 5,
  validate: (signature) => signature.parameters.tag === tag,
});

await checkDirectory();
const server = createServer(async (request, response) => {
  try {
    response.end(await checkRequest(request));
  } catch (error) {
    response.statusCode = 401;
    response.end(`${error.name}: ${error.message}`);
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit(0)).resume();

async function checkRequest(request) {
  const url = `http://${request.headers.host}${request.url}`;
  const message = new Request(url, { headers: Object.entries(request.headers).filter(([name]) => name.startsWith("signature")) });
  const agent = message.headers.get("signature-agent") ?? "";
  // A bare string is what web-bot-auth 0.1 verifies; members of a dictionary need the newer core.
  if (agent.startsWith('"')) await verify(message, await verifierFromJWK(jwk));
  else await verifySignature(message, { resolveVerifier, policy: policy("web-bot-auth", ["@authority", component("signature-agent", { key: "sig1" })], ["nonce"], 300) });
  const nonce = /nonce="([^"]+)"/.exec(message.headers.get("signature-input"))[1];
  if (seen.has(nonce)) throw new Error("The nonce was seen before");
  seen.add(nonce);
  return agent;
}

async function checkDirectory() {
  const body = readFileSync(directoryFile);
  const fields = readFileSync(headersFile, "utf8").trimEnd().split("\n").map((line) => {
    const colon = line.indexOf(": ");
    return { name: line.slice(0, colon), value: line.slice(colon + 2) };
  });
  const field = (name) => fields.find((candidate) => candidate.name.toLowerCase() === name).value;
  const request = { kind: "request", method: "GET", targetUri: `https://${authority}/.well-known/http-message-signatures-directory`, fields: [] };
  await verifySignature({ kind: "response", status: 200, fields, request }, {
    label: "binding0",
    resolveVerifier,
    policy: policy("http-message-signatures-directory", [component("@authority", { req: true }), "content-digest"], [], 60),
  });
  if (field("content-digest") !== `sha-256=:${createHash("sha256").update(body).digest("base64")}:`) throw new Error("The digest is not the body's");
  if (field("content-type") !== "application/http-message-signatures-directory+json") throw new Error("The media type is wrong");
  const [published] = JSON.parse(body).keys;
  if (published.kid !== keyid || published.x !== jwk.x || published.d) throw new Error("The key is not the one that signs");
}
