// node tests/settings-schema/check.mjs FILE…: holds settings files to appsettings.schema.json, strictly, and the schema to its own rules.
import Ajv from "ajv";
import { readFileSync } from "node:fs";

const schema = JSON.parse(readFileSync(new URL("../../appsettings.schema.json", import.meta.url), "utf8"));
const fits = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);

let faults = 0;
const fault = (words) => {
  console.error(words);
  faults++;
};
for (const file of process.argv.slice(2)) {
  // Comments stand on lines of their own.
  if (!fits(JSON.parse(readFileSync(file, "utf8").replace(/^\s*\/\/.*$/gm, "")))) {
    for (const error of fits.errors) fault(`${file}: ${error.instancePath} ${error.message}`);
  }
}

// What the worker refuses.
for (const wrong of [
  { Ingest: { Feching: {} } },
  { Ingest: { Polling: { ShortestInterval: "5" } } },
  { Ingest: { Storage: { Retries: -1 } } },
  { Ingest: { Sources: { a: {} } } },
  { Ingest: { Duplicates: "Maybe" } },
]) {
  if (fits(wrong)) fault(`This is taken, and should not be: ${JSON.stringify(wrong)}`);
}
process.exit(faults === 0 ? 0 : 1);
