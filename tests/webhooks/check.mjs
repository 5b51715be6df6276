// A receiver on loopback, as the library of Standard Webhooks makes one: it answers 204 to messages whose signature holds, 400 with the reason to all others.
// node check.mjs SECRET: prints its port, then the id and type of each message that holds, and serves until its input ends.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// The package lies where the test says, or beside this file.
const here = createRequire(process.env.STANDARD_WEBHOOKS_MODULES ? pathToFileURL(`${process.env.STANDARD_WEBHOOKS_MODULES}/x.mjs`) : import.meta.url);
const { Webhook } = here("standardwebhooks");
const webhook = new Webhook(process.argv[2]);

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  try {
    const message = webhook.verify(Buffer.concat(parts).toString("utf8"), request.headers);
    console.log(`${request.headers["webhook-id"]} ${message.type}`);
    response.statusCode = 204;
    response.end();
  } catch (error) {
    response.statusCode = 400;
    response.end(`${error.name}: ${error.message}`);
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit(0)).resume();
